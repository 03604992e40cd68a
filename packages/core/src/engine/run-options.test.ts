import { expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';

const engine = createEngine({
  sources: {
    t: [
      { a: 4, b: 2 },
      { a: 4, b: 0 },
    ],
  },
  divisionByZero: 'error',
});
const quotients = 'SELECT a / b AS quotient FROM t';
const counts = 'SELECT a, COUNT(*) AS n FROM t GROUP BY a EMIT CHANGES';

test('a run may divide by zero where its engine may not', async () => {
  expect(await engine.run(quotients).rows()).toEqual([{ quotient: 2 }]);
  expect(await engine.run(quotients, { divisionByZero: 'null' }).rows()).toEqual([{ quotient: 2 }, { quotient: null }]);
});

test('a run says how its changes and decimals come out', async () => {
  expect(await engine.run(counts).rows()).toEqual([
    { a: 4, n: 1 },
    { a: 4, n: 2 },
  ]);
  expect(await engine.run(counts, { changes: 'per-batch' }).rows()).toEqual([{ a: 4, n: 2 }]);
  const decimal = 'SELECT CAST(1.5 AS DECIMAL(6, 2)) AS price';
  expect(await engine.run(decimal).rows()).toEqual([{ price: '1.50' }]);
  expect(await engine.run(decimal, { decimals: 'number' }).rows()).toEqual([{ price: 1.5 }]);
  const script = engine.script(`CREATE STREAM prices AS ${decimal}`, { decimals: 'number' });
  expect(await script.query('prices').rows()).toEqual([{ price: 1.5 }]);
});

test('the options of one run are not those of the next', async () => {
  await engine.run(quotients, { divisionByZero: 'null' }).rows();
  expect(await engine.run(quotients).rows()).toEqual([{ quotient: 2 }]);
});
