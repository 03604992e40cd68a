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

describe('a further group that no field tells is asked about', () => {
  test.each<[Field, string, string]>([
    ['bakery', 'total weight by oven and flour type', '? There is no field called "flour type" here. Which one do you mean?'],
    ['network', 'bytes by router, protocol and vlan per hour', '? There is no field called "vlan" here. Which one do you mean?'],
    ['clinic', 'visits per doctor and per insurer', '? There is no field called "insurer" here. Which one do you mean?'],
  ])('%s: %s', (field, prompt, question) => expect(asked(field, prompt)).toBe(question));
  test.each<[Field, string]>([
    ['bakery', 'total weight by oven and product'],
    ['bakery', 'total weight by oven and hour'],
    ['bakery', 'total weight by oven and count the bakes'],
  ])('but %s: %s is a question', (field, prompt) => expect(asked(field, prompt)).toMatch(/^SELECT oven/));
});

describe('flags and values where they stand', () => {
  test.each<[WhereField, string, string]>([
    ['auctions', 'coins or stamps over the online', "lot_category IN ('coins', 'stamps') AND is_online = TRUE"],
    ['shows', 'admissions of Dr Okafor', "event_name = 'Dr Okafor'"],
    ['shows', 'admissions with a remark about noise', "remark LIKE '%noise%'"],
    ['buses', 'trips after delay 12', 'delayMinutes > 12'],
  ])('%s: %s', (field, prompt, where) => expect(conditions(field, prompt)).toBe(where));
});
