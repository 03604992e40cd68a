import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { rankingWords } from './ranking-words.ts';
import { statisticWords } from './statistic-words.ts';
import { toldFacts } from './told-facts.ts';

const facts = toldFacts(schemasFrom('hauls: truck STRING, pit STRING, diesel_l FLOAT, delay_min INTEGER, ended_at TIMESTAMP'));

test.each([
  ['leading 3 pits in terms of total diesel', 'leading 3 pits by total diesel'],
  ['out of all pits give me the 3 with the highest total diesel a day', 'the 3 pits with the highest total diesel a day'],
  ['list the three pits that come last in total diesel', 'bottom three pits by total diesel'],
  ['what pit comes out on top for diesel a day?', 'top 1 pit by diesel a day?'],
  ['five biggest pits by diesel a day', 'top five pits by diesel_l a day'],
  ['biggest pits by diesel, top 5, weekly', 'top 5 pits by diesel_l, weekly'],
  ['thirstiest 3 pits, diesel in total', 'top 3 pits by total diesel_l'],
  ['least busy pit every day', 'quietest pit every day'],
  ['the pit having the highest single delay', 'the pit having the highest maximum delay'],
  ['a ranking of pits by total diesel a day, cut off after five', 'top five pits by total diesel a day'],
  ['who tops the list of pits by number of hauls a day?', 'top 1 pits by number of hauls a day?'],
  ['number one pit for number of hauls a day', 'top 1 pit by number of hauls a day'],
  ['each week: 3 pits, most late hauls first', 'the 3 pits with the most late hauls each week'],
  ['sort pits by total diesel', 'sort pits by total diesel'],
  ['largest single delay for each pit', 'largest single delay for each pit'],
])('ranks: %s', (said, plain) => {
  expect(rankingWords(said, facts)).toBe(plain);
});

const loans = toldFacts(
  schemasFrom(
    'charges: reader STRING, branch STRING, clerk STRING, due_eur FLOAT, at_time TIMESTAMP\npayments: reader STRING, method STRING cash|card, paid FLOAT, at_time TIMESTAMP',
  ),
);

test.each([
  ['top 4 spenders per day', 'top 4 reader by total paid per day'],
  ['the three biggest payers in cash', 'top three reader by total paid in cash'],
  ['biggest spender every hour', 'top 1 reader by total paid every hour'],
  ['top 5 buyers by number of payments', 'top 5 reader by number of payments'],
  ['top 5 readers', 'top 5 readers'],
  ['top 5 writers', 'top 5 writers'],
])('those who pay: %s', (said, plain) => expect(rankingWords(said, loans)).toBe(plain));

test.each([
  ['the 95 percent quantile of delay by pit', 'the p95 of delay by pit'],
  ['delay at the 90th percentile, for each pit', 'p90 of delay, for each pit'],
  ['upper quartile of delay by pit', 'p75 of delay by pit'],
  ['5th and 95th percentile of delay', 'p05 and p95 of delay'],
  ['variability of delay (stddev) per pit', 'stddev of delay per pit'],
  ['middle value of the delay for every pit', 'median of the delay for every pit'],
  ['record high delay per pit', 'highest delay per pit'],
  ['the sum over all late hauls of diesel, by pit', 'the sum of diesel of late hauls, by pit'],
  ['two figures per pit: how many hauls and the total diesel', 'how many hauls and the total diesel per pit'],
  ['total diesel against pit', 'total diesel per pit'],
])('statistics: %s', (said, plain) => {
  expect(statisticWords(said, facts)).toBe(plain);
});
