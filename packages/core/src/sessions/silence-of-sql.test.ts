import { expect, test } from 'vitest';
import { createStudio } from '../studio/create-studio.ts';

test('rows that a condition removed are told with their source and the condition', async () => {
  const studio = createStudio({ sources: { trades: { input: { rows: [{ price: 3 }, { price: 5 }] } } } });
  const session = await studio.sessions.create({ name: 'silent' });
  const query = session.execute('SELECT price FROM trades\n  WHERE price > 1000');
  expect(await query.rows()).toEqual([]);
  expect(query.explainSilence().reasons.map(({ text }) => text)).toEqual(['2 rows from "trades", all removed by WHERE price > 1000.']);
  await studio.close();
});
