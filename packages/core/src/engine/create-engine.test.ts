import { describe, expect, test } from 'vitest';
import { NO_META, type RecordBatch } from '../values/record-batch.ts';
import type { Change, Row } from './api.ts';
import { checkpointFromBytes, createEngine } from './index.ts';

const plain = (rows: readonly Row[]): Record<string, unknown>[] => rows.map((row) => ({ ...row }));
const TRADES = [
  { symbol: 'A', qty: 5, ts: 1000 },
  { symbol: 'B', qty: 1, ts: 4000 },
  { symbol: 'A', qty: 7, ts: 11_000 },
];
const SCHEMA = {
  columns: [
    { name: 'symbol', type: 'STRING' },
    { name: 'qty', type: 'INTEGER' },
    { name: 'ts', type: 'TIMESTAMP' },
  ],
  eventTime: 'ts',
};
const WINDOWED = 'SELECT symbol, SUM(qty) AS total FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL 10 SECONDS)';
const open = () => createEngine({ sources: { trades: { schema: SCHEMA } } });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('one query', () => {
  test('answers over an array whose types it finds itself', async () => {
    const query = createEngine({ sources: { trades: { rows: TRADES, eventTime: 'ts' } } }).run(`${WINDOWED} EMIT FINAL`);
    expect(plain(await query.rows())).toEqual([
      { symbol: 'A', total: 5 },
      { symbol: 'B', total: 1 },
      { symbol: 'A', total: 7 },
    ]);
    expect(query.schema.columns).toEqual([
      { name: 'symbol', type: 'STRING', nullable: true },
      { name: 'total', type: 'INTEGER', nullable: true },
    ]);
    expect(query.metrics()).toMatchObject({ status: 'done', rowsIn: 3, rowsOut: 3, rowErrors: 0 });
  });

  test('is read as an async iterable, and ends when the reader leaves', async () => {
    function* many() {
      for (let i = 0; i < 1_000_000; i++) yield TRADES[i % 3] as object;
    }
    const query = createEngine({ sources: { trades: { rows: many(), schema: SCHEMA } } }).run('SELECT qty * 2 AS twice FROM trades');
    for await (const row of query) {
      expect({ ...row }).toEqual({ twice: 10 });
      break;
    }
    expect(query.metrics().status).toBe('cancelled');
  });

  test('tells each change with key, window and operation', async () => {
    const query = createEngine({ sources: { trades: { rows: TRADES, eventTime: 'ts' } } }).run(
      `${WINDOWED} HAVING SUM(qty) < 6 EMIT CHANGES`,
    );
    const changes: Change[] = await collect(query.changes());
    expect(changes.map((c) => [c.op, c.key[0], c.window?.start])).toEqual([
      ['insert', 'A', 0],
      ['insert', 'B', 0],
    ]);
  });

  test('a group that leaves HAVING is a delete', async () => {
    const rows = [
      { k: 'x', v: 1 },
      { k: 'x', v: 9 },
      { k: 'x', v: -9 },
    ];
    const query = createEngine({ sources: { t: rows } }).run('SELECT k, SUM(v) AS s FROM t GROUP BY k HAVING SUM(v) < 5 EMIT CHANGES');
    expect((await collect(query.changes())).map((c) => [c.op, c.row['s']])).toEqual([
      ['insert', 1],
      ['delete', 1],
      ['insert', 1],
    ]);
  });

  test('rows, table and Arrow may each be asked for after the end', async () => {
    const query = createEngine({ sources: { trades: TRADES } }).run(
      'SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol EMIT CHANGES',
    );
    expect(plain(await query.rows())).toHaveLength(3);
    expect(plain(await query.table())).toEqual([
      { symbol: 'A', n: 2 },
      { symbol: 'B', n: 1 },
    ]);
    const arrow = (await query.toArrow()) as { numRows: number; numCols: number };
    expect([arrow.numRows, arrow.numCols]).toEqual([3, 2]);
  });

  test('has one reader: a second one is refused', async () => {
    const query = createEngine({ sources: { trades: TRADES } }).run('SELECT qty FROM trades');
    await collect(query);
    await expect(query.rows()).rejects.toMatchObject({ reason: 'already-consumed' });
    expect(() => query.changes()).toThrowError(expect.objectContaining({ reason: 'already-consumed' }));
  });

  test('reads only what the last statement needs of a script', async () => {
    const script = `CREATE STREAM big AS SELECT symbol, qty FROM trades WHERE qty > 2 EMIT CHANGES;
      CREATE STREAM unused AS SELECT nothing FROM nowhere;
      SELECT symbol, qty * 10 AS tens FROM big`;
    expect(
      plain(
        await createEngine({ sources: { trades: TRADES } })
          .run(script)
          .rows(),
      ),
    ).toEqual([
      { symbol: 'A', tens: 50 },
      { symbol: 'A', tens: 70 },
    ]);
  });

  test('says where it is wrong', async () => {
    const query = createEngine({ sources: { trades: TRADES } }).run('SELECT sybmol FROM trades');
    await expect(query.ready).rejects.toMatchObject({
      code: expect.stringMatching(/^VS2/),
      span: { start: 7, end: 13 },
      hint: expect.stringContaining('symbol'),
    });
    expect(() => query.schema).toThrowError(expect.objectContaining({ reason: 'not-ready' }));
  });

  test('a wrong source name is told with the source that was meant, though nobody reads it', async () => {
    const engine = createEngine({ sources: { trades: [{ a: 1 }], quotes: [{ a: 1 }] } });
    await expect(engine.run('SELECT a FROM trads').ready).rejects.toMatchObject({ code: 'VS2001', hint: 'Did you mean "trades"?' });
  });

  test('a constant query gives its one row', async () => {
    expect(plain(await createEngine().run("SELECT 1 + 1 AS two, 'x' AS x").rows())).toEqual([{ two: 2, x: 'x' }]);
  });

  test('accepts iterables, async iterables and ready batches', async () => {
    function* some() {
      yield* TRADES;
    }
    async function* chunks() {
      yield TRADES[0] as object;
      yield TRADES.slice(1);
    }
    async function* batches(): AsyncGenerator<RecordBatch> {
      yield {
        length: 2,
        columns: [{ lane: 'f64', values: Float64Array.of(1, 2), nulls: null }],
        meta: NO_META,
        ops: null,
        watermarks: null,
      };
    }
    const engine = createEngine({
      sources: { a: some(), b: chunks(), c: { rows: batches(), schema: { columns: [{ name: 'x', type: 'FLOAT' }] } } },
    });
    expect(plain(await engine.run('SELECT SUM(qty) AS s FROM a EMIT FINAL').rows())).toEqual([{ s: 13 }]);
    expect(plain(await engine.run('SELECT SUM(qty) AS s FROM b EMIT FINAL').rows())).toEqual([{ s: 13 }]);
    expect(plain(await engine.run('SELECT SUM(x) AS s FROM c EMIT FINAL').rows())).toEqual([{ s: 3 }]);
  });

  test('bounded sources are merged by event time, so joins see both sides in step', async () => {
    const left = [
      { k: 1, ts: 0 },
      { k: 2, ts: 5000 },
    ];
    const right = [
      { k: 1, ts: 100 },
      { k: 2, ts: 9000 },
    ];
    const engine = createEngine({ sources: { l: { rows: left, eventTime: 'ts' }, r: { rows: right, eventTime: 'ts' } } });
    expect(plain(await engine.run('SELECT l.k AS k FROM l JOIN r ON l.k = r.k WITHIN INTERVAL 1 SECOND').rows())).toEqual([{ k: 1 }]);
  });
});

describe('open sources', () => {
  test('rows pushed before the first reader wait for it', async () => {
    const engine = open();
    engine.push('trades', TRADES.slice(0, 1));
    const query = engine.run(`${WINDOWED} EMIT FINAL`);
    engine.push('trades', TRADES.slice(1));
    engine.end('trades');
    expect(plain(await query.rows())).toHaveLength(3);
  });

  test('an advanced watermark closes windows without rows', async () => {
    const engine = open();
    const query = engine.run(`${WINDOWED} EMIT FINAL`);
    const reader = query[Symbol.asyncIterator]();
    engine.push('trades', { symbol: 'A', qty: 1, ts: 0 });
    engine.advanceWatermark('trades', 10_000);
    expect({ ...(await reader.next()).value }).toEqual({ symbol: 'A', total: 1 });
    await engine.close();
  });

  test('several queries read the same pushed rows', async () => {
    const engine = open();
    const [a, b] = [engine.run('SELECT qty FROM trades'), engine.run('SELECT SUM(qty) AS s FROM trades EMIT FINAL')];
    engine.push('trades', TRADES);
    engine.end();
    expect((await a.rows()).map((r) => r['qty'])).toEqual([5, 1, 7]);
    expect(plain(await b.rows())).toEqual([{ s: 13 }]);
  });

  test('misuse is told apart', () => {
    const engine = createEngine({ sources: { trades: TRADES, live: { schema: SCHEMA } } });
    expect(() => engine.push('trades', [])).toThrowError(expect.objectContaining({ reason: 'source-not-open' }));
    expect(() => engine.push('nobody', [])).toThrowError(expect.objectContaining({ reason: 'unknown-source' }));
    engine.end('live');
    expect(() => engine.push('live', [{}])).toThrowError(expect.objectContaining({ reason: 'source-ended' }));
  });

  test('what nobody reads stays within the limit', () => {
    const engine = createEngine({ limits: { maxBufferedRows: 2 }, sources: { trades: { schema: SCHEMA } } });
    engine.run('SELECT qty FROM trades');
    expect(() => engine.push('trades', TRADES)).toThrowError(expect.objectContaining({ reason: 'limit-exceeded' }));
  });
});

describe('control', () => {
  const endless = () => {
    function* numbers() {
      for (let n = 0; ; n++) yield { n };
    }
    return createEngine({ sources: { t: { rows: numbers(), schema: { columns: [{ name: 'n', type: 'INTEGER' }] } } } });
  };

  test('an aborted query rejects with the reason of its signal', async () => {
    const controller = new AbortController();
    const query = endless().run('SELECT COUNT(*) AS c FROM t EMIT FINAL', { signal: controller.signal });
    const rows = query.rows();
    await query.ready;
    controller.abort(new Error('enough'));
    await expect(rows).rejects.toMatchObject({ reason: 'aborted', cause: expect.objectContaining({ message: 'enough' }) });
  });

  test('a cancelled query ends quietly with what came out', async () => {
    const query = endless().run('SELECT n FROM t');
    const seen: number[] = [];
    for await (const row of query) {
      seen.push(row['n'] as number);
      if (seen.length === 5) await query.cancel('seen enough');
      // What waits when it is cancelled still comes: 16 384 rows and a batch at most.
      if (seen.length > 25_000) throw new Error('did not stop');
    }
    expect(seen.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(query.metrics().status).toBe('cancelled');
  });

  test('LIMIT completes a query over an endless source', async () => {
    expect((await endless().run('SELECT n FROM t LIMIT 3').rows()).map((r) => r['n'])).toEqual([0, 1, 2]);
  });

  test('a paused query stands still until it is resumed', async () => {
    const engine = open();
    const query = engine.run('SELECT qty FROM trades');
    query.pause();
    const rows = query.rows();
    engine.push('trades', TRADES);
    engine.end();
    await query.ready;
    await new Promise((resolve) => setImmediate(resolve));
    expect(query.metrics()).toMatchObject({ status: 'paused', rowsOut: 0 });
    expect(query.explainSilence().reasons.map((r) => r.reason)).toContain('paused');
    query.resume();
    expect(await rows).toHaveLength(3);
  });

  test('a time limit ends in a typed error', async () => {
    const query = endless().run('SELECT COUNT(*) AS c FROM t EMIT FINAL', { limits: { maxTimeMs: 20 } });
    await expect(query.rows()).rejects.toMatchObject({ reason: 'limit-exceeded', details: { limit: 'maxTimeMs' } });
  });

  test('a slow reader holds an endless source back', async () => {
    const query = endless().run('SELECT n FROM t');
    const reader = query[Symbol.asyncIterator]();
    await reader.next();
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(query.metrics().rowsIn).toBeLessThan(100_000);
    await reader.return?.();
  });

  test('a closed engine takes no more', async () => {
    const engine = open();
    await engine.close();
    expect(() => engine.push('trades', [])).toThrowError(expect.objectContaining({ reason: 'engine-closed' }));
    await expect(engine.run('SELECT 1').ready).rejects.toMatchObject({ reason: 'engine-closed' });
  });
});

describe('checkpoints', () => {
  test('a restored query goes on where it was, rows not yet read included', async () => {
    const before = open();
    const first = before.run(`${WINDOWED} EMIT FINAL`);
    before.push('trades', TRADES);
    const { bytes } = await first.checkpoint();
    await before.close();
    const after = open();
    const second = after.run(`${WINDOWED} EMIT FINAL`, { from: checkpointFromBytes(bytes) });
    after.push('trades', { symbol: 'A', qty: 100, ts: 12_000 });
    after.end();
    expect(plain(await second.rows())).toEqual([
      { symbol: 'A', total: 5 },
      { symbol: 'B', total: 1 },
      { symbol: 'A', total: 107 },
    ]);
  });

  test('a checkpoint of another query, or a damaged one, is refused before use', async () => {
    const engine = open();
    const query = engine.run(`${WINDOWED} EMIT FINAL`);
    engine.push('trades', TRADES);
    const { bytes } = await query.checkpoint();
    const other = open().run('SELECT qty FROM trades', { from: checkpointFromBytes(bytes) });
    await expect(other.rows()).rejects.toMatchObject({ reason: 'checkpoint-mismatch' });
    for (const at of [0, 5, bytes.length >> 1, bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 0x40;
      await expect(
        open()
          .run(`${WINDOWED} EMIT FINAL`, { from: checkpointFromBytes(damaged) })
          .rows(),
      ).rejects.toMatchObject({ reason: expect.stringMatching(/^checkpoint-/) });
    }
    await expect(
      open()
        .run(`${WINDOWED} EMIT FINAL`, { from: checkpointFromBytes(bytes.slice(0, -3)) })
        .rows(),
    ).rejects.toMatchObject({ reason: expect.stringMatching(/^checkpoint-/) });
  });
});

describe('scripts', () => {
  const SCRIPT = `CREATE STREAM big AS SELECT symbol, qty, ts FROM trades WHERE qty > 2;
    CREATE TABLE totals AS SELECT symbol, SUM(qty) AS total FROM big GROUP BY symbol EMIT CHANGES;
    SELECT COUNT(*) AS n FROM big EMIT FINAL`;

  test('every stream is there by name, and they share one reading of the sources', async () => {
    const script = createEngine({ sources: { trades: TRADES } }).script(SCRIPT);
    await script.ready;
    expect(script.names).toEqual(['big', 'totals', 'stmt_2']);
    const [big, totals, counted] = await Promise.all([
      script.query('big').rows(),
      script.query('totals').table(),
      script.query('stmt_2').rows(),
    ]);
    expect(big).toHaveLength(2);
    expect(plain(totals)).toEqual([{ symbol: 'A', total: 12 }]);
    expect(plain(counted)).toEqual([{ n: 2 }]);
  });

  test('an unknown name says which there are', async () => {
    const script = createEngine({ sources: { trades: TRADES } }).script(SCRIPT);
    await expect(script.query('nobody').rows()).rejects.toMatchObject({ reason: 'unknown-query', hint: expect.stringContaining('totals') });
  });
});

describe('explanations', () => {
  test('silence names its causes', async () => {
    const filtered = createEngine({ sources: { trades: TRADES } }).run('SELECT qty FROM trades WHERE qty > 1000000');
    await filtered.rows();
    expect(filtered.explainSilence()).toMatchObject({ silent: true, reasons: [{ reason: 'filtered', count: 3 }] });
    const engine = open();
    const waiting = engine.run(`${WINDOWED} EMIT FINAL`);
    expect(waiting.explainSilence().reasons[0]?.reason).toBe('not-started');
    const reader = waiting[Symbol.asyncIterator]();
    void reader.next();
    engine.push('trades', TRADES.slice(0, 2));
    await waiting.checkpoint();
    expect(waiting.explainSilence().reasons.map((r) => r.reason)).toContain('window-open');
    await engine.close();
  });

  test('equal rows that no key tells apart all stand in the table', async () => {
    const rows = ['a', 'b', 'c', 'a'].map((k) => ({ k }));
    const grouped = 'SELECT x.n FROM (SELECT k, COUNT(*) AS n FROM t GROUP BY k) x';
    const table = await createEngine({ sources: { t: rows } })
      .run(`${grouped} UNION ALL ${grouped}`)
      .table();
    expect(plain(table).map(({ n }) => n)).toEqual([1, 1, 1, 1, 2, 2]);
  });

  test('finish ends the input: open windows come out, and the query is complete', async () => {
    const engine = open();
    const query = engine.run(`${WINDOWED} EMIT FINAL`);
    const rows = query.rows();
    engine.push('trades', TRADES);
    await query.checkpoint();
    await query.finish();
    expect(plain(await rows)).toEqual([
      { symbol: 'A', total: 5 },
      { symbol: 'B', total: 1 },
      { symbol: 'A', total: 7 },
    ]);
    expect(query.metrics().status).toBe('done');
    await query.finish();
  });

  test('finish does not wait for a source that gives nothing, nor for a reader', async () => {
    async function* silent() {
      yield TRADES;
      await new Promise(() => {});
    }
    const script = createEngine({ sources: { trades: { rows: silent(), schema: SCHEMA } } }).script(
      "CREATE STREAM totals AS SELECT symbol, qty, ts FROM trades INTO 'memory://finished'",
    );
    const query = script.query('totals');
    const first = query.changes()[Symbol.asyncIterator]();
    expect((await first.next()).value).toMatchObject({ row: { symbol: 'A', qty: 5 } });
    await script.finish();
    expect(query.metrics().status).toBe('done');
    const unread = open().run(WINDOWED);
    await unread.finish();
    expect(unread.metrics().status).toBe('cancelled');
  });

  test('a row knows its window and key', async () => {
    const query = createEngine({ sources: { trades: { rows: TRADES, eventTime: 'ts' } } }).run(`${WINDOWED} EMIT FINAL`);
    const rows = await query.rows();
    const provenance = query.explainRow(rows[2] as Row);
    expect(provenance.window).toEqual({ start: 10_000, end: 20_000 });
    expect(provenance.inputs).toEqual([{ source: 'trades', rows: 3 }]);
    expect(provenance.steps.join(' ')).toContain('tumbling');
  });

  test.each(['array', 'pushed'])('a row knows how much was read when it was told (%s)', async (kind) => {
    const rows = Array.from({ length: 6 }, (_, i) => ({ a: i, ts: i }));
    const schema = { columns: Object.keys(rows[0]!).map((name) => ({ name, type: 'INTEGER' })) };
    const engine = createEngine({ sources: { t: kind === 'array' ? { rows, schema } : { schema } } });
    const query = engine.run('SELECT a FROM t WHERE a % 2 = 1', { batchRows: 1 });
    if (kind === 'pushed') {
      for (const row of rows) engine.push('t', row);
      engine.end('t');
    }
    const found = await query.rows();
    expect(found.map((row) => query.explainRow(row).inputs)).toEqual([2, 4, 6].map((read) => [{ source: 't', rows: read }]));
    expect(query.explainRow({ a: 77 }).inputs).toEqual([{ source: 't', rows: 6 }]);
  });
});
