import type { Assistant, NlToSqlResult } from '@velostream/core/protocol/assist';
import { validate } from '@velostream/core/sql';
import { catalogOf } from '../offline/check-sql.ts';
import { partsOf } from '../offline/sql-parts.ts';
import type { BenchCase, BenchSet } from './case.ts';
import { benchData } from './edge-groups.ts';
import { answerOf, sameRows, sameTop, uncut } from './exec-match.ts';
import { mutantsOf } from './mutants.ts';

/** Data sets that every answer is judged on. */
export const SEEDS = [11, 23, 47];

export interface CaseResult {
  readonly case: BenchCase;
  readonly kind: NlToSqlResult['kind'] | 'failed';
  readonly sql?: string;
  readonly valid: boolean;
  readonly match: boolean;
  /** Parts that agree with the gold query. */
  readonly structure: {
    readonly sources: boolean;
    readonly group: boolean;
    readonly window: boolean;
    readonly limit: boolean;
    readonly emit: boolean;
  };
  readonly ms: number;
  readonly why?: string;
  /** The data cannot tell the gold query from a wrong one; left out of the score. */
  readonly rejected: boolean;
}

const spaceless = (text: string | undefined): string =>
  (text ?? '')
    .replace(/INTERVAL '(\d+)' (\w)\w*/gi, (_, n: string, u: string) => `${n}${u.toLowerCase()}`)
    .replace(/^\w+\((\w+), (?=\d)/, (m) => m.replace(/\(\w+, /, '('))
    .replace(/\s+/g, '')
    .toLowerCase();

function structureOf(gold: string, sql: string): CaseResult['structure'] {
  const a = partsOf(gold);
  const b = partsOf(sql);
  if (!a || !b) return { sources: false, group: false, window: false, limit: false, emit: false };
  const names = (list: readonly string[]): string =>
    list
      .map((g) => (g.split('.').at(-1) ?? g).toLowerCase())
      .sort()
      .join(',');
  return {
    sources: a.base === b.base && a.joins.length === b.joins.length,
    group: names(a.groupBy) === names(b.groupBy),
    window: spaceless(a.window) === spaceless(b.window) || (a.window === undefined) === (b.window === undefined && true),
    limit: a.limit === b.limit,
    emit: (a.emit ?? 'CHANGES') === (b.emit ?? 'CHANGES'),
  };
}

const isTop = (gold: string): boolean => /\bLIMIT \d+/.test(gold);

type Data = Awaited<ReturnType<typeof benchData>>;

/** Whether a query gives what the gold query gives, with the rows that it gives. */
async function compare(
  set: BenchSet,
  { gold, sql, data }: { gold: string; sql: string; data: Data },
): Promise<{ same: boolean; expected: number; given: number }> {
  const expected = await answerOf(gold, set.schemas, data);
  const given = await answerOf(sql, set.schemas, data);
  const same = isTop(gold) ? sameTop(expected, given, await answerOf(uncut(gold), set.schemas, data)) : sameRows(expected, given);
  return { same, expected: expected.length, given: given.length };
}

/** Whether the data shows a difference between the gold query and each wrong one that can run. */
export async function discriminates(set: BenchSet, gold: string): Promise<boolean> {
  for (const mutant of mutantsOf(gold)) {
    let differs = false;
    for (const seed of SEEDS) {
      const data = await benchData(set.schemas, gold, seed);
      try {
        if (!(await compare(set, { gold, sql: mutant, data })).same) {
          differs = true;
          break;
        }
      } catch {
        differs = true;
        break;
      }
    }
    if (!differs) return false;
  }
  return true;
}

const checked = new Map<string, Promise<boolean>>();

/** Data sets on which the gold query gives nothing say nothing alone; where that holds for all of them, no answer can be judged. */
async function judge(set: BenchSet, gold: string, sql: string): Promise<{ match: boolean; why?: string; isEmpty?: boolean }> {
  let rows = 0;
  for (const seed of SEEDS) {
    const data = await benchData(set.schemas, gold, seed);
    try {
      const { same, expected, given } = await compare(set, { gold, sql, data });
      rows += expected;
      if (!same) return { match: false, why: `${expected} rows expected, ${given} given, or other values (seed ${seed})` };
    } catch (cause) {
      return { match: false, why: cause instanceof Error ? cause.message : String(cause) };
    }
  }
  return rows > 0 ? { match: true } : { match: false, isEmpty: true, why: 'the gold query gives no rows on any data set' };
}

/** Asks every question of a set and judges the answers by what they compute. */
export async function runSet(
  set: BenchSet,
  assistant: Assistant,
  options: { readonly onCase?: (r: CaseResult) => void; readonly checkGold?: boolean } = {},
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const test of set.cases) {
    const started = performance.now();
    let answer: NlToSqlResult | undefined;
    try {
      answer = await assistant.nlToSql({
        prompt: test.prompt,
        schemas: set.schemas,
        ...(test.previousSql === undefined ? {} : { previousSql: test.previousSql }),
      });
    } catch {
      answer = undefined;
    }
    const ms = performance.now() - started;
    const result = await resultOf(set, test, answer, ms, options.checkGold ?? true);
    results.push(result);
    options.onCase?.(result);
  }
  return results;
}

async function resultOf(
  set: BenchSet,
  test: BenchCase,
  answer: NlToSqlResult | undefined,
  ms: number,
  checkGold: boolean,
): Promise<CaseResult> {
  const none = { sources: false, group: false, window: false, limit: false, emit: false };
  const base = { case: test, kind: answer?.kind ?? ('failed' as const), ms, rejected: false };
  if (!answer || answer.kind !== 'sql') {
    const right = (test.expect === 'clarify' && answer?.kind === 'clarify') || (test.expect === 'refuse' && answer?.kind === 'refused');
    return {
      ...base,
      valid: true,
      match: right,
      structure: none,
      ...(right ? {} : { why: answer?.kind === 'clarify' ? answer.question : answer?.kind === 'refused' ? answer.message : 'no answer' }),
    };
  }
  const valid = !validate(answer.sql, { catalog: catalogOf(set.schemas) }).some((d) => d.severity === 'error');
  if (test.gold === undefined)
    return { ...base, sql: answer.sql, valid, match: false, structure: none, why: 'answered where it should have asked' };
  if (checkGold) {
    const key = `${set.name}|${test.gold}`;
    if (!checked.has(key)) checked.set(key, discriminates(set, test.gold));
    if (!(await checked.get(key)))
      return {
        ...base,
        sql: answer.sql,
        valid,
        match: false,
        structure: none,
        rejected: true,
        why: 'the data do not tell the gold query from a wrong one',
      };
  }
  const { match, why, isEmpty } = await judge(set, test.gold, answer.sql);
  const alert = test.category !== 'alert' || /@alert:/.test(answer.sql);
  return {
    ...base,
    ...(isEmpty ? { rejected: true } : {}),
    sql: answer.sql,
    valid,
    match: match && alert,
    structure: structureOf(test.gold, answer.sql),
    ...(match && alert ? {} : { why: match ? 'no alert' : (why ?? '') }),
  };
}
