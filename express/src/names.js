// What credentials are called. Names are compared without case, dashes, underscores and dots: `access_token` is `accessToken`.
// Cursors (`next_page_token`) are no credentials.
const SECRET =
  /passw(?:or)?d|passphrase|passcode|secret|(?<!page|next|continuation|cursor|sync)token$|api_?key|privatekey|accesskey|(?:functions?|subscription|rapidapi|auth|master|admin|account|signing|encryption)key$|credential|authorization|authentication$|jwt|oidcdata|clientcert|signature$|^(?:pwd|pin|otp|totp|cvv|cvc|csc|csrf|xsrf|sig|auth|cookie|setcookie|connectsid|phpsessid|jsessionid)$/;

/** How many names' verdicts are remembered. Names come from clients, so there is no end to them. */
const REMEMBERED = 5000;
const verdicts = new Map();

/** A name as it is compared. */
export function plain(name) {
  return name.toLowerCase().replace(/[-_.\s[\]]/g, '');
}

/** Whether what stands under this name is a credential. */
export function isSecretName(name) {
  let verdict = verdicts.get(name);
  if (verdict === undefined) {
    verdict = SECRET.test(plain(name));
    if (verdicts.size < REMEMBERED) verdicts.set(name, verdict);
  }
  return verdict;
}
