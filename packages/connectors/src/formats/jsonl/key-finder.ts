/** Finds the column of a key by its bytes; -1 when nobody wants it. Keys mostly come in one order, so the next one is tried first. */
export function keyFinder(keys: readonly Uint8Array[]): (b: Uint8Array, start: number, end: number) => number {
  const byLength = new Map<number, number[]>();
  keys.forEach((key, c) => {
    byLength.set(key.length, [...(byLength.get(key.length) ?? []), c]);
  });
  const lists = Array.from({ length: Math.max(0, ...byLength.keys()) + 1 }, (_, length) => byLength.get(length) ?? []);
  let last = -1;
  return (b, start, end) => {
    const list = lists[end - start];
    if (list === undefined || list.length === 0) return -1;
    const next = last + 1 < keys.length ? last + 1 : 0;
    if (isKey(keys[next] as Uint8Array, b, start, end)) {
      last = next;
      return next;
    }
    for (const c of list) {
      if (isKey(keys[c] as Uint8Array, b, start, end)) {
        last = c;
        return c;
      }
    }
    return -1;
  };
}

function isKey(key: Uint8Array, b: Uint8Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  for (let i = 0; i < key.length; i++) if (key[i] !== b[start + i]) return false;
  return true;
}
