// What must not reach the queue is taken out here, in the app's process: credentials by name, and what the options name. All other
// personal data is the lake's work.
import { isSecretName, plain } from './names.js';

export const REDACTED = '[REDACTED]';

/** How deep a body is followed; the lake rejects events of more than 128 levels. */
const DEEPEST = 64;

// Headers that hold addresses, which hold query parameters.
const ADDRESSES = new Set([
  'referer',
  'referrer',
  'location',
  'content-location',
  'link',
  'refresh',
  'origin',
  'hx-current-url',
  'hx-redirect',
  'x-original-url',
  'x-original-uri',
  'x-forwarded-uri',
  'x-rewrite-url',
  'x-envoy-original-path',
]);
const KEEP = 0;
const REDACT = 1;
const COOKIES = 2;
const SET_COOKIES = 3;
const ADDRESS = 4;
/** How many header names' actions are remembered. */
const REMEMBERED = 2000;

/** @param {{headers: string[], names: string[], paths: string[][]}} options what to redact beyond the built-in names */
export class Redactor {
  #headers;
  #names;
  #paths;
  #actions = new Map();

  constructor({ headers, names, paths }) {
    this.#headers = new Set(headers);
    this.#names = new Set(names.map(plain));
    this.#paths = paths;
  }

  /** Whether a query parameter, path parameter or field of a body is a credential. */
  isSecret(name) {
    return isSecretName(name) || (this.#names.size > 0 && this.#names.has(plain(name)));
  }

  /** A copy of headers, their names in lower case: cookies' values and credentials replaced. */
  headers(headers) {
    const copy = {};
    for (const name in headers) {
      const value = headers[name];
      switch (this.#actions.get(name) ?? this.#decide(name)) {
        case KEEP:
          copy[name] = value;
          break;
        case REDACT:
          copy[name] = REDACTED;
          break;
        case COOKIES:
          copy[name] = each(value, cookieNames);
          break;
        case SET_COOKIES:
          copy[name] = each(value, setCookieName);
          break;
        default:
          copy[name] = each(value, (text) => this.address(text));
      }
    }
    return copy;
  }

  #decide(name) {
    const lower = name.toLowerCase();
    let action = KEEP;
    if (this.#headers.has(lower)) action = REDACT;
    else if (lower === 'cookie') action = COOKIES;
    else if (lower === 'set-cookie') action = SET_COOKIES;
    else if (isSecretName(lower) && lower !== 'www-authenticate' && lower !== 'proxy-authenticate') action = REDACT;
    else if (ADDRESSES.has(lower)) action = ADDRESS;
    if (this.#actions.size < REMEMBERED) this.#actions.set(name, action);
    return action;
  }

  /** Text with addresses or form fields in it: user info and credentials' values replaced, also in an encoded address within. */
  address(text, depth = 0) {
    let clean = text.includes('@') ? text.replace(/(:\/\/)[^/?#@\s]+@/g, `$1${REDACTED}@`) : text;
    if (!clean.includes('=')) return clean;
    clean = clean.replace(/(^|[?&;#\s])([^=&;#?\s"<>]+)=([^&;#\s"<>]*)/g, (whole, before, name, value) => {
      if (this.isSecret(decoded(name))) return `${before}${name}=${REDACTED}`;
      if (depth > 1 || !/%3[dDfF]|%40/.test(value)) return whole;
      const inner = decoded(value);
      const cleaned = this.address(inner, depth + 1);
      return cleaned === inner ? whole : `${before}${name}=${encodeURIComponent(cleaned)}`;
    });
    return clean;
  }

  /** Text that may hold an address, a form, or JSON. */
  text(text) {
    if (/^\s*[[{]/.test(text)) return this.#jsonText(text);
    return this.address(text);
  }

  #jsonText(text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#brokenJson(text);
    }
    const clean = JSON.stringify(this.copy(value).value);
    // As it was written, if there was nothing to replace.
    return clean === JSON.stringify(value) ? text : clean;
  }

  /** JSON that ends too early: what follows a credential's name goes, all of it if it is no plain value. */
  #brokenJson(text) {
    // Quotes may be escaped: JSON within JSON.
    const member = /"([^"\\]{1,100})\\*"\s*:\s*/g;
    let clean = '';
    let from = 0;
    for (let found; (found = member.exec(text)); ) {
      if (!this.isSecret(found[1])) continue;
      clean += text.slice(from, member.lastIndex) + `"${REDACTED}"`;
      // A string to its end, or a plain value; nested values end somewhere that only a parser knows.
      const value = /^(?:"(?:[^"\\]|\\.)*"|[^"{[,}\]\s\\]+)/.exec(text.slice(member.lastIndex));
      if (!value) return clean;
      from = member.lastIndex += value[0].length;
    }
    return clean + text.slice(from);
  }

  /**
   * A copy of any value as JSON can hold it, credentials replaced. Never throws because of a circle or a BigInt, and stops
   * after about `most` bytes of names and values: what then follows is left out.
   */
  copy(value, most = Infinity) {
    const budget = { left: most, open: [] };
    const copied = this.#copy(value, budget, 0);
    return { value: copied === undefined ? null : copied, truncated: budget.left < 0 };
  }

  #copy(value, budget, depth) {
    if (budget.left < 0) return undefined;
    switch (typeof value) {
      case 'string':
        return this.#string(value, budget);
      case 'number':
        budget.left -= 8;
        return Number.isFinite(value) ? value : null;
      case 'boolean':
        budget.left -= 5;
        return value;
      case 'bigint':
        return this.#string(String(value), budget);
      case 'object':
        return value === null ? ((budget.left -= 4), null) : this.#object(value, budget, depth);
      default:
        return undefined; // JSON has no functions and symbols.
    }
  }

  #string(text, budget) {
    // Cut before it is looked through: of ten megabytes only what is kept costs time.
    const room = Math.max(0, budget.left);
    const part = text.length > room ? text.slice(0, room) : text;
    const clean = part.length > 5 ? this.text(part) : part;
    budget.left -= Buffer.byteLength(clean) + 2;
    if (part.length < text.length) budget.left = -1;
    return budget.left >= 0 ? clean : cut(clean, room);
  }

  #object(value, budget, depth) {
    if (depth > DEEPEST) return '[too deep]';
    if (budget.open.includes(value)) return '[circular]';
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    budget.open.push(value);
    budget.left -= 2;
    let copy;
    if (typeof value.toJSON === 'function') copy = this.#copy(value.toJSON(), budget, depth + 1);
    else if (Array.isArray(value)) {
      copy = [];
      for (const item of value) {
        if (budget.left < 0) break;
        copy.push(this.#copy(item, budget, depth + 1) ?? null);
        budget.left -= 1;
      }
    } else {
      copy = {};
      for (const name of Object.keys(value)) {
        budget.left -= Buffer.byteLength(name) + 4;
        if (budget.left < 0) break;
        const item = this.isSecret(name) && value[name] != null ? REDACTED : this.#copy(value[name], budget, depth + 1);
        if (item === undefined) continue;
        // In a parsed body this is a member like any other, and must not become more than that here.
        if (name === '__proto__') Object.defineProperty(copy, name, { value: item, enumerable: true });
        else copy[name] = item;
      }
    }
    budget.open.pop();
    return copy;
  }

  /** Replaces what the configured paths lead to, in place. */
  paths(event) {
    for (const path of this.#paths) replace(event, path, 0);
  }
}

function replace(value, path, at) {
  const names = path[at] === '*' ? Object.keys(value) : Object.hasOwn(value, path[at]) ? [path[at]] : [];
  for (const name of names) {
    const member = value[name];
    if (member === null || member === undefined) continue;
    // Text where the path goes on: a body that could not be parsed may hold it anywhere.
    if (at === path.length - 1 || typeof member === 'string') value[name] = REDACTED;
    else if (typeof member === 'object') replace(member, path, at + 1);
  }
}

/** `most` bytes of text, never half a character. */
function cut(text, most) {
  if (most <= 0) return '';
  const bytes = Buffer.from(text.slice(0, most));
  let end = Math.min(most, bytes.length);
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

const each = (value, change) => (Array.isArray(value) ? value.map((one) => change(String(one))) : change(String(value)));

/** `a=1; b=2` → `a=[REDACTED]; b=[REDACTED]`; a cookie without a name is all value. */
function cookieNames(text) {
  return text
    .split(';')
    .map((pair) => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('=')).trim()}=${REDACTED}` : REDACTED))
    .join('; ');
}

function setCookieName(text) {
  const [pair, ...attributes] = text.split(';');
  return [pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=${REDACTED}` : REDACTED, ...attributes].join(';');
}

function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
