import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { groupBounds } from './group-bounds.ts';
import { toldFacts } from './told-facts.ts';

const facts = toldFacts(
  schemasFrom(`
    hauls: truck STRING, pit STRING, diesel_l FLOAT, delay_min INTEGER, ended_at TIMESTAMP
  `),
);

test.each([
  ['if a truck uses less than 900 litres of diesel a day, I want it in the list', 'trucks with total diesel_l less than 900 litres a day'],
  ['trucks that use over 900 litres of diesel a day', 'trucks with total diesel_l over 900 litres a day'],
  ['which trucks use less than 900 litres of diesel?', 'which trucks with total diesel_l less than 900 litres?'],
  ['trucks not reaching 900 litres of diesel per week', 'trucks with total diesel_l under 900 litres per week'],
  ['trucks with an average delay of 35 minutes or more', 'trucks with average delay_min of at least 35 minutes'],
  ['total diesel per truck daily, leave out those under 900 litres', 'truck with total diesel at least 900 litres daily'],
  ['hauls per truck daily, but only where there are more than 20', 'truck with more than 20 hauls daily'],
  ['number of hauls by pit, minimum 20', 'pit with at least 20 hauls'],
  ['hauls by pit a day; pits with under 20 do not interest me', 'pit with at least 20 hauls a day'],
  ['pits that did not even have 20 hauls a day', 'pits with fewer than 20 hauls a day'],
  ['a pit must have had more than 20 hauls a day to be shown', 'pits with more than 20 hauls a day'],
  ['the average delay is below 30 minutes hourly at which pits?', 'pits with average delay below 30 minutes hourly'],
  ['pits where average delay is 35 minutes or above', 'pits with average delay_min of at least 35 minutes'],
  ['pits averaging 35 minutes delay or more each hour', 'pits with average delay_min at least 35 minutes each hour'],
  ['trucks averaging fewer than 20 litres diesel daily', 'trucks with average diesel_l fewer than 20 daily'],
  ['pits whose trucks delay for 35 minutes or longer on average', 'pits with average delay_min at least 35 minutes'],
  ['pits averaging over 35 minutes in delay each hour', 'pits with average delay_min over 35 minutes each hour'],
  ['hauls per pit daily, 20 or more only', 'pit with at least 20 hauls daily'],
  ['I expect at least 20 hauls per pit daily; which pits miss that?', 'pit with fewer than 20 hauls daily'],
  ['more than 20 hauls a day: which pits?', 'pits with more than 20 hauls a day'],
  ['most hauls a day: which 3 pits?', 'the 3 pits with the most hauls a day'],
])('%s', (said, plain) => {
  expect(groupBounds(said, facts)).toBe(plain);
});

test.each(['hauls over 20 minutes of delay by pit', 'hauls with delay of 35 minutes or more', 'which pits had more than 20 hauls a day'])(
  'stays as it is: %s',
  (said) => {
    expect(groupBounds(said, facts)).toBe(said);
  },
);
