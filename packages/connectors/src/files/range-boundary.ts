const [LINE_FEED, COMMA, OPEN, CLOSE, QUOTE, SPACE] = [0x0a, 0x2c, 0x7b, 0x7d, 0x22, 0x20];

/** How the place is found where one record ends and the next begins. It is a guess: what was read before a range proves it right. */
export type Boundary = { readonly kind: 'line' } | { readonly kind: 'element'; readonly firstKey: Uint8Array | null };

/** First place behind a boundary in `bytes[from …)`; -1 when there is none. */
export const boundaryIn = (bytes: Uint8Array, from: number, boundary: Boundary): number =>
  boundary.kind === 'line' ? bytes.indexOf(LINE_FEED, from) + 1 || -1 : elementIn(bytes, from, boundary.firstKey);

/** Behind the comma (or line end) between two objects, the second of which begins with the same key as the first of the file. */
function elementIn(bytes: Uint8Array, from: number, firstKey: Uint8Array | null): number {
  for (let close = bytes.indexOf(CLOSE, from); close >= 0; close = bytes.indexOf(CLOSE, close + 1)) {
    let at = close + 1;
    while (at < bytes.length && bytes[at] !== LINE_FEED && (bytes[at] as number) <= SPACE) at++;
    if (bytes[at] !== COMMA && bytes[at] !== LINE_FEED) continue;
    const next = at + 1;
    let p = next;
    while (p < bytes.length && (bytes[p] as number) <= SPACE) p++;
    if (bytes[p] !== OPEN) continue;
    p++;
    while (p < bytes.length && (bytes[p] as number) <= SPACE) p++;
    if (firstKey === null || startsAt(bytes, p, firstKey)) return next;
  }
  return -1;
}

function startsAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  if (at + part.length > bytes.length) return false;
  for (let i = 0; i < part.length; i++) if (bytes[at + i] !== part[i]) return false;
  return true;
}

/** The first key of the first object, with its quotes. */
export function firstKeyIn(head: Uint8Array): Uint8Array | null {
  const open = head.indexOf(OPEN);
  if (open < 0) return null;
  let at = open + 1;
  while (at < head.length && (head[at] as number) <= SPACE) at++;
  if (head[at] !== QUOTE) return null;
  const end = head.indexOf(QUOTE, at + 1);
  return end < 0 || end - at > 200 ? null : head.slice(at, end + 1);
}
