import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const FERRIES = schemasFrom(`
  crossings: ferry STRING, route STRING, language STRING en|de|ja|sv, fareGroup STRING adult|child|senior, cargoTonnes FLOAT, loadedTonnes FLOAT, paidEur FLOAT, owedEur FLOAT, riders INTEGER, waitMin INTEGER, departedAt TIMESTAMP
  table ferries: ferry STRING, builder STRING, capacityTonnes FLOAT, berths INTEGER, lengthM FLOAT, refitMin INTEGER, skipperAge INTEGER
`);

function where(prompt: string): string {
  const answer = translate({ prompt, schemas: FERRIES });
  return answer.kind === 'sql' ? (/WHERE (.*?)\s*(?:GROUP|EMIT)/s.exec(answer.sql)?.[1] ?? '').replace(/\s+/g, ' ') : answer.kind;
}

describe('one number of a row beside another', () => {
  test.each([
    ['crossings that paid less than they owed', 'paidEur < owedEur'],
    ['crossings with more riders than the ferry has berths', 'c.riders > f.berths'],
    ['crossings with cargo heavier than the capacity of the ferry', 'c.cargoTonnes > f.capacityTonnes'],
    ['crossings with fewer riders than 40', 'riders < 40'],
  ])('%s', (prompt, expected) => expect(where(prompt)).toBe(expected));
});

describe('names of languages and people', () => {
  test.each([
    ['crossings booked in Japanese', "language = 'ja'"],
    ['crossings in german or swedish', "language IN ('de', 'sv')"],
    ['crossings not in English', "language != 'en'"],
    ['kids who waited over 20 minutes', "fareGroup = 'child' AND waitMin > 20"],
    ['crossings by children', "fareGroup = 'child'"],
  ])('%s', (prompt, expected) => expect(where(prompt).split(' AND ').toSorted()).toEqual(expected.split(' AND ').toSorted()));
});

describe('amounts of things that another relation tells of', () => {
  test.each([
    ['crossings of ferries that are longer than 120 m', 'f.lengthM > 120'],
    ['crossings of ferries above 90 m', 'f.lengthM > 90'],
    ['crossings that waited more than 15 minutes', 'waitMin > 15'],
  ])('%s', (prompt, expected) => expect(where(prompt)).toBe(expected));
});

describe('orders and opinions', () => {
  test.each([
    ['send the ferry to Kiel Harbour', 'refused'],
    ['publish the new timetable', 'refused'],
    ['sell two berths', 'refused'],
    ['is the ferry pretty', 'clarify'],
  ])('%s', (prompt, kind) => expect(translate({ prompt, schemas: FERRIES }).kind).toBe(kind));

  test.each([
    ['send the crossings per minute to topic summary'],
    ['post the total riders per route every hour'],
    ['order the crossings by riders'],
  ])('no order to the world: %s', (prompt) => expect(translate({ prompt, schemas: FERRIES }).kind).toBe('sql'));
});

describe('what is there and what is not', () => {
  const HIRES = schemasFrom(`
    hires: boat STRING, peopleAboard INTEGER, maxSpeedKn FLOAT, avgSpeedKn FLOAT, hirerName STRING, complaint STRING, wallet STRING, paidEur FLOAT, fuelL FLOAT, endedAt TIMESTAMP
  `);
  const hire = (prompt: string): string => {
    const answer = translate({ prompt, schemas: HIRES });
    return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
  };
  test.each([
    ['hires while somebody is aboard', 'WHERE peopleAboard > 0'],
    ['hires with nobody aboard', 'WHERE peopleAboard = 0'],
    ['hires that drew a complaint', 'WHERE complaint IS NOT NULL'],
    ['hires with a max speed over 20', 'WHERE maxSpeedKn > 20'],
    ['hirer name contains "Lund"', "WHERE hirerName LIKE '%Lund%'"],
    ['hires by wallet 0xabc', "WHERE wallet = '0xabc'"],
    ['boats burning more than 90 liters of fuel in a day', 'HAVING SUM(fuelL) > 90'],
    ['how many rentals does every boat have per hr', 'COUNT(*)'],
  ])('%s', (prompt, part) => expect(hire(prompt)).toContain(part));
});
