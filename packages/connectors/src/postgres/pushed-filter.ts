import type { PushedPredicate } from '@velostream/core/connect';
import { type Scalar, textWriter } from '@velostream/core/connect/formats';
import { quoteName } from '../net/quote-name.ts';
import type { Table, TableColumn } from './table-catalog.ts';

/** Conditions of a WHERE with their parameters, numbered from `$1`. */
export interface PushedFilter {
  readonly conditions: readonly string[];
  readonly values: readonly (string | null)[];
}

const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);
/** Types that the server compares as we do. Text has an order of its own there, so only equality is handed over. */
const ORDERED = new Set(['integer', 'decimal', 'timestamp', 'date', 'time']);

/**
 * What of the predicates the server can apply: values travel as parameters, names come from the catalog and are quoted, no text of a user
 * becomes part of a statement. What is left out is applied by the query in any case.
 */
export function pushedFilter(table: Table, predicates: readonly PushedPredicate[]): PushedFilter {
  const conditions: string[] = [];
  const values: (string | null)[] = [];
  for (const predicate of predicates) {
    const column = table.columns.find(({ name }) => name === predicate.column);
    if (column === undefined || column.type.isArray) continue;
    const condition = conditionOf(column, predicate, (text) => `$${values.push(text)}`);
    if (condition !== undefined) conditions.push(condition);
  }
  return { conditions, values };
}

function conditionOf(column: TableColumn, { op, values }: PushedPredicate, parameter: (text: string) => string): string | undefined {
  const name = quoteName(column.name);
  if (op === 'is-null') return `${name} IS NULL`;
  if (op === 'is-not-null') return `${name} IS NOT NULL`;
  const { kind } = column.field.type;
  const isText = kind === 'string' && /^(?:text|varchar)$/.test(column.type.name);
  const isEquality = op === '=' || op === '!=' || op === 'in';
  if (!(ORDERED.has(kind) || (isEquality && (isText || kind === 'boolean')))) return undefined;
  const texts = values.map((value) => textOf(column, value));
  if (texts.length === 0 || texts.some((text) => text === undefined || text.includes('\0'))) return undefined;
  // A constant with more digits than the column must not be rounded to them.
  const serverType = kind === 'decimal' ? 'numeric' : column.typeText;
  const cast = (text: string | undefined): string => `${parameter(text as string)}::${serverType}`;
  if (op === 'in') return `${name} IN (${texts.map(cast).join(', ')})`;
  if (!COMPARISONS.has(op) || texts.length !== 1) return undefined;
  return `${name} ${op === '!=' ? '<>' : op} ${cast(texts[0])}`;
}

/** Values stand in the scalar form of the column; undefined for what is none. */
function textOf(column: TableColumn, value: Scalar): string | undefined {
  const { type } = column.field;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (type.kind === 'string') return typeof value === 'string' ? value : undefined;
  if (type.kind === 'decimal') return typeof value === 'string' && /^-?\d{1,80}(?:\.\d{1,80})?$/.test(value) ? value : undefined;
  if (type.kind === 'boolean') return typeof value === 'boolean' ? String(value) : undefined;
  return isNumber &&
    (typeof value === 'bigint' || Number.isFinite(value)) &&
    !(type.kind === 'integer' && typeof value === 'number' && !Number.isSafeInteger(value))
    ? textWriter(type)(value)
    : undefined;
}
