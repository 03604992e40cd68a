import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const SCHEMAS = schemasFrom(`
  checks: pool STRING, wtemp_c FLOAT, cl2_mgl FLOAT, avg_depth INTEGER, max_depth INTEGER, used_l FLOAT, lost_l FLOAT, idle_min FLOAT, cloud_pct FLOAT, verdict STRING approved|closed, checked_at TIMESTAMP
  shelves: shelf STRING, genre STRING, width_cm FLOAT, n_boxes INTEGER, seconds_watched INTEGER, base_fee FLOAT, seen_at TIMESTAMP
  sales: article STRING, till STRING, sold_at TIMESTAMP
  visits: visitor STRING, fee FLOAT, rating INTEGER, came_at TIMESTAMP
`);

function asked(prompt: string, previousSql?: string): string {
  const answer = translate({ prompt, schemas: SCHEMAS, ...(previousSql === undefined ? {} : { previousSql }) });
  if (answer.kind === 'refused') return answer.message;
  return answer.kind === 'clarify' ? `? ${answer.question}` : answer.sql.replace(/\s+/g, ' ');
}

describe('a number that one column alone can be is taken', () => {
  test.each([
    ['average water temperature per pool', 'AVG(wtemp_c)'],
    ['min and max water temp in each pool', 'MAX(wtemp_c)'],
    ['average depth per pool', 'AVG(avg_depth)'],
    ['the average cl2_mgl of a pool', 'AVG(cl2_mgl)'],
    ['biggest delivery of each genre, in boxes', 'MAX(n_boxes)'],
    ['biggest delivery (in boxes) of each genre', 'MAX(n_boxes)'],
    ['widest shelf so far for each genre', 'MAX(width_cm)'],
    ['total watching time of every genre', 'SUM(seconds_watched)'],
    ['coldest pool on average, for every hour', 'ORDER BY avg_wtemp_c LIMIT 1'],
    ['pools standing still for more than an hour in total per day', 'HAVING SUM(idle_min) > 60'],
  ])('%s', (prompt, part) => {
    expect(asked(prompt)).toContain(part);
  });

  test('in a change of a query too', () => {
    const before = 'SELECT visitor, COUNT(*) AS n FROM visits GROUP BY visitor WINDOW TUMBLING(1d) EMIT CHANGES';
    expect(asked('what did they rate it on average? also show', before)).toContain('AVG(rating)');
  });
});

describe('a part and a whole that are named are taken', () => {
  test.each([
    ['lost litres as a percentage of litres used, by pool', 'SUM(lost_l) / NULLIF(SUM(used_l), 0)'],
    ['what percent of what was used did the pools lose, per day', 'SUM(lost_l) / NULLIF(SUM(used_l), 0)'],
    ['in what percentage of the readings was it cloudier than 40, pool by pool', 'CASE WHEN cloud_pct > 40'],
    ['what share of checks ends with an approval', "CASE WHEN verdict = 'approved'"],
  ])('%s', (prompt, part) => {
    expect(asked(prompt)).toContain(part);
  });
});

describe('names', () => {
  test.each([
    ['count of checks per whirlpool', 'GROUP BY pool'],
    ['best seller of each day', 'GROUP BY article'],
    ['alert: avg base fee > 15 over 5 min', 'AVG(base_fee)'],
  ])('%s', (prompt, part) => {
    expect(asked(prompt)).toContain(part);
  });
});

test('how it was read is told', () => {
  const answer = translate({ prompt: 'average depth per pool', schemas: SCHEMAS });
  expect(answer.kind === 'sql' && answer.assumptions[0]?.text).toBe('read as "average of avg_depth per pool"');
});

test.each([
  'average air pressure per pool',
  'average salary per visitor',
  'total cleaning time of every pool',
  'checks by hair colour',
  'what share of checks ends with a celebration',
  'gift cards as a percentage of vouchers',
  'which till is the nicest',
  'fee per weather, by visitor',
])('what stays open is asked: %s', (prompt) => {
  expect(asked(prompt)).toMatch(/^\?/);
});
