import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { asked } from './asked.fixture.ts';
import { translate } from './translate.ts';

describe('somebody is told when something happens', () => {
  test.each([
    'let the technicians know when the average latency of a router exceeds 50 ms over 5 minutes',
    'wake the engineer if the mean latency of any router goes over 50 ms over 5 minutes',
    'inform operations as soon as the average latency on a router is above 50 ms in 5 minutes',
    'drop me a line once the average latency of a router is above 50 ms within 5 minutes',
    'the network team must be told when the average latency of a router is higher than 50 ms over 5 minutes',
    'our engineers need an alarm if the average latency of any router exceeds 50 ms over 5 minutes',
    'give support a heads-up when the average latency of a router exceeds 50 ms over 5 minutes',
  ])('%s', (prompt) => {
    const sql = asked('network', prompt);
    expect(sql).toMatch(/^-- @alert: avg_latency_ms > 50/);
    expect(sql).toContain("GROUP BY router WINDOW TUMBLING(INTERVAL '5' MINUTE)");
    expect(sql).not.toContain('HAVING');
  });
});

test.each([
  ['bakery', 'tell me when the weight looks off'],
  ['bakery', 'alert me when the number of burnt cakes spikes'],
  ['network', 'warn us if too many tcp flows are dropped'],
  ['network', 'alert me when the average latency of dropped flows is too high'],
  ['clinic', 'notify me if a doctor has unusually many emergency visits'],
] as const)('an alert without a bound is asked about: %s: %s', (field, prompt) =>
  expect(asked(field, prompt)).toMatch(/^\? At what value/),
);

test.each([
  ['bakery', 'alert me when a bake is burnt', 'burnt = TRUE'],
  ['clinic', 'alert me on emergency visits', "visitKind = 'emergency'"],
] as const)('an alert of rows needs no bound: %s: %s', (field, prompt, where) => expect(asked(field, prompt)).toContain(where));

test('a question that only says "tell me" is no alert', () => {
  expect(asked('bakery', 'tell me the average weight per product')).toBe(
    'SELECT product, AVG(weight_kg) AS avg_weight_kg FROM bakes GROUP BY product',
  );
});

test('a flag of a boat and an alarm that a text mentions are no wish to be told', () => {
  const schemas = schemasFrom(`
    hauls: boat STRING, kg FLOAT, incident STRING, alarm STRING, at TIMESTAMP
    table boats: boat STRING, flag STRING, insured BOOLEAN
  `);
  const sqlOf = (prompt: string): string => {
    const answer = translate({ prompt, schemas });
    return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
  };
  expect(sqlOf('hauls by flag of the boat')).toContain('GROUP BY b.flag');
  expect(sqlOf('incident mentions fire alarm')).toContain("incident LIKE '%fire");
  expect(sqlOf('alarms on insured boats')).not.toContain('COUNT');
  expect(sqlOf('alarms per boat')).toContain('COUNT');
});
