import { testQuery } from '@velostream/core/testing';
import { describe, expect, test } from 'vitest';
import { partsOf } from '../offline/sql-parts.ts';
import { ALL_RULES } from './all-rules.ts';
import type { AnalysisContext } from './finding.ts';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
type Part = Partial<Record<keyof AnalysisContext, unknown>>;
const source = (name: string, more: object = {}) => ({
  id: `c/${name}`,
  name,
  kind: 'topic',
  connectionId: 'c',
  uri: `kafka://b/${name}`,
  ...more,
});
const schema = (text: string, eventTime?: string) => ({
  columns: text.split(', ').map((c) => ({ name: c.split(' ')[0], type: c.split(' ')[1] })),
  ...(eventTime === undefined ? {} : { eventTime }),
});
const context = (part: Part): AnalysisContext =>
  ({ trigger: 'poll', now: NOW, sources: [], schemas: {}, samples: {}, ...part }) as AnalysisContext;
const query = (sql: string, more: Part = {}): Part => ({ sql, parts: partsOf(sql), ...more });
const rows = (n: number, row: (i: number) => object) => Array.from({ length: n }, (_, i) => row(i));
const about = (text: string, sample: object[], more: Part = {}): Part => ({
  source: { name: 't' },
  schemas: { t: schema(text), ...((more.schemas as object) ?? {}) },
  samples: { t: sample, ...((more.samples as object) ?? {}) },
});
const partitions = (...counts: number[]) =>
  counts.map((messageCount, partition) => ({ partition, lowOffset: '0', highOffset: '0', messageCount }));
const job = (metrics: object, more: object = {}) => ({
  id: 'j',
  name: 'job',
  queryId: 'q1',
  sql: 'SELECT 1',
  status: 'running',
  health: 'healthy',
  healthReasons: [],
  startedAt: NOW - 5 * HOUR,
  metrics: { recordsIn: 0, recordsProcessed: 0, errors: 0, recordsPerSecond: 0, ...metrics },
  ...more,
});
const deployed = (jobs: object[], more: object = {}): Part => ({
  deployments: [{ id: 'd', name: 'd', jobs, metrics: [], alerts: [], ...more }],
});
const report = (more: object, cells: object[] = rows(50, (i) => ({ v: i }))): Part => ({
  report: {
    name: 'q',
    sql: 'SELECT v FROM t',
    passed: true,
    status: 'passed',
    assertions: [],
    inputs: { t: 100 },
    inputSamples: {},
    output: { columns: [{ name: 'v', type: 'INTEGER' }], rows: cells, rowCount: cells.length },
    ...more,
  },
});
const GROUPED = 'SELECT k, SUM(v) AS total FROM t GROUP BY k';
const latency = (...values: number[]) => ({
  history: {
    job: values.map((latencyP99Ms, i) => ({ at: NOW + i * 60_000, recordsPerSecond: 1, groups: i < 3 ? 50 : 800, latencyP99Ms })),
  },
});
const lag = (...values: number[]) => ({ history: { job: values.map((l, i) => ({ at: NOW + i * 60_000, recordsPerSecond: 1, lag: l })) } });
const changed = (before: string, after: string): Part => ({
  deployed: { queries: [{ name: 'job', sql: 'SELECT a FROM t' }], before: { t: schema(before) } },
  schemas: { t: schema(after) },
});
const offers = (query?: object) => ({
  mappings: [
    { topic: 't', matches: [], unused: [{ field: 'city', ...(query ? { query } : {}) }], confidence: 1, compatible: true, warnings: [] },
  ],
  templateId: 'x',
});

/** Per rule: where it speaks, where it does not, and a case on the edge with what it does there. */
const CASES: Readonly<Record<string, { yes: Part; no: Part; edge: [Part, boolean] }>> = {
  'domain-match': {
    yes: { sources: [source('trades')], schemas: { trades: schema('symbol STRING, price FLOAT, quantity INTEGER') } },
    no: { sources: [source('things')] },
    edge: [{ sources: [source('trades')], schemas: { trades: schema('symbol STRING') } }, false],
  },
  'pipeline-lineage': {
    yes: { sources: [source('raw-trades'), source('trades'), source('trade-alerts')] },
    no: { sources: [source('trades'), source('orders')] },
    edge: [{ sources: [source('raw-trades'), source('trades')] }, true],
  },
  'dlq-nonempty': {
    yes: { sources: [source('dead-letter-queue', { recordCount: 12_400 })] },
    no: { sources: [source('trades', { recordCount: 9 })] },
    edge: [{ sources: [source('dlq', { recordCount: 0 })] }, false],
  },
  'stale-source': {
    yes: { sources: [source('old', { lastRecordAt: NOW - 72 * HOUR })] },
    no: { sources: [source('new', { lastRecordAt: NOW })] },
    edge: [{ sources: [source('edge', { lastRecordAt: NOW - 24 * HOUR })] }, false],
  },
  'versioned-duplicate': {
    yes: { sources: [source('trades-v1', { lastRecordAt: 1 }), source('trades', { lastRecordAt: 2 })] },
    no: { sources: [source('trades-v1', { lastRecordAt: 1 })] },
    edge: [{ sources: [source('trades-v1', { lastRecordAt: 2 }), source('trades', { lastRecordAt: 2 })] }, false],
  },
  'partition-skew': {
    yes: { sources: [source('t', { partitions: partitions(1, 1, 1, 1, 96) })] },
    no: { sources: [source('t', { partitions: partitions(5, 5, 5) })] },
    edge: [{ sources: [source('t', { partitions: partitions(3, 0, 0) })] }, false],
  },
  'large-file-mmap': {
    yes: { sources: [source('f', { kind: 'file', sizeBytes: 53_687_091_200 })] },
    no: { sources: [source('f', { kind: 'file', sizeBytes: 5 })] },
    edge: [{ sources: [source('f', { kind: 'file', sizeBytes: 1_073_741_824 })] }, true],
  },
  'join-candidates': {
    yes: about(
      'order_id STRING',
      rows(10, (i) => ({ order_id: i })),
      { schemas: { o: schema('order_id STRING') }, samples: { o: rows(10, (i) => ({ order_id: i })) } },
    ),
    no: about(
      'order_id STRING',
      rows(10, (i) => ({ order_id: i })),
      { schemas: { o: schema('x STRING') } },
    ),
    edge: [
      about(
        'order_id STRING',
        rows(10, (i) => ({ order_id: i })),
        { schemas: { o: schema('order_id STRING') }, samples: { o: rows(3, (i) => ({ order_id: i })) } },
      ),
      true,
    ],
  },
  'related-queries': {
    yes: about('symbol STRING, price FLOAT, ts TIMESTAMP', []),
    no: about('symbol STRING', []),
    edge: [about('symbol STRING, price FLOAT', []), false],
  },
  'pii-field': {
    yes: about(
      'email STRING',
      rows(10, (i) => ({ email: `a${i}@b.example` })),
    ),
    no: about(
      'email STRING',
      rows(10, () => ({ email: 'none' })),
    ),
    edge: [
      about(
        'email STRING',
        rows(10, (i) => ({ email: i < 5 ? `a${i}@b.example` : 'x' })),
      ),
      true,
    ],
  },
  'float-money': { yes: about('price FLOAT', []), no: about('price DECIMAL(10,2)', []), edge: [about('weight FLOAT', []), false] },
  'string-typed': {
    yes: about(
      'n STRING',
      rows(20, (i) => ({ n: `${i}` })),
    ),
    no: about(
      'n STRING',
      rows(20, () => ({ n: 'abc' })),
    ),
    edge: [
      about(
        'n STRING',
        rows(9, (i) => ({ n: `${i}` })),
      ),
      false,
    ],
  },
  'nullable-field': {
    yes: about(
      'c STRING',
      rows(10, (i) => ({ c: i < 4 ? null : 'x' })),
    ),
    no: about(
      'c STRING',
      rows(10, () => ({ c: 'x' })),
    ),
    edge: [
      about(
        'c STRING',
        rows(10, (i) => ({ c: i < 2 ? null : 'x' })),
      ),
      true,
    ],
  },
  'event-time-missing': {
    yes: about('a TIMESTAMP, b TIMESTAMP', []),
    no: { source: { name: 't' }, schemas: { t: schema('a TIMESTAMP, b TIMESTAMP', 'a') } },
    edge: [about('a TIMESTAMP', []), false],
  },
  'high-cardinality-group': {
    yes: query(GROUPED, { samples: { t: rows(200, (i) => ({ k: `u${i}` })) } }),
    no: query(GROUPED, { samples: { t: rows(200, (i) => ({ k: i % 3 })) } }),
    edge: [query(GROUPED, { samples: { t: rows(49, (i) => ({ k: i })) } }), false],
  },
  'having-saves': {
    yes: query(GROUPED, { samples: { t: rows(60, (i) => ({ k: i < 30 ? i : 99 })) } }),
    no: query(GROUPED, { samples: { t: rows(60, (i) => ({ k: i % 3 })) } }),
    edge: [query(`${GROUPED} HAVING COUNT(*) > 1`, { samples: { t: rows(60, (i) => ({ k: i })) } }), false],
  },
  'free-dimension': {
    yes: query(GROUPED, { schemas: { t: schema('k STRING, region STRING') }, samples: { t: rows(40, (i) => ({ k: i, region: i % 4 })) } }),
    no: query(GROUPED, { schemas: { t: schema('k STRING') }, samples: { t: rows(40, (i) => ({ k: i })) } }),
    edge: [
      query(GROUPED, { schemas: { t: schema('k STRING, region STRING') }, samples: { t: rows(40, (i) => ({ k: i, region: i % 21 })) } }),
      false,
    ],
  },
  'unbounded-state': {
    yes: query(GROUPED),
    no: query(`${GROUPED} WINDOW TUMBLING(1m)`),
    edge: [query('SELECT SUM(v) AS total FROM t'), false],
  },
  'window-rate-fit': {
    yes: query("SELECT k, COUNT(*) AS n FROM t GROUP BY k WINDOW TUMBLING(INTERVAL '1' MINUTE)", {
      schemas: { t: schema('k STRING, ts TIMESTAMP', 'ts') },
      samples: { t: rows(40, (i) => ({ k: i % 10, ts: i * 60_000 })) },
    }),
    no: query("SELECT COUNT(*) AS n FROM t WINDOW TUMBLING(INTERVAL '10' MINUTE)", {
      schemas: { t: schema('k STRING, ts TIMESTAMP', 'ts') },
      samples: { t: rows(40, (i) => ({ k: 1, ts: i * 60_000 })) },
    }),
    edge: [
      query("SELECT COUNT(*) AS n FROM t WINDOW TUMBLING(INTERVAL '1' MINUTE)", {
        schemas: { t: schema('ts TIMESTAMP', 'ts') },
        samples: { t: rows(29, (i) => ({ ts: i * 60_000 })) },
      }),
      false,
    ],
  },
  'order-unbounded': {
    yes: query(`${GROUPED} ORDER BY total DESC LIMIT 5`),
    no: query(GROUPED),
    edge: [query(`${GROUPED} WINDOW TUMBLING(1m) ORDER BY total DESC`), false],
  },
  'select-star': {
    yes: query('CREATE STREAM s AS SELECT * FROM t', { schemas: { t: schema('a STRING') } }),
    no: query('CREATE STREAM s AS SELECT a FROM t'),
    edge: [query('SELECT * FROM t'), false],
  },
  'div-zero': {
    yes: query('SELECT a / b AS r FROM t', {
      schemas: { t: schema('a FLOAT, b FLOAT') },
      samples: { t: rows(9, (i) => ({ a: 1, b: i })) },
    }),
    no: query('SELECT a / NULLIF(b, 0) AS r FROM t'),
    edge: [query('SELECT a / b AS r FROM t', { samples: { t: rows(9, () => ({ b: 1 })) } }), false],
  },
  'missing-metrics': { yes: query(GROUPED), no: query('SELECT a FROM t'), edge: [query(`-- @metric: x\n${GROUPED}`), false] },
  'label-cardinality': {
    yes: query(`-- @metric: x\n-- @metric_labels: k\n${GROUPED}`, { samples: { t: rows(300, (i) => ({ k: i })) } }),
    no: query(GROUPED),
    edge: [query(`-- @metric: x\n-- @metric_labels: k\n${GROUPED}`, { samples: { t: rows(300, (i) => ({ k: i % 100 })) } }), false],
  },
  'alert-threshold': {
    yes: {
      ...query(GROUPED),
      ...report(
        {},
        rows(50, (i) => ({ total: i })),
      ),
    },
    no: { ...query(GROUPED), ...report({ passed: false }) },
    edge: [
      {
        ...query(GROUPED),
        ...report(
          {},
          rows(19, (i) => ({ total: i })),
        ),
      },
      false,
    ],
  },
  'alert-never-always': {
    yes: report({ alerts: [{ name: 'high', condition: 'v > 1', fired: 30, samples: [] }] }),
    no: report({ alerts: [{ name: 'high', condition: 'v > 1', fired: 2, samples: [] }] }),
    edge: [report({ alerts: [{ name: 'high', condition: 'v > 1', fired: 10, samples: [] }] }), false],
  },
  'test-empty-output': {
    yes: { ...query(`${GROUPED} HAVING SUM(v) > 5`), ...report({ passed: false }, []) },
    no: report({}),
    edge: [report({}, [{ v: 1 }]), false],
  },
  'join-mismatch': {
    yes: report({
      passed: false,
      assertions: [{ type: 'join_coverage', passed: false, message: '', actual: 0, details: { key: 'id' } }],
      inputSamples: { a: [{ id: 'CUST001' }], b: [{ id: 'C-001' }] },
    }),
    no: report({}),
    edge: [report({ assertions: [{ type: 'join_coverage', passed: true, message: '' }] }), false],
  },
  'null-leak': {
    yes: query('SELECT amount AS price FROM t', {
      schemas: { t: schema('amount FLOAT, price FLOAT') },
      samples: { t: rows(9, (i) => ({ amount: 0, price: i + 1 })) },
    }),
    no: query('SELECT price FROM t', {
      schemas: { t: schema('amount FLOAT, price FLOAT') },
      samples: { t: rows(9, (i) => ({ amount: 0, price: i + 1 })) },
    }),
    edge: [
      query('SELECT amount FROM t', {
        schemas: { t: schema('amount FLOAT, price FLOAT') },
        samples: { t: rows(4, () => ({ amount: 0, price: 1 })) },
      }),
      false,
    ],
  },
  'assertion-gaps': {
    yes: report({}),
    no: report({ passed: false }),
    edge: [report({ assertions: [{ type: 'no_nulls', passed: true, message: 'v' }] }), false],
  },
  nondeterministic: {
    yes: query('SELECT a FROM t LIMIT 5'),
    no: query('SELECT a FROM t'),
    edge: [query('SELECT a FROM t ORDER BY a LIMIT 5'), false],
  },
  'latency-regression': { yes: latency(5, 5, 5, 45, 46, 47), no: latency(5, 5, 5, 5, 5, 5), edge: [latency(5, 5, 5, 15, 15, 15), false] },
  'lag-growing': { yes: lag(1200, 1440, 1680, 1920), no: lag(9, 9, 9, 9), edge: [lag(0, 0, 0, 0), false] },
  'partition-bottleneck': {
    yes: {
      sources: [source('t', { partitions: partitions(1, 1, 1, 1, 1, 1) }), source('s', { partitions: partitions(1) })],
      deployed: { queries: [{ name: 'job', sql: 'CREATE STREAM s AS SELECT * FROM t' }], before: {} },
    },
    no: {},
    edge: [
      {
        sources: [source('t', { partitions: partitions(1) }), source('s', { partitions: partitions(1) })],
        deployed: { queries: [{ name: 'job', sql: 'CREATE STREAM s AS SELECT * FROM t' }], before: {} },
      },
      false,
    ],
  },
  'silent-job': {
    yes: deployed([job({ recordsIn: 9, lastOutputAt: NOW - 12 * 60_000 }, { health: 'warning' })]),
    no: deployed([job({ recordsIn: 9, lastOutputAt: NOW - 12 * 60_000 }), job({ recordsIn: 9, lastOutputAt: NOW }, { health: 'warning' })]),
    edge: [deployed([job({ recordsIn: 9, lastOutputAt: NOW - 10 * 60_000 }, { health: 'warning' })]), true],
  },
  'error-rate': {
    yes: deployed([job({ errors: 23, recordsProcessed: 1000 })]),
    no: deployed([job({ errors: 0, recordsProcessed: 1000 })]),
    edge: [deployed([job({ errors: 1, recordsProcessed: 1000 })]), false],
  },
  'unmonitored-deploy': {
    yes: deployed([job({})]),
    no: deployed([job({}, { sql: '-- @metric: x\nSELECT 1' })]),
    edge: [deployed([job({})], { metrics: [{ name: 'm', query: 'q1' }] }), false],
  },
  'schema-added': {
    yes: changed('a STRING', 'a STRING, discount_code STRING'),
    no: changed('a STRING', 'a STRING'),
    edge: [{ schemas: { t: schema('a STRING') } }, false],
  },
  'schema-removed': {
    yes: changed('a STRING, b STRING', 'b STRING'),
    no: changed('a STRING, b STRING', 'a STRING'),
    edge: [changed('a STRING', 'a STRING'), false],
  },
  'type-changed': {
    yes: changed('a FLOAT', 'a STRING'),
    no: changed('a FLOAT', 'a FLOAT'),
    edge: [changed('a INTEGER', 'a FLOAT'), false],
  },
  'template-extra-fields': { yes: offers({ name: 'by-city', sql: 'SELECT 1' }), no: {}, edge: [offers(), false] },
  'threshold-calibrate': {
    yes: query('SELECT a FROM t WHERE a > 10000', { samples: { t: rows(200, (i) => ({ a: i % 90 })) } }),
    no: query('SELECT a FROM t WHERE a > 50', { samples: { t: rows(200, (i) => ({ a: i % 90 })) } }),
    edge: [query('SELECT a FROM t WHERE a > 10000', { samples: { t: rows(199, (i) => ({ a: i % 90 })) } }), false],
  },
};

const numbers = (text: string): string[] => [...text.replace(/\b[a-zA-Z_]\w*\b/g, ' ').matchAll(/\d+(?:\.\d+)?/g)].map((m) => m[0]);

describe('rules of suggestions', () => {
  test('all forty-two have their fixtures', () => {
    expect(ALL_RULES.map((r) => r.id).toSorted()).toEqual(Object.keys(CASES).toSorted());
    expect(ALL_RULES).toHaveLength(42);
  });

  test.each(ALL_RULES)('$id speaks, is silent, and knows its edge', (rule) => {
    const fixture = CASES[rule.id] as (typeof CASES)[string];
    const run = (part: Part) => rule.run(context({ trigger: rule.triggers[0], ...part }));
    expect(run(fixture.yes).length).toBeGreaterThan(0);
    expect(run(fixture.no)).toEqual([]);
    expect(run(fixture.edge[0]).length > 0).toBe(fixture.edge[1]);
  });

  test.each(ALL_RULES)('$id names no number that its evidence lacks', (rule) => {
    for (const finding of rule.run(context({ trigger: rule.triggers[0], ...(CASES[rule.id] as (typeof CASES)[string]).yes }))) {
      // As a whole number of its own: a 2 is not told by a 12.
      const known = numbers(JSON.stringify(finding.evidence));
      expect(numbers(`${finding.title} ${finding.message}`).filter((n) => !known.includes(n))).toEqual([]);
    }
  });

  test.each(ALL_RULES)('$id previews an edit that runs and passes its test', { timeout: 20_000 }, async (rule) => {
    for (const finding of rule.run(context({ trigger: rule.triggers[0], ...(CASES[rule.id] as (typeof CASES)[string]).yes }))) {
      const edits = finding.actions.flatMap((a) => ('sql' in a && typeof a.sql === 'string' ? [a] : []));
      for (const { sql, ...edit } of edits) {
        expect(sql).not.toBe('before' in edit ? edit.before : undefined);
        const report = await testQuery(sql, { seed: 1, records: 200 });
        expect({ sql, error: report.error, passed: report.passed }).toEqual({ sql, error: undefined, passed: true });
      }
    }
  });

  test('what is offered speaks of what the query has', () => {
    const offered = (id: string, part: Part): string[] =>
      ALL_RULES.filter((r) => r.id === id).flatMap((r) =>
        r.run(context(part)).flatMap((f) => [f.message, ...f.actions.map((a) => ('text' in a ? a.text : 'sql' in a ? String(a.sql) : ''))]),
      );
    expect(offered('nondeterministic', query('SELECT k, SUM(v) AS total FROM t GROUP BY k LIMIT 1'))).toEqual([
      'Which row comes out depends on the order of arrival.',
      'sort by total descending',
    ]);
    expect(offered('window-rate-fit', (CASES['window-rate-fit'] as (typeof CASES)[string]).yes)[0]).toContain('A window of 1 minute sees');
    expect(offered('null-leak', (CASES['null-leak'] as (typeof CASES)[string]).yes)[1]).toBe('SELECT price FROM t');
  });

  test('each takes less than 20 ms on a thousand rows', () => {
    const sample = rows(1000, (i) => ({ k: i, v: i, email: `a${i}@b.example`, ts: i * 1000 }));
    const wide = context({
      ...query(GROUPED),
      source: { name: 't' },
      schemas: { t: schema('k STRING, v FLOAT, email STRING, ts TIMESTAMP', 'ts'), u: schema('k STRING') },
      samples: { t: sample, u: sample },
    });
    for (const rule of ALL_RULES) {
      rule.run(wide);
      const started = performance.now();
      rule.run(wide);
      expect(performance.now() - started, rule.id).toBeLessThan(20);
    }
  });
});
