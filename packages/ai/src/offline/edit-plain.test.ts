import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { asked } from './asked.fixture.ts';
import { translate } from './translate.ts';

const LOAVES = 'SELECT oven, SUM(loaves) AS loaves FROM bakes GROUP BY oven WINDOW TUMBLING(1h) EMIT CHANGES';

describe('a change without what only surrounds it', () => {
  test.each([
    ['Thanks! Could you leave the burnt ones out?', 'WHERE burnt = FALSE GROUP BY oven WINDOW TUMBLING(1h)'],
    ['cakes only (the rolls are another story)', "WHERE product = 'cake' GROUP BY oven"],
    ['hmm, can we have that every 5 minutes, over the last 20?', "WINDOW SLIDING(INTERVAL '20' MINUTE, INTERVAL '5' MINUTE)"],
    ['rolling 2 h, every 10 min', "WINDOW SLIDING(INTERVAL '2' HOUR, INTERVAL '10' MINUTE)"],
    ['minus the minutes baked', 'SUM(loaves) - SUM(minutes_baked) AS loaves FROM bakes'],
    ['how many minutes baked? put that next to it', 'SUM(loaves) AS loaves, SUM(minutes_baked)'],
    ['rename loaves to bread_made', 'SELECT oven, SUM(loaves) AS bread_made FROM bakes GROUP BY oven WINDOW TUMBLING(1h)'],
    ['rename this to Ovens', 'SELECT oven, SUM(loaves) AS loaves FROM bakes GROUP BY oven WINDOW TUMBLING(1h)'],
  ])('%s', (prompt, part) => {
    expect(asked('bakery', prompt, LOAVES)).toContain(part);
  });

  test('a denial in brackets says which value of a flag is meant', () => {
    expect(asked('bakery', 'good bakes only (not burnt)', LOAVES)).toContain('WHERE burnt = FALSE GROUP BY oven');
  });

  test('a value that is a word of ours besides', () => {
    const schemas = schemasFrom('calls: service STRING, verb STRING get|put|delete, took_ms INTEGER, at TIMESTAMP');
    const previousSql = 'SELECT service, COUNT(*) AS calls FROM calls GROUP BY service';
    for (const prompt of ['puts only', 'only the puts']) {
      const answer = translate({ prompt, schemas, previousSql });
      expect(answer.kind === 'sql' && answer.sql.replace(/\s+/g, ' ')).toContain("WHERE verb = 'put' GROUP BY service");
    }
  });
});
