/** Known source that words name, the longest first. */
export function sourceIn(text: string, sources: readonly string[]): string | undefined {
  const plain = (t: string): string =>
    ` ${t
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim()} `;
  const said = plain(text);
  return sources.toSorted((a, b) => b.length - a.length).find((s) => said.includes(plain(s)) || said.includes(plain(s.replace(/s$/, ''))));
}

/** How the name of a source is said, whatever parts its words. */
const spoken = (source: string): string =>
  source
    .replace(/s$/i, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
    .join('[^\\p{L}\\p{M}\\p{N}]+');

/** Every source that words name; a name inside a longer one that is said does not count. */
export function namedIn(text: string, sources: readonly string[]): string[] {
  const found: string[] = [];
  let rest = text;
  for (let next = sourceIn(rest, sources); next !== undefined; next = sourceIn(rest, sources)) {
    found.push(next);
    const before = rest;
    rest = rest.replace(new RegExp(spoken(next), 'iu'), ' ');
    if (rest === before) break;
  }
  return found.toSorted((a, b) => text.toLowerCase().indexOf(a.toLowerCase()) - text.toLowerCase().indexOf(b.toLowerCase()));
}

/** A sentence without the name of a source in it, nor the rest of the name of its file: `readings.parquet` of readings. */
export const withoutName = (text: string, source: string): string =>
  text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${spoken(source)}s?(?![\\p{L}\\p{N}])(?:[-._/*][\\p{L}\\p{N}._*/-]+)?`, 'iu'), ' ');
