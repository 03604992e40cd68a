import { describe, expect, it } from 'vitest';
import type { DataField, DataSchema } from '../../protocol/studio/testing.ts';
import { generateData, TEST_NOW } from './generate-data.ts';
import { schemaOfRows } from './table-schema.ts';

const HOUR = 3_600_000;
const schema = (fields: readonly DataField[], more: Partial<DataSchema> = {}): DataSchema => ({ name: 't', fields, ...more });
const values = (field: Omit<DataField, 'name'>, records = 500, seed = 1): unknown[] =>
  generateData(schema([{ name: 'x', ...field }]), { records, seed })['t']!.map((r) => r['x']);
const numbers = (field: Omit<DataField, 'name'>, records = 2000): number[] => values(field, records).map(Number);
const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;

const TRADES = schema([
  { name: 'id', type: 'uuid' },
  { name: 'symbol', type: 'string', constraints: { enum_values: { values: ['A', 'B', 'C'], weights: [5, 3, 2] } } },
  {
    name: 'price',
    type: 'decimal',
    scale: 2,
    constraints: { range: { min: 10, max: 20 }, distribution: { name: 'random_walk', group_by: 'symbol' } },
  },
  { name: 'size', type: 'integer', nullable: true, constraints: { distribution: { name: 'normal' }, range: { min: 0, max: 100 } } },
  { name: 'code', type: 'string', constraints: { pattern: 'PK[A-F]{2}-[0-9]{3}' } },
  { name: 'heat', type: 'float', constraints: { distribution: { name: 'log_normal', mean: 1, std_dev: 0.5 }, range: { min: 0, max: 50 } } },
  { name: 'ts', type: 'timestamp', constraints: { sequential: true } },
]);

/** Of the rows below; Chromium gives the same (`test/testing/browser.test.ts`). */
const DIGEST = 414_539_717;

/** FNV-1a over JSON: a change of one bit of one value changes it. */
const hash = (value: unknown): number => {
  let h = 0x811c9dc5;
  for (const c of JSON.stringify(value)) h = Math.imul(h ^ c.charCodeAt(0), 0x01000193);
  return h >>> 0;
};

describe('generated data', () => {
  it('is the same for a seed on every machine', () => {
    expect(hash(generateData(TRADES, { records: 1000, seed: 42 }))).toBe(hash(generateData(TRADES, { records: 1000, seed: 42 })));
    expect(hash(generateData(TRADES, { records: 1000, seed: 42 }))).toBe(DIGEST);
  });

  it('differs from seed to seed, and without a seed', () => {
    expect(generateData(TRADES, { records: 5, seed: 1 })).not.toEqual(generateData(TRADES, { records: 5, seed: 2 }));
    expect(generateData(TRADES, { records: 5 })).not.toEqual(generateData(TRADES, { records: 5 }));
  });

  it('makes exactly as many rows as asked for, none for 0', () => {
    expect(generateData(TRADES, { records: 0, seed: 1 })['t']).toEqual([]);
    expect(generateData(TRADES, { records: 7, seed: 1 })['t']).toHaveLength(7);
    expect(generateData(schema(TRADES.fields, { recordCount: 3 }), { seed: 1 })['t']).toHaveLength(3);
  });

  it('does not change other fields when one is added', () => {
    const [before, after] = [TRADES, schema([...TRADES.fields, { name: 'more', type: 'integer' }])].map(
      (s) => generateData(s, { records: 50, seed: 3 })['t']!,
    );
    expect(after!.map(({ more: _, ...row }) => row)).toEqual(before);
  });

  it('carries its table schema out of sight', () => {
    const rows = generateData(TRADES, { records: 2, seed: 1 })['t']!;
    expect(Object.keys(rows)).toEqual(['0', '1']);
    expect(schemaOfRows(rows)).toMatchObject({
      eventTime: 'ts',
      columns: expect.arrayContaining([{ name: 'price', type: 'DECIMAL(18,2)', nullable: false }]),
    });
  });
});

describe('constraints', () => {
  it('draws enumerations by weight', () => {
    const found = values({ type: 'string', constraints: { enum_values: { values: ['a', 'b'], weights: [9, 1] } } }, 2000);
    expect(found.filter((v) => v === 'a').length / 2000).toBeCloseTo(0.9, 1);
    expect(new Set(values({ type: 'integer', constraints: { enum_values: { values: ['1', 2] } } }))).toEqual(new Set([1, 2]));
  });

  it.each([
    ['integer', { type: 'integer', constraints: { range: { min: -5, max: 5 } } }, -5, 5],
    ['float', { type: 'float', constraints: { range: { min: 0.5, max: 1.5 } } }, 0.5, 1.5],
    ['decimal', { type: 'decimal', scale: 2, constraints: { range: { min: -1.5, max: 2.25 } } }, -1.5, 2.25],
    ['decimal text of a string field', { type: 'string', constraints: { range: { min: 10, max: 20 } } }, 10, 20],
    ['wide integer', { type: 'integer', constraints: { range: { min: 0, max: 3e12 } } }, 0, 3e12],
  ] as const)('keeps a %s within its range, ends included', (_, field, min, max) => {
    const found = numbers(field as Omit<DataField, 'name'>);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(min);
    expect(Math.max(...found)).toBeLessThanOrEqual(max);
  });

  it('reaches both ends of a small range', () => {
    expect(new Set(numbers({ type: 'integer', constraints: { range: { min: 1, max: 3 } } }))).toEqual(new Set([1, 2, 3]));
  });

  it('writes decimals with all places of their scale', () => {
    for (const v of values({ type: 'decimal', scale: 3 })) expect(v).toMatch(/^\d+\.\d{3}$/);
    for (const v of values({ type: 'decimal', scale: 0 })) expect(v).toMatch(/^\d+$/);
  });

  it('makes texts of the wanted length', () => {
    const lengths = values({ type: 'string', constraints: { length: { min: 0, max: 3 } } }).map((v) => String(v).length);
    expect(new Set(lengths)).toEqual(new Set([0, 1, 2, 3]));
    const free = values({ type: 'string' }).map((v) => String(v).length);
    expect([Math.min(...free), Math.max(...free)]).toEqual([5, 19]);
  });

  it('makes version 4 uuids', () => {
    for (const v of values({ type: 'uuid' }, 50))
      expect(v).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ['normal', { name: 'normal' }, 50],
    ['normal with its own mean', { name: 'normal', mean: 20, std_dev: 2 }, 20],
    ['uniform', { name: 'uniform' }, 50],
    ['exponential', { name: 'exponential', mean: 10 }, 10],
  ] as const)('has the mean of a %s distribution', (_, distribution, expected) => {
    expect(
      Math.abs(mean(numbers({ type: 'float', constraints: { range: { min: 0, max: 100 }, distribution } }, 5000)) - expected),
    ).toBeLessThan(1.5);
  });

  it('makes small values frequent with zipf and log_normal', () => {
    for (const name of ['zipf', 'log_normal'] as const) {
      const found = numbers({ type: 'integer', constraints: { range: { min: 1, max: 1000 }, distribution: { name } } });
      expect(found.filter((n) => n <= 100).length).toBeGreaterThan(found.length / 2);
    }
  });

  it('draws from the bins of a histogram', () => {
    const found = numbers({
      type: 'float',
      constraints: {
        range: { min: 0, max: 10 },
        distribution: {
          name: 'histogram',
          bins: [
            { min: 0, max: 1, weight: 9 },
            { min: 9, max: 10, weight: 1 },
          ],
        },
      },
    });
    expect(found.every((n) => n <= 1 || n >= 9)).toBe(true);
  });

  it('walks on from the last value of the group', () => {
    const rows = generateData(TRADES, { records: 300, seed: 5 })['t']!;
    const last = new Map<unknown, number>();
    for (const { symbol, price } of rows) {
      const before = last.get(symbol);
      if (before !== undefined) expect(Math.abs(Number(price) / before - 1)).toBeLessThan(0.15);
      last.set(symbol, Number(price));
    }
  });

  it('is true as often as the probability says', () => {
    expect(values({ type: 'boolean', constraints: { probability: 0.8 } }, 2000).filter(Boolean).length / 2000).toBeCloseTo(0.8, 1);
  });

  it('leaves out a share of nullable values', () => {
    const share = (field: Omit<DataField, 'name'>): number => values(field, 3000).filter((v) => v === null).length / 3000;
    expect(share({ type: 'integer', nullable: true })).toBeCloseTo(0.1, 1);
    expect(share({ type: 'integer', nullable: true, nullProbability: 0.4 })).toBeCloseTo(0.4, 1);
    expect(share({ type: 'integer' })).toBe(0);
  });

  it('counts sequences', () => {
    expect(values({ type: 'integer', constraints: { sequence: { start: 10, step: 5 } } }, 3)).toEqual([10, 15, 20]);
  });

  it('walks the states of a machine', () => {
    const rows = generateData(
      schema([
        {
          name: 'x',
          type: 'string',
          constraints: { state_machine: { initial: 'new', transitions: { new: { paid: 1 }, paid: { sent: 1 } } } },
        },
      ]),
      { records: 6, seed: 1 },
    )['t']!;
    expect(rows.map((r) => r['x'])).toEqual(['new', 'paid', 'sent', 'new', 'paid', 'sent']);
  });

  it('calculates derived fields in the order of their needs', () => {
    const rows = generateData(
      schema([
        { name: 'total', type: 'decimal', scale: 2, constraints: { derived: { expression: 'net * 1.1' } } },
        { name: 'net', type: 'decimal', scale: 2, constraints: { derived: { expression: 'price * quantity', depends_on: ['price'] } } },
        { name: 'price', type: 'decimal', scale: 2, constraints: { enum_values: { values: ['2.50'] } } },
        { name: 'quantity', type: 'integer', constraints: { enum_values: { values: [4] } } },
      ]),
      { records: 1, seed: 1 },
    )['t']!;
    expect(rows[0]).toEqual({ total: '11.00', net: '10.00', price: '2.50', quantity: 4 });
  });

  it('names the circle of derived fields that need each other', () => {
    const circle = schema([
      { name: 'a', type: 'integer', constraints: { derived: { expression: 'b' } } },
      { name: 'b', type: 'integer', constraints: { derived: { expression: 'a' } } },
    ]);
    expect(() => generateData(circle, { records: 1, seed: 1 })).toThrow('a → b → a');
  });
});

describe('times', () => {
  it('keeps times within their range, rising where sequential', () => {
    const found = values(
      { type: 'timestamp', constraints: { sequential: true, timestamp_range: { start: '-2h', end: 'now' } } },
      5,
    ) as number[];
    expect(found).toEqual([0, 0.5, 1, 1.5, 2].map((h) => TEST_NOW - 2 * HOUR + h * HOUR));
    const free = values({ type: 'timestamp' }) as number[];
    expect(Math.min(...free)).toBeGreaterThanOrEqual(TEST_NOW - HOUR);
    expect(Math.max(...free)).toBeLessThanOrEqual(TEST_NOW);
  });

  it('tells the production time in an integer field called timestamp', () => {
    const rows = generateData(schema([{ name: 'timestamp', type: 'integer' }]), { records: 2, seed: 1, now: 5000 })['t']!;
    expect(rows.map((r) => r['timestamp'])).toEqual([5000, 5000]);
  });

  it('makes dates and epoch milliseconds', () => {
    expect(values({ type: 'date' }, 1)[0]).toMatch(/^20(23|24)-\d\d-\d\d$/);
    const found = values({ type: 'integer', constraints: { timestamp_epoch_ms: { start: '-1h', end: 'now' } } }) as number[];
    expect(found.every((t) => t >= TEST_NOW - HOUR && t <= TEST_NOW)).toBe(true);
  });

  const simulated = (simulation: object, records = 1000): number[] =>
    generateData(schema([{ name: 'ts', type: 'timestamp' }]), {
      records,
      seed: 1,
      timeSimulation: { t: { start_time: 0 - 0, end_time: 'now', ...simulation } },
    })['t']!.map((r) => r['ts'] as number);

  it('spreads event times evenly from start to end', () => {
    const times = simulated({ start_time: '-100s', end_time: 'now' }, 101);
    expect(times.every((t, i) => i === 0 || t - times[i - 1]! === 1000)).toBe(true);
  });

  it('moves times by the jitter and no more', () => {
    const plain = simulated({ start_time: '-1000s' });
    const moved = simulated({ start_time: '-1000s', jitter_ms: 50 });
    const distances = moved.map((t, i) => Math.abs(t - plain[i]!));
    expect(Math.max(...distances)).toBeLessThanOrEqual(50);
    expect(Math.max(...distances)).toBeGreaterThan(30);
  });

  it('makes a share of the rows late', () => {
    const plain = simulated({ start_time: '-1000s' });
    const late = simulated({ start_time: '-1000s', late: { rate: 0.1, min_ms: 5000, max_ms: 6000 } });
    const behind = late.map((t, i) => plain[i]! - t).filter((d) => d > 0);
    expect(behind.length / 1000).toBeCloseTo(0.1, 1);
    expect(behind.every((d) => d >= 5000 && d <= 6000)).toBe(true);
  });

  it('changes the order of some rows and keeps their times', () => {
    const plain = simulated({ start_time: '-1000s' });
    const mixed = simulated({ start_time: '-1000s', disorder: { rate: 0.2, window: 5 } });
    expect(mixed).not.toEqual(plain);
    expect([...mixed].sort((a, b) => a - b)).toEqual(plain);
  });

  it('sends bursts closer together', () => {
    const times = simulated({ start_time: '-1000s', burst: { every: 10, length: 5, factor: 10 } });
    expect((times[11]! - times[10]!) * 8).toBeLessThan(times[16]! - times[15]!);
  });

  it('gives batches one time', () => {
    const times = simulated({ start_time: '-100s', batch_size: 4 }, 12);
    expect(new Set(times).size).toBe(3);
  });

  it('refuses a simulation that starts after its end', () => {
    expect(() => simulated({ start_time: 'now', end_time: '-1h' })).toThrow('at or after its end');
  });

  it('hides message times where there is no time column', () => {
    const rows = generateData(schema([{ name: 'a', type: 'integer' }]), { records: 2, seed: 1, timeSimulation: { t: {} } })['t']!;
    expect(Object.keys(rows[0]!)).toEqual(['a']);
    expect((rows[1] as unknown as { _timestamp: number })._timestamp).toBe(TEST_NOW);
  });
});

describe('several sources', () => {
  const customers: DataSchema = { name: 'customers', fields: [{ name: 'id', type: 'integer', constraints: { sequence: {} } }] };
  const orders = (strategy?: string): DataSchema => ({
    name: 'orders',
    fields: [{ name: 'customer_id', type: 'integer' }],
    relationships: [{ field: 'customer_id', references: 'customers.id', ...(strategy === undefined ? {} : { strategy }) }],
  });

  it.each(['sample', 'round_robin', 'zipf', 'weighted', 'all'])('draws foreign keys from the parent: %s', (strategy) => {
    const made = generateData([orders(strategy), customers], { records: { customers: 20, orders: 200 }, seed: 1 });
    const ids = new Set(made['customers']!.map((r) => r['id']));
    expect(made['orders']!.every((r) => ids.has(r['customer_id']!))).toBe(true);
    if (strategy === 'all' || strategy === 'round_robin') expect(new Set(made['orders']!.map((r) => r['customer_id'])).size).toBe(20);
  });

  it('does not change a source when another is added', () => {
    expect(generateData([customers, orders()], { records: 5, seed: 9 })['customers']).toEqual(
      generateData(customers, { records: 5, seed: 9 })['customers'],
    );
  });

  it('draws from rows and values that were made elsewhere', () => {
    const rows = generateData(orders(), { records: 50, seed: 1, references: { customers: [{ id: 7 }, { id: 8 }] } })['orders']!;
    expect(new Set(rows.map((r) => r['customer_id']))).toEqual(new Set([7, 8]));
    const listed = generateData(orders(), { records: 5, seed: 1, referenceValues: { 'customers.id': [3] } })['orders']!;
    expect(listed.every((r) => r['customer_id'] === 3)).toBe(true);
  });

  it('uses placeholders and says so where nothing is known', () => {
    const warnings: string[] = [];
    const rows = generateData(
      { name: 'o', fields: [{ name: 'c', type: 'string', constraints: { references: { schema: 'x', field: 'id' } } }] },
      { records: 1, seed: 1, onWarning: (w) => warnings.push(w) },
    )['o']!;
    expect(rows[0]!['c']).toMatch(/^REF_X_\d+$/);
    expect(warnings).toEqual(['field "c": nothing is known of x.id; placeholders are used']);
  });
});

describe('anomalies', () => {
  it('labels the rows that it spoils', () => {
    const rows = generateData(
      schema([{ name: 'v', type: 'integer', constraints: { range: { min: 1, max: 9 } } }], {
        anomalies: [{ name: 'big', field: 'v', kind: 'spike', rate: 0.1, factor: 100 }],
      }),
      { records: 1000, seed: 1 },
    )['t']!;
    const spoiled = rows.filter((r) => r['_anomaly'] === 'big');
    expect(spoiled.length / 1000).toBeCloseTo(0.1, 1);
    expect(spoiled.every((r) => (r['v'] as number) >= 100)).toBe(true);
    expect(rows.filter((r) => r['_anomaly'] === null).every((r) => (r['v'] as number) <= 9)).toBe(true);
  });
});
