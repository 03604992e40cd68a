import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { figureWords } from './figure-words.ts';
import { toldFacts } from './told-facts.ts';

const facts = toldFacts(
  schemasFrom(`
    hauls: truck STRING, pit STRING, driver STRING, hauled_t FLOAT, diesel_l FLOAT, ran_min INTEGER, road_km FLOAT, brood_frames INTEGER, ended_at TIMESTAMP
  `),
);

test.each([
  ['as a foreman I would like to see the total diesel of each pit', 'the total diesel of each pit'],
  ['total diesel of the hauls, pit wise', 'total diesel of the hauls, by pit'],
  ['count each driver only once, per pit', 'number of different driver per pit'],
  ['drivers per pit, no duplicates', 'number of different drivers per pit '],
  ['how many separate drivers appear per pit', 'how many different drivers appear per pit'],
  ['the diesel that 90 percent of the hauls stay under, per pit', 'p90 of diesel, per pit'],
  ['30-minute count of hauls by pit', 'count of hauls by pit every 30 minutes'],
  ['tonnage per pit', 'hauled_t per pit'],
  ['distance per pit', 'road_km per pit'],
  ['median running time by pit', 'median ran_min by pit'],
  ['average number of brood frames per pit', 'average brood_frames per pit'],
  ['per pit: count, total diesel', 'per pit: number of rows, total diesel'],
  ['the haul count together with the total diesel by pit', 'the number of hauls and the total diesel by pit'],
  ['how many litres of diesel did each truck use per day', 'total diesel_l per truck per day'],
  ['litres of diesel used by each truck', 'total diesel_l by each truck'],
  ['how many litres of diesel are used', 'total diesel_l'],
  ['how many litres of diesel has each truck per day', 'total diesel_l per truck per day'],
  ['drivers per pit, each driver only once', 'number of different drivers per pit '],
  ['need diesel totals by pit asap', 'need diesel totals by pit'],
  ['the diesel exceeded by only 10 percent of the hauls', 'p90 of diesel'],
  ['half of the hauls have a diesel below what, by pit', 'median of diesel, by pit'],
  ['what does the diesel of all hauls come to, per pit?', 'total diesel of all hauls, per pit?'],
])('%s', (said, plain) => {
  expect(figureWords(said, facts)).toBe(plain);
});

test.each([
  'the truck that burnt the fewest litres per day',
  'litres per kilometre for each truck',
  '5-minute running per truck',
  'total cleaning time of every pit',
  'how many hauls did each truck make',
  'count and total of hauls per pit',
])('stays as it is: %s', (said) => {
  expect(figureWords(said, facts)).toBe(said);
});
