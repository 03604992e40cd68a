import { describe, expect, test } from 'vitest';
import { asked, type Field } from './asked.fixture.ts';
import { conditions, type WhereField } from './where.fixture.ts';

describe('an order to the world is refused, whatever its verb', () => {
  test.each<[Field, string]>([
    ['bakery', 'sweep the oven'],
    ['bakery', 'polish oven 3 with a cloth'],
    ['network', 'reconfigure router R7'],
    ['clinic', 'vaccinate the patient'],
  ])('%s: %s', (field, prompt) => expect(asked(field, prompt)).toMatch(/^! /));
  test.each<[Field, string]>([
    ['bakery', 'burnt cakes of oven 3'],
    ['network', 'dropped flows of router R7'],
    ['clinic', 'emergency visits in room 4'],
  ])('but %s: %s is a question', (field, prompt) => expect(asked(field, prompt)).toMatch(/^SELECT/));
});

describe('an opinion is asked about', () => {
  test.each<[Field, string]>([
    ['bakery', 'which oven is smartest'],
    ['network', 'which router was the nicest'],
    ['clinic', 'who is the laziest'],
    ['clinic', 'big visits'],
  ])('%s: %s', (field, prompt) => expect(asked(field, prompt)).toMatch(/^\? /));
});

describe('flags and values where they stand', () => {
  test.each<[WhereField, string, string]>([
    ['auctions', 'coins or stamps over the online', "lot_category IN ('coins', 'stamps') AND is_online = TRUE"],
    ['shows', 'admissions of Dr Okafor', "event_name = 'Dr Okafor'"],
    ['shows', 'admissions with a remark about noise', "remark LIKE '%noise%'"],
    ['buses', 'trips after delay 12', 'delayMinutes > 12'],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});
