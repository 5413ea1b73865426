/** `text` without its percent-encoding; as it is where that is broken, as a client may send it. */
export function percentDecoded(text) {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
