import { randomFillSync } from 'node:crypto';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
// One call for random bytes serves many ids: the call costs more than the bytes.
const pool = new Uint8Array(10 * 512);
let used = pool.length;

/** UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then random bits, so that ids sort by time. */
export function uuidv7(ms) {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = ms.toString(16).padStart(12, '0');
  const at = used;
  used += 10;
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${HEX[pool[at]][0]}${HEX[pool[at + 1]]}` +
    `-${HEX[(pool[at + 2] & 0x3f) | 0x80]}${HEX[pool[at + 3]]}` +
    `-${HEX[pool[at + 4]]}${HEX[pool[at + 5]]}${HEX[pool[at + 6]]}${HEX[pool[at + 7]]}${HEX[pool[at + 8]]}${HEX[pool[at + 9]]}`
  );
}
