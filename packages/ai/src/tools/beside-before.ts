import type { TableSchema } from '@velostream/core/protocol';
import { format, parse } from '@velostream/core/sql';
import { quoteName } from '../ir/quote.ts';
import { joinParts, partsOf, type SqlItem, selectOf } from '../offline/sql-parts.ts';
import { translate } from '../offline/translate.ts';

export interface BesideBefore {
  readonly schemas: Readonly<Record<string, TableSchema>>;
  /** Length of the windows that are compared: `minute`, `hour`; those of the query without one. */
  readonly unit?: string;
}

/** What such a query shows, in a sentence. */
export const BESIDE_BEFORE =
  'Each window stands beside the one before it, with the change between the two; one that is not complete yet is left out.';

const nameOf = ({ alias, sql }: SqlItem): string => quoteName(alias ?? sql.split('.').at(-1)?.replaceAll('`', '') ?? sql);
const isBound = (item: SqlItem): boolean => /_?window_(?:start|end)\b/i.test(item.sql);

/**
 * A query over windows with each figure beside that of the window before, and the change between the two; `undefined` for one that has no
 * figures or no windows. A window counts when it is complete: half a minute is not compared with a whole one.
 */
export function besideBefore(sql: string, { schemas, unit }: BesideBefore): string | undefined {
  const windowed =
    partsOf(sql)?.window !== undefined && (unit === undefined || isOf(sql, unit)) ? sql : everyUnit(sql, unit ?? 'minute', schemas);
  const parts = windowed === undefined ? undefined : partsOf(windowed);
  if (!parts || parts.window === undefined || parts.create !== '' || parts.into !== '') return undefined;
  const figures = parts.items.filter((item) => item.isAggregate).map(nameOf);
  const bounds = parts.items.filter(isBound);
  const start = bounds.find((item) => /start/i.test(item.sql));
  if (figures.length === 0 || !start) return undefined;
  const keys = parts.items.filter((item) => !item.isAggregate && !isBound(item)).map(nameOf);
  const { limit: _limit, ...whole } = parts;
  const inner = joinParts({ ...whole, comments: [], orderBy: '', emit: 'FINAL' });
  const order = `ORDER BY ${nameOf(start)}`;
  const over = keys.length === 0 ? order : `PARTITION BY ${keys.join(', ')} ${order}`;
  const shown = [...keys, ...bounds.map(nameOf)];
  for (const figure of figures) {
    const plain = figure.replaceAll('`', '');
    const before = `LAG(${figure}) OVER (${over})`;
    shown.push(figure, `${before} AS ${quoteName(`${plain}_before`)}`, `${figure} - ${before} AS ${quoteName(`${plain}_change`)}`);
  }
  const notes = parts.comments.filter((comment) => !/^@viz/.test(comment)).map((comment) => `-- ${comment}\n`);
  return format(`${notes.join('')}SELECT ${shown.join(', ')} FROM (${inner}) EMIT CHANGES`).trim();
}

/** The query that another puts beside the window before; `undefined` for one that does not. */
export function insideBefore(sql: string, schemas: BesideBefore['schemas']): string | undefined {
  const from = selectOf(parse(sql).statements.at(-1))?.from;
  const { kind, query } = from?.kind === 'derived' ? from : { kind: undefined, query: undefined };
  if (kind === undefined || query === undefined) return undefined;
  const inner = format(
    `${notesOf(sql)}${sql.slice(query.span.start, query.span.end).replace(/\bEMIT\s+FINAL\s*$/i, 'EMIT CHANGES')}`,
  ).trim();
  const again = besideBefore(inner, { schemas });
  return again !== undefined && plain(again) === plain(sql) ? inner : undefined;
}

const notesOf = (sql: string): string => (sql.match(/^[ \t]*--[^\n]*\n/gm) ?? []).join('');
/** Of its annotations the chart is another matter. */
const plain = (sql: string): string =>
  sql
    .replace(/^[ \t]*--[ \t]*@viz[^\n]*\n?/gm, '')
    .replace(/\s+/g, ' ')
    .replace(/;\s*$/, '')
    .trim();

/** Whether the windows of a query have the length of a unit. */
const isOf = (sql: string, unit: string): boolean => new RegExp(`INTERVAL\\s+'?1'?\\s+${unit}`, 'i').test(partsOf(sql)?.window ?? '');

function everyUnit(sql: string, unit: string, schemas: BesideBefore['schemas']): string | undefined {
  const made = translate({ prompt: `every ${unit}`, schemas, previousSql: sql });
  return made.kind === 'sql' ? made.sql : undefined;
}
