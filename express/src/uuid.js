import { randomFillSync } from 'node:crypto';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
// One call for random bytes serves many ids: the call costs more than the bytes.
const RANDOM_BYTES = 8;
const pool = new Uint8Array(RANDOM_BYTES * 512);
let used = pool.length;

/**
 * UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, 12 bits that count within the millisecond (6.2, method 1), then random
 * bits. Ids sort by time, and requests that begin in the same millisecond by their order.
 */
export function uuidv7(ms, count) {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = ms.toString(16).padStart(12, '0');
  // Beyond 4,096 in a millisecond they are still unique.
  const within = Math.min(count, 0xfff);
  const at = used;
  used += RANDOM_BYTES;
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${(within >> 8).toString(16)}${HEX[within & 0xff]}` +
    `-${HEX[(pool[at] & 0x3f) | 0x80]}${HEX[pool[at + 1]]}` +
    `-${HEX[pool[at + 2]]}${HEX[pool[at + 3]]}${HEX[pool[at + 4]]}${HEX[pool[at + 5]]}${HEX[pool[at + 6]]}${HEX[pool[at + 7]]}`
  );
}
