// One HTTP event of the contract (v1), as JSON text. Built after the response is done, so no request waits for it.
import { requestBody, responseBody } from './body.js';
import { cleanPath, routeTemplate } from './route.js';
import { uuidv7 } from './uuid.js';

/** U+FFFE and U+FFFF are JSON but not XML, and SQS refuses a message with them. Only a long-hand text can hold them. */
const NOT_XML = /[\ufffe\uffff]/g;

/** Every field of an exchange that has ended; `bodies: false` leaves out the bodies, which is what makes an event too long. */
export function eventText(exchange, { redactor, maxBytes }, bodies = true) {
  const { req, res, watch, capture } = exchange;
  const path = pathOf(req);
  const route = routeTemplate(req, path);
  const request = {
    method: req.method,
    path: cleanPath(path, route, (name) => redactor.isSecret(name)),
    route,
    query: queryOf(req, redactor),
    headers: redactor.headers(req.headers),
    ip: ipOf(req),
  };
  const response = {
    // A client that hung up before there was a status line saw none.
    status: res.headersSent ? res.statusCode : null,
    duration_ms: Math.round(exchange.duration * 1000) / 1000,
    size: hasBody(req, res) ? watch.size : 0,
    headers: redactor.headers(res.getHeaders()),
  };
  if (capture?.request && capture.types(req.headers['content-type'])) {
    put(request, bodies ? requestBody(req, capture.maxBytes, redactor) : { value: null, truncated: true });
  }
  if (capture?.response && watch.kept && capture.types(res.getHeader('content-type'))) {
    put(response, bodies ? responseBody(res, watch, capture.maxBytes, redactor) : { value: null, truncated: true });
  }
  const event = {
    session_id: exchange.session.id,
    session_source: exchange.session.source,
    event_id: (exchange.eventId ??= uuidv7(exchange.started, exchange.count)),
    timestamp: timestamp(exchange.started),
    type: 'http',
    request,
    response,
    outcome: exchange.completed ? 'completed' : 'aborted',
  };
  redactor.paths(event);
  const text = JSON.stringify(event).replace(NOT_XML, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
  if (bodies && capture && Buffer.byteLength(text) > maxBytes) return eventText(exchange, { redactor, maxBytes }, false);
  return text;
}

function put(side, { value, truncated }) {
  side.body = value;
  if (truncated) side.truncated = true;
}

function pathOf(req) {
  const url = req.originalUrl ?? req.url;
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function queryOf(req, redactor) {
  const url = req.originalUrl ?? req.url;
  const start = url.indexOf('?');
  if (start < 0 || start === url.length - 1) return {};
  // As the app's own parser reads it.
  return redactor.copy(req.query ?? Object.fromEntries(new URLSearchParams(url.slice(start + 1)))).value;
}

function ipOf(req) {
  return req.ip ?? req.socket?.remoteAddress ?? null;
}

function hasBody(req, res) {
  return req.method !== 'HEAD' && res.statusCode !== 204 && res.statusCode !== 304;
}

let lastMs = NaN;
let lastText = '';

/** Many requests begin in the same millisecond. */
function timestamp(ms) {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = new Date(ms).toISOString();
  }
  return lastText;
}
