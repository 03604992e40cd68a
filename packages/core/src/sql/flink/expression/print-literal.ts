import { decimalText } from '../../../values/decimal-text.ts';
import type { Scalar, SqlType } from '../../../values/types.ts';
import type { Expr, LiteralExpr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import { flinkType, quoteText, timeText } from '../quote.ts';

/** A constant. Whole numbers are INT on Flink while they are short; see `wide`. */
export function printLiteral({ value, type }: LiteralExpr, cx: FlinkContext): string {
  const typed = flinkType(type);
  if (value === null) return `CAST(NULL AS ${typed ?? 'STRING'})`;
  const text = constantText(value, type);
  return text ?? cx.report.refuse(`A constant of type ${type.kind.toUpperCase()} cannot be written in Flink SQL.`);
}

function constantText(value: Exclude<Scalar, null>, type: SqlType): string | undefined {
  switch (type.kind) {
    case 'boolean':
      return value === true ? 'TRUE' : 'FALSE';
    case 'integer':
    case 'interval':
      return signed(String(value));
    case 'decimal':
      return signed(decimalText(value as number | bigint, type.scale));
    case 'float':
      return Number.isFinite(value) ? signed(Number(value).toExponential().replace('e+', 'E').replace('e', 'E')) : undefined;
    case 'string':
    case 'json':
      return typeof value === 'string' ? quoteText(value) : undefined;
    case 'timestamp':
      return `TIMESTAMP '${timeText(Number(value))}'`;
    case 'date':
      return `DATE '${timeText(Number(value)).slice(0, 10)}'`;
    case 'time':
      return `TIME '${timeText(Number(value)).slice(11, 19)}'`;
    case 'array':
      return Array.isArray(value)
        ? `ARRAY[${value.map((item) => (item === null ? `CAST(NULL AS ${flinkType(type.element)})` : constantText(item, type.element))).join(', ')}]`
        : undefined;
    default:
      return undefined;
  }
}

const signed = (text: string): string => (text.startsWith('-') ? `(${text})` : text);

/** Whether Flink takes the text of an expression for a short INT, which would overflow where ours does not. */
const isShort = (e: Expr): boolean => e.kind === 'literal' && e.type.kind === 'integer' && e.value !== null;

/** The text as BIGINT where it would be INT. */
export const wide = (e: Expr, text: string): string => (isShort(e) ? `CAST(${text} AS BIGINT)` : text);
