import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { partsOf } from '../offline/sql-parts.ts';
import { translate } from '../offline/translate.ts';
import { BESIDE_BEFORE, besideBefore, insideBefore } from './beside-before.ts';
import { ownAnswer } from './own-question.ts';
import { withSeenValues } from './seen-values.ts';
import type { ToolContext } from './tool.ts';

export interface Translated {
  readonly result: NlToSqlResult;
  /** As it was read: without a query before it where the question is one of its own. */
  readonly request: NlToSqlRequest;
}

type Sql = Extract<NlToSqlResult, { kind: 'sql' }>;

/** A question or a change in a thread, read without a model: with the values that rows show, and beside the query in hand where it changes that. */
export async function translated(asked: NlToSqlRequest, context: ToolContext): Promise<Translated> {
  const { previousSql, ...rest } = asked;
  const alone = { ...rest, schemas: await withSeenValues(context, asked.schemas) };
  const inner = previousSql === undefined ? undefined : insideBefore(previousSql, asked.schemas);
  const before = inner ?? previousSql;
  const beside = before === undefined ? alone : { ...alone, previousSql: before };
  const own = ownAnswer(asked.prompt, before, () => translate(alone));
  const request = own ? alone : beside;
  const result = written(own ?? translate(request), request, asked.schemas);
  if (result.kind !== 'sql') return { result, request };
  const isChange = inner !== undefined && request === beside && partsOf(result.sql)?.base === partsOf(inner)?.base;
  const sql = (isChange ? besideBefore(result.sql, { schemas: asked.schemas }) : undefined) ?? result.sql;
  const kept: Sql =
    sql === result.sql ? result : { ...result, sql, explanation: `${result.explanation} ${BESIDE_BEFORE}`, alternatives: [] };
  return { result: { ...kept, ignored: leftOut(kept, asked) }, request };
}

/**
 * A value of a source that nobody spoke of counts only as it is written: which region sells most is no question of the trades whose side is
 * "sell".
 */
function written(result: NlToSqlResult, request: NlToSqlRequest, plain: NlToSqlRequest['schemas']): NlToSqlResult {
  if (result.kind !== 'sql') return result;
  const joins = (sql: string): number => partsOf(sql)?.joins.length ?? 0;
  if (joins(result.sql) === 0) return result;
  const without = translate({ ...request, schemas: plain });
  if (without.kind === 'sql' && joins(without.sql) >= joins(result.sql)) return result;
  const words = (result.sql.match(/'[^']*'/g) ?? []).map((literal) => literal.slice(1, -1)).filter((value) => !/^\d*$/.test(value));
  const isWritten = words.every((value) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(value)}(?![\\p{L}\\p{N}])`, 'iu').test(request.prompt));
  return isWritten ? result : without;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const COMMANDS = /^(?:turn|emit|use|set|make|change|switch|put|give|limit|add|show|keep|let|take|want|need)$/i;

/** Words that did nothing: one that stands in the query since, or only says that something be changed, was heard. */
function leftOut({ sql, ignored }: Sql, { previousSql = '' }: NlToSqlRequest): readonly string[] {
  if (sql.trim() === previousSql.trim()) return ignored;
  const times = (word: string, text: string): number =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}.]+/u)
      .filter((w) => w === word.toLowerCase()).length;
  return ignored.filter((word) => !COMMANDS.test(word) && times(word, sql) <= times(word, previousSql));
}
