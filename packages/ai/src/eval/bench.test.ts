import { describe, expect, test } from 'vitest';
import { errorsOf } from '../offline/check-sql.ts';
import { translate } from '../offline/translate.ts';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { DEVELOPMENT_SETS, HELD_BACK_SETS, LATEST_SETS } from './all-sets.ts';
import { runSet } from './run-bench.ts';
import { scoreOf } from './scoreboard.ts';
import { wilson } from './wilson.ts';

const asked = (sets: typeof DEVELOPMENT_SETS) =>
  sets.flatMap((set) =>
    set.cases.map((c) => ({
      set,
      c,
      answer: translate({ prompt: c.prompt, schemas: set.schemas, ...(c.previousSql === undefined ? {} : { previousSql: c.previousSql }) }),
    })),
  );

describe('velo-bench', () => {
  const development = asked([...DEVELOPMENT_SETS, ...HELD_BACK_SETS, ...LATEST_SETS]);

  test('asks at least 300 questions over at least 8 schemas', () => {
    expect(development.length).toBeGreaterThanOrEqual(300);
    expect(DEVELOPMENT_SETS.length).toBeGreaterThanOrEqual(8);
  });

  test('every answer of the offline assistant is valid', { timeout: 120_000 }, () => {
    expect(
      development.flatMap(({ set, answer }) =>
        answer.kind === 'sql' && errorsOf(answer.sql, set.schemas).errors.length > 0 ? [answer.sql] : [],
      ),
    ).toEqual([]);
  });

  test('at least 92 of 100 questions are answered, and nine of ten questions back were called for', () => {
    const wanted = development.filter(({ c }) => c.expect === 'sql');
    expect(wanted.filter(({ answer }) => answer.kind === 'sql').length / wanted.length).toBeGreaterThanOrEqual(0.92);
    const back = development.filter(({ answer }) => answer.kind !== 'sql');
    expect(back.filter(({ c }) => c.expect !== 'sql').length / back.length).toBeGreaterThanOrEqual(0.9);
  });

  test('on one set of each kind at least 92 of 100 answers compute the right thing', { timeout: 120_000 }, async () => {
    const results = (
      await Promise.all(
        DEVELOPMENT_SETS.filter((s) => s.name === 'rides' || s.name === 'iot').map((set) =>
          runSet(set, createOfflineAssistant(), { checkGold: false }),
        ),
      )
    ).flat();
    const { match } = scoreOf(results);
    expect(match.hits / match.total).toBeGreaterThanOrEqual(0.92);
  });

  test('the interval of Wilson holds for few cases', () => {
    expect(wilson(9, 10).low).toBeCloseTo(0.596, 2);
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});
