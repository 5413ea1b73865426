var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// src/body.js
function typeMatcher(types) {
  const sources = types.map((type) => type.toLowerCase().replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^;\\s]*"));
  const test = new RegExp(`^\\s*(?:${sources.join("|")})\\s*(?:;|$)`, "i");
  return (type) => typeof type === "string" && test.test(type);
}
function requestBody(req, most, redactor) {
  const { body } = req;
  if (body === void 0 || body === null) return NONE;
  if (typeof body === "string") return textBody(body, req.headers["content-type"], most, redactor);
  if (Buffer.isBuffer(body)) return bytesBody(body, req.headers["content-type"], most, redactor, false);
  return redactor.copy(body, most);
}
function responseBody(res, watch2, most, redactor) {
  if (!watch2.kept || watch2.keptBytes === 0) return NONE;
  let bytes = watch2.kept.length === 1 ? watch2.kept[0] : Buffer.concat(watch2.kept);
  let isCut = watch2.size > watch2.keptBytes;
  const encoding = String(watch2.encoding ?? "identity").toLowerCase();
  if (encoding !== "identity") {
    const unpacked = unpack(bytes, encoding, most);
    if (!unpacked) return { value: null, truncated: true };
    bytes = unpacked;
  }
  isCut ||= bytes.length > most;
  return bytesBody(bytes, res.getHeader("content-type"), most, redactor, isCut);
}
function unpack(bytes, encoding, most) {
  const options = { finishFlush: import_node_zlib.constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(most * INFLATES, 65536) };
  try {
    if (encoding === "gzip" || encoding === "x-gzip") return (0, import_node_zlib.gunzipSync)(bytes, options);
    if (encoding === "deflate") return (0, import_node_zlib.inflateSync)(bytes, options);
    if (encoding === "br") return (0, import_node_zlib.brotliDecompressSync)(bytes, { ...options, finishFlush: import_node_zlib.constants.BROTLI_OPERATION_FLUSH });
  } catch {
  }
  return void 0;
}
function bytesBody(bytes, type, most, redactor, isCut) {
  const text = bytes.toString("utf8");
  const body = textBody(text, type, most, redactor);
  return isCut ? { value: body.value, truncated: true } : body;
}
function textBody(text, type, most, redactor) {
  if (/^[^;]*json/i.test(type ?? "")) {
    try {
      return redactor.copy(JSON.parse(text), most);
    } catch {
    }
  } else if (/^\s*application\/x-www-form-urlencoded/i.test(type ?? "")) {
    return redactor.copy(redactor.address(text), most);
  }
  return redactor.copy(text, most);
}
var import_node_zlib, NONE, INFLATES;
var init_body = __esm({
  "src/body.js"() {
    import_node_zlib = require("node:zlib");
    NONE = { value: null, truncated: false };
    INFLATES = 32;
  }
});

// src/pattern.js
function matcher(patterns2) {
  const tests = patterns2.map((pattern) => {
    const [, method, path] = PATTERN.exec(pattern);
    return { method: method?.toUpperCase(), path: new RegExp(`^${expression(path)}$`) };
  });
  return (method, path) => tests.some((test) => (!test.method || test.method === method) && test.path.test(path));
}
function expression(path) {
  return path.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/:[A-Za-z_]\w*/g, "[^/]+").replace(/\*\w*/g, ".*");
}
var PATTERN;
var init_pattern = __esm({
  "src/pattern.js"() {
    PATTERN = /^(?:([A-Za-z-]+) +)?(\/\S*)$/;
  }
});

// src/route.js
function mountTemplate(baseUrl, params) {
  let names2;
  for (const name in params) (names2 ??= []).push(name);
  if (!names2) return baseUrl;
  return baseUrl.split("/").map((segment) => {
    const value = decoded(segment);
    const at = segment === "" ? -1 : names2.findIndex((name) => params[name] === value);
    return at < 0 ? segment : `:${names2.splice(at, 1)[0]}`;
  }).join("/");
}
function routeTemplate(mount, route, path) {
  if (!route) return null;
  const template = Array.isArray(route.path) ? ofSeveral(route.path, mount, path) : route.path;
  const whole = `${mount}${template}`;
  return whole.length > 1 && whole.endsWith("/") && typeof template === "string" ? whole.slice(0, -1) : whole;
}
function ofSeveral(templates, mount, path) {
  const segments = mount.split("/").length - 1;
  const rest = `/${path.split("/").slice(segments + 1).join("/")}`;
  return templates.find((template) => fits(template, rest)) ?? templates[0];
}
function fits(template, path) {
  if (template instanceof RegExp) return new RegExp(template.source, template.flags.replace(/[gy]/g, "")).test(path);
  let test = expressions.get(template);
  if (!test) {
    const source = expression(template.replace(/\/$/, "").replace(/[{}]/g, ""));
    test = new RegExp(`^${source}/?$`, "i");
    expressions.set(template, test);
  }
  return test.test(path);
}
function cleanPath(path, template, isSecret) {
  if (!template || !template.includes(":")) return path;
  let positions = secretSegments.get(template);
  if (positions === void 0) {
    positions = [];
    template.split("/").forEach((segment, at) => {
      if (segment.startsWith(":") && isSecret(segment.slice(1).replace(/\W.*/, ""))) positions.push(at);
    });
    if (secretSegments.size < 2e3) secretSegments.set(template, positions);
  }
  if (positions.length === 0) return path;
  const segments = path.split("/");
  for (const at of positions) if (segments[at]) segments[at] = "[REDACTED]";
  return segments.join("/");
}
function decoded(text) {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
var expressions, secretSegments;
var init_route = __esm({
  "src/route.js"() {
    init_pattern();
    expressions = /* @__PURE__ */ new Map();
    secretSegments = /* @__PURE__ */ new Map();
  }
});

// src/uuid.js
function uuidv7(ms) {
  if (used === pool.length) {
    (0, import_node_crypto.randomFillSync)(pool);
    used = 0;
  }
  const time = ms.toString(16).padStart(12, "0");
  const at = used;
  used += 10;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${HEX[pool[at]][0]}${HEX[pool[at + 1]]}-${HEX[pool[at + 2] & 63 | 128]}${HEX[pool[at + 3]]}-${HEX[pool[at + 4]]}${HEX[pool[at + 5]]}${HEX[pool[at + 6]]}${HEX[pool[at + 7]]}${HEX[pool[at + 8]]}${HEX[pool[at + 9]]}`;
}
var import_node_crypto, HEX, pool, used;
var init_uuid = __esm({
  "src/uuid.js"() {
    import_node_crypto = require("node:crypto");
    HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
    pool = new Uint8Array(10 * 512);
    used = pool.length;
  }
});

// src/event.js
function eventText(exchange, { redactor, maxBytes }, bodies2 = true) {
  const { req, res, watch: watch2, capture } = exchange;
  const path = pathOf(req);
  const route = watch2.route ? routeTemplate(watch2.routeMount, watch2.route, path) : routeTemplate(req.baseUrl ?? "", req.route, path);
  const request = {
    method: req.method,
    path: cleanPath(path, route, (name) => redactor.isSecret(name)),
    route,
    query: queryOf(req, redactor),
    headers: redactor.headers(req.headers),
    ip: ipOf(req)
  };
  const response = {
    // A client that hung up before there was a status line saw none.
    status: res.headersSent ? res.statusCode : null,
    duration_ms: Math.round(exchange.duration * 1e3) / 1e3,
    size: hasBody(req, res) ? watch2.size : 0,
    headers: redactor.headers(res.getHeaders())
  };
  if (capture?.request && capture.types(req.headers["content-type"])) {
    put(request, bodies2 ? requestBody(req, capture.maxBytes, redactor) : { value: null, truncated: true });
  }
  if (capture?.response && watch2.kept && capture.types(res.getHeader("content-type"))) {
    put(response, bodies2 ? responseBody(res, watch2, capture.maxBytes, redactor) : { value: null, truncated: true });
  }
  const event = {
    session_id: exchange.session.id,
    session_source: exchange.session.source,
    event_id: exchange.eventId ??= uuidv7(exchange.started),
    timestamp: timestamp(exchange.started),
    type: "http",
    request,
    response,
    outcome: exchange.completed ? "completed" : "aborted"
  };
  redactor.paths(event);
  const text = JSON.stringify(event).replace(NOT_XML, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
  if (bodies2 && capture && Buffer.byteLength(text) > maxBytes) return eventText(exchange, { redactor, maxBytes }, false);
  return text;
}
function put(side, { value, truncated }) {
  side.body = value;
  if (truncated) side.truncated = true;
}
function pathOf(req) {
  const url = req.originalUrl ?? req.url;
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}
function queryOf(req, redactor) {
  const url = req.originalUrl ?? req.url;
  const start = url.indexOf("?");
  if (start < 0 || start === url.length - 1) return {};
  return redactor.copy(req.query ?? Object.fromEntries(new URLSearchParams(url.slice(start + 1)))).value;
}
function ipOf(req) {
  return req.ip ?? req.socket?.remoteAddress ?? null;
}
function hasBody(req, res) {
  return req.method !== "HEAD" && res.statusCode !== 204 && res.statusCode !== 304;
}
function timestamp(ms) {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = new Date(ms).toISOString();
  }
  return lastText;
}
var NOT_XML, lastMs, lastText;
var init_event = __esm({
  "src/event.js"() {
    init_body();
    init_route();
    init_uuid();
    NOT_XML = /[\ufffe\uffff]/g;
    lastMs = NaN;
    lastText = "";
  }
});

// src/outbox.js
var CALL_MESSAGES, CALL_BYTES, Outbox;
var init_outbox = __esm({
  "src/outbox.js"() {
    CALL_MESSAGES = 10;
    CALL_BYTES = 1048576;
    Outbox = class {
      #maxEvents;
      #maxBytes;
      #maxMessageBytes;
      #texts = [];
      #sizes = [];
      #head = 0;
      /** Messages that come back after a failed call. @type {Message[]} */
      #again = [];
      /** Events and bytes not yet sent, those under way included. */
      events = 0;
      bytes = 0;
      /** Bytes of events that are not packed yet. */
      unpacked = 0;
      constructor({ maxBufferedEvents, maxBufferedBytes, maxMessageBytes }) {
        this.#maxEvents = maxBufferedEvents;
        this.#maxBytes = maxBufferedBytes;
        this.#maxMessageBytes = maxMessageBytes;
      }
      get isFull() {
        return this.events >= this.#maxEvents || this.bytes >= this.#maxBytes;
      }
      /** @returns {undefined | 'buffer_full' | 'too_large'} why the event was not taken */
      add(text) {
        const bytes = Buffer.byteLength(text);
        if (bytes + 2 > this.#maxMessageBytes) return "too_large";
        if (this.isFull || this.bytes + bytes > this.#maxBytes) return "buffer_full";
        this.#texts.push(text);
        this.#sizes.push(bytes);
        this.events++;
        this.bytes += bytes;
        this.unpacked += bytes;
        return void 0;
      }
      /** Whether a call has something to carry. */
      get hasWork() {
        return this.#again.length > 0 || this.#head < this.#texts.length;
      }
      get hasAgain() {
        return this.#again.length > 0;
      }
      /**
       * What the next call carries: what came back first, then new events.
       * @param {boolean} fullOnly leave behind what does not fill a message yet
       * @returns {Message[]}
       */
      take(fullOnly = false) {
        const call2 = [];
        let bytes = 0;
        while (call2.length < CALL_MESSAGES) {
          if (fullOnly && this.#again.length === 0 && this.unpacked < this.#maxMessageBytes) break;
          const message = this.#again.shift() ?? this.#pack();
          if (!message) break;
          const size = Buffer.byteLength(message.body);
          if (call2.length > 0 && (bytes + size > CALL_BYTES || message.alone)) {
            this.#again.unshift(message);
            break;
          }
          call2.push(message);
          bytes += size;
          if (message.alone) break;
        }
        return call2;
      }
      /** @returns {Message | undefined} */
      #pack() {
        const first = this.#head;
        let length = 2;
        let bytes = 0;
        while (this.#head < this.#texts.length) {
          const size = this.#sizes[this.#head];
          const comma = this.#head > first ? 1 : 0;
          if (length + comma + size > this.#maxMessageBytes) break;
          length += comma + size;
          bytes += size;
          this.#head++;
        }
        if (this.#head === first) return void 0;
        const body = `[${this.#texts.slice(first, this.#head).join(",")}]`;
        const events = this.#head - first;
        this.unpacked -= bytes;
        if (this.#head === this.#texts.length) {
          this.#texts = [];
          this.#sizes = [];
          this.#head = 0;
        } else if (this.#head > 1024) {
          this.#texts = this.#texts.slice(this.#head);
          this.#sizes = this.#sizes.slice(this.#head);
          this.#head = 0;
        }
        return { body, events, bytes, attempts: 0, alone: false };
      }
      /** A message comes back: the same text, hence the same event ids. */
      putBack(message) {
        this.#again.push(message);
      }
      /** A message is sent, or given up. */
      done(message) {
        this.events -= message.events;
        this.bytes -= message.bytes;
      }
    };
  }
});

// src/options.js
function readOptions(given) {
  if (given === null || typeof given !== "object") throw invalid("", "must be an object, at least { queueUrl }", given);
  known(given, "", [
    "queueUrl",
    "client",
    "region",
    "endpoint",
    "session",
    "ignore",
    "sample",
    "bodies",
    "redact",
    "maxMessageBytes",
    "flushIntervalMs",
    "maxBufferedEvents",
    "maxBufferedBytes",
    "requestTimeoutMs",
    "retryMinMs",
    "retryMaxMs",
    "onDrop"
  ]);
  const options = {
    queueUrl: queueUrl(given.queueUrl),
    client: client(given.client),
    region: optionalText(given, "region"),
    endpoint: optionalText(given, "endpoint"),
    session: session(given.session ?? {}),
    ignore: ignore(given.ignore),
    sample: number(given, "sample", 1, 0, 1, false),
    bodies: bodies(given.bodies),
    redact: redact(given.redact ?? {}),
    maxMessageBytes: number(given, "maxMessageBytes", 240 * 1024, 1024, CALL_BYTES),
    flushIntervalMs: number(given, "flushIntervalMs", 1e3, 10, 3e5),
    maxBufferedEvents: number(given, "maxBufferedEvents", 1e4, 1, 1e7),
    maxBufferedBytes: number(given, "maxBufferedBytes", 16 * 1024 * 1024, 1024, 1024 ** 3),
    requestTimeoutMs: number(given, "requestTimeoutMs", 1e4, 100, 3e5),
    retryMinMs: number(given, "retryMinMs", 100, 1, 6e4),
    retryMaxMs: number(given, "retryMaxMs", 3e4, 1, 6e5),
    onDrop: func(given, "onDrop")
  };
  if (options.retryMaxMs < options.retryMinMs) throw invalid("retryMaxMs", "must not be less than retryMinMs", given.retryMaxMs);
  if (options.client && (options.region || options.endpoint)) {
    throw invalid(options.region ? "region" : "endpoint", "has no effect beside 'client'; configure the client", given.region ?? given.endpoint);
  }
  return options;
}
function queueUrl(value) {
  if (typeof value !== "string" || !/^https?:\/\/[^\s/]+\/\S+$/.test(value)) {
    throw invalid("queueUrl", "must be the queue's URL, the stack's output QueueUrl: https://sqs.<region>.amazonaws.com/<account>/<name>", value);
  }
  if (value.endsWith(".fifo")) throw invalid("queueUrl", "must be a standard queue, as the stack has it; this is a FIFO queue", value);
  return value;
}
function client(value) {
  if (value !== void 0 && typeof value?.send !== "function") {
    throw invalid("client", "must be an SQSClient of @aws-sdk/client-sqs", value);
  }
  return value;
}
function session(given) {
  object(given, "session");
  known(given, "session.", ["from", "header", "cookie", "hash", "hashKey", "echo", "issue"]);
  const hashKey = given.hashKey;
  if (hashKey !== void 0 && !(typeof hashKey === "string" && hashKey.length >= 16)) {
    throw invalid("session.hashKey", "must be a secret text of at least 16 characters (openssl rand -hex 32)", hashKey && "(hidden)");
  }
  const echo = given.echo ?? "x-session-id";
  if (echo !== false && !isToken(echo)) throw invalid("session.echo", "must be a header's name, or false", echo);
  return {
    from: func(given, "from", "session."),
    headers: names(given.header ?? "x-session-id", "session.header", "header").map((name) => name.toLowerCase()),
    cookies: names(given.cookie ?? false, "session.cookie", "cookie"),
    hash: bool(given, "hash", false, "session."),
    hashKey,
    echo,
    issue: issue(given.issue ?? {})
  };
}
function issue(given) {
  if (given === false) return void 0;
  object(given, "session.issue", ", or false");
  known(given, "session.issue.", ["name", "maxAgeSeconds", "domain", "path", "sameSite", "secure"]);
  const name = given.name ?? "droplets_session";
  if (!isToken(name)) throw invalid("session.issue.name", "must be a cookie's name", name);
  const attribute = (field, fallback) => {
    const value = given[field] ?? fallback;
    if (value !== void 0 && !(typeof value === "string" && /^[\x21-\x3a\x3c-\x7e]+$/.test(value))) {
      throw invalid(`session.issue.${field}`, "must be text as it may stand in a cookie's attribute", value);
    }
    return value;
  };
  const sameSite = given.sameSite ?? "Lax";
  if (!["Lax", "Strict", "None"].includes(sameSite)) throw invalid("session.issue.sameSite", "must be 'Lax', 'Strict' or 'None'", sameSite);
  const secure = given.secure;
  if (secure !== void 0 && typeof secure !== "boolean") {
    throw invalid("session.issue.secure", "must be true or false, or left out: then it is what req.secure says", secure);
  }
  if (sameSite === "None" && secure !== true) throw invalid("session.issue.sameSite", "'None' needs session.issue.secure: true; browsers refuse it otherwise", sameSite);
  return {
    name,
    maxAgeSeconds: given.maxAgeSeconds === void 0 ? void 0 : number(given, "maxAgeSeconds", 0, 1, 3456e4, true, "session.issue."),
    domain: attribute("domain"),
    path: attribute("path", "/"),
    sameSite,
    secure
  };
}
function ignore(value) {
  if (value === void 0) return void 0;
  if (typeof value === "function") return value;
  const matches = matcher(patterns(value, "ignore", ", or a function of the request"));
  return (req) => matches(req.method, pathOf2(req));
}
function pathOf2(req) {
  return (req.originalUrl ?? req.url).split("?", 1)[0];
}
function bodies(given) {
  if (given === void 0 || given === false) return void 0;
  object(given, "bodies", ", or false");
  known(given, "bodies.", ["routes", "request", "response", "types", "maxBytes"]);
  if (given.routes === void 0) throw invalid("bodies.routes", "must say whose bodies are stored, for instance ['POST /orders', '/api/*']", given.routes);
  const matches = matcher(patterns(given.routes, "bodies.routes"));
  const types = given.types ?? ["application/json", "application/*+json", "application/x-www-form-urlencoded", "text/plain"];
  if (!Array.isArray(types) || types.length === 0 || !types.every((type) => typeof type === "string" && /^[^\s/;]+\/[^\s/;]+$/.test(type))) {
    throw invalid("bodies.types", "must be content types, for instance ['application/json', 'text/*']", types);
  }
  const read = {
    request: bool(given, "request", true, "bodies."),
    response: bool(given, "response", true, "bodies."),
    types: typeMatcher(types),
    maxBytes: number(given, "maxBytes", 16 * 1024, 1, CALL_BYTES, true, "bodies.")
  };
  if (!read.request && !read.response) throw invalid("bodies", "stores nothing: request and response are both false; leave it out", given);
  return { ...read, matches: (req) => matches(req.method, pathOf2(req)) };
}
function redact(given) {
  object(given, "redact");
  known(given, "redact.", ["headers", "names", "paths"]);
  const list = (field) => {
    const value = given[field] ?? [];
    if (!Array.isArray(value) || !value.every((one) => typeof one === "string" && one)) {
      throw invalid(`redact.${field}`, "must be an array of names", value);
    }
    return value;
  };
  const paths = given.paths ?? [];
  const read = (path) => {
    const names2 = Array.isArray(path) ? path : typeof path === "string" ? path.split(".") : [];
    if (names2.length < 2 || !names2.every((name) => typeof name === "string" && name) || !["request", "response"].includes(names2[0])) {
      throw invalid("redact.paths", "must be paths below request or response, for instance 'request.body.card.number' or 'response.body.items.*.owner'", path);
    }
    if (names2[1] === "headers" && names2[2]) names2[2] = names2[2].toLowerCase();
    return names2;
  };
  if (!Array.isArray(paths)) throw invalid("redact.paths", "must be an array", paths);
  return { headers: list("headers").map((name) => name.toLowerCase()), names: list("names"), paths: paths.map(read) };
}
function number(given, name, fallback, least, most, whole = true, prefix = "") {
  const value = given[name] ?? fallback;
  if (typeof value !== "number" || !(value >= least && value <= most) || whole && !Number.isInteger(value)) {
    throw invalid(prefix + name, `must be a ${whole ? "whole " : ""}number from ${least} to ${most}`, value);
  }
  return value;
}
function bool(given, name, fallback, prefix) {
  const value = given[name] ?? fallback;
  if (typeof value !== "boolean") throw invalid(prefix + name, "must be true or false", value);
  return value;
}
function func(given, name, prefix = "") {
  const value = given[name];
  if (value !== void 0 && typeof value !== "function") throw invalid(prefix + name, "must be a function", value);
  return value;
}
function optionalText(given, name) {
  const value = given[name];
  if (value !== void 0 && !(typeof value === "string" && value)) throw invalid(name, "must be text", value);
  return value;
}
function object(value, name, or = "") {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalid(name, `must be an object${or}`, value);
}
function names(value, option, what) {
  if (value === false) return [];
  const list = Array.isArray(value) ? value : [value];
  if (!list.every(isToken)) throw invalid(option, `must be a ${what}'s name, an array of them, or false`, value);
  return list;
}
function patterns(value, option, or = "") {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || !list.every((one) => typeof one === "string" && PATTERN.test(one))) {
    throw invalid(option, `must be patterns of requests, for instance ['/healthz', 'POST /orders/:id', '/assets/*']${or}`, value);
  }
  return list;
}
function known(given, prefix, allowed) {
  for (const name of Object.keys(given)) {
    if (allowed.includes(name)) continue;
    const near = allowed.find((one) => distance(one.toLowerCase(), name.toLowerCase()) <= 2);
    throw new TypeError(`express-droplets: there is no option '${prefix}${name}'; ${near ? `did you mean '${prefix}${near}'?` : `there are ${allowed.join(", ")}`}`);
  }
}
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
    shown = typeof value === "function" ? "a function" : JSON.stringify(value)?.slice(0, 100);
  } catch {
    shown = typeof value;
  }
  return new TypeError(`express-droplets: ${name ? `option '${name}'` : "the options"} ${must}; got ${shown ?? String(value)}`);
}
var TOKEN, isToken;
var init_options = __esm({
  "src/options.js"() {
    init_body();
    init_outbox();
    init_pattern();
    TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
    isToken = (value) => typeof value === "string" && TOKEN.test(value);
  }
});

// src/names.js
function plain(name) {
  return name.toLowerCase().replace(/[-_.\s[\]]/g, "");
}
function isSecretName(name) {
  let verdict = verdicts.get(name);
  if (verdict === void 0) {
    verdict = SECRET.test(plain(name));
    if (verdicts.size < REMEMBERED) verdicts.set(name, verdict);
  }
  return verdict;
}
var SECRET, REMEMBERED, verdicts;
var init_names = __esm({
  "src/names.js"() {
    SECRET = /passw(?:or)?d|passphrase|passcode|secret|(?<!page|next|continuation|cursor|sync)token$|api_?key|privatekey|accesskey|(?:functions?|subscription|rapidapi|auth|master|admin|account|signing|encryption)key$|credential|authorization|authentication$|jwt|oidcdata|clientcert|signature$|^(?:pwd|pin|otp|totp|cvv|cvc|csc|csrf|xsrf|sig|auth|cookie|setcookie|connectsid|phpsessid|jsessionid)$/;
    REMEMBERED = 5e3;
    verdicts = /* @__PURE__ */ new Map();
  }
});

// src/redact.js
function replace(value, path, at) {
  const names2 = path[at] === "*" ? Object.keys(value) : Object.hasOwn(value, path[at]) ? [path[at]] : [];
  for (const name of names2) {
    const member = value[name];
    if (member === null || member === void 0) continue;
    if (at === path.length - 1 || typeof member === "string") value[name] = REDACTED;
    else if (typeof member === "object") replace(member, path, at + 1);
  }
}
function cut(text, most) {
  if (most <= 0) return "";
  const bytes = Buffer.from(text.slice(0, most));
  let end = Math.min(most, bytes.length);
  while (end > 0 && (bytes[end] & 192) === 128) end--;
  return bytes.toString("utf8", 0, end);
}
function cookieNames(text) {
  return text.split(";").map((pair) => pair.includes("=") ? `${pair.slice(0, pair.indexOf("=")).trim()}=${REDACTED}` : REDACTED).join("; ");
}
function setCookieName(text) {
  const [pair, ...attributes] = text.split(";");
  return [pair.includes("=") ? `${pair.slice(0, pair.indexOf("="))}=${REDACTED}` : REDACTED, ...attributes].join(";");
}
function decoded2(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
var REDACTED, DEEPEST, ADDRESSES, KEEP, REDACT, COOKIES, SET_COOKIES, ADDRESS, REMEMBERED2, Redactor, each;
var init_redact = __esm({
  "src/redact.js"() {
    init_names();
    REDACTED = "[REDACTED]";
    DEEPEST = 64;
    ADDRESSES = /* @__PURE__ */ new Set([
      "referer",
      "referrer",
      "location",
      "content-location",
      "link",
      "refresh",
      "origin",
      "hx-current-url",
      "hx-redirect",
      "x-original-url",
      "x-original-uri",
      "x-forwarded-uri",
      "x-rewrite-url",
      "x-envoy-original-path"
    ]);
    KEEP = 0;
    REDACT = 1;
    COOKIES = 2;
    SET_COOKIES = 3;
    ADDRESS = 4;
    REMEMBERED2 = 2e3;
    Redactor = class {
      #headers;
      #names;
      #paths;
      #actions = /* @__PURE__ */ new Map();
      constructor({ headers, names: names2, paths }) {
        this.#headers = new Set(headers);
        this.#names = new Set(names2.map(plain));
        this.#paths = paths;
      }
      /** Whether a query parameter, path parameter or field of a body is a credential. */
      isSecret(name) {
        return isSecretName(name) || this.#names.size > 0 && this.#names.has(plain(name));
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
        else if (lower === "cookie") action = COOKIES;
        else if (lower === "set-cookie") action = SET_COOKIES;
        else if (isSecretName(lower) && lower !== "www-authenticate" && lower !== "proxy-authenticate") action = REDACT;
        else if (ADDRESSES.has(lower)) action = ADDRESS;
        if (this.#actions.size < REMEMBERED2) this.#actions.set(name, action);
        return action;
      }
      /** Text with addresses or form fields in it: user info and credentials' values replaced, also in an encoded address within. */
      address(text, depth = 0) {
        let clean = text.includes("@") ? text.replace(/(:\/\/)[^/?#@\s]+@/g, `$1${REDACTED}@`) : text;
        if (!clean.includes("=")) return clean;
        clean = clean.replace(/(^|[?&;#\s])([^=&;#?\s"<>]+)=([^&;#\s"<>]*)/g, (whole, before, name, value) => {
          if (this.isSecret(decoded2(name))) return `${before}${name}=${REDACTED}`;
          if (depth > 1 || !/%3[dDfF]|%40/.test(value)) return whole;
          const inner = decoded2(value);
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
        return clean === JSON.stringify(value) ? text : clean;
      }
      /** JSON that ends too early: what follows a credential's name goes, all of it if it is no plain value. */
      #brokenJson(text) {
        const member = /\\*"([^"\\]{1,100})\\*"\s*:\s*/g;
        let clean = "";
        let from = 0;
        for (let found; found = member.exec(text); ) {
          if (!this.isSecret(found[1])) continue;
          clean += text.slice(from, member.lastIndex) + `"${REDACTED}"`;
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
        return { value: copied === void 0 ? null : copied, truncated: budget.left < 0 };
      }
      #copy(value, budget, depth) {
        if (budget.left < 0) return void 0;
        switch (typeof value) {
          case "string":
            return this.#string(value, budget);
          case "number":
            budget.left -= 8;
            return Number.isFinite(value) ? value : null;
          case "boolean":
            budget.left -= 5;
            return value;
          case "bigint":
            return this.#string(String(value), budget);
          case "object":
            return value === null ? (budget.left -= 4, null) : this.#object(value, budget, depth);
          default:
            return void 0;
        }
      }
      #string(text, budget) {
        const clean = text.length > 5 ? this.text(text) : text;
        budget.left -= Buffer.byteLength(clean) + 2;
        return budget.left >= 0 ? clean : cut(clean, budget.left + Buffer.byteLength(clean));
      }
      #object(value, budget, depth) {
        if (depth > DEEPEST) return "[too deep]";
        if (budget.open.includes(value)) return "[circular]";
        if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
        budget.open.push(value);
        budget.left -= 2;
        let copy;
        if (typeof value.toJSON === "function") copy = this.#copy(value.toJSON(), budget, depth + 1);
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
            if (item === void 0) continue;
            if (name === "__proto__") Object.defineProperty(copy, name, { value: item, enumerable: true });
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
    };
    each = (value, change) => Array.isArray(value) ? value.map((one) => change(String(one))) : change(String(value));
  }
});

// src/sample.js
function sampler(share) {
  if (share >= 1) return () => true;
  return (id) => hash(id) / 2 ** 32 < share;
}
function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ h >>> 16, 2246822507);
  h = Math.imul(h ^ h >>> 13, 3266489909);
  return (h ^ h >>> 16) >>> 0;
}
var init_sample = __esm({
  "src/sample.js"() {
  }
});

// src/sender.js
var import_client_sqs, REFUSALS, MESSAGE_FAULTS, WARN_EVERY, Sender;
var init_sender = __esm({
  "src/sender.js"() {
    import_client_sqs = require("@aws-sdk/client-sqs");
    REFUSALS = 10;
    MESSAGE_FAULTS = /InvalidMessageContents|BatchRequestTooLong|InvalidParameterValue|InvalidBatchEntryId/;
    WARN_EVERY = 6e4;
    Sender = class {
      #options;
      #outbox;
      #client;
      #counts;
      #onDropped;
      #timer;
      #running = false;
      #failures = 0;
      #pause;
      #call;
      #closing = false;
      /** The time of `close` is up: whatever is not sent by now is given up. */
      #over = false;
      #idle = [];
      #warned = -Infinity;
      /**
       * @param {(reason: string, events: number, error?: Error) => void} onDropped hears of events that are given up
       */
      constructor({ options, outbox, client: client2, counts, onDropped }) {
        this.#options = options;
        this.#outbox = outbox;
        this.#client = client2;
        this.#counts = counts;
        this.#onDropped = onDropped;
      }
      /** Events were added: sends now if a message is full, else within `flushIntervalMs`. */
      notice() {
        if (this.#running) return;
        if (this.#closing || this.#outbox.unpacked >= this.#options.maxMessageBytes) this.#start();
        else this.#timer ??= setTimeout(() => this.#start(), this.#options.flushIntervalMs).unref();
      }
      get #hasFullMessage() {
        return this.#outbox.unpacked >= this.#options.maxMessageBytes;
      }
      #start() {
        clearTimeout(this.#timer);
        this.#timer = void 0;
        if (this.#running) return;
        this.#running = true;
        this.#drain().finally(() => {
          this.#running = false;
          for (const resolve of this.#idle.splice(0)) resolve();
          if (this.#outbox.hasWork && !this.#over) this.notice();
        });
      }
      async #drain() {
        let fullOnly = this.#hasFullMessage && !this.#closing;
        do {
          const messages = this.#outbox.take(fullOnly && !this.#closing);
          if (messages.length === 0) return;
          const failed = await this.#send(messages);
          if (this.#over) return;
          this.#failures = failed ? this.#failures + 1 : 0;
          if (failed) await this.#backOff();
          fullOnly = true;
        } while (!this.#over && (this.#outbox.hasAgain || this.#hasFullMessage || this.#closing && this.#outbox.hasWork));
      }
      /** @returns {Promise<boolean>} whether it is better to wait before the next call */
      async #send(messages) {
        const { queueUrl: queueUrl2, requestTimeoutMs } = this.#options;
        this.#counts.calls++;
        this.#call = new AbortController();
        const limit = setTimeout(() => this.#call.abort(), requestTimeoutMs).unref();
        try {
          const answer = await this.#client.send(
            new import_client_sqs.SendMessageBatchCommand({
              QueueUrl: queueUrl2,
              Entries: messages.map(({ body }, at) => ({ Id: String(at), MessageBody: body }))
            }),
            { abortSignal: this.#call.signal }
          );
          return this.#settle(messages, answer.Failed ?? []);
        } catch (error) {
          this.#callFailed(messages, error);
          return true;
        } finally {
          clearTimeout(limit);
        }
      }
      #settle(messages, failed) {
        if (this.#over) return false;
        const errors = new Map(failed.map((entry) => [entry.Id, entry]));
        messages.forEach((message, at) => {
          const entry = errors.get(String(at));
          if (!entry) {
            this.#outbox.done(message);
            this.#counts.sent += message.events;
            this.#counts.messages++;
            this.#counts.bytes += Buffer.byteLength(message.body);
            return;
          }
          const error = Object.assign(new Error(entry.Message ?? "SQS did not take the message"), { name: entry.Code ?? "Failed" });
          this.#failed(error);
          message.attempts++;
          if (MESSAGE_FAULTS.test(error.name) || message.attempts >= REFUSALS) this.#giveUp(message, "rejected", error);
          else this.#putBack(message);
        });
        return failed.length > 0;
      }
      #callFailed(messages, error) {
        if (this.#over) return;
        this.#failed(error);
        const isOneMessagesFault = MESSAGE_FAULTS.test(error?.name ?? "");
        for (const message of messages) {
          if (!isOneMessagesFault) this.#putBack(message);
          else if (messages.length === 1) this.#giveUp(message, "rejected", error);
          else {
            message.alone = true;
            this.#putBack(message);
          }
        }
      }
      #putBack(message) {
        this.#counts.retries++;
        this.#outbox.putBack(message);
      }
      #giveUp(message, reason, error) {
        this.#outbox.done(message);
        this.#onDropped(reason, message.events, error);
      }
      #failed(error) {
        this.#counts.failures++;
        this.#counts.lastError = { name: String(error?.name), message: String(error?.message), at: (/* @__PURE__ */ new Date()).toISOString() };
        if (performance.now() - this.#warned < WARN_EVERY) return;
        this.#warned = performance.now();
        process.emitWarning(
          `cannot send to ${this.#options.queueUrl} (${error?.name}: ${error?.message}); events wait in memory, and are dropped when it is full. Check queueUrl, the credentials and sqs:SendMessage; stats() tells more`,
          { type: "DropletsWarning" }
        );
      }
      /** A random pause, whose upper bound doubles with each failure, so that many processes do not come back at once. */
      async #backOff() {
        const { retryMinMs, retryMaxMs } = this.#options;
        const bound = Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(this.#failures, 20));
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, retryMinMs + Math.random() * (bound - retryMinMs)).unref();
          this.#pause = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        this.#pause = void 0;
      }
      /** Sends all that waits, for at most `timeoutMs`; what then is left is given up, a call under way included. */
      async close(timeoutMs) {
        this.#closing = true;
        clearTimeout(this.#timer);
        let timer;
        const timeIsUp = new Promise((resolve) => {
          timer = setTimeout(() => {
            this.#over = true;
            resolve();
          }, timeoutMs);
        });
        this.#failures = 0;
        this.#pause?.();
        while (!this.#over && (this.#running || this.#outbox.hasWork)) {
          const idle = new Promise((resolve) => this.#idle.push(resolve));
          this.#start();
          await Promise.race([idle, timeIsUp]);
        }
        clearTimeout(timer);
        this.#over = true;
        this.#call?.abort();
        this.#pause?.();
        if (this.#outbox.events > 0) this.#onDropped("close_timeout", this.#outbox.events);
      }
    };
  }
});

// src/cookies.js
function readCookie(header, name) {
  if (!header) return void 0;
  for (let from = 0; ; ) {
    const at = header.indexOf(name, from);
    if (at < 0) return void 0;
    from = at + name.length;
    const before = at === 0 ? ";" : header[at - 1];
    if (before !== ";" && before !== " " || header[from] !== "=") continue;
    const end = header.indexOf(";", from);
    return decode(header.slice(from + 1, end < 0 ? void 0 : end).trim().replace(/^"(.*)"$/, "$1"));
  }
}
function decode(text) {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
function cookieLine({ name, path, domain, maxAgeSeconds, sameSite }, value, secure) {
  let line = `${name}=${value}; Path=${path}; HttpOnly; SameSite=${sameSite}`;
  if (domain) line += `; Domain=${domain}`;
  if (maxAgeSeconds !== void 0) line += `; Max-Age=${maxAgeSeconds}`;
  return secure ? `${line}; Secure` : line;
}
var init_cookies = __esm({
  "src/cookies.js"() {
  }
});

// src/session.js
function sessionFinder(options, onError) {
  const { from, headers, cookies, echo, issue: issue2 } = options;
  const digest = options.hashKey ? (text) => (0, import_node_crypto2.createHmac)("sha256", options.hashKey).update(text) : (text) => (0, import_node_crypto2.createHash)("sha256").update(text);
  const hashed = (text) => `sha256-${digest(text).digest("hex").slice(0, 32)}`;
  const credentials = new Set([...headers, ...cookies].filter((name) => options.hash || isCredential(name)));
  function stored(text, isCredentialToo) {
    if (options.hash || isCredentialToo || Buffer.byteLength(text) > LONGEST) return hashed(text);
    return text;
  }
  function find(req) {
    if (from) {
      const text = asText(call(from, req, onError));
      if (text) return { id: stored(text, isCredentialOf(req, text)), source: "function" };
    }
    for (const name of headers) {
      const text = req.headers[name];
      if (typeof text === "string" && text) return { id: stored(text, credentials.has(name)), source: "header" };
    }
    for (const name of cookies) {
      const text = readCookie(req.headers.cookie, name);
      if (text) return { id: stored(text, credentials.has(name)), source: "cookie" };
    }
    if (issue2) {
      const text = readCookie(req.headers.cookie, issue2.name);
      if (text && UUID.test(text)) return { id: text, source: "issued" };
    }
    return { id: (0, import_node_crypto2.randomUUID)(), source: "new" };
  }
  return (req, res) => {
    const session2 = find(req);
    if (!res.headersSent) {
      if (issue2 && session2.source === "new") {
        res.appendHeader("Set-Cookie", cookieLine(issue2, session2.id, issue2.secure ?? isSecure(req)));
      }
      if (echo && VISIBLE.test(session2.id)) res.setHeader(echo, session2.id);
    }
    return session2;
  };
}
function call(from, req, onError) {
  try {
    return from(req);
  } catch (error) {
    onError(error);
    return void 0;
  }
}
function asText(id) {
  if (typeof id === "string") return id;
  return Number.isSafeInteger(id) || typeof id === "bigint" ? String(id) : void 0;
}
function isCredential(name) {
  return name === "connect.sid" || name === "cookie" || isSecretName(name);
}
function isCredentialOf(req, text) {
  if (text === req.sessionID) return true;
  const { authorization, cookie } = req.headers;
  if (authorization && (authorization === text || authorization.endsWith(` ${text}`))) return true;
  return cookie !== void 0 && text === readCookie(cookie, "connect.sid");
}
function isSecure(req) {
  return req.secure ?? req.socket?.encrypted === true;
}
var import_node_crypto2, LONGEST, UUID, VISIBLE;
var init_session = __esm({
  "src/session.js"() {
    import_node_crypto2 = require("node:crypto");
    init_cookies();
    init_names();
    LONGEST = 256;
    UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    VISIBLE = /^[\x21-\x7e]+$/;
  }
});

// src/watch.js
function watch(req, res) {
  return res[WATCH] ??= new Watch(req, res);
}
function countingWrite(chunk, encoding) {
  const watch2 = this[WATCH];
  watch2.wrote(this, chunk, encoding);
  return watch2.write.apply(this, arguments);
}
function countingEnd(chunk, encoding) {
  const watch2 = this[WATCH];
  watch2.wrote(this, chunk, encoding);
  return watch2.end.apply(this, arguments);
}
var WATCH, Watch, isUtf8, ROUTE, BASE_URL;
var init_watch = __esm({
  "src/watch.js"() {
    init_route();
    WATCH = /* @__PURE__ */ Symbol.for("express-droplets.watch.1");
    Watch = class {
      constructor(req, res) {
        this.route = void 0;
        this.routeMount = "";
        this.baseUrl = req.baseUrl ?? "";
        this.mount = this.baseUrl;
        this.outer = void 0;
        this.size = 0;
        this.write = res.write;
        this.end = res.end;
        this.keep = 0;
        this.wanted = void 0;
        this.kept = void 0;
        this.keptBytes = 0;
        this.encoding = void 0;
        this.recorders = void 0;
        this.otherRoute = Object.hasOwn(req, "route") ? Object.getOwnPropertyDescriptor(req, "route") : void 0;
        req[WATCH] = this;
        Object.defineProperty(req, "route", ROUTE);
        Object.defineProperty(req, "baseUrl", BASE_URL);
        res.write = countingWrite;
        res.end = countingEnd;
      }
      entered(baseUrl, params) {
        const text = typeof baseUrl === "string" ? baseUrl : "";
        if (text === this.baseUrl) return;
        if (text.length > this.baseUrl.length && text.startsWith(this.baseUrl)) {
          (this.outer ??= []).push(this.baseUrl, this.mount);
          this.mount += mountTemplate(text.slice(this.baseUrl.length), params);
        } else {
          this.mount = text;
          while (this.outer?.length) {
            const mount = this.outer.pop();
            if (this.outer.pop() === text) {
              this.mount = mount;
              break;
            }
          }
        }
        this.baseUrl = text;
      }
      /** Keeps up to `most` bytes of the response's body if `wanted` says so when the first of them is written. */
      keepBody(most, wanted) {
        const before = this.wanted;
        this.keep = Math.max(this.keep, most);
        this.wanted = before ? (res) => before(res) || wanted(res) : wanted;
      }
      wrote(res, chunk, encoding) {
        let bytes;
        if (typeof chunk === "string") bytes = Buffer.byteLength(chunk, typeof encoding === "string" ? encoding : "utf8");
        else if (ArrayBuffer.isView(chunk)) bytes = chunk.byteLength;
        else return;
        this.size += bytes;
        if (this.keep === 0 || bytes === 0) return;
        if (this.kept === void 0) {
          if (!this.wanted(res)) {
            this.keep = 0;
            return;
          }
          this.kept = [];
          this.encoding = res.getHeader("content-encoding");
        }
        const room = this.keep - this.keptBytes;
        if (room <= 0) return;
        const copy = typeof chunk === "string" ? Buffer.from(bytes > room && isUtf8(encoding) ? chunk.slice(0, room) : chunk, typeof encoding === "string" ? encoding : "utf8") : Buffer.from(new Uint8Array(chunk.buffer, chunk.byteOffset, Math.min(bytes, room)));
        const kept = copy.length > room ? copy.subarray(0, room) : copy;
        this.kept.push(kept);
        this.keptBytes += kept.length;
      }
    };
    isUtf8 = (encoding) => typeof encoding !== "string" || /^utf-?8$/i.test(encoding);
    ROUTE = {
      configurable: true,
      enumerable: true,
      get() {
        return this[WATCH].route;
      },
      set(route) {
        const watch2 = this[WATCH];
        watch2.route = route;
        watch2.routeMount = watch2.mount;
        watch2.otherRoute?.set?.call(this, route);
      }
    };
    BASE_URL = {
      configurable: true,
      enumerable: true,
      get() {
        return this[WATCH].baseUrl;
      },
      set(baseUrl) {
        this[WATCH].entered(baseUrl, this.params);
      }
    };
  }
});

// src/middleware.js
function droplets(given) {
  const options = readOptions(given);
  const counts = { recorded: 0, sent: 0, messages: 0, bytes: 0, calls: 0, retries: 0, failures: 0, lastError: void 0 };
  const dropped = {};
  const outbox = new Outbox(options);
  const client2 = options.client ?? sqsClient(options);
  const sender = new Sender({ options, outbox, client: client2, counts, onDropped: drop });
  const findSession = sessionFinder(options.session, noteError);
  const inSample = sampler(options.sample);
  const building = { redactor: new Redactor(redactions(options)), maxBytes: options.maxMessageBytes - 2 };
  const { bodies: bodies2 } = options;
  let ended = [];
  let isScheduled = false;
  let closing;
  function middleware(req, res, next) {
    try {
      record(req, res);
    } catch (error) {
      noteError(error);
    }
    next();
  }
  function record(req, res) {
    if (isIgnored(req)) return;
    const session2 = findSession(req, res);
    if (!inSample(session2.id)) return;
    const exchange = new Exchange(req, res, session2, watch(req, res));
    if (!exchange.begin(middleware)) return;
    if (bodies2?.matches(req)) exchange.keepBodies(bodies2);
    res.on("finish", () => onEnd(exchange, true));
    res.on("close", () => onEnd(exchange, false));
  }
  function isIgnored(req) {
    if (!options.ignore) return false;
    try {
      return Boolean(options.ignore(req));
    } catch (error) {
      noteError(error);
      return false;
    }
  }
  function onEnd(exchange, completed) {
    if (exchange.duration !== void 0) return;
    exchange.end(completed);
    counts.recorded++;
    if (closing?.isDone) drop("closed", 1);
    else if (outbox.isFull || ended.length >= options.maxBufferedEvents) drop("buffer_full", 1);
    else {
      ended.push(exchange);
      schedule();
    }
  }
  function schedule() {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      build(BUILT_AT_ONCE);
      if (ended.length > 0) schedule();
    });
  }
  function build(most) {
    const batch = ended.length <= most ? ended : ended.slice(0, most);
    ended = ended.length <= most ? [] : ended.slice(most);
    if (closing?.isDone) {
      if (batch.length > 0) drop("closed", batch.length);
      return;
    }
    for (const exchange of batch) {
      try {
        const refused = outbox.add(eventText(exchange, building));
        if (refused) drop(refused, 1);
      } catch (error) {
        noteError(error);
        drop("not_built", 1, error);
      }
    }
    sender.notice();
  }
  function drop(reason, events, error) {
    dropped[reason] = (dropped[reason] ?? 0) + events;
    if (!options.onDrop) return;
    try {
      options.onDrop({ reason, events, error });
    } catch (failure) {
      noteError(failure);
    }
  }
  function noteError(error) {
    counts.lastError = { name: String(error?.name), message: String(error?.message ?? error), at: (/* @__PURE__ */ new Date()).toISOString() };
  }
  const allDropped = () => Object.values(dropped).reduce((sum, events) => sum + events, 0);
  middleware.stats = () => ({
    ...counts,
    buffered: { events: outbox.events + ended.length, bytes: outbox.bytes },
    dropped: { total: allDropped(), ...dropped }
  });
  middleware.close = ({ timeoutMs = CLOSE_TIMEOUT_MS } = {}) => {
    if (typeof timeoutMs !== "number" || !(timeoutMs >= 0 && timeoutMs <= 36e5)) {
      throw new TypeError(`express-droplets: close: option 'timeoutMs' must be a number from 0 to 3600000; got ${timeoutMs}`);
    }
    closing ??= { isDone: false };
    closing.promise ??= (async () => {
      await new Promise((resolve) => setImmediate(resolve));
      build(Infinity);
      await sender.close(timeoutMs);
      closing.isDone = true;
      if (!options.client) client2.destroy();
      return { sent: counts.sent, dropped: allDropped() };
    })();
    return closing.promise;
  };
  return middleware;
}
function redactions({ redact: redact2, session: session2 }) {
  if (!session2.hash) return redact2;
  return { ...redact2, headers: [...redact2.headers, ...session2.headers] };
}
function sqsClient({ queueUrl: queueUrl2, region, endpoint, requestTimeoutMs }) {
  return new import_client_sqs2.SQSClient({
    // The queue's address knows better than the environment; a local one says nothing, and the SDK looks where it always does.
    ...(region ?? regionOf(queueUrl2)) && { region: region ?? regionOf(queueUrl2) },
    ...endpoint && { endpoint },
    // The sender tries again itself: only what failed, and for as long as the buffer holds.
    maxAttempts: 1,
    // TLS has checked already what came over it.
    md5: false,
    requestHandler: { connectionTimeout: Math.min(3e3, requestTimeoutMs), requestTimeout: requestTimeoutMs }
  });
}
function regionOf(queueUrl2) {
  return /^https?:\/\/(?:sqs\.([a-z0-9-]+)\.|([a-z0-9-]+)\.queue\.)amazonaws\.com/.exec(queueUrl2)?.slice(1).find(Boolean);
}
var import_client_sqs2, BUILT_AT_ONCE, CLOSE_TIMEOUT_MS, Exchange;
var init_middleware = __esm({
  "src/middleware.js"() {
    import_client_sqs2 = require("@aws-sdk/client-sqs");
    init_event();
    init_options();
    init_outbox();
    init_redact();
    init_sample();
    init_sender();
    init_session();
    init_watch();
    BUILT_AT_ONCE = 100;
    CLOSE_TIMEOUT_MS = 5e3;
    Exchange = class {
      constructor(req, res, session2, watched) {
        this.req = req;
        this.res = res;
        this.session = session2;
        this.watch = watched;
        this.started = Date.now();
        this.clock = performance.now();
        this.duration = void 0;
        this.completed = false;
        this.capture = void 0;
        this.eventId = void 0;
      }
      /** False if this instance of the middleware records the request already, being mounted twice. */
      begin(recorder) {
        const recorders = this.watch.recorders ??= [];
        if (recorders.includes(recorder)) return false;
        recorders.push(recorder);
        void this.req.socket?.remoteAddress;
        return true;
      }
      keepBodies(bodies2) {
        this.capture = bodies2;
        if (bodies2.response) this.watch.keepBody(bodies2.maxBytes, (res) => bodies2.types(res.getHeader("content-type")));
      }
      end(completed) {
        this.duration = performance.now() - this.clock;
        this.completed = completed;
      }
    };
  }
});

// src/index.js
var src_exports = {};
__export(src_exports, {
  default: () => droplets,
  droplets: () => droplets
});
var init_src = __esm({
  "src/index.js"() {
    init_middleware();
  }
});

// build/entry.cjs
var { droplets: droplets2 } = (init_src(), __toCommonJS(src_exports));
module.exports = droplets2;
module.exports.droplets = droplets2;
module.exports.default = droplets2;
