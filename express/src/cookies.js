import { percentDecoded } from './percent.js';

/** The value of a cookie in a Cookie header, decoded; undefined if there is none. */
export function readCookie(header, name) {
  if (!header) return undefined;
  for (let from = 0; ; ) {
    const at = header.indexOf(name, from);
    if (at < 0) return undefined;
    from = at + name.length;
    const before = at === 0 ? ';' : header[at - 1];
    if ((before !== ';' && before !== ' ') || header[from] !== '=') continue;
    const end = header.indexOf(';', from);
    return percentDecoded(header.slice(from + 1, end < 0 ? undefined : end).trim().replace(/^"(.*)"$/, '$1'));
  }
}

/** The Set-Cookie line of a session that we made. */
export function cookieLine({ name, path, domain, maxAgeSeconds, sameSite }, value, secure) {
  let line = `${name}=${value}; Path=${path}; HttpOnly; SameSite=${sameSite}`;
  if (domain) line += `; Domain=${domain}`;
  if (maxAgeSeconds !== undefined) line += `; Max-Age=${maxAgeSeconds}`;
  return secure ? `${line}; Secure` : line;
}
