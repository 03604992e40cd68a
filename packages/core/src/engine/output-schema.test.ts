import { expect, test } from 'vitest';
import { holdsInstants } from '../protocol/table-schema.ts';
import { createEngine } from './create-engine.ts';

const SQL = `
  CREATE STREAM minutes AS
    SELECT symbol, WINDOW_START AS minute, WINDOW_END - WINDOW_START AS length, COUNT(*) AS n
    FROM trades WINDOW TUMBLING(at, INTERVAL '1' MINUTE) GROUP BY symbol EMIT FINAL;
  SELECT minute AS since, length, n FROM minutes`;

test('the start of a window is an INTEGER that is known to be a time, also under other names and further on', async () => {
  const engine = createEngine({
    sources: {
      trades: {
        schema: {
          columns: [
            { name: 'symbol', type: 'STRING' },
            { name: 'at', type: 'TIMESTAMP' },
          ],
          eventTime: 'at',
        },
        rows: [{ symbol: 'A', at: 61_000 }],
      },
    },
  });
  const query = engine.run(SQL);
  expect(await query.rows()).toEqual([{ since: 60_000, length: 60_000, n: 1 }]);
  expect(query.schema.columns.map((c) => [c.name, c.type, holdsInstants(c), c.windowBound])).toEqual([
    ['since', 'INTEGER', true, true],
    ['length', 'INTEGER', false, undefined],
    ['n', 'INTEGER', false, undefined],
  ]);
  const records = engine.run('SELECT _EVENT_TIME AS window_like FROM trades');
  await records.rows();
  expect(records.schema.columns.map((c) => [holdsInstants(c), c.windowBound])).toEqual([[true, undefined]]);
});
