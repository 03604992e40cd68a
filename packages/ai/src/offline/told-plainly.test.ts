import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { toldPlainly } from './told-plainly.ts';

const schemas = schemasFrom(`
  pours: bar STRING, tapId STRING, beer STRING pils|stout|ale, poured_l FLOAT, spilt_l FLOAT, foam_mm FLOAT, fault STRING, barkeeper STRING, poured_at TIMESTAMP
  kegs: cellar STRING, keg STRING, weight_kg FLOAT, co2_bar FLOAT, nh4_ppm FLOAT, seal_note STRING, checked_at TIMESTAMP
`);

test.each([
  ['radio the cellar crew if foam is over 3', 'alert me if foam is over 3'],
  ["I'd like to be told when foam is over 3", 'alert me if foam is over 3'],
  ['how many glasses (poured added up) per bar', 'total poured_l per bar'],
  ['which beer did each barkeeper pour last', 'latest beer per barkeeper'],
  ['what is the weight in each cellar at present', 'latest weight_kg per cellar'],
  ['which keg has every cellar checked most recently?', 'latest keg per cellar'],
  ['faults per bar, weekly', 'number of rows where fault is not null per bar, weekly'],
  ['3 bars with the most faults per day', '3 bars with the most rows where fault is not null per day'],
  ['how many different taps does each bar use in a week', 'how many different tapId per bar in a week'],
  ['how many different barkeepers worked at each bar', 'how many different barkeeper per bar'],
  ['foam by bar, summed', 'total foam by bar'],
  ['bars spilling 5 litres or more in one hour', 'bars with total spilt_l at least 5 in one hour'],
  ['mean of foam over 6 pours, per bar', 'moving average of foam_mm over 6 rows per bar'],
  ["weight now minus the cellar's weight at the check before", 'change of weight_kg from the previous row per cellar'],
  ['ammonium by cellar', 'nh4_ppm by cellar'],
  ['litres spilt per litre poured, per bar: total spilt by total poured', 'total spilt_l divided by total poured_l per bar'],
  [
    'weight per pressure for each cellar and day (sum of weight over sum of co2 bar)',
    'total weight_kg divided by total co2_bar per cellar per day',
  ],
  ['beep me if a bar sees more than 4 faults', 'alert me if a bar has more than 4 rows where fault is not null'],
  ['average foam by the hour', 'average foam per hour'],
])('%s', (prompt, plain) => {
  expect(toldPlainly(prompt, schemas)).toBe(plain);
});

test.each([
  'call volume when it rains',
  'tell me when foam is over 3',
  'which faults are most common',
  'pours without faults',
  'bars with more than 5 pours in an hour',
  'kegs checked in less than 3 days',
  'average foam of the last 5 minutes per bar',
  'total poured per bar in the last 2 hours',
  '5 bars with the most pours per hour',
])('%s is plain already', (prompt) => {
  expect(toldPlainly(prompt, schemas)).toBe(prompt);
});
