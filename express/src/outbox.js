// Events that wait to be sent, as JSON texts: bounded in number and in bytes, packed into messages when they are taken.

/**
 * @typedef {{body: string, events: number, bytes: number, attempts: number, alone: boolean}} Message
 *   a JSON array of events; `bytes` is what the outbox counts for it, `alone` that it must not share a call
 */

/** SQS: messages of one SendMessageBatch call, and the bytes of their bodies together. */
export const CALL_MESSAGES = 10;
export const CALL_BYTES = 1_048_576;

export class Outbox {
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
    if (bytes + 2 > this.#maxMessageBytes) return 'too_large';
    if (this.isFull || this.bytes + bytes > this.#maxBytes) return 'buffer_full';
    this.#texts.push(text);
    this.#sizes.push(bytes);
    this.events++;
    this.bytes += bytes;
    this.unpacked += bytes;
    return undefined;
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
    const call = [];
    let bytes = 0;
    while (call.length < CALL_MESSAGES) {
      if (fullOnly && this.#again.length === 0 && this.unpacked < this.#maxMessageBytes) break;
      const message = this.#again.shift() ?? this.#pack();
      if (!message) break;
      const size = Buffer.byteLength(message.body);
      if (call.length > 0 && (bytes + size > CALL_BYTES || message.alone)) {
        this.#again.unshift(message);
        break;
      }
      call.push(message);
      bytes += size;
      if (message.alone) break;
    }
    return call;
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
    if (this.#head === first) return undefined;
    const body = `[${this.#texts.slice(first, this.#head).join(',')}]`;
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
}
