import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const checks = schemasFrom(
  'line_checks: part STRING, hall STRING, tested INTEGER, rejected INTEGER, checked_at TIMESTAMP\nline_moves: part STRING, hall STRING, qty INTEGER, moved_at TIMESTAMP',
);
const runs = schemasFrom(
  'runs: van STRING, driver STRING, fuel_eur FLOAT, km FLOAT, loaded_qty INTEGER, ordered_qty INTEGER, left_at TIMESTAMP',
);
const sql = (prompt: string, schemas: typeof checks): string => {
  const answer = translate({ prompt, schemas });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

test.each([
  ['parts with over 40 rejected units in a day', checks, 'SUM(rejected) > 40'],
  ['pieces tested per hall', checks, 'SELECT hall, SUM(tested) AS total_tested FROM line_checks GROUP BY hall'],
  ['km per driver per day', runs, 'SUM(km)'],
  ['fuel per km by van', runs, 'SUM(fuel_eur) / NULLIF(SUM(km), 0)'],
  ['qty loaded over qty ordered for each van', runs, 'SUM(loaded_qty) / NULLIF(SUM(ordered_qty), 0)'],
  ['fuel per km, by van (sum divided by sum)', runs, 'SUM(fuel_eur) / NULLIF(SUM(km), 0)'],
  ['runs where qty loaded is over qty ordered', runs, 'WHERE loaded_qty > ordered_qty'],
] as const)('numbers of things: %s', (prompt, schemas, part) => expect(sql(prompt, schemas)).toContain(part));

test.each([
  ['runs and km by driver', 'COUNT(*) AS run_count, SUM(km)'],
  ['km, runs per driver each day', 'COUNT(*) AS run_count, SUM(km)'],
  ['runs and the average fuel by van', 'COUNT(*) AS run_count, AVG(fuel_eur)'],
  ['runs with km over 100 by van', 'SELECT van, COUNT(*) AS run_count FROM runs WHERE km > 100'],
])('rows that stand in a list of figures: %s', (prompt, part) => expect(sql(prompt, runs)).toContain(part));
