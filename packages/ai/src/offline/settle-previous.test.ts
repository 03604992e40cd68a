import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('a number beside that of the row before', () => {
  test.each([
    ['network', 'change of latency against the preceding flow, per router', 'latency_ms', 'router'],
    ['network', 'difference in cpu between one flow and the next for each router', 'cpu_pct', 'router'],
    ['network', 'latency change flow to flow, per router', 'latency_ms', 'router'],
    ['bakery', 'difference between each weight and the one before, per oven', 'weight_kg', 'oven'],
    ['clinic', 'how did the satisfaction change from visit to visit, per doctor', 'satisfaction', 'doctorName'],
    ['clinic', 'by how much did the fee rise since the previous visit, by room', 'feeUsd', 'roomNo'],
  ] as const)('%s: %s', (field, prompt, number, group) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(`${number} - LAG(${number}, 1) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY ${group}`);
    expect(sql).not.toContain('GROUP BY');
  });
});

test('a change from hour to hour is none from row to row', () => {
  expect(asked('network', 'average latency hour by hour per router')).toContain("WINDOW TUMBLING(INTERVAL '1' HOUR)");
});

describe('a figure over the newest rows', () => {
  test.each([
    ['smooth the latency over 6 flows per router', 'BUFFER 6 ROWS PARTITION BY router'],
    ['10-flow running mean of latency per router', 'BUFFER 10 ROWS PARTITION BY router'],
    ['mean latency over the five most recent flows of each router', 'BUFFER 5 ROWS PARTITION BY router'],
  ])('%s', (prompt, over) => {
    expect(asked('network', prompt)).toContain(`AVG(latency_ms) OVER (ROWS WINDOW ${over}`);
  });
});
