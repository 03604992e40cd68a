import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { asked } from './asked.fixture.ts';
import { translate } from './translate.ts';

test.each([
  ['bakery', 'ovens ranked by cost', 'SELECT oven, SUM(cost_eur) AS total_cost_eur FROM bakes GROUP BY oven ORDER BY total_cost_eur DESC'],
  [
    'network',
    'routers sorted by latency',
    'SELECT router, AVG(latency_ms) AS avg_latency_ms FROM flows GROUP BY router ORDER BY avg_latency_ms DESC',
  ],
] as const)('things in an order have one figure each, %s: %s', (field, prompt, sql) => {
  expect(asked(field, prompt)).toBe(sql);
});

test('rows in an order stay rows', () => {
  expect(asked('network', 'flows sorted by latency')).toBe('SELECT * FROM flows ORDER BY latency_ms DESC');
});

const ferries = schemasFrom(
  'crossings: ferry STRING, route STRING, speed_kn FLOAT, delay_min FLOAT, water_c FLOAT, cargo_t FLOAT, complaints INTEGER, cancellations INTEGER, rating FLOAT, mode STRING get|set|run, late BOOLEAN, ended_at TIMESTAMP',
);
const told = (prompt: string): string => {
  const answer = translate({ prompt, schemas: ferries });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

test.each([
  ['the 3 fastest ferries by average speed', 'AVG(speed_kn) AS avg_speed_kn', 'ORDER BY avg_speed_kn DESC LIMIT 3'],
  ['slowest ferry by avg speed per hour', 'AVG(speed_kn)', 'ORDER BY avg_speed_kn LIMIT 1'],
  ['fastest crossing of every ferry', 'MAX(speed_kn)', 'GROUP BY ferry'],
  ['slowest 2 ferries by delay per hour', 'AVG(delay_min)', 'ORDER BY avg_delay_min DESC LIMIT 2'],
  ['worst 3 routes by cancellations', 'SUM(cancellations)', 'ORDER BY total_cancellations DESC LIMIT 3'],
  ['worst routes by complaints per day', 'SUM(complaints)', 'ORDER BY total_complaints DESC LIMIT 10'],
  ['worst 3 routes by rating', 'AVG(rating)', 'ORDER BY avg_rating LIMIT 3'],
])('what is fast, cold or bad: %s', (prompt, figure, order) => {
  expect(told(prompt)).toContain(figure);
  expect(told(prompt)).toContain(order);
});

test.each([
  ['gets per set for each ferry', "SUM(CASE WHEN mode = 'get' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN mode = 'set'"],
  ['late rate of gets per ferry', "WHERE mode = 'get' GROUP BY ferry"],
  ['who gets the most complaints per hour', 'complaints'],
])('several of a value that is a small word besides: %s', (prompt, part) => expect(told(prompt)).toContain(part));
