import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@velostream/core/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { files } from '../files/index.ts';

const SCHEMA = {
  columns: [
    { name: 'symbol', type: 'STRING' },
    { name: 'note', type: 'STRING' },
    { name: 'price', type: 'FLOAT' },
    { name: 'ts', type: 'INTEGER' },
  ],
  eventTime: 'ts',
} as const;

const rows = Array.from({ length: 200 }, (_, i) => ({
  symbol: `s${(i * 7) % 5}`,
  note: i % 11 === 0 ? null : `n${(i * 13) % 17}`,
  price: i % 13 === 0 ? null : ((i * 37) % 100) / 4,
  ts: 1000 + i * 10 - ((i * 3) % 4) * 7,
}));

const WINDOW = 'GROUP BY symbol WINDOW TUMBLING(200 MILLISECONDS)';
const QUERIES = [
  `SELECT symbol, MIN(note) AS a, MAX(note) AS b, SUM(price) AS c, COUNT(price) AS d FROM t ${WINDOW} EMIT FINAL`,
  `SELECT symbol, FIRST(note) AS a, LAST(note) AS b, COLLECT(price) AS c FROM t ${WINDOW} EMIT FINAL`,
  `SELECT symbol, LISTAGG(note, ',') AS a, COUNT(DISTINCT note) AS b FROM t ${WINDOW} EMIT CHANGES`,
  'SELECT symbol, LAST(note) AS a, AVG(price) AS b FROM t WHERE price > 3 GROUP BY symbol',
  'SELECT symbol, note, price FROM t WHERE price > 3 ORDER BY price DESC LIMIT 20',
  'SELECT symbol, note, price, LAG(note) OVER (ROWS WINDOW BUFFER 9 ROWS PARTITION BY symbol) AS before FROM t',
  'SELECT a.symbol, a.note, b.note AS other FROM t a JOIN t b ON a.symbol = b.symbol WITHIN INTERVAL 50 MILLISECONDS',
  'SELECT symbol, note, price FROM t',
];

describe('batches whose arrays are used again', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lent-'));
    const line = (row: (typeof rows)[number]): string => [row.symbol, row.note ?? '', row.price ?? '', row.ts].join(',');
    writeFileSync(join(folder, 't.csv'), `symbol,note,price,ts\n${rows.map(line).join('\n')}\n`);
    writeFileSync(join(folder, 't.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(QUERIES)('give the rows of batches that are kept: %s', async (sql) => {
    const settings = { schema: SCHEMA, watermarkDelayMs: 30 };
    for (const codegen of [true, false]) {
      const run = (source: object, batchRows: number) =>
        createEngine({ sources: { t: { ...source, ...settings } }, connectors: [files({ roots: [folder] })], codegen })
          .run(sql, { batchRows })
          .rows();
      const expected = await run({ rows }, 4096);
      expect(expected.length).toBeGreaterThan(0);
      for (const name of ['t.csv', 't.jsonl']) {
        expect(await run({ uri: `file://${join(folder, name)}` }, 7)).toEqual(expected);
      }
    }
  });
});
