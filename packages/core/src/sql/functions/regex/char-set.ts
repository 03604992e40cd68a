/** Ranges of code points, both ends included, ascending and apart. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const LAST = 0x10ffff;

export const charSet = (ranges: CharSet): CharSet => {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
};

export function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) rest.push([next, LAST]);
  return rest;
}

export const areApart = (a: CharSet, b: CharSet): boolean => a.every(([from, to]) => b.every((other) => other[1] < from || other[0] > to));

const code = (point: number): string => `\\u{${point.toString(16)}}`;

/** The set in a JavaScript pattern with flag `u`. */
export const charSetSource = (set: CharSet): string =>
  set.length === 1 && set[0]![0] === set[0]![1] ? code(set[0]![0]) : `[${set.map(([from, to]) => `${code(from)}-${code(to)}`).join('')}]`;

const DIGIT: CharSet = [[0x30, 0x39]];
const SPACE: CharSet = charSet([
  [9, 10],
  [12, 13],
  [32, 32],
]);
const WORD: CharSet = charSet([
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]);

/** Classes as RE2 has them: of ASCII. */
export const CLASSES: ReadonlyMap<string, CharSet> = new Map([
  ['d', DIGIT],
  ['D', complement(DIGIT)],
  ['s', SPACE],
  ['S', complement(SPACE)],
  ['w', WORD],
  ['W', complement(WORD)],
]);

/** `.`: all but the line feed. */
export const DOT: CharSet = complement([[10, 10]]);
