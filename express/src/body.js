// Bodies as they go into an event: parsed where they are JSON or a form, credentials replaced, no more than was asked for.
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';

const NONE = { value: null, truncated: false };
/** A body is unpacked, and parsed, up to this many times what may be kept of it, so that neither takes long. */
const INFLATES = 32;

/** A test of content types: `application/json`, `application/*+json`, `text/*`. */
export function typeMatcher(types) {
  const sources = types.map((type) => type.toLowerCase().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^;\\s]*'));
  const test = new RegExp(`^\\s*(?:${sources.join('|')})\\s*(?:;|$)`, 'i');
  return (type) => typeof type === 'string' && test.test(type);
}

/** The body as the app's parser left it: the request's stream is not touched. */
export function requestBody(req, most, redactor) {
  const { body } = req;
  if (body === undefined || body === null) return NONE;
  if (typeof body === 'string') return textBody(body, req.headers['content-type'], most, redactor);
  if (Buffer.isBuffer(body)) return bytesBody(body, req.headers['content-type'], most, redactor, false);
  return redactor.copy(body, most);
}

/** The body as it was written to the response. */
export function responseBody(res, watch, most, redactor) {
  if (!watch.kept || watch.keptBytes === 0) return NONE;
  let bytes = watch.kept.length === 1 ? watch.kept[0] : Buffer.concat(watch.kept);
  let isCut = watch.size > watch.keptBytes;
  const encoding = String(watch.encoding ?? 'identity').toLowerCase();
  if (encoding !== 'identity') {
    const unpacked = unpack(bytes, encoding, most);
    // Of a kind we do not know, or too large: nothing of it can be told apart.
    if (!unpacked) return { value: null, truncated: true };
    bytes = unpacked;
  }
  isCut ||= bytes.length > most;
  return bytesBody(bytes, res.getHeader('content-type'), most, redactor, isCut);
}

function unpack(bytes, encoding, most) {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(most * INFLATES, 65_536) };
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(bytes, options);
    if (encoding === 'deflate') return inflateSync(bytes, options);
    if (encoding === 'br') return brotliDecompressSync(bytes, { ...options, finishFlush: constants.BROTLI_OPERATION_FLUSH });
  } catch {
    // Cut off too early, or over the limit.
  }
  return undefined;
}

function bytesBody(bytes, type, most, redactor, isCut) {
  // What is parsed may be longer than what is kept, so that of a long document the beginning remains, as a document.
  const text = bytes.toString('utf8');
  const body = textBody(text, type, most, redactor);
  return isCut ? { value: body.value, truncated: true } : body;
}

function textBody(text, type, most, redactor) {
  if (/^[^;]*json/i.test(type ?? '') && text.length <= Math.max(most * INFLATES, 65_536)) {
    try {
      return redactor.copy(JSON.parse(text), most);
    } catch {
      // Half a document, or none: kept as text.
    }
  } else if (/^\s*application\/x-www-form-urlencoded/i.test(type ?? '')) {
    return redactor.copy(redactor.address(text), most);
  }
  return redactor.copy(text, most);
}
