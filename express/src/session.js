import { createHash, createHmac, randomUUID } from 'node:crypto';
import { cookieLine, readCookie } from './cookies.js';
import { isSecretName } from './names.js';

/** Longest session id of the event contract, in bytes. */
const LONGEST = 256;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// Anything else cannot stand in a header.
const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * A function that finds the session of a request, in this order: `from`, a header, a cookie, the cookie we gave. Where none of
 * them has one, it makes one and has the response set our cookie. Writes the id into a response header.
 * @returns {(req, res) => {id: string, source: 'function'|'header'|'cookie'|'issued'|'new'}}
 */
export function sessionFinder(options, onError) {
  const { from, headers, cookies, echo, issue } = options;
  const digest = options.hashKey
    ? (text) => createHmac('sha256', options.hashKey).update(text)
    : (text) => createHash('sha256').update(text);
  const hashed = (text) => `sha256-${digest(text).digest('hex').slice(0, 32)}`;
  // An id that is a credential as well must not be stored: whoever can read the lake could take over the session.
  const credentials = new Set([...headers, ...cookies].filter((name) => options.hash || isCredential(name)));

  function stored(text, isCredentialToo) {
    if (options.hash || isCredentialToo || Buffer.byteLength(text) > LONGEST) return hashed(text);
    return text;
  }

  function find(req) {
    if (from) {
      const text = asText(call(from, req, onError));
      if (text) return { id: stored(text, isCredentialOf(req, text)), source: 'function' };
    }
    for (const name of headers) {
      const text = req.headers[name];
      if (typeof text === 'string' && text) return { id: stored(text, credentials.has(name)), source: 'header' };
    }
    for (const name of cookies) {
      const text = readCookie(req.headers.cookie, name);
      if (text) return { id: stored(text, credentials.has(name)), source: 'cookie' };
    }
    if (issue) {
      const text = readCookie(req.headers.cookie, issue.name);
      if (text && UUID.test(text)) return { id: text, source: 'issued' };
    }
    return { id: randomUUID(), source: 'new' };
  }

  return (req, res) => {
    const session = find(req);
    // Whoever answered before us has sent the headers already.
    if (!res.headersSent) {
      if (issue && session.source === 'new') {
        res.appendHeader('Set-Cookie', cookieLine(issue, session.id, issue.secure ?? isSecure(req)));
      }
      if (echo && VISIBLE.test(session.id)) res.setHeader(echo, session.id);
    }
    return session;
  };
}

function call(from, req, onError) {
  try {
    return from(req);
  } catch (error) {
    onError(error);
    return undefined;
  }
}

function asText(id) {
  if (typeof id === 'string') return id;
  return Number.isSafeInteger(id) || typeof id === 'bigint' ? String(id) : undefined;
}

/** Whether a header or cookie of this name lets its bearer in. */
function isCredential(name) {
  return name === 'connect.sid' || name === 'cookie' || isSecretName(name);
}

/** Whether a function handed out what express-session or the Authorization header lets its bearer in by. */
function isCredentialOf(req, text) {
  if (text === req.sessionID) return true;
  const { authorization, cookie } = req.headers;
  if (authorization && (authorization === text || authorization.endsWith(` ${text}`))) return true;
  return cookie !== undefined && text === readCookie(cookie, 'connect.sid');
}

/** https, as Express sees it: behind a proxy if the app trusts it. */
function isSecure(req) {
  return req.secure ?? req.socket?.encrypted === true;
}
