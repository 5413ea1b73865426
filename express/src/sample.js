/**
 * A test of session ids that a `share` of them passes, always the same ones: a session is recorded whole or not at all, also when
 * several services sample it.
 */
export function sampler(share) {
  if (share >= 1) return () => true;
  return (id) => hash(id) / 2 ** 32 < share;
}

/** FNV-1a, then MurmurHash3's finalizer, for FNV leaves the high bits of similar ids similar. */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
