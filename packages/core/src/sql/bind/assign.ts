import type { Span } from '../../diagnostics/span.ts';
import { sameType, typeText } from '../../values/type-text.ts';
import type { SqlType } from '../../values/types.ts';
import { isDynamic, isNumeric, isTime } from '../../values/unify-types.ts';
import { dynamic } from './bind-arithmetic.ts';
import type { Binder } from './binder.ts';
import { asTimestamp, castTo, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';

/** `e` as a value of a declared column: numbers become each other, text becomes a time; anything else needs a CAST. */
export function assign(cx: Binder, e: Expr, column: { readonly name: string; readonly type: SqlType }, span: Span): Expr {
  const { type } = column;
  if (sameType(e.type, type) || type.kind === 'any') return e;
  if (e.type.kind === 'null') return castTo(e, type);
  if (isDynamic(e.type)) return castTo(dynamic(e), type);
  if (isNumeric(e.type) && isNumeric(type)) return castTo(e, type);
  if (type.kind === 'json' || (e.type.kind === type.kind && type.kind !== 'struct')) return castTo(e, type);
  if (type.kind === 'timestamp' && (isNumeric(e.type) || e.type.kind === 'string' || isTime(e.type))) return asTimestamp(e) ?? e;
  if ((type.kind === 'date' || type.kind === 'time') && e.type.kind === 'string') return castTo(e, type);
  if (isTime(e.type) && type.kind === 'integer') return castTo(e, type);
  cx.report('VS2030', span, { column: column.name, type: typeText(type), value: typeText(e.type) });
  return unknownValue(span);
}
