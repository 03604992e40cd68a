import { describe, expect, it } from 'vitest';
import { streamMatchers } from './matchers.ts';
import { streamTest } from './stream-test.ts';

const WINDOWED = `SELECT symbol, COUNT(*) AS n, SUM(price) AS total FROM trades GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) EMIT FINAL`;
const RUNNING = 'SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol EMIT CHANGES';
const at = (time: string): string => `2024-01-01T00:${time}Z`;
const failure = async (test: PromiseLike<unknown>): Promise<Error & { expected?: unknown; actual?: unknown }> => {
  try {
    await test;
  } catch (error) {
    return error as Error;
  }
  throw new Error('the test passed');
};

describe('streamTest', () => {
  it('closes windows as time moves on', async () => {
    await streamTest(WINDOWED)
      .given('trades', [
        { symbol: 'A', price: 1, ts: at('00:10') },
        { symbol: 'A', price: 2, ts: at('00:59.999') },
      ])
      .expectNothing()
      .advanceTo(at('01:00'))
      .expect([{ symbol: 'A', n: 2, total: 3 }])
      .advanceTo(at('05:00'))
      .expectNothing();
  });

  it('counts late rows, and lets a delay wait for them', async () => {
    const rows = [{ symbol: 'A', price: 1, ts: at('01:30') }];
    const late = { symbol: 'A', price: 1, ts: at('00:59') };
    await streamTest(WINDOWED).given('trades', rows).given('trades', late).expectLate(1);
    await streamTest(WINDOWED)
      .given('trades', rows, { watermarkDelayMs: 60_000 })
      .given('trades', late)
      .expectLate(0)
      .expectFinal([{ n: 1 }, { n: 1 }]);
  });

  it('shows changes in order', async () => {
    await streamTest(RUNNING)
      .given('trades', [{ symbol: 'A' }, { symbol: 'A' }])
      .expectChanges([
        { op: 'insert', symbol: 'A', n: 1 },
        { op: 'update', row: { symbol: 'A', n: 2 } },
      ])
      .given('trades', { symbol: 'B' })
      .expectChanges([{ op: 'insert', symbol: 'B' }])
      .expect([{ symbol: 'B', n: 1 }])
      .expectFinal([
        { symbol: 'A', n: 2 },
        { symbol: 'B', n: 1 },
      ]);
  });

  it('goes on after a crash as if there was none', async () => {
    await streamTest(WINDOWED)
      .given('trades', { symbol: 'A', price: 1, ts: at('00:10') })
      .restart()
      .given('trades', { symbol: 'A', price: 2, ts: at('00:20') })
      .restart()
      .end()
      .expect([{ symbol: 'A', n: 2, total: 3 }]);
  });

  it('looks rows up in tables', async () => {
    await streamTest('SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer = c.id')
      .table('customers', [{ id: 1, name: 'Ann' }], { key: ['id'] })
      .given('orders', [
        { id: 10, customer: 1 },
        { id: 11, customer: 2 },
      ])
      .expect([{ id: 10, name: 'Ann' }]);
  });

  it('moves time in one source alone', async () => {
    const sql = `SELECT a.k, b.v FROM a JOIN b ON a.k = b.k GROUP BY a.k, b.v WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL`;
    await streamTest(sql)
      .given('a', { k: 1, ts: at('00:01') }, { eventTime: 'ts', types: { ts: 'TIMESTAMP' } })
      .given('b', { k: 1, v: 2, ts: at('00:02') }, { eventTime: 'ts', types: { ts: 'TIMESTAMP' } })
      .watermark('a', at('01:00'))
      .expectNothing()
      .watermark('b', at('01:00'))
      .expect([{ k: 1, v: 2 }]);
  });

  it('looks at any stream of a script', async () => {
    await streamTest('CREATE STREAM twice AS SELECT x * 2 AS y FROM s; CREATE STREAM more AS SELECT y + 1 AS z FROM twice')
      .given('s', { x: 4 })
      .output('twice')
      .expect([{ y: 8 }])
      .output('more')
      .expect([{ z: 9 }]);
  });

  it('takes times as text, number and Date, and decimals as written', async () => {
    await streamTest('CREATE STREAM t (id INTEGER, price DECIMAL(10,2), ts TIMESTAMP) WITH (); SELECT id, price, ts FROM t')
      .given('t', [
        { id: 1, price: '12.3', ts: new Date(at('00:00')) },
        { id: 2, price: 1, ts: Date.parse(at('00:01')) },
      ])
      .expect([
        { id: 1, price: '12.30', ts: at('00:00') },
        { id: 2, price: 1, ts: at('00:01') },
      ]);
  });

  it('counts records that fail and names failures of the query', async () => {
    await streamTest('CREATE STREAM t (id INTEGER) WITH (); SELECT id FROM t')
      .given('t', [{ id: 1 }, { id: 'x' }])
      .expect([{ id: 1 }])
      .expectErrors(1);
    await streamTest('SELECT nobody FROM t').given('t', { id: 1 }).expectFailure('VS2004');
    expect((await failure(streamTest('SELECT id FROM t').given('t', { id: 1 }).expectFailure('VS2004'))).message).toContain(
      'was expected to fail',
    );
  });

  it('gives the same answer when awaited twice', async () => {
    const test = streamTest(RUNNING).given('trades', { symbol: 'A' });
    expect(await test).toBe(await test);
    expect((await test).final).toEqual([{ symbol: 'A', n: 1 }]);
  });
});

describe('a failing streamTest', () => {
  it('says which cells differ and carries both sides for the runner', async () => {
    const error = await failure(
      streamTest(WINDOWED)
        .given('trades', { symbol: 'A', price: 1, ts: at('00:10') })
        .end()
        .expect([{ symbol: 'A', n: 2 }]),
    );
    expect(error.message).toContain('row 1, n: expected 2, got 1');
    expect(error.expected).toEqual([{ symbol: 'A', n: 2 }]);
    expect(error.actual).toEqual([{ symbol: 'A', n: 1 }]);
    expect(error.stack).toContain('stream-test.test.ts');
  });

  it('says why nothing came out', async () => {
    expect(
      (
        await failure(
          streamTest(WINDOWED)
            .given('trades', { symbol: 'A', price: 1, ts: at('00:10') })
            .expect([{ n: 1 }]),
        )
      ).message,
    ).toContain('No window has closed yet');
  });

  it('names columns that the result does not have', async () => {
    expect(
      (
        await failure(
          streamTest(RUNNING)
            .given('trades', { symbol: 'A' })
            .expect([{ sybmol: 'A' }]),
        )
      ).message,
    ).toContain('has no column "sybmol"; it has symbol, n');
  });

  it('tells missing, unexpected and misplaced rows', async () => {
    const test = () => streamTest('SELECT x FROM s').given('s', [{ x: 1 }, { x: 2 }]);
    expect((await failure(test().expect([{ x: 1 }]))).message).toContain('row 2 of the output was not expected');
    expect((await failure(test().expect([{ x: 1 }, { x: 2 }, { x: 3 }]))).message).toContain('row 3 is missing');
    expect((await failure(test().expect([{ x: 2 }, { x: 1 }], { ordered: true }))).message).toContain('row 1, x: expected 2, got 1');
  });

  it.each([
    ['changes', (t: ReturnType<typeof streamTest>) => t.expectChanges([{ op: 'update', symbol: 'A' }]), 'expected update, got insert'],
    ['late rows', (t: ReturnType<typeof streamTest>) => t.expectLate(2), 'expected 2 late rows, got 0'],
    ['errors', (t: ReturnType<typeof streamTest>) => t.expectErrors(1), 'expected 1 record errors, got 0'],
    ['final rows', (t: ReturnType<typeof streamTest>) => t.expectFinal([]), 'was not expected'],
    ['a source that is not there', (t: ReturnType<typeof streamTest>) => t.output('nobody'), 'makes no "nobody"'],
  ])('tells %s', async (_, add, message) => {
    expect((await failure(add(streamTest(RUNNING).given('trades', { symbol: 'A' })))).message).toContain(message);
  });

  const row = (x: number, time: string) => ({ symbol: 'A', price: x, ts: at(time) });
  it('says of rows that are less than expected that others were late or failed', async () => {
    const test = streamTest(WINDOWED)
      .given('trades', [row(1, '00:10'), row(1, '01:10')])
      .given('trades', row(1, '00:20'));
    const { message } = await failure(test.end().expect([{ n: 2 }, { n: 1 }]));
    expect(message).toMatch(/^rows differ \(1 of 2\)\n[\s\S]*\n1 row came after its window had closed \(say \.expectLate\(1\) if so\)\.$/);
  });

  it('is not green over rows that were skipped unless it says so', async () => {
    const test = () => streamTest('SELECT CAST(x AS INTEGER) AS n FROM s').given('s', [{ x: 'one' }, { x: '2' }]);
    expect((await failure(test().expect([{ n: 2 }]))).message).toMatch(
      /^1 row was skipped because of errors; the last: .*\nSay \.expectErrors\(1\)/,
    );
    await test()
      .expect([{ n: 2 }])
      .expectErrors(1);
  });

  it('tells how to move on when a window is still open, and what was meant by a wrong name', async () => {
    expect(
      (
        await failure(
          streamTest(WINDOWED)
            .given('trades', row(1, '00:10'))
            .expect([{ n: 1 }]),
        )
      ).message,
    ).toContain('.advanceTo(time)');
    expect((await failure(streamTest('SELECT pirce FROM trades').given('trades', row(1, '00:10')).expect([]))).message).toContain(
      'Did you mean "price"?',
    );
  });

  it('lets a runner show the output beside what was expected, in its order and columns', async () => {
    const test = streamTest('SELECT x, y FROM s').given(
      's',
      [1, 2, 3].map((x) => ({ x, y: x * 10 })),
    );
    expect((await failure(test.expect([{ x: 3, y: 30 }, { x: 1 }, { x: 2, y: 21 }]))).actual).toEqual([
      { x: 3, y: 30 },
      { x: 1 },
      { x: 2, y: 20 },
    ]);
  });

  it('takes ISO text for the bounds of windows', async () => {
    const sql = WINDOWED.replace('SELECT', 'SELECT WINDOW_START AS minute,');
    await streamTest(sql)
      .given('trades', row(1, '01:10'))
      .expectFinal([{ minute: at('01:00'), n: 1 }]);
  });

  it('refuses rows after the end', async () => {
    expect((await failure(streamTest(RUNNING).given('trades', { symbol: 'A' }).end().given('trades', { symbol: 'B' }))).message).toContain(
      'after end()',
    );
  });
});

describe('matchers', () => {
  const rows = [
    { a: 1, b: 'x' },
    { a: 2, b: 'y' },
  ];
  it('compare rows in any order, in order, and in part', () => {
    expect(streamMatchers.toHaveRows(rows, [{ a: 2 }, { a: 1 }]).pass).toBe(true);
    expect(streamMatchers.toHaveRows(rows, [{ a: 2 }]).pass).toBe(false);
    expect(streamMatchers.toHaveRowsInOrder(rows, [{ a: 2 }, { a: 1 }]).pass).toBe(false);
    expect(streamMatchers.toContainRows(rows, [{ b: 'y' }]).pass).toBe(true);
    expect(streamMatchers.toContainRows(rows, [{ b: 'z' }]).message()).toContain('is missing');
    expect(streamMatchers.toPassAssertion(rows, { type: 'unique', field: 'a' }).pass).toBe(true);
  });
});
