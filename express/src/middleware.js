import { SQSClient } from '@aws-sdk/client-sqs';
import { eventText } from './event.js';
import { readOptions } from './options.js';
import { Outbox } from './outbox.js';
import { Redactor } from './redact.js';
import { sampler } from './sample.js';
import { Sender } from './sender.js';
import { sessionFinder } from './session.js';
import { watch } from './watch.js';

/** Events built in one turn of the event loop; more wait for the next, so that requests get their turn. */
const BUILT_AT_ONCE = 100;
const CLOSE_TIMEOUT_MS = 5000;

/**
 * Express middleware that sends an event per request to a Droplets lake. README.md has every option.
 * @param {import('../types/index.d.ts').Options} given
 * @returns {import('../types/index.d.ts').Droplets}
 */
export function droplets(given) {
  const options = readOptions(given);
  const counts = { recorded: 0, sent: 0, messages: 0, bytes: 0, calls: 0, retries: 0, failures: 0, lastError: undefined };
  const dropped = {};
  const outbox = new Outbox(options);
  const client = options.client ?? sqsClient(options);
  const sender = new Sender({ options, outbox, client, counts, onDropped: drop });
  const findSession = sessionFinder(options.session, noteError);
  const inSample = sampler(options.sample);
  const building = { redactor: new Redactor(redactions(options)), maxBytes: options.maxMessageBytes - 2 };
  const { bodies } = options;
  let ended = [];
  let isScheduled = false;
  let closing;

  function middleware(req, res, next) {
    // Whatever goes wrong here is ours, and none of the request's business.
    try {
      record(req, res);
    } catch (error) {
      noteError(error);
    }
    next();
  }

  function record(req, res) {
    if (isIgnored(req)) return;
    const session = findSession(req, res);
    if (!inSample(session.id)) return;
    const exchange = new Exchange(req, res, session, watch(res));
    if (!exchange.begin(middleware)) return;
    if (bodies?.matches(req)) exchange.keepBodies(bodies);
    // Both, and the first counts: a client that hangs up causes only `close`, and so may a server that only imitates Node's.
    res.on('finish', () => onEnd(exchange, true));
    res.on('close', () => onEnd(exchange, false));
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
    if (exchange.duration !== undefined) return;
    exchange.end(completed);
    counts.recorded++;
    if (closing?.isDone) drop('closed', 1);
    else if (outbox.isFull || ended.length >= options.maxBufferedEvents) drop('buffer_full', 1);
    else {
      ended.push(exchange);
      schedule();
    }
  }

  function schedule() {
    if (isScheduled) return;
    isScheduled = true;
    // Ref'd, but due at once: it does not keep a process alive.
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
      if (batch.length > 0) drop('closed', batch.length);
      return;
    }
    for (const exchange of batch) {
      try {
        const refused = outbox.add(eventText(exchange, building));
        if (refused) drop(refused, 1);
      } catch (error) {
        noteError(error);
        drop('not_built', 1, error);
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
    counts.lastError = { name: String(error?.name), message: String(error?.message ?? error), at: new Date().toISOString() };
  }

  const allDropped = () => Object.values(dropped).reduce((sum, events) => sum + events, 0);

  middleware.stats = () => ({
    ...counts,
    buffered: { events: outbox.events + ended.length, bytes: outbox.bytes },
    dropped: { total: allDropped(), ...dropped },
  });

  middleware.close = ({ timeoutMs = CLOSE_TIMEOUT_MS } = {}) => {
    if (typeof timeoutMs !== 'number' || !(timeoutMs >= 0 && timeoutMs <= 3_600_000)) {
      throw new TypeError(`express-droplets: close: option 'timeoutMs' must be a number from 0 to 3600000; got ${timeoutMs}`);
    }
    closing ??= { isDone: false };
    closing.promise ??= (async () => {
      // A response that ended just now, in this very turn, is still to be noticed.
      await new Promise((resolve) => setImmediate(resolve));
      build(Infinity);
      await sender.close(timeoutMs);
      closing.isDone = true;
      if (!options.client) client.destroy();
      return { sent: counts.sent, dropped: allDropped() };
    })();
    return closing.promise;
  };

  return middleware;
}

let lastStart = 0;
let countOfStart = 0;

/** One request and its response. */
class Exchange {
  constructor(req, res, session, watched) {
    this.req = req;
    this.res = res;
    this.session = session;
    this.watch = watched;
    this.started = Date.now();
    this.count = this.started === lastStart ? ++countOfStart : (countOfStart = 0);
    lastStart = this.started;
    // High-resolution and monotonic, as process.hrtime, and cheaper to read.
    this.clock = performance.now();
    this.duration = undefined;
    this.completed = false;
    this.capture = undefined;
    this.eventId = undefined;
  }

  /** False if this instance of the middleware records the request already, being mounted twice. */
  begin(recorder) {
    const recorders = (this.watch.recorders ??= []);
    if (recorders.includes(recorder)) return false;
    recorders.push(recorder);
    // Asked once while the connection is open, a socket also knows its peer's address when it is closed.
    void this.req.socket?.remoteAddress;
    return true;
  }

  keepBodies(bodies) {
    this.capture = bodies;
    if (bodies.response) this.watch.keepBody(bodies.maxBytes, (res) => bodies.types(res.getHeader('content-type')));
  }

  end(completed) {
    this.duration = performance.now() - this.clock;
    this.completed = completed;
  }
}

/** The lake's own session header, and whatever names the session by a credential, is redacted with the rest. */
function redactions({ redact, session }) {
  if (!session.hash) return redact;
  return { ...redact, headers: [...redact.headers, ...session.headers] };
}

function sqsClient({ queueUrl, region, endpoint, requestTimeoutMs }) {
  return new SQSClient({
    // The queue's address knows better than the environment; a local one says nothing, and the SDK looks where it always does.
    ...((region ?? regionOf(queueUrl)) && { region: region ?? regionOf(queueUrl) }),
    // The SDK would take the address from there too, with a warning at each call.
    endpoint: endpoint ?? new URL(queueUrl).origin,
    // The sender tries again itself: only what failed, and for as long as the buffer holds.
    maxAttempts: 1,
    // TLS has checked already what came over it.
    md5: false,
    requestHandler: { connectionTimeout: Math.min(3000, requestTimeoutMs), requestTimeout: requestTimeoutMs },
  });
}

function regionOf(queueUrl) {
  return /^https?:\/\/(?:sqs\.([a-z0-9-]+)\.|([a-z0-9-]+)\.queue\.)amazonaws\.com/.exec(queueUrl)?.slice(1).find(Boolean);
}
