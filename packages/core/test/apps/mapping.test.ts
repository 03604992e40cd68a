import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { customizeTemplate, lintTemplate, loadTemplates, mapTemplate, parseTemplate, templateNamed } from '../../src/apps/index.ts';
import { assignBest } from '../../src/apps/mapping/assign.ts';
import { nameSimilarity } from '../../src/apps/mapping/name-words.ts';
import type { TableSchema } from '../../src/protocol/table-schema.ts';
import { generateData } from '../../src/testing/index.ts';

const templates = await loadTemplates();
const fraud = templateNamed(templates, 'fraud-detection');
const real: TableSchema = {
  columns: [
    { name: 'customer_id', type: 'STRING' },
    { name: 'transaction_amount', type: 'STRING' },
    { name: 'event_time', type: 'TIMESTAMP' },
    { name: 'transaction_id', type: 'STRING' },
    { name: 'merchant_category', type: 'STRING' },
    { name: 'device_fingerprint', type: 'STRING' },
  ],
};

describe('assignment', () => {
  test('is the best one there is', () => {
    const random = xoroshiro128plus(7);
    for (let round = 0; round < 60; round++) {
      const next = (): number => (random.next() >>> 0) / 2 ** 32;
      const [rows, columns] = [1 + Math.floor(next() * 5), 1 + Math.floor(next() * 5)];
      const scores = Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.round(next() * 100) / 100));
      const total = (assigned: readonly number[]) => assigned.reduce((sum, c, r) => sum + (c < 0 ? 0 : (scores[r]?.[c] ?? 0)), 0);
      const best = (row: number, used: ReadonlySet<number>): number => {
        if (row === rows) return 0;
        const options = Array.from({ length: columns }, (_, c) => c).filter((c) => !used.has(c));
        return Math.max(best(row + 1, used), ...options.map((c) => (scores[row]?.[c] ?? 0) + best(row + 1, new Set([...used, c]))));
      };
      const assigned = assignBest(scores);
      const used = assigned.filter((c) => c >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect(total(assigned)).toBeCloseTo(best(0, new Set()), 9);
    }
  });
});

describe('names', () => {
  test.each([
    ['user_id', 'userId', 0.99, 1],
    ['user_id', 'customer_id', 0.85, 1],
    ['amount', 'transaction_amount', 0.8, 1],
    ['timestamp', 'event_time', 0.7, 1],
    ['symbol', 'ticker', 0.85, 1],
    ['amount', 'merchant_category', 0, 0.5],
    ['price', 'temperature', 0, 0.6],
  ])('%s and %s are alike to a degree', (left, right, from, to) => {
    expect(nameSimilarity(left, right)).toBeGreaterThanOrEqual(from);
    expect(nameSimilarity(left, right)).toBeLessThanOrEqual(to);
  });
});

describe('mapping a template', () => {
  const proposal = mapTemplate(fraud, real, [], { actualTopic: 'payments' });
  const of = (name: string) => proposal.matches.find((match) => match.template === name);

  test('finds fields under other names, one to one', () => {
    expect(of('user_id')).toMatchObject({ actual: 'customer_id', status: 'exact' });
    expect(of('amount')).toMatchObject({ actual: 'transaction_amount', status: 'suggested', cast: 'CAST(transaction_amount AS FLOAT)' });
    expect(of('timestamp')).toMatchObject({ actual: 'event_time' });
    expect(of('transaction_id')).toMatchObject({ actual: 'transaction_id', status: 'exact', confidence: expect.closeTo(1, 1) });
    expect(proposal.compatible).toBe(true);
  });

  test('says what is missing, with the nearest alternatives', () => {
    expect(of('country')).toMatchObject({ status: 'missing' });
    const poor = mapTemplate(fraud, { columns: [{ name: 'merchant_category', type: 'STRING' }] });
    expect(poor.compatible).toBe(false);
    expect(poor.warnings.join()).toContain('"amount" has no counterpart');
  });

  test('offers queries for what is unused', () => {
    const offers = proposal.unused.filter((u) => u.query !== undefined).map((u) => [u.field, u.query?.name]);
    expect(offers).toEqual([
      ['merchant_category', 'merchant_category-breakdown'],
      ['device_fingerprint', 'device_fingerprint-reuse'],
    ]);
  });

  test('offers no average of numbers that are ids', () => {
    const samples = Array.from({ length: 100 }, (_, i) => ({ order_no: i, ticket_id: 10_000 + ((i * 7) % 60), seats: i % 5 }));
    const columns = ['ticket_id', 'seats'].map((name) => ({ name, type: 'INTEGER' }));
    const { unused } = mapTemplate(fraud, { columns: [...real.columns, ...columns] }, samples);
    expect(unused.flatMap((u) => (u.query && columns.some(({ name }) => name === u.field) ? [u.query.name] : []))).toEqual([
      'ticket_id-reuse',
      'seats-range',
    ]);
  });

  test('puts no name into a query that would need quoting in a comment', () => {
    const odd = mapTemplate(fraud, { columns: [...real.columns, { name: 'x\n-- @alert: 1 > 0', type: 'STRING' }] });
    expect(odd.unused.find((u) => u.field.startsWith('x'))).toEqual({ field: 'x\n-- @alert: 1 > 0' });
  });
});

describe('customising a template', () => {
  const source = { name: 'payments', schema: real };
  const mappings = {
    transactions: { topic: 'payments', fields: { amount: 'transaction_amount', user_id: 'customer_id', timestamp: 'event_time' } },
  };

  test('leaves out what cannot run, and its panels', async () => {
    const { app, leftOut } = await customizeTemplate(fraud, { mappings }, [source], { now: 0 });
    expect(leftOut).toEqual([
      { query: 'geo-velocity', missing: ['country'] },
      { query: 'geo-fence', missing: ['country'] },
    ]);
    expect(app.queries.map((q) => q.name)).toEqual(['velocity-check', 'amount-anomaly', 'card-testing']);
    expect(app.dashboard?.panels.map((p) => p.metric)).not.toContain('foreign_payments');
    expect(app.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  });

  test('adds the offered queries that are wanted', async () => {
    const { app } = await customizeTemplate(fraud, { mappings, addOffers: ['merchant_category', 'device_fingerprint'] }, [source], {
      now: 0,
    });
    expect(app.queries).toHaveLength(5);
    expect(app.metrics.map((m) => m.name)).toContain('records_by_merchant_category');
  });

  test('renames columns everywhere and aliases nowhere', async () => {
    const { app } = await customizeTemplate(fraud, { mappings }, [source], { now: 0 });
    const sql = app.queries.find((q) => q.name === 'card-testing')?.sql ?? '';
    expect(sql).toContain('SUM(CASE WHEN CAST(transaction_amount AS FLOAT) <= 2 THEN 1 ELSE 0 END) AS trials');
    expect(sql).toContain('HAVING SUM(CASE WHEN CAST(transaction_amount AS FLOAT) <= 2 THEN 1 ELSE 0 END) >= 3');
    expect(sql).toContain('WINDOW TUMBLING(event_time, 10m)');
    expect(sql).not.toMatch(/\b(user_id|amount)\b/);
  });

  test('proposes thresholds from real samples and says why', async () => {
    const fields = [
      { name: 'transaction_id', type: 'uuid' as const },
      { name: 'customer_id', type: 'string' as const, constraints: { pattern: 'c[0-9]{2}' } },
      { name: 'transaction_amount', type: 'string' as const, constraints: { range: { min: 1, max: 100 } } },
      { name: 'event_time', type: 'timestamp' as const },
    ];
    const samples = generateData(
      { name: 'payments', fields },
      { records: 1000, seed: 1, timeSimulation: { payments: { start_time: '-60m' } } },
    )['payments']!;
    const { calibrations, app } = await customizeTemplate(fraud, { mappings }, [{ ...source, samples }], { now: 0 });
    const large = calibrations.find((c) => c.parameter === 'threshold_large_amount');
    expect(large).toMatchObject({ default: 10000, proposed: 98, samples: 1000 });
    expect(large?.reason).toContain('99 % of 1000 values');
    expect(app.queries.find((q) => q.name === 'amount-anomaly')?.sql).toContain('> 98');
    const few = await customizeTemplate(fraud, { mappings }, [{ ...source, samples: samples.slice(0, 50) }], { now: 0 });
    expect(few.calibrations[0]).toMatchObject({ proposed: 5, reason: expect.stringContaining('50 samples are too few') });
  });

  test('takes given values before proposed ones, and only plain ones', async () => {
    const { app } = await customizeTemplate(fraud, { mappings, params: { velocity_limit: 8 } }, [source], { now: 0 });
    expect(app.queries[0]?.sql).toContain('HAVING COUNT(*) > 8');
    const bad = customizeTemplate(fraud, { mappings, params: { velocity_limit: '5; DROP STREAM x' } }, [source], { now: 0 });
    await expect(bad).rejects.toMatchObject({ reason: 'template-parameter' });
  });

  test('fails where no query can run', async () => {
    await expect(customizeTemplate(fraud, { mappings: {} }, [], { now: 0 })).rejects.toMatchObject({ reason: 'schema-mismatch' });
  });
});

describe('template files', () => {
  const minimal = (queries: string): string => `
id: t
name: T
description: d
category: c
input: { topic: events, fields: [{ name: a, type: String, required: true }, { name: user_id, type: String, required: true }] }
queries:
${queries}`;

  test('are read with single and double braces, rows and columns, and other words for panels', () => {
    const template =
      parseTemplate(`${minimal('  - { name: q, output_topic: o, sql: "SELECT a FROM {{source_topic}} WHERE a = \'{v}\'", parameters: { v: x } }')}
dashboard: { title: D, panels: [{ title: P, type: bar, position: { row: 1, col: 1 } }] }`);
    expect(template.queries[0]?.parameters).toEqual({ v: { default: 'x' } });
    expect(template.dashboard?.panels).toEqual([{ title: 'P', type: 'barchart', position: { x: 12, y: 8, w: 12, h: 8 } }]);
  });

  test.each([
    ['nothing: [', 'not valid YAML'],
    ['id: t', 'name'],
    [`${minimal('  - { name: q, sql: x, output_topic: o }')}\nquery_count: 3`, '3 queries are declared and 1 are there'],
  ])('say what is wrong with %j', (text, problem) => {
    expect(() => parseTemplate(text)).toThrow(
      expect.objectContaining({
        reason: 'template-invalid',
        details: { problems: expect.arrayContaining([expect.stringContaining(problem)]) },
      }),
    );
  });

  test.each([
    ['  - { name: q, output_topic: o, sql: "-- @metric: m\\nSELECT a FROM {nowhere}" }', 'unknown-placeholder'],
    ['  - { name: q, output_topic: o, sql: "-- @metric: m\\nSELECT b FROM {input_topic}" }', 'sql'],
    ['  - { name: q, output_topic: o, sql: "SELECT a FROM {input_topic}" }', 'no-metric'],
    [
      '  - { name: q, output_topic: o, sql: "-- @metric: m\\n-- @metric_labels: user_id\\nSELECT user_id FROM {input_topic}" }',
      'label-cardinality',
    ],
    [
      '  - { name: q, output_topic: o, sql: "-- @metric: m\\nSELECT user_id, COUNT(*) AS n FROM {input_topic} GROUP BY user_id" }',
      'unbounded-state',
    ],
    ['  - { name: q, output_topic: o, sql: "-- @metric: m\\nSELECT DISTINCT a FROM {input_topic}" }', 'unbounded-state'],
    [
      '  - { name: q, output_topic: o, sql: "-- @metric: m\\nSELECT user_id FROM {input_topic}", requires_fields: [a] }',
      'undeclared-field',
    ],
  ])('are checked: %s', (query, kind) => {
    expect(lintTemplate(parseTemplate(minimal(query))).map((p) => p.kind)).toContain(kind);
  });
});
