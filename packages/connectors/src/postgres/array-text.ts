/** Elements of an array of one dimension as the server writes it, `{1,NULL,"a,\"b"}`; undefined when it has more dimensions or is none. */
export function parseArrayText(text: string): readonly (string | null)[] | undefined {
  // `[0:2]={…}` says that it does not begin at one; the elements are the same.
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  if (text[start] !== '{' || !text.endsWith('}')) return undefined;
  const items: (string | null)[] = [];
  let at = start + 1;
  const end = text.length - 1;
  while (at < end) {
    if (text[at] === '{') return undefined;
    const isQuoted = text[at] === '"';
    if (isQuoted) at++;
    let item = '';
    for (; at < end; at++) {
      const c = text[at] as string;
      if (c === '\\') item += text[++at] ?? '';
      else if (c === (isQuoted ? '"' : ',')) break;
      else item += c;
    }
    if (isQuoted) at++;
    items.push(!isQuoted && item.toUpperCase() === 'NULL' ? null : item);
    at++;
  }
  return items;
}

/** The text of an array that `parseArrayText` and the server read. */
export const arrayText = (items: readonly (string | null)[]): string =>
  `{${items.map((item) => (item === null ? 'NULL' : `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)).join(',')}}`;
