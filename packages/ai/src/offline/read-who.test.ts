import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const schemas = schemasFrom(`
  catches: catch_id STRING, fisher STRING, lake STRING, weight_kg FLOAT, minutes FLOAT, depth_m FLOAT, caught_at TIMESTAMP
  weighings: weigher STRING, scale STRING, seconds FLOAT, weighed_at TIMESTAMP
`);

test.each([
  ['who catches the most weight per day', /^SELECT fisher, .*SUM\(weight_kg\).* GROUP BY fisher .*DESC LIMIT 1/],
  ['who catches most often each week', /^SELECT fisher, .*COUNT\(\*\).* GROUP BY fisher .*DESC LIMIT 1/],
  ['who has the lowest seconds on average, hourly', /^SELECT weigher, .*AVG\(seconds\).* GROUP BY weigher .* LIMIT 1/],
])('whoever is ranked is the group: %s', (prompt, sql) => {
  const answer = translate({ prompt, schemas });
  expect(answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind).toMatch(sql);
});

test.each(['deepest catch of each fisher', 'deepest catch per fisher'])('an adjective is of the number that it is of: %s', (prompt) => {
  const answer = translate({ prompt, schemas });
  expect(answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind).toContain('MAX(depth_m)');
});
