import { describe, expect, it } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { asked } from './asked.fixture.ts';
import { whenTold, wish } from './told-when.ts';

const schemas = schemasFrom(
  'crossings: ferry STRING, route STRING north|south, cars INTEGER, delay_min INTEGER, note STRING, sailed_at TIMESTAMP',
);

describe('somebody is told of a condition', () => {
  it.each([
    ['if delay exceeds 20, call the harbour master', 'alert me when delay exceeds 20'],
    ['as soon as cars is over 60 I need a message', 'alert me when cars is over 60'],
    ['light the red lamp while delay is above 30', 'alert me when delay is above 30'],
    ['do not let me miss it when cars drops below 5', 'alert me when cars is below 5'],
    [
      'drop the skipper a line once a ferry sends less than 3 crossings in 2 hours',
      'alert me when a ferry has less than 3 crossings in 2 hours',
    ],
    [
      'mail us in the event that for 6 hours the average delay of a ferry is over 9',
      'alert me when the average delay per ferry is over 9 in 6 hours',
    ],
    [
      'page the master once the total cars of a route passes 250 within a day',
      'page me when the total cars per route is above 250 within a day',
    ],
    [
      'should the average delay of any route climb over 9 in 1 hour, tell the master',
      'alert me when the average delay per route is above 9 in 1 hour',
    ],
    ['a crossing whose delay is over 30 must be reported to the master', 'alert me when a crossing whose delay is over 30'],
    [
      'keep an eye on the average delay per ferry over 2 hours and warn me above 9',
      'alert me when the average delay per ferry over 2 hours is above 9',
    ],
    ['delay > 30 -> alarm', 'alert me when delay > 30'],
    ['inform the master: more than 5 north crossings in an hour', 'alert me when more than 5 north crossings in an hour'],
  ])('%s', (said, plain) => {
    expect(whenTold(said, schemas)).toBe(plain);
  });

  it.each([
    ['tell the harbour unless at least 4 crossings arrive in an hour', 'alert me when less than 4 crossings arrive in an hour'],
    ['let me know unless the average delay stays below 20', 'alert me when the average delay is at least 20'],
    [
      'as soon as there are more than 5 rough crossings in an hour let me know',
      'alert me when there are more than 5 rough crossings in an hour',
    ],
    ['ring me if a route gets over 30 crossings in a day', 'alert me when a route has more than 30 crossings in a day'],
  ])('turns the bound round, counts rows: %s', (said, plain) => {
    expect(whenTold(said, schemas)).toBe(plain);
  });

  it.each([
    'show crossings when delay is over 20',
    'when cars is over 60, count the crossings',
    'average delay when cars exceeds 50',
    'late ones: delay over 20',
    'crossings per ferry',
  ])('%s asks for rows or figures', (said) => {
    expect(whenTold(said, schemas)).toBe(said);
  });
});

describe('a wish', () => {
  it.each([
    ['could you kindly show the crossings', 'show the crossings'],
    ['be so kind as to cancel crossing 8', 'cancel crossing 8'],
    ['cancel crossing 8, will you?', 'cancel crossing 8'],
    ['I would like crossings per ferry', 'I would like crossings per ferry'],
  ])('is read without the words that ask for it: %s', (said, plain) => {
    expect(wish(said)).toBe(plain);
  });
});

it('what somebody or something takes, makes or pays in a span adds up', () => {
  expect(asked('bakery', 'tell the boss when an oven makes over 500 loaves in an hour')).toContain(
    '@alert: total_loaves > 500 SELECT oven, SUM(loaves) AS total_loaves FROM bakes GROUP BY oven',
  );
  expect(asked('network', 'inform security if a client sends 900 packets or more in a day')).toContain('@alert: total_packets >= 900');
  expect(asked('bakery', 'tell the boss when an oven has more than 3 bakes with a baker id in an hour')).toContain(
    'COUNT(*) AS bake_count FROM bakes WHERE baker_id IS NOT NULL GROUP BY oven',
  );
});

it('orders to the world are no questions', () => {
  expect(asked('bakery', 'call baker B7 back to the shop')).toContain('! I only write queries');
  expect(asked('network', 'reroute everything in Oslo')).toContain('! I only write queries');
  expect(asked('bakery', 'warn me when an oven is about to burn bread')).toContain('? I know what has happened');
});
