import { expect, test } from 'vitest';
import { simplerWords } from './simpler-words.ts';

test.each([
  ['average flow per region thx', 'average flow per region'],
  ['5th and 95th percentile of the bid', 'p5 and p95 of the bid'],
  ['how many buses drove per line, counting each only once', 'how many distinct buses drove per line'],
  ['wells between half way (20) and 60', 'wells between 20 and 60'],
  ['alert when the flow goes past 90', 'alert when the flow is over 90'],
  ['stops farther away than 3 km', 'stops with distance over 3 km'],
  ['the two lines where most delays are reported', 'the two lines with most delays'],
  ['median bid, country by country', 'median bid by country'],
  ['in what share of the readings was it deeper than 4', 'share of readings deeper than 4'],
  ['average pulse compared by studio', 'average pulse by studio'],
])('%s', (said, plain) => {
  expect(simplerWords(said)).toBe(plain);
});

test.each(['average flow per region', 'wells between 20 and 60', 'thanks per donor', 'compared with yesterday'])(
  'plain already: %s',
  (said) => {
    expect(simplerWords(said)).toBeUndefined();
  },
);
