/** Column names of a file: empty ones become `col<n>`, a name that came before gets `_1`, `_2`, … */
export function uniqueNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((written, i) => {
    const name = written === '' ? `col${i}` : written;
    let unique = name;
    for (let n = 1; taken.has(unique); n++) unique = `${name}_${n}`;
    taken.add(unique);
    return unique;
  });
}

/** Position of a wanted column; in files without a header `column_3` is `col3`. -1 when there is none. */
export function positionOf(name: string, names: readonly string[], hasHeader: boolean): number {
  const at = names.indexOf(name);
  if (at >= 0 || hasHeader) return at;
  const match = /^(?:column_|col|column)(\d{1,6})$/i.exec(name);
  return match !== null && Number(match[1]) < names.length ? Number(match[1]) : -1;
}

export const numberedNames = (count: number): string[] => Array.from({ length: count }, (_, i) => `col${i}`);
