import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const schemas = schemasFrom('lifts: crane STRING, cycle_s FLOAT, certainty FLOAT, kind STRING load|unload, lifted_at TIMESTAMP');
const AVERAGE = 'SELECT crane, AVG(cycle_s) AS cycle FROM lifts GROUP BY crane WINDOW TUMBLING(1h) EMIT CHANGES';
const CERTAIN = 'SELECT kind, COUNT(*) AS n FROM lifts WHERE certainty > 0.5 GROUP BY kind EMIT CHANGES';
const MANY = 'SELECT crane, COUNT(*) AS n FROM lifts GROUP BY crane HAVING COUNT(*) >= 5 EMIT CHANGES';
const FIRST =
  'SELECT crane, SUM(cycle_s) AS s FROM lifts GROUP BY crane WINDOW TUMBLING(1h) HAVING SUM(cycle_s) > 90 ORDER BY s DESC LIMIT 9 EMIT FINAL';
const BOTH = 'SELECT crane, COUNT(*) AS n FROM lifts WHERE certainty > 0.5 GROUP BY crane HAVING COUNT(*) >= 5 EMIT CHANGES';

test.each([
  ['raise the certainty threshold to 0.8', CERTAIN, 'WHERE certainty > 0.8'],
  ['set the bound to 0.3', CERTAIN, 'WHERE certainty > 0.3'],
  ['lower the minimum to 2', MANY, 'HAVING COUNT(*) >= 2'],
  ['raise the certainty limit to 0.9', BOTH, 'WHERE certainty > 0.9'],
  ['drop those below 40 seconds', AVERAGE, 'HAVING AVG(cycle_s) >= 40'],
  ['please leave out all above 90 seconds', AVERAGE, 'HAVING AVG(cycle_s) <= 90'],
  ['set the limit to 4', FIRST, 'HAVING SUM(cycle_s) > 90 ORDER BY s DESC LIMIT 4'],
  ['only the top 2', FIRST, 'HAVING SUM(cycle_s) > 90 ORDER BY s DESC LIMIT 2'],
  ['set the limit to 120', AVERAGE.replace(' EMIT', ' HAVING AVG(cycle_s) > 60 EMIT'), 'HAVING AVG(cycle_s) > 120'],
  ['keep only cranes with more than 10 lifts', AVERAGE, 'HAVING COUNT(*) > 10'],
  ['drop cranes with fewer than 3 lifts', AVERAGE.replace(' EMIT', ' HAVING AVG(cycle_s) > 60 EMIT'), '> 60 AND COUNT(*) >= 3'],
  ['only cranes with at least 2 kinds', AVERAGE, 'HAVING COUNT(DISTINCT kind) >= 2'],
  ['only cranes above 40', AVERAGE, 'HAVING AVG(cycle_s) > 40'],
  ['make that a 1h window sliding by 10m', AVERAGE, "SLIDING(INTERVAL '1' HOUR, INTERVAL '10' MINUTE)"],
])('%s', (prompt, previousSql, part) => {
  const answer = translate({ prompt, schemas, previousSql });
  expect(answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind).toContain(part);
});
