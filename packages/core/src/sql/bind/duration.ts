const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
  ['millisecond', 1],
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 604_800_000],
]);

/** A duration of a WITH value in ms: `5s`, `-10 m`, `30 minutes`; a bare number is seconds (§1.4). Undefined when it is none. */
export function parseDuration(value: string | number | boolean): number | undefined {
  const match = /^\s*(-?\d+)\s*([a-zμ]*)\s*$/i.exec(String(value));
  if (match === null) return undefined;
  const word = (match[2] ?? '').toLowerCase();
  const unit = word === '' ? 1_000 : (UNIT_MS.get(word) ?? UNIT_MS.get(word.replace(/s$/, '')));
  return unit === undefined ? undefined : Number(match[1]) * unit;
}
