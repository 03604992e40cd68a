import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';
import { conditions } from './where.fixture.ts';

const SCHEMAS = {
  proxy: schemasFrom(
    'proxy_hits: hit_id STRING, site STRING, line STRING, status_code INTEGER, pulse_bpm INTEGER, sent_mb FLOAT, broken_part STRING, page_no INTEGER, total_eur FLOAT, coins_spent INTEGER, agent STRING, seen_at TIMESTAMP',
  ),
  mail: schemasFrom(
    'letters: letter_id STRING, sender STRING, tone STRING kind|rude, crew STRING a|b|c, words INTEGER, subject_text STRING, answered BOOLEAN, sent_at TIMESTAMP',
  ),
};

/** What stands behind WHERE; the kind of the answer where it is no query, the whole query where rows are not what came. */
function where(field: keyof typeof SCHEMAS, prompt: string): string {
  const answer = translate({ prompt, schemas: SCHEMAS[field] });
  if (answer.kind !== 'sql') return answer.kind;
  const sql = answer.sql.replace(/\s+/g, ' ');
  return /^SELECT \* FROM \w+ WHERE (.*) EMIT CHANGES;$/.exec(sql)?.[1] ?? sql;
}

describe('conditions told around the names of columns', () => {
  test.each([
    ['proxy', 'hits that got a 404', 'status_code = 404'],
    ['proxy', 'hits that did not return 200', 'status_code != 200'],
    ['proxy', 'hits with more than 120 beats per minute', 'pulse_bpm > 120'],
    ['proxy', 'hits on line U4', "line = 'U4'"],
    ['proxy', 'hits in which a part got broken', 'broken_part IS NOT NULL'],
    ['proxy', 'hits with page_no under 3', 'page_no < 3'],
    ['proxy', 'hits with a total above 20', 'total_eur > 20'],
    ['proxy', 'hits where nobody knows the site', 'site IS NULL'],
    ['mail', 'letters with refund in the subject', "subject_text LIKE '%refund%'"],
    ['mail', 'letters from any sender but Vera', "sender != 'Vera'"],
    ['mail', 'letters where Vera is the sender', "sender = 'Vera'"],
    ['mail', 'letters by crew b with more than 50 words', "crew = 'b' AND words > 50"],
    ['mail', 'letters by sender vera that are rude', "sender = 'vera' AND tone = 'rude'"],
  ] as const)('%s: %s', (field, prompt, sql) => expect(where(field, prompt)).toBe(sql));

  test('what is counted or averaged by a column is grouped by it', () => {
    expect(where('mail', 'number of letters by crew')).toContain('GROUP BY crew');
    expect(where('mail', 'average words by tone, rude only')).toContain('GROUP BY tone');
  });

  test('a total of many stays a sum', () => {
    expect(where('proxy', 'sites with a total above 20 per hour')).toContain('SUM(total_eur)');
  });
});

describe('denial', () => {
  test.each([
    ['auctions', "offers that weren't won, country Peru", ['won = FALSE', "country = 'Peru'"]],
    ['buses', 'leave out cancelled trips and those on line 7', ["line != '7'", "tripStatus != 'cancelled'"]],
    ['shows', 'admissions with a remark beginning with "late"', ["remark LIKE 'late%'"]],
    ['shows', 'admissions where a refusal reason was taken down', ['refusal_reason IS NOT NULL']],
  ] as const)('%s: %s', (field, prompt, parts) =>
    expect(conditions(field, prompt).split(' AND ').toSorted()).toEqual([...parts].toSorted()),
  );
});
