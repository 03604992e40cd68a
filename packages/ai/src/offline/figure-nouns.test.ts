import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { asked } from './asked.fixture.ts';
import { translate } from './translate.ts';
import { whole } from './where.fixture.ts';

test.each([
  [
    'bakery',
    'four-hourly average weight by oven',
    "AVG(weight_kg) AS avg_weight_kg FROM bakes GROUP BY oven WINDOW TUMBLING(INTERVAL '4' HOUR)",
  ],
  ['network', 'latency peak of every router', 'MAX(latency_ms)'],
  ['clinic', 'the three worst doctors by average wait', 'ORDER BY avg_waitminutes DESC LIMIT 3'],
  ['clinic', 'which doctor has the worst average satisfaction', 'ORDER BY avg_satisfaction LIMIT 1'],
  ['clinic', 'how many packets did the different rooms see', 'GROUP BY roomNo'],
] as const)('%s: %s', (field, said, sql) => {
  expect(asked(field, said)).toContain(sql);
});

test('a thing that nothing is said of on average stands for each of them', () => {
  expect(whole('buses', 'how many passengers does a line carry in an hour')).toContain(
    'SUM(passengers) AS total_passengers FROM busTrips GROUP BY line',
  );
});

const fields = schemasFrom(
  'scans: card_code STRING, card_kind STRING, exit_gate STRING, truck_class STRING, stay_min INTEGER, answer_count INTEGER, scanned_at TIMESTAMP',
);

test.each([
  ['unique cards per card kind', 'SELECT card_kind, COUNT(DISTINCT card_code)'],
  ['how often do we answer per gate', 'COUNT(*)'],
  ['how many minutes do trucks stay on average per gate', 'SELECT exit_gate, AVG(stay_min) AS avg_stay_min FROM'],
])('what is counted: %s', (prompt, sql) => {
  const answer = translate({ prompt, schemas: fields });
  expect(answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind).toContain(sql);
});
