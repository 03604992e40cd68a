import { sameType } from '../../../values/type-text.ts';
import type { SqlType } from '../../../values/types.ts';
import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedRow } from '../printed-row.ts';
import { flinkType, quoteText } from '../quote.ts';
import { msOf } from '../times.ts';
import { jsonPathOf } from './json-path.ts';

const READS = 'Text is read as a time on Flink in the form "2024-02-29 12:00:00" only, in UTC.';

type Cast = Expr & { kind: 'cast' };

/** CAST: the values of our conversions, by pairs of types. */
export function printCast(e: Cast, row: PrintedRow, cx: FlinkContext): string {
  const from = e.arg.type;
  const text = cx.expression(e.arg, row);
  const cast = e.safe ? 'TRY_CAST' : 'CAST';
  const name = flinkType(e.type);
  const path = e.type.kind === 'string' ? jsonPathOf(e.arg) : null;
  // A value as it is, objects and arrays as JSON: two functions there.
  if (path !== null) return `COALESCE(${text}, JSON_QUERY(${cx.expression(path.of, row)}, ${quoteText(path.steps)}))`;
  if (from.kind === 'any') return textAs(text, e.type, cx, cast);
  if (name === undefined) return e.type.kind === 'any' ? text : refusedCast(from, e.type, cx);
  if (sameType(from, e.type)) return text;
  switch (e.type.kind) {
    case 'string':
      return castToText(text, from, cx);
    case 'json':
      return from.kind === 'string' ? text : `JSON_STRING(${text})`;
    case 'integer':
      return castToInteger(text, from, cast);
    case 'boolean':
      return from.kind === 'string' ? `${cast}(TRIM(${text}) AS BOOLEAN)` : `(${text} <> 0)`;
    case 'decimal':
      cx.report.differs('A value with too many digits for its DECIMAL is NULL on Flink; here it is an error of the record.');
      return `${cast}(${text} AS ${name})`;
    case 'date':
      if (from.kind === 'string') cx.report.differs(READS);
      return `${cast}(${text} AS ${name})`;
    case 'timestamp':
      return castToTimestamp(text, from, cast, cx);
    default:
      return `${cast}(${text} AS ${name})`;
  }
}

const refusedCast = (from: SqlType, to: SqlType, cx: FlinkContext): string =>
  cx.report.refuse(`CAST from ${from.kind.toUpperCase()} to ${to.kind.toUpperCase()} is not on Flink.`);

function castToText(text: string, from: SqlType, cx: FlinkContext): string {
  switch (from.kind) {
    case 'boolean':
      return `LOWER(CAST(${text} AS STRING))`;
    case 'float':
      cx.report.differs('Text of a FLOAT differs: 3 here is 3.0 on Flink, and 10000000 is 1.0E7.');
      return `CAST(${text} AS STRING)`;
    case 'timestamp':
      return `DATE_FORMAT(${text}, 'yyyy-MM-dd HH:mm:ss.SSS')`;
    case 'array':
    case 'map':
    case 'struct':
      cx.report.differs('Text of a collection is written by the rules of Flink.');
      return `CAST(${text} AS STRING)`;
    default:
      return `CAST(${text} AS STRING)`;
  }
}

function castToInteger(text: string, from: SqlType, cast: string): string {
  if (from.kind === 'timestamp') return msOf(text);
  if (from.kind === 'date') return msOf(`CAST(${text} AS TIMESTAMP(3))`);
  return `${cast}(${text} AS BIGINT)`;
}

function castToTimestamp(text: string, from: SqlType, cast: string, cx: FlinkContext): string {
  if (from.kind === 'integer' || from.kind === 'float') return `CAST(TO_TIMESTAMP_LTZ(CAST(${text} AS BIGINT), 0) AS TIMESTAMP(3))`;
  if (from.kind !== 'string') return `${cast}(${text} AS TIMESTAMP(3))`;
  cx.report.differs(READS);
  return `${cast}(REPLACE(REPLACE(${text}, 'T', ' '), 'Z', '') AS TIMESTAMP(3))`;
}

/** Text that holds a value of another type: what JSON functions give on Flink. */
export function textAs(text: string, type: SqlType, cx: FlinkContext, cast = 'CAST'): string {
  const name = flinkType(type);
  if (name === undefined || type.kind === 'string' || type.kind === 'json') return text;
  if (type.kind === 'timestamp') cx.report.differs(READS);
  return `${cast}(${text} AS ${name})`;
}
