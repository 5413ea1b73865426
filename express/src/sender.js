// Sends what waits in the outbox: one call at a time, only what failed again, later and later while AWS does not answer.
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';

/** A message that SQS refuses as the sender's fault is given up after so many calls; what fails for any other reason never is. */
const REFUSALS = 10;
/** Errors of a whole call that one of its messages causes: no pause and no repair helps. */
const MESSAGE_FAULTS = /InvalidMessageContents|BatchRequestTooLong|InvalidParameterValue|InvalidBatchEntryId/;
/** Between two warnings, milliseconds. */
const WARN_EVERY = 60_000;

export class Sender {
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
  constructor({ options, outbox, client, counts, onDropped }) {
    this.#options = options;
    this.#outbox = outbox;
    this.#client = client;
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
    this.#timer = undefined;
    if (this.#running) return;
    this.#running = true;
    this.#drain().finally(() => {
      this.#running = false;
      for (const resolve of this.#idle.splice(0)) resolve();
      // Whatever came while the last call was under way.
      if (this.#outbox.hasWork && !this.#over) this.notice();
    });
  }

  async #drain() {
    // Begun by the clock or by `close`, the first call takes all there is. Then only what fills a message, or failed before.
    let fullOnly = this.#hasFullMessage && !this.#closing;
    do {
      const messages = this.#outbox.take(fullOnly && !this.#closing);
      if (messages.length === 0) return;
      const failed = await this.#send(messages);
      if (this.#over) return;
      this.#failures = failed ? this.#failures + 1 : 0;
      if (failed) await this.#backOff();
      fullOnly = true;
    } while (!this.#over && (this.#outbox.hasAgain || this.#hasFullMessage || (this.#closing && this.#outbox.hasWork)));
  }

  /** @returns {Promise<boolean>} whether it is better to wait before the next call */
  async #send(messages) {
    const { queueUrl, requestTimeoutMs } = this.#options;
    this.#counts.calls++;
    this.#call = new AbortController();
    const limit = setTimeout(() => this.#call.abort(), requestTimeoutMs).unref();
    try {
      const answer = await this.#client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: messages.map(({ body }, at) => ({ Id: String(at), MessageBody: body })),
        }),
        { abortSignal: this.#call.signal },
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
      const error = Object.assign(new Error(entry.Message ?? 'SQS did not take the message'), { name: entry.Code ?? 'Failed' });
      this.#failed(error);
      if (entry.SenderFault) message.attempts++;
      if (MESSAGE_FAULTS.test(error.name) || message.attempts >= REFUSALS) this.#giveUp(message, 'rejected', error);
      else this.#putBack(message);
    });
    return failed.length > 0;
  }

  #callFailed(messages, error) {
    if (this.#over) return;
    this.#failed(error);
    const isOneMessagesFault = MESSAGE_FAULTS.test(error?.name ?? '');
    for (const message of messages) {
      if (!isOneMessagesFault) this.#putBack(message);
      else if (messages.length === 1) this.#giveUp(message, 'rejected', error);
      else {
        // One of them; each by itself shows which.
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
    this.#counts.lastError = { name: String(error?.name), message: String(error?.message), at: new Date().toISOString() };
    if (performance.now() - this.#warned < WARN_EVERY) return;
    this.#warned = performance.now();
    process.emitWarning(
      `cannot send to ${this.#options.queueUrl} (${error?.name}: ${error?.message}); events wait in memory, and are dropped when ` +
        'it is full. Check queueUrl, the credentials and sqs:SendMessage; stats() tells more',
      { type: 'DropletsWarning' },
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
    this.#pause = undefined;
  }

  /** Sends all that waits, for at most `timeoutMs`; what then is left is given up, a call under way included. */
  async close(timeoutMs) {
    this.#closing = true;
    clearTimeout(this.#timer);
    let timer;
    const timeIsUp = new Promise((resolve) => {
      // Not unref'd: whoever waits for this wants the process to live that long.
      timer = setTimeout(() => {
        this.#over = true;
        resolve();
      }, timeoutMs);
    });
    // Whatever it waited for, it need not any more.
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
    if (this.#outbox.events > 0) this.#onDropped('close_timeout', this.#outbox.events);
  }
}
