import type { Expression, Select } from '../../sql/ast/index.ts';
import { textOf } from './context.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The terms that AND joins. */
export const termsOf = (e: Expression): readonly Expression[] =>
  e.kind === 'binary' && e.operator === 'AND' ? [...termsOf(e.left), ...termsOf(e.right)] : [e];

const after = (select: Select): number =>
  Math.max(
    select.from?.span.end ?? 0,
    ...select.joins.map((j) => j.span.end),
    select.where?.span.end ?? 0,
    ...select.groupBy.map((e) => e.span.end),
    select.window?.span.end ?? 0,
  );

/** The clause without one of its terms; without the term at all, its word goes too. */
function without(
  sql: string,
  clause: Expression,
  word: string,
  term: Expression,
): { readonly start: number; readonly end: number; readonly text: string } {
  const rest = term === clause ? [] : termsOf(clause).filter((t) => t !== term);
  const start = rest.length > 0 ? clause.span.start : sql.slice(0, clause.span.start).toUpperCase().lastIndexOf(word);
  return { start, end: clause.span.end, text: rest.map((t) => textOf(sql, t)).join(' AND ') };
}

/** The query with the term of WHERE around a place moved to HAVING; `as` stands for what is at the place. */
export function toHaving(sql: string, select: Select, place: Place, as?: string): string | undefined {
  const { where } = select;
  const term = where && termsOf(where).find((t) => t.span.start <= place.start && t.span.end >= place.end);
  if (!where || !term) return undefined;
  const text = as === undefined ? textOf(sql, term) : sql.slice(term.span.start, place.start) + as + sql.slice(place.end, term.span.end);
  const cut = without(sql, where, 'WHERE', term);
  const at = select.having?.span.end ?? after(select);
  const added = select.having ? ` AND ${text}` : ` HAVING ${text}`;
  return sql.slice(0, cut.start) + cut.text + sql.slice(cut.end, at) + added + sql.slice(at);
}

/** The query with a term of HAVING moved to WHERE. */
export function toWhere(sql: string, select: Select, term: Expression): string | undefined {
  const { having } = select;
  if (!having) return undefined;
  const cut = without(sql, having, 'HAVING', term);
  const at = select.where?.span.end ?? Math.max(select.from?.span.end ?? 0, ...select.joins.map((j) => j.span.end));
  const added = select.where ? ` AND ${textOf(sql, term)}` : ` WHERE ${textOf(sql, term)}`;
  return sql.slice(0, at) + added + sql.slice(at, cut.start) + cut.text + sql.slice(cut.end);
}
