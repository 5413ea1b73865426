// Reads the options: fills in defaults, and throws at start, by name, what could only fail later.
import { typeMatcher } from './body.js';
import { CALL_BYTES } from './outbox.js';
import { matcher, PATTERN } from './pattern.js';

// RFC 9110 and RFC 6265: what a header and a cookie may be called.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** @returns the options, complete and in one shape each */
export function readOptions(given) {
  if (given === null || typeof given !== 'object') throw invalid('', 'must be an object, at least { queueUrl }', given);
  known(given, '', [
    'queueUrl',
    'client',
    'region',
    'endpoint',
    'session',
    'ignore',
    'sample',
    'bodies',
    'redact',
    'maxMessageBytes',
    'flushIntervalMs',
    'maxBufferedEvents',
    'maxBufferedBytes',
    'requestTimeoutMs',
    'retryMinMs',
    'retryMaxMs',
    'onDrop',
  ]);
  const options = {
    queueUrl: queueUrl(given.queueUrl),
    client: client(given.client),
    region: optionalText(given, 'region'),
    endpoint: optionalText(given, 'endpoint'),
    session: session(given.session ?? {}),
    ignore: ignore(given.ignore),
    sample: number(given, 'sample', 1, 0, 1, false),
    bodies: bodies(given.bodies),
    redact: redact(given.redact ?? {}),
    maxMessageBytes: number(given, 'maxMessageBytes', 240 * 1024, 1024, CALL_BYTES),
    flushIntervalMs: number(given, 'flushIntervalMs', 1000, 10, 300_000),
    maxBufferedEvents: number(given, 'maxBufferedEvents', 10_000, 1, 10_000_000),
    maxBufferedBytes: number(given, 'maxBufferedBytes', 16 * 1024 * 1024, 1024, 1024 ** 3),
    requestTimeoutMs: number(given, 'requestTimeoutMs', 10_000, 100, 300_000),
    retryMinMs: number(given, 'retryMinMs', 100, 1, 60_000),
    retryMaxMs: number(given, 'retryMaxMs', 30_000, 1, 600_000),
    onDrop: func(given, 'onDrop'),
  };
  if (options.retryMaxMs < options.retryMinMs) throw invalid('retryMaxMs', 'must not be less than retryMinMs', given.retryMaxMs);
  if (options.client && (options.region || options.endpoint)) {
    throw invalid(options.region ? 'region' : 'endpoint', "has no effect beside 'client'; configure the client", given.region ?? given.endpoint);
  }
  return options;
}

function queueUrl(value) {
  if (typeof value !== 'string' || !/^https?:\/\/[^\s/]+\/\S+$/.test(value)) {
    throw invalid('queueUrl', "must be the queue's URL, the stack's output QueueUrl: https://sqs.<region>.amazonaws.com/<account>/<name>", value);
  }
  if (value.endsWith('.fifo')) throw invalid('queueUrl', 'must be a standard queue, as the stack has it; this is a FIFO queue', value);
  return value;
}

function client(value) {
  if (value !== undefined && typeof value?.send !== 'function') {
    throw invalid('client', 'must be an SQSClient of @aws-sdk/client-sqs', value);
  }
  return value;
}

function session(given) {
  object(given, 'session');
  known(given, 'session.', ['from', 'header', 'cookie', 'hash', 'hashKey', 'echo', 'issue']);
  const hashKey = given.hashKey;
  if (hashKey !== undefined && !(typeof hashKey === 'string' && hashKey.length >= 16)) {
    throw invalid('session.hashKey', 'must be a secret text of at least 16 characters (openssl rand -hex 32)', hashKey && '(hidden)');
  }
  const echo = given.echo ?? 'x-session-id';
  if (echo !== false && !isToken(echo)) throw invalid('session.echo', "must be a header's name, or false", echo);
  return {
    from: func(given, 'from', 'session.'),
    headers: names(given.header ?? 'x-session-id', 'session.header', 'header').map((name) => name.toLowerCase()),
    cookies: names(given.cookie ?? false, 'session.cookie', 'cookie'),
    hash: bool(given, 'hash', false, 'session.'),
    hashKey,
    echo,
    issue: issue(given.issue ?? {}),
  };
}

function issue(given) {
  if (given === false) return undefined;
  object(given, 'session.issue', ', or false');
  known(given, 'session.issue.', ['name', 'maxAgeSeconds', 'domain', 'path', 'sameSite', 'secure']);
  const name = given.name ?? 'droplets_session';
  if (!isToken(name)) throw invalid('session.issue.name', "must be a cookie's name", name);
  const attribute = (field, fallback) => {
    const value = given[field] ?? fallback;
    if (value !== undefined && !(typeof value === 'string' && /^[\x21-\x3a\x3c-\x7e]+$/.test(value))) {
      throw invalid(`session.issue.${field}`, "must be text as it may stand in a cookie's attribute", value);
    }
    return value;
  };
  const sameSite = given.sameSite ?? 'Lax';
  if (!['Lax', 'Strict', 'None'].includes(sameSite)) throw invalid('session.issue.sameSite', "must be 'Lax', 'Strict' or 'None'", sameSite);
  const secure = given.secure;
  if (secure !== undefined && typeof secure !== 'boolean') {
    throw invalid('session.issue.secure', 'must be true or false, or left out: then it is what req.secure says', secure);
  }
  if (sameSite === 'None' && secure !== true) throw invalid('session.issue.sameSite', "'None' needs session.issue.secure: true; browsers refuse it otherwise", sameSite);
  return {
    name,
    maxAgeSeconds: given.maxAgeSeconds === undefined ? undefined : number(given, 'maxAgeSeconds', 0, 1, 34_560_000, true, 'session.issue.'),
    domain: attribute('domain'),
    path: attribute('path', '/'),
    sameSite,
    secure,
  };
}

function ignore(value) {
  if (value === undefined) return undefined;
  if (typeof value === 'function') return value;
  const matches = matcher(patterns(value, 'ignore', ', or a function of the request'));
  return (req) => matches(req.method, pathOf(req));
}

function pathOf(req) {
  return (req.originalUrl ?? req.url).split('?', 1)[0];
}

function bodies(given) {
  if (given === undefined || given === false) return undefined;
  object(given, 'bodies', ', or false');
  known(given, 'bodies.', ['routes', 'request', 'response', 'types', 'maxBytes']);
  if (given.routes === undefined) throw invalid('bodies.routes', "must say whose bodies are stored, for instance ['POST /orders', '/api/*']", given.routes);
  const matches = matcher(patterns(given.routes, 'bodies.routes'));
  const types = given.types ?? ['application/json', 'application/*+json', 'application/x-www-form-urlencoded', 'text/plain'];
  if (!Array.isArray(types) || types.length === 0 || !types.every((type) => typeof type === 'string' && /^[^\s/;]+\/[^\s/;]+$/.test(type))) {
    throw invalid('bodies.types', "must be content types, for instance ['application/json', 'text/*']", types);
  }
  const read = {
    request: bool(given, 'request', true, 'bodies.'),
    response: bool(given, 'response', true, 'bodies.'),
    types: typeMatcher(types),
    maxBytes: number(given, 'maxBytes', 16 * 1024, 1, CALL_BYTES, true, 'bodies.'),
  };
  if (!read.request && !read.response) throw invalid('bodies', 'stores nothing: request and response are both false; leave it out', given);
  return { ...read, matches: (req) => matches(req.method, pathOf(req)) };
}

function redact(given) {
  object(given, 'redact');
  known(given, 'redact.', ['headers', 'names', 'paths']);
  const list = (field) => {
    const value = given[field] ?? [];
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string' && one)) {
      throw invalid(`redact.${field}`, 'must be an array of names', value);
    }
    return value;
  };
  const paths = given.paths ?? [];
  const read = (path) => {
    const names = Array.isArray(path) ? path : typeof path === 'string' ? path.split('.') : [];
    if (names.length < 2 || !names.every((name) => typeof name === 'string' && name) || !['request', 'response'].includes(names[0])) {
      throw invalid('redact.paths', "must be paths below request or response, for instance 'request.body.card.number' or 'response.body.items.*.owner'", path);
    }
    if (names[1] === 'headers' && names[2]) names[2] = names[2].toLowerCase();
    return names;
  };
  if (!Array.isArray(paths)) throw invalid('redact.paths', 'must be an array', paths);
  return { headers: list('headers').map((name) => name.toLowerCase()), names: list('names'), paths: paths.map(read) };
}

// ── Kinds of values ──────────────────────────────────────────────────────────────────────────────────────────────────────

function number(given, name, fallback, least, most, whole = true, prefix = '') {
  const value = given[name] ?? fallback;
  if (typeof value !== 'number' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw invalid(prefix + name, `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`, value);
  }
  return value;
}

function bool(given, name, fallback, prefix) {
  const value = given[name] ?? fallback;
  if (typeof value !== 'boolean') throw invalid(prefix + name, 'must be true or false', value);
  return value;
}

function func(given, name, prefix = '') {
  const value = given[name];
  if (value !== undefined && typeof value !== 'function') throw invalid(prefix + name, 'must be a function', value);
  return value;
}

function optionalText(given, name) {
  const value = given[name];
  if (value !== undefined && !(typeof value === 'string' && value)) throw invalid(name, 'must be text', value);
  return value;
}

function object(value, name, or = '') {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalid(name, `must be an object${or}`, value);
}

const isToken = (value) => typeof value === 'string' && TOKEN.test(value);

function names(value, option, what) {
  if (value === false) return [];
  const list = Array.isArray(value) ? value : [value];
  if (!list.every(isToken)) throw invalid(option, `must be a ${what}'s name, an array of them, or false`, value);
  return list;
}

function patterns(value, option, or = '') {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || !list.every((one) => typeof one === 'string' && PATTERN.test(one))) {
    throw invalid(option, `must be patterns of requests, for instance ['/healthz', 'POST /orders/:id', '/assets/*']${or}`, value);
  }
  return list;
}

function known(given, prefix, allowed) {
  for (const name of Object.keys(given)) {
    if (allowed.includes(name)) continue;
    const near = allowed.find((one) => distance(one.toLowerCase(), name.toLowerCase()) <= 2);
    throw new TypeError(`express-droplets: there is no option '${prefix}${name}'; ${near ? `did you mean '${prefix}${near}'?` : `there are ${allowed.join(', ')}`}`);
  }
}

/** Levenshtein's. */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}

function invalid(name, must, value) {
  let shown;
  try {
    shown = typeof value === 'function' ? 'a function' : JSON.stringify(value)?.slice(0, 100);
  } catch {
    shown = typeof value;
  }
  return new TypeError(`express-droplets: ${name ? `option '${name}'` : 'the options'} ${must}; got ${shown ?? String(value)}`);
}
