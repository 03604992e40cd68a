import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files } from '@velostream/connectors/files';
import { createEngine, type EngineOptions, type Row, type WorkersMetrics } from '@velostream/core/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'velo-workers-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** mulberry32 */
function random(seed: number): (below: number) => number {
  let s = seed | 0;
  return (below) => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const SCHEMA = {
  columns: [
    { name: 'k', type: 'STRING' },
    { name: 'n', type: 'INTEGER' },
    { name: 'd', type: 'DECIMAL(18,4)' },
    { name: 'f', type: 'FLOAT' },
    { name: 'note', type: 'STRING' },
    { name: 'ts', type: 'INTEGER' },
  ],
  eventTime: 'ts',
} as const;

/** Rows with NULLs, texts with line ends and quotes, records that are damaged, and times that go back. */
function fileText(format: 'csv' | 'jsonl', seed: number, disorderMs: number): string {
  const pick = random(seed);
  let text = format === 'csv' ? 'k,n,d,f,note,ts\n' : '';
  for (let i = 0; i < 1500; i++) {
    const k = `key ${pick(9)}`;
    const n = pick(12) === 0 ? null : pick(2000) - 1000;
    const d = `${pick(1000) - 500}.${String(pick(10_000)).padStart(4, '0')}`;
    const f = (pick(1_000_000) - 500_000) / 7;
    const note = ['plain', 'two\nlines', 'a "quoted", text', ''][pick(4)] as string;
    const ts = 1_700_000_000_000 + i * 40 - pick(disorderMs);
    if (pick(150) === 0) text += format === 'csv' ? `${k},not a number,1,2,x,${ts}\n` : `{"k":"${k}","n":\n`;
    else if (format === 'csv') text += `${k},${n ?? ''},${d},${f},"${note.replaceAll('"', '""')}",${ts}\n`;
    else text += `${JSON.stringify({ k, n, d: 0, f, note, ts }).replace('"d":0', `"d":${d}`)}\n`;
  }
  return text;
}

const AGGREGATES = [
  'COUNT(*) AS a0',
  'COUNT(n) AS a1',
  'SUM(n) AS a2',
  'SUM(d) AS a3',
  'AVG(d) AS a4',
  'SUM(f) AS a5',
  'STDDEV(f) AS a6',
  'MIN(note) AS a7',
  'MAX(f) AS a8',
  'COUNT(DISTINCT note) AS a9',
  'SUM(d * n) AS a10',
  'VARIANCE(n) AS a11',
  'SUM(n) FILTER (WHERE d > 0) AS a12',
  'MIN(d) AS a13',
];
const INEXACT: ReadonlySet<string> = new Set(['a5', 'a6', 'a11']);
const WINDOWS = [
  '',
  "WINDOW TUMBLING(INTERVAL '2' SECOND)",
  "WINDOW TUMBLING(INTERVAL '20' SECOND)",
  "WINDOW SLIDING(INTERVAL '6' SECOND, INTERVAL '2' SECOND)",
];
const FILTERS = ['', 'WHERE n > 0', "WHERE note <> 'plain' AND d < 100", 'WHERE 100 / n > 1'];

function query(pick: (below: number) => number): string {
  const keys = ['k', 'k, note', 'n', ''][pick(4)] as string;
  const window = keys === '' ? '' : (WINDOWS[pick(WINDOWS.length)] as string);
  const chosen = AGGREGATES.filter(() => pick(3) > 0);
  const items = [keys, ...(window === '' ? [] : ['_window_start AS w']), ...(chosen.length === 0 ? ['COUNT(*) AS a0'] : chosen)];
  const filter = FILTERS[pick(FILTERS.length)] as string;
  const having = pick(3) === 0 ? 'HAVING COUNT(*) > 2' : '';
  const group = keys === '' ? '' : `GROUP BY ${keys}`;
  return `SELECT ${items.filter((x) => x !== '').join(', ')} FROM t ${filter} ${group} ${window} ${having} EMIT FINAL`;
}

interface Run {
  readonly rows: readonly Row[];
  readonly counts: readonly unknown[];
  readonly workers: WorkersMetrics | undefined;
}

async function run(path: string, sql: string, o: { readonly delayMs: number; readonly rangeBytes?: number } & EngineOptions): Promise<Run> {
  const engine = createEngine({
    ...o,
    connectors: [files({ roots: [folder] })],
    sources: {
      t: {
        uri: `file://${path}`,
        schema: SCHEMA,
        watermarkDelayMs: o.delayMs,
        options: { 'mmap.range_bytes': o.rangeBytes ?? 4096 },
      },
    },
  });
  const running = engine.run(sql);
  const rows = await running.rows();
  const m = running.metrics();
  await engine.close();
  const counts = [m.rowsIn, m.rowsOut, m.rowsFiltered, m.rowsLate, m.rowErrors, m.warnings, m.lastErrors, m.sources];
  return { rows, counts, workers: m.workers };
}

function expectClose(rows: readonly Row[], wanted: readonly Row[]): void {
  const known = (row: Row): unknown[] => Object.entries(row).map(([name, value]) => (INEXACT.has(name) ? name : value));
  expect(rows.map(known)).toEqual(wanted.map(known));
  for (const [i, row] of rows.entries())
    for (const name of INEXACT) {
      const [a, b] = [row[name], wanted[i]?.[name]];
      if (typeof a === 'number' && typeof b === 'number') expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-6 + Math.abs(b) * 1e-9);
      else expect(a).toBe(b);
    }
}

describe('workers', { timeout: 120_000 }, () => {
  for (const format of ['csv', 'jsonl'] as const) {
    for (let seed = 1; seed <= 24; seed++) {
      test(`${format}, seed ${seed}: the number of workers changes nothing`, async () => {
        const pick = random(seed * 7919 + format.length);
        const path = join(folder, `t-${seed}.${format}`);
        await writeFile(path, fileText(format, seed, [1, 100, 5000][pick(3)] as number));
        const sql = query(pick);
        const o = { delayMs: [0, 100, 5000][pick(3)] as number, rangeBytes: [1024, 5000, 20_000][pick(3)] as number };
        const one = await run(path, sql, { ...o, workers: 1 });
        for (const workers of [2, 3]) {
          const several = await run(path, sql, { ...o, workers });
          expect(several.workers).toEqual({ wanted: workers, running: workers, work: 'parts', reason: null });
          expect(several.rows, sql).toEqual(one.rows);
          expect(several.counts, sql).toEqual(one.counts);
        }
        const plain = await run(path, sql, o);
        expectClose(one.rows, plain.rows);
        expect(one.counts, sql).toEqual(plain.counts);
      });
    }
  }

  const EXACT = 'SELECT k, COUNT(*) AS a0, SUM(d) AS a3 FROM t GROUP BY k EMIT FINAL';
  const fileOf = async (name: string, disorderMs = 100): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, fileText('csv', 99, disorderMs));
    return path;
  };

  test('says what threads do, and why they do no more', async () => {
    const path = await fileOf('why.csv');
    const workersOf = async (sql: string): Promise<unknown> => (await run(path, sql, { delayMs: 0, workers: 2 })).workers;
    expect(await workersOf('SELECT k, n FROM t')).toEqual({
      wanted: 2,
      running: 2,
      work: 'decoding',
      reason: 'there is no aggregation, and rows keep their order',
    });
    const reasons: readonly (readonly [string, string])[] = [
      ['SELECT k, COUNT(*) AS c FROM t GROUP BY k EMIT CHANGES', 'EMIT CHANGES gives a row for each record, in their order'],
      [
        "SELECT k, COUNT(*) AS c FROM t GROUP BY k WINDOW SESSION(INTERVAL '1' SECOND) EMIT FINAL",
        'a session may reach from one part of the input into the next',
      ],
      ['SELECT k, STRING_AGG(note) AS c FROM t GROUP BY k EMIT FINAL', 'STRING_AGG takes its rows in order'],
      ['SELECT k, COUNT(*) AS c FROM t WHERE RANDOM() > 0 GROUP BY k EMIT FINAL', 'RANDOM depends on more than its row'],
    ];
    for (const [sql, reason] of reasons) expect(await workersOf(sql), sql).toMatchObject({ work: 'decoding', reason });
    const engine = createEngine({ workers: 2, sources: { t: [{ k: 'a' }] } });
    const query = engine.run('SELECT k, COUNT(*) AS c FROM t GROUP BY k EMIT FINAL');
    await query.rows();
    expect(query.metrics().workers).toEqual({
      wanted: 2,
      running: 1,
      work: 'none',
      reason: 'rows that are in this process are read by this thread',
    });
  });

  test('decoding on threads keeps the order of rows', async () => {
    const path = await fileOf('order.csv');
    for (const sql of ['SELECT k, n, note FROM t WHERE n > 5', 'SELECT k, SUM(n) AS s FROM t GROUP BY k EMIT CHANGES']) {
      const wanted = await run(path, sql, { delayMs: 0 });
      const spread = await run(path, sql, { delayMs: 0, workers: 3 });
      expect(spread.rows).toEqual(wanted.rows);
      expect(spread.counts).toEqual(wanted.counts);
    }
  });

  test('a limit ends the query with the same error', async () => {
    const path = await fileOf('limit.csv');
    for (const workers of [1, 2]) {
      const failed = run(path, 'SELECT n, COUNT(*) AS c FROM t GROUP BY n EMIT FINAL', { delayMs: 0, workers, limits: { maxGroups: 50 } });
      await expect(failed).rejects.toMatchObject({ reason: 'limit-exceeded', details: { limit: 'maxGroups' } });
    }
  });

  test('a query that is cancelled ends its threads', async () => {
    const path = await fileOf('cancel.csv');
    const engine = createEngine({
      workers: 2,
      connectors: [files({ roots: [folder] })],
      sources: { t: { uri: `file://${path}`, schema: SCHEMA, options: { 'mmap.range_bytes': 1024 } } },
    });
    const abort = new AbortController();
    const query = engine.run(EXACT, { signal: abort.signal });
    const rows = query.rows();
    await query.ready;
    abort.abort();
    await expect(rows).rejects.toMatchObject({ reason: 'aborted' });
    expect(query.metrics().status).toBe('cancelled');
  });

  test('a checkpoint goes on with any number of workers', async () => {
    const path = await fileOf('resume.csv');
    const engineOf = (workers: number | undefined) =>
      createEngine({
        ...(workers === undefined ? {} : { workers }),
        connectors: [files({ roots: [folder] })],
        sources: { t: { uri: `file://${path}`, schema: SCHEMA, options: { 'mmap.range_bytes': 2048 } } },
      });
    const wanted = await engineOf(undefined).run(EXACT).rows();
    for (const first of [undefined, 1, 2]) {
      const query = engineOf(first).run(EXACT, { batchRows: 64 });
      const checkpoint = await query.checkpoint();
      await query.cancel();
      for (const second of [undefined, 1, 3]) expect(await engineOf(second).run(EXACT, { from: checkpoint }).rows()).toEqual(wanted);
    }
  });

  test('refuses a number of workers that is none', async () => {
    const engine = createEngine({ workers: 0, sources: { t: [{ k: 'a' }] } });
    await expect(engine.run('SELECT k FROM t').rows()).rejects.toThrow('workers');
  });
});
