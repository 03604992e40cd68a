import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const MARKET = schemasFrom(`
  ticks: isin STRING, lastPrice FLOAT, lots INTEGER, venue STRING, at TIMESTAMP
`);
const WEATHER = schemasFrom(`
  readings: station STRING, temp_c FLOAT, at TIMESTAMP
`);

const sqlOf = (schemas: typeof MARKET, prompt: string): string => {
  const answer = translate({ prompt, schemas });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

const CANDLE = 'FIRST_VALUE(lastPrice) AS open, MAX(lastPrice) AS high, MIN(lastPrice) AS low, LAST_VALUE(lastPrice) AS close';

describe('candles of a price', () => {
  test.each([
    ['OHLC per isin every 5 minutes', "INTERVAL '5' MINUTE"],
    ['1 minute candles by isin', "INTERVAL '1' MINUTE"],
    ['hourly candlesticks for each isin', "INTERVAL '1' HOUR"],
    ['open, high, low and close price per isin, daily', "INTERVAL '1' DAY"],
  ])('%s', (prompt, size) => {
    const sql = sqlOf(MARKET, prompt);
    expect(sql).toContain(CANDLE);
    expect(sql).toContain(`TUMBLING(${size})`);
    expect(sql).toContain('GROUP BY isin');
  });

  test('with a volume where one is asked for', () => {
    expect(sqlOf(MARKET, 'ohlcv per isin every minute')).toContain(`${CANDLE}, SUM(lots) AS volume`);
  });

  test('of the only number there is, where none is a price', () => {
    expect(sqlOf(WEATHER, 'ohlc per station every hour')).toContain('FIRST_VALUE(temp_c) AS open');
  });
});

describe('the change of a number within a window', () => {
  test.each([
    [MARKET, 'percent change of the last price per isin every hour', 'lastPrice'],
    [WEATHER, 'temperature % change by station, daily', 'temp_c'],
  ] as const)('%j', (schemas, prompt, column) => {
    expect(sqlOf(schemas, prompt)).toContain(
      `100.0 * (LAST_VALUE(${column}) - FIRST_VALUE(${column})) / NULLIF(FIRST_VALUE(${column}), 0)`,
    );
  });

  test('from row to row it stays a figure of rows', () => {
    expect(sqlOf(MARKET, 'percent change of the last price from the previous tick')).toContain('LAG(lastPrice, 1)');
  });
});
