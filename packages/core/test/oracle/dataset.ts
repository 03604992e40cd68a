import fc from 'fast-check';

/** One input row: every type, a fifth of the values NULL, times at the edges of 10 s windows. */
export interface DataRow {
  readonly k: string | null;
  readonly g: number | null;
  readonly a: number | null;
  readonly b: number | null;
  /** Decimal text with two digits. */
  readonly d: string | null;
  readonly s: string | null;
  readonly f: boolean | null;
  readonly ts: number;
}

export const SCHEMA = {
  columns: [
    { name: 'k', type: 'STRING' },
    { name: 'g', type: 'INTEGER' },
    { name: 'a', type: 'INTEGER' },
    { name: 'b', type: 'FLOAT' },
    { name: 'd', type: 'DECIMAL(10,2)' },
    { name: 's', type: 'STRING' },
    { name: 'f', type: 'BOOLEAN' },
    { name: 'ts', type: 'TIMESTAMP' },
  ],
  eventTime: 'ts',
} as const;

const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });

/** Event times from 0 to 100 s, often on a window edge or 1 ms beside it. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }),
  fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(-1, 0, 1)).map(([w, off]) => Math.max(0, w * 10_000 + off)),
);

export const dataRow: fc.Arbitrary<DataRow> = fc.record({
  k: nullable(fc.constantFrom('A', 'A', 'A', 'B', 'C', 'é')),
  g: nullable(fc.constantFrom(0, 1, 1, 2)),
  a: nullable(fc.integer({ min: -12, max: 12 })),
  b: nullable(fc.integer({ min: -64, max: 64 }).map((n) => n / 8)),
  d: nullable(fc.integer({ min: -99_999, max: 99_999 }).map((n) => (n / 100).toFixed(2))),
  s: nullable(fc.constantFrom('', 'a', 'A', 'ab', 'b', 'abc', 'a.c', "it's", ' x ', 'A\nb', '🙂')),
  f: nullable(fc.boolean()),
  ts: time,
});

export const dataRows = (maxLength = 60): fc.Arbitrary<DataRow[]> => fc.array(dataRow, { minLength: 1, maxLength });
