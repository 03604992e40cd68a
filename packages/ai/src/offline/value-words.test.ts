import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { lexiconOf } from './lexicon.ts';
import { translate } from './translate.ts';
import { valueWords } from './value-words.ts';

const SCHEMAS = schemasFrom(`
  visits: visitor STRING, cabin STRING, kind STRING put|loan|return, state STRING refused|accepted|open, way STRING up|down, amount FLOAT, fleas_counted INTEGER, found STRING fleas|ticks|none, guests INTEGER, torn BOOLEAN, urgent BOOLEAN, visited_at TIMESTAMP
  table cabins: cabin STRING, valley_town STRING, beds INTEGER
`);

function whereOf(prompt: string): string {
  const answer = translate({ prompt, schemas: SCHEMAS });
  return answer.kind === 'sql' ? (/WHERE (.*?)(?: GROUP| EMIT|;)/.exec(answer.sql.replace(/\s+/g, ' '))?.[1] ?? '') : answer.kind;
}

describe('values in the form of a noun, and words that change nothing', () => {
  test.each([
    ['loans over 50', "kind = 'loan' AND amount > 50"],
    ['loans and returns dearer than 50', "kind IN ('loan', 'return') AND amount > 50"],
    ['only puts', "kind = 'put'"],
    ['refusals over 20', "state = 'refused' AND amount > 20"],
    ['urgent acceptances', "urgent = TRUE AND state = 'accepted'"],
    ['visits with more than 20 fleas', 'fleas_counted > 20'],
    ['downward visits', "way = 'down'"],
    ['visits with a single guest', 'guests = 1'],
    ['returns, urgent or not', "kind = 'return'"],
    ['visits torn off', 'torn = TRUE'],
    ['all visits but those of C7 and C8', "cabin != 'C7' AND cabin != 'C8'"],
    ['visits to a cabin in Graz', "c.valley_town = 'Graz'"],
  ])('%s', (prompt, where) => {
    expect(whereOf(prompt)).toBe(where);
  });

  test.each(['loans over 50 per cabin', 'returns per hour', 'visits of cabin C7', 'whether urgent or not'])('stays: %s', (prompt) => {
    expect(valueWords(prompt, lexiconOf(SCHEMAS))).toBe(prompt);
  });
});
