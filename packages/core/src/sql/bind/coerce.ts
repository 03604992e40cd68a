import type { Span } from '../../diagnostics/span.ts';
import { converter } from '../../values/cast.ts';
import { decimalToFloat } from '../../values/decimal-text.ts';
import { sameType } from '../../values/type-text.ts';
import { ANY, FLOAT, INTEGER, INTERVAL, type Scalar, type SqlType, STRING, TIMESTAMP } from '../../values/types.ts';
import { scaleOf } from '../../values/unify-types.ts';
import type { Expr, LiteralExpr } from './expression.ts';

const place = (span: Span | undefined): { readonly span?: Span } => (span === undefined ? {} : { span });

export const literal = (value: Scalar, type: SqlType, span?: Span): LiteralExpr => ({ kind: 'literal', value, type, ...place(span) });
/** Stands for what could not be bound: of type `any`, so that the checks around it go on. */
export const unknownValue = (span?: Span): LiteralExpr => literal(null, ANY, span);
export const nullOf = (type: SqlType, span?: Span): LiteralExpr => literal(null, type, span);
export const isNullLiteral = (e: Expr): boolean => e.kind === 'literal' && e.value === null && e.type.kind === 'null';
/** The written number as it compares with a row count or a scale; undefined for anything else. */
export const constantOf = (e: Expr): Scalar | undefined => (e.kind === 'literal' ? e.value : undefined);

/** `e` as `type`: itself, a literal of that type, or an explicit cast. Not for times that are written as INTEGER: see `asTimestamp`. */
export function castTo(e: Expr, type: SqlType): Expr {
  if (sameType(e.type, type)) return e;
  if (e.kind === 'literal') {
    const value = literalAs(e, type);
    if (value !== undefined) return literal(value, type, e.span);
  }
  return { kind: 'cast', arg: e, safe: false, type, ...place(e.span) };
}

/** The value of a literal in another type; undefined where it has none, and for casts that are better left to be seen. */
function literalAs(e: LiteralExpr, type: SqlType): Scalar | undefined {
  if (e.value === null) return null;
  if (type.kind === 'string') return undefined;
  return converter(e.type, type)?.(e.value);
}

const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
/** A 64-bit or unscaled value in scalar form: a number while it is safe. */
export const scalarInteger = narrow;

/** A difference in ms as INTEGER: `INTERVAL + INTERVAL` is defined as one (§4.7). */
export function intervalAsInteger(e: Expr): Expr {
  if (e.kind === 'literal') return literal(e.value, INTEGER, e.span);
  return { kind: 'arithmetic', op: '+', left: e, right: literal(0, INTERVAL), divisionByZero: 'null', type: INTEGER, ...place(e.span) };
}

/**
 * A value that is used as a time, as TIMESTAMP: DATE and text are cast, INTEGER and FLOAT count ms since the epoch (a CAST
 * would read seconds, §4.10). `any` stays as it is. Undefined for what is no time.
 */
export function asTimestamp(e: Expr): Expr | undefined {
  switch (e.type.kind) {
    case 'timestamp':
    case 'any':
      return e;
    case 'json':
      return castTo(e, ANY);
    case 'date':
    case 'string':
    case 'null':
      return castTo(e, TIMESTAMP);
    case 'integer':
    case 'float':
    case 'decimal':
      return msAsTimestamp(e);
    default:
      return undefined;
  }
}

function msAsTimestamp(e: Expr): Expr {
  if (e.kind === 'literal')
    return literal(e.value === null ? null : decimalToFloat(e.value as number | bigint, scaleOf(e.type)), TIMESTAMP, e.span);
  const ms: Expr = {
    kind: 'arithmetic',
    op: '*',
    left: literal(1, INTERVAL),
    right: castTo(e, INTEGER),
    divisionByZero: 'null',
    type: INTERVAL,
  };
  return { kind: 'arithmetic', op: '+', left: literal(0, TIMESTAMP), right: ms, divisionByZero: 'null', type: TIMESTAMP, ...place(e.span) };
}

/** The text form of any value. */
export const asText = (e: Expr): Expr => castTo(e, STRING);
export const asFloat = (e: Expr): Expr => castTo(e, FLOAT);
