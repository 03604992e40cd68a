import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { lexiconOf } from './lexicon.ts';
import { translate } from './translate.ts';
import { valueWords } from './value-words.ts';

const SCHEMAS = schemasFrom(`
  visits: visitor STRING, cabin STRING, kind STRING put|loan|return, state STRING refused|accepted|open, way STRING up|down, amount FLOAT, fleas_counted INTEGER, found STRING fleas|ticks|none, guests INTEGER, torn BOOLEAN, urgent BOOLEAN, visited_at TIMESTAMP
  table cabins: cabin STRING, valley_town STRING, beds INTEGER
`);

function whereOf(prompt: string, schemas = SCHEMAS): string {
  const answer = translate({ prompt, schemas });
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

  test.each([
    [
      'pumps: pump STRING, client_app STRING, fuel STRING petrol|lpg, total_eur FLOAT, price_per_litre FLOAT, queue_len INTEGER, wait_min FLOAT, hit BOOLEAN, link_lost BOOLEAN, open BOOLEAN, sold_at TIMESTAMP',
      [
        ['petrol or lpg below 1.50 per litre', "fuel IN ('petrol', 'lpg') AND price_per_litre < 1.5"],
        ['lpg from app checkout', "fuel = 'lpg' AND client_app = 'checkout'"],
        ['pumps that missed', 'hit = FALSE'],
        ['open or link lost', 'open = TRUE OR link_lost = TRUE'],
        ['pumps with queues of more than 6 people', 'queue_len > 6'],
      ],
    ],
    [
      'visits: visit STRING, caller_town STRING, material STRING, station STRING, nationality STRING, at TIMESTAMP',
      [
        ['visits from Leeds', "caller_town = 'Leeds'"],
        ['zirconia visits', "material = 'zirconia'"],
        ['visits of people from Peru or Chile', "nationality IN ('Peru', 'Chile')"],
      ],
    ],
  ] as const)('%s', (schema, asked) => {
    for (const [prompt, where] of asked) expect(whereOf(prompt, schemasFrom(schema)), prompt).toBe(where);
  });

  test('each once is counted once', () => {
    const answer = translate({ prompt: 'how many visitors per cabin, each visitor once', schemas: SCHEMAS });
    expect(answer.kind === 'sql' ? answer.sql : '').toContain('COUNT(DISTINCT visitor)');
  });

  test.each(['insure everything in Bergen', 'call visitor V2 back'])('an order to the world is refused: %s', (prompt) => {
    expect(translate({ prompt, schemas: SCHEMAS }).kind).toBe('refused');
  });

  test.each(['loans over 50 per cabin', 'returns per hour', 'visits of cabin C7', 'whether urgent or not'])('stays: %s', (prompt) => {
    expect(valueWords(prompt, lexiconOf(SCHEMAS))).toBe(prompt);
  });
});
