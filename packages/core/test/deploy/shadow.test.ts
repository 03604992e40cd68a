import { describe, expect, test } from 'vitest';
import { shadowRun } from '../../src/deploy/index.ts';

const rows = Array.from({ length: 100 }, (_, i) => ({ id: i, region: ['a', 'b', 'c'][i % 3], total: i }));
const subject = (...queries: [name: string, sql: string, sink: string][]) => ({
  app: { name: 'S', queries: queries.map(([name, sql, sink], i) => ({ id: `q${i + 1}`, name, sql, sink })) },
  sources: { orders: rows },
});
const SUM = 'SELECT region, SUM(total) AS revenue FROM orders GROUP BY region EMIT CHANGES';
const compared = async (old: string, next: string) => {
  const run = shadowRun(subject(['Sum', old, 'kafka://b:9092/sums']), subject(['Sum', next, 'kafka://b:9092/sums']));
  await run.done;
  const [result] = run.compare();
  await run.stop();
  return result;
};

describe('a shadow run', () => {
  test('finds two spellings of one query equal', async () => {
    expect(
      await compared(SUM, 'SELECT o.region AS region, SUM(o.total * 1) AS revenue FROM orders o GROUP BY o.region EMIT CHANGES'),
    ).toMatchObject({
      query: 'Sum',
      equal: 3,
      different: 0,
      onlyOld: 0,
      onlyNew: 0,
      samples: [],
    });
  });

  test('shows by key what differs, and in which columns', async () => {
    const result = await compared(SUM, SUM.replace('FROM orders', "FROM orders WHERE region != 'c' AND total < 98"));
    expect(result).toMatchObject({ equal: 1, different: 1, onlyOld: 1, onlyNew: 0 });
    expect(result?.samples).toHaveLength(2);
    expect(result?.samples.find((s) => s.columns.length > 0)).toMatchObject({ columns: ['revenue'] });
  });

  test('compares rows without a key as a multiset', async () => {
    const result = await compared('SELECT region FROM orders', 'SELECT region FROM orders WHERE id >= 3');
    expect(result).toMatchObject({ equal: 97, different: 0, onlyOld: 3, onlyNew: 0 });
  });

  test('runs queries that read one another, and writes nothing', async () => {
    const chain = (factor: number) =>
      subject(
        ['Double', `SELECT id, total * ${factor} AS twice FROM orders`, 'doubled'],
        ['Next', 'SELECT id, twice + 1 AS more FROM doubled', 'nosuch://place'],
      );
    const run = shadowRun(chain(2), chain(2));
    await run.done;
    expect(run.compare().map((c) => [c.query, c.equal, c.different])).toEqual([
      ['Double', 100, 0],
      ['Next', 100, 0],
    ]);
    await run.stop();
  });
});
