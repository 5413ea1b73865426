// Express middleware that turns each finished request into one Droplets event (../../README.md has the contract).
// It records what came and what went, personal data and all: stripping is the lake's work, and this shop is its test.
import { randomBytes } from 'node:crypto';

/** UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then random bits, so that ids sort by time. */
export function uuidv7(ms) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A body parser's `verify` hook: keeps the bytes, so that a body that fails to parse is recorded as it came. */
export function keepRaw(req, res, bytes) {
  req.rawBody = bytes;
}

/**
 * @param {(line: string) => void} write receives one compact JSON object per request, without a newline
 * @param {(req: object) => string} sessionId
 */
export function record({ write, sessionId }) {
  return (req, res, next) => {
    const started = Date.now();
    const clock = process.hrtime.bigint();
    const template = watchRoute(req);
    const sent = watchBody(res);

    // `close` follows every response, also one whose client hung up; only a written one is `writableFinished`.
    res.once('close', () => {
      const elapsed = process.hrtime.bigint() - clock;
      write(
        JSON.stringify({
          session_id: sessionId(req),
          event_id: uuidv7(started),
          timestamp: new Date(started).toISOString(),
          type: 'http',
          request: {
            method: req.method,
            path: req.originalUrl.split('?', 1)[0],
            route: template(),
            query: req.query,
            headers: req.headers,
            ip: req.ip ?? null,
            body: req.body ?? req.rawBody?.toString() ?? null,
          },
          response: {
            status: res.headersSent ? res.statusCode : null, // hung up before the status line: there was none
            duration_ms: Number(elapsed / 1000n) / 1000,
            size: sent.size(),
            headers: res.getHeaders(),
            body: sent.json(),
          },
          outcome: res.writableFinished ? 'completed' : 'aborted',
        }),
      );
    });
    next();
  };
}

/** The template of the route that matched last, mount points included; null where none did. */
function watchRoute(req) {
  let route;
  let template = null;
  // Noted at the moment Express sets `req.route`: a mounted router that throws has its `baseUrl` unwound before
  // the error handler answers, and `/orders/:id` would be recorded as `/:id`.
  Object.defineProperty(req, 'route', {
    configurable: true,
    enumerable: true,
    get: () => route,
    set(matched) {
      route = matched;
      template = matched ? (req.baseUrl + matched.path).replace(/(.)\/$/, '$1') : null;
    },
  });
  return () => template;
}

/** Counts the body's bytes as they are written and keeps them where they are JSON. */
function watchBody(res) {
  const kept = [];
  let size = 0;
  for (const name of ['write', 'end']) {
    const original = res[name];
    res[name] = function (chunk, encoding, ...rest) {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
        const bytes = Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8');
        size += bytes.length;
        if (isJson(res)) kept.push(bytes);
      }
      return original.call(this, chunk, encoding, ...rest);
    };
  }
  return { size: () => size, json: () => parseOrText(Buffer.concat(kept).toString()) };
}

/** A client that hung up half-way leaves half a document, which is recorded as the text it is. */
function parseOrText(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text || null;
  }
}

function isJson(res) {
  return /^application\/([\w.+-]+\+)?json\b/.test(res.getHeader('content-type') ?? '');
}
