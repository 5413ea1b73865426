// What has to be noted while a request is being answered: the number of bytes written and, if wanted, the bytes. On this response
// alone; no prototype is touched. The functions are shared by all responses: making them anew for each costs more than what they do.
// In the registry of symbols, so that the package loaded twice (as ES module and as CommonJS) watches a request once.
const WATCH = Symbol.for('express-droplets.watch.1');

/** The watch over a response, begun if there is none. */
export function watch(res) {
  return (res[WATCH] ??= new Watch(res));
}

class Watch {
  constructor(res) {
    this.size = 0;
    this.write = res.write;
    this.end = res.end;
    /** Most bytes of the response's body to keep; 0 for none. */
    this.keep = 0;
    this.wanted = undefined;
    this.kept = undefined;
    this.keptBytes = 0;
    this.encoding = undefined;
    /** The instances of the middleware that record this request. */
    this.recorders = undefined;

    res.write = countingWrite;
    res.end = countingEnd;
  }

  /** Keeps up to `most` bytes of the response's body if `wanted` says so when the first of them is written. */
  keepBody(most, wanted) {
    const before = this.wanted;
    this.keep = Math.max(this.keep, most);
    this.wanted = before ? (res) => before(res) || wanted(res) : wanted;
  }

  wrote(res, chunk, encoding) {
    let bytes;
    if (typeof chunk === 'string') bytes = Buffer.byteLength(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    else if (ArrayBuffer.isView(chunk)) bytes = chunk.byteLength;
    else return;
    this.size += bytes;
    if (this.keep === 0 || bytes === 0) return;
    if (this.kept === undefined) {
      if (!this.wanted(res)) {
        this.keep = 0;
        return;
      }
      this.kept = [];
      // As it is now: a compressing middleware before us has yet to set it, and to compress what passes here.
      this.encoding = res.getHeader('content-encoding');
    }
    const room = this.keep - this.keptBytes;
    if (room <= 0) return;
    // A copy: whoever wrote the bytes may use their memory again. Of a long text only as many characters as there is room for.
    const copy =
      typeof chunk === 'string'
        ? Buffer.from(bytes > room && isUtf8(encoding) ? chunk.slice(0, room) : chunk, typeof encoding === 'string' ? encoding : 'utf8')
        : Buffer.from(new Uint8Array(chunk.buffer, chunk.byteOffset, Math.min(bytes, room)));
    const kept = copy.length > room ? copy.subarray(0, room) : copy;
    this.kept.push(kept);
    this.keptBytes += kept.length;
  }
}

const isUtf8 = (encoding) => typeof encoding !== 'string' || /^utf-?8$/i.test(encoding);

function countingWrite(chunk, encoding) {
  const watch = this[WATCH];
  watch.wrote(this, chunk, encoding);
  return watch.write.apply(this, arguments);
}

function countingEnd(chunk, encoding) {
  const watch = this[WATCH];
  watch.wrote(this, chunk, encoding);
  return watch.end.apply(this, arguments);
}
