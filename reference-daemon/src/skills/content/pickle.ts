/** A name is looked up first, and at the end something is called or built, or was put into the memo. */
const GLOBAL_FIRST = /^\(*c[A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n[(SVI)pq}\]]/u;
const CALL_LAST = /(?:[)t]R|[su]b|R?p\d+\n)\.\n?$/u;

/** Pickled Python objects, which run code when they are loaded. The oldest protocol is plain ASCII. */
export function isPickle(bytes: Buffer): boolean {
  const protocol = bytes[1] ?? 0;
  const stops = bytes.at(-1) === 0x2e;
  if (bytes[0] === 0x80 && protocol >= 2 && protocol <= 5 && stops) return true;
  const callsAtItsEnd = CALL_LAST.test(bytes.toString("latin1", Math.max(0, bytes.length - 12)));
  return callsAtItsEnd && GLOBAL_FIRST.test(bytes.toString("latin1", 0, 256));
}
