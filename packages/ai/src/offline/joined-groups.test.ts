import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const FIELDS = {
  ferry: schemasFrom(`
    crossings: crossing_no STRING, ferry_no STRING, skipper STRING, passengers INTEGER, fuel_l FLOAT, delay_min FLOAT, stage STRING booked|boarding|done, left_at TIMESTAMP
    table ferries: ferry_no STRING, maker STRING, home_port STRING, built_year INTEGER, size_class STRING small|medium|large, has_ramp BOOLEAN
  `),
  clinic: schemasFrom(`
    checks: check_id STRING, patient_id STRING, ward STRING, pulse_bpm INTEGER, age_gap INTEGER, dose_mg FLOAT, kind STRING first|repeat, checked_at TIMESTAMP
    table patients: patient_id STRING, age INTEGER, insurer STRING, plan STRING basic|plus
  `),
};

const asked = (field: keyof typeof FIELDS, prompt: string): string => {
  const answer = translate({ prompt, schemas: FIELDS[field] });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : `${answer.kind}`;
};

describe('groups that a question only implies', () => {
  test.each<[keyof typeof FIELDS, string, string]>([
    ['ferry', 'who made more than 5 crossings within a day?', "GROUP BY skipper WINDOW TUMBLING(INTERVAL '1' DAY) HAVING COUNT(*) > 5"],
    ['clinic', 'who had 3 or more checks in an hour?', "GROUP BY patient_id WINDOW TUMBLING(INTERVAL '1' HOUR) HAVING COUNT(*) >= 3"],
    ['ferry', 'any ferry with over 20 crossings per week', "GROUP BY ferry_no WINDOW TUMBLING(INTERVAL '7' DAY) HAVING COUNT(*) > 20"],
    ['ferry', 'how many passengers do small, medium and large ferries carry per day', 'GROUP BY f.size_class'],
    ['clinic', 'mean pulse of basic and plus patients', 'GROUP BY p.plan'],
    ['ferry', 'number of crossings by who built the ferry', 'COUNT(*)'],
    ['ferry', 'big skippers: at least 800 passengers a day in total', 'HAVING SUM(passengers) >= 800'],
  ])('%s: %s', (field, prompt, part) => expect(asked(field, prompt)).toContain(part));

  test('some of the values remain a condition', () =>
    expect(asked('ferry', 'number of crossings of small and large ferries per hour')).toContain("f.size_class IN ('large', 'small')"));

  test('who is asked about without a bound is no group', () =>
    expect(asked('ferry', 'who skippered the Aurora')).not.toContain('GROUP BY'));
});

describe('what is said of the things that rows are of', () => {
  test.each<[keyof typeof FIELDS, string, string]>([
    ['ferry', 'total fuel of Damen ferries per day', "f.maker = 'Damen'"],
    ['ferry', 'crossings on ferries based in Bergen', "f.home_port = 'Bergen'"],
    ['ferry', 'delays of ferries from before 1990', 'f.built_year < 1990'],
    ['clinic', 'checks of patients older than 70', 'p.age > 70'],
    ['clinic', 'number of repeat checks for patients that have the plus plan', 'COUNT(*)'],
    ['ferry', 'crossings booked by skippers with more than 10 crossings a day', 'COUNT(*) > 10'],
  ])('%s: %s', (field, prompt, part) => expect(asked(field, prompt)).toContain(part));

  test('what several things are is no name of one', () =>
    expect(asked('ferry', 'some ferries are idle: which ones make less than 4 crossings a day')).not.toContain("'idle'"));
});

describe('spans told in other ways', () => {
  test.each<[keyof typeof FIELDS, string, string]>([
    ['ferry', 'half-hourly passenger total per ferry', "INTERVAL '30' MINUTE"],
    ['clinic', 'wards with more than 9 checks inside of half an hour', "INTERVAL '30' MINUTE"],
    ['clinic', 'wards where the 15 minute mean of the pulse is over 120', "INTERVAL '15' MINUTE"],
    ['ferry', 'ferries that took more than 300 passengers within the same hour', "INTERVAL '1' HOUR"],
  ])('%s: %s', (field, prompt, part) => expect(asked(field, prompt)).toContain(part));
});

describe('bounds and figures told in another order', () => {
  test.each<[keyof typeof FIELDS, string, string]>([
    ['ferry', 'ferries that drop below a mean delay of 3 minutes per day', 'HAVING AVG(delay_min) < 3'],
    ['clinic', 'wards with over 500 mg of total dose daily', 'HAVING SUM(dose_mg) > 500'],
    ['ferry', 'ferries whose daily crossings stay below 900 litres', 'HAVING SUM(fuel_l) < 900'],
    ['ferry', 'how many litres do the ferries of each maker burn', 'SUM(c.fuel_l)'],
    ['ferry', 'crossings of ferries older than 1990', 'f.built_year < 1990'],
    ['ferry', 'mean delay of ferries built later than 2010 per home port', 'WHERE f.built_year > 2010 GROUP BY f.home_port'],
    ['clinic', 'which night wards see over 40 checks on a given day', "GROUP BY ward WINDOW TUMBLING(INTERVAL '1' DAY)"],
    ['clinic', 'per-minute check count', "INTERVAL '1' MINUTE"],
    ['clinic', 'wards with 5 or more repeat kinds per hour', 'HAVING COUNT(*) >= 5'],
  ])('%s: %s', (field, prompt, part) => expect(asked(field, prompt)).toContain(part));
});
