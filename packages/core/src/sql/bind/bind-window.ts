import { typeText } from '../../values/type-text.ts';
import { isDynamic, isTime } from '../../values/unify-types.ts';
import type { Expression, WindowClause } from '../ast/index.ts';
import { dynamic } from './bind-arithmetic.ts';
import type { Binder } from './binder.ts';
import type { BoundWindow } from './bound.ts';
import { asTimestamp } from './coerce.ts';
import type { Expr } from './expression.ts';
import type { Scope } from './scope.ts';

/** A window with the key column of SESSION(time, gap, key), which is one more group key. */
export interface WindowParts {
  readonly window: BoundWindow;
  readonly key: Expr | null;
}

/** WINDOW: sizes in ms, the time as an expression over the input row (null: the row's event time). Undefined after an error. */
export function bindWindow(cx: Binder, node: WindowClause, scope: Scope): WindowParts | undefined {
  if (scope.row.relations.length === 0) {
    cx.report('VS2005', node.span, { what: 'WINDOW' });
    return undefined;
  }
  const time = bindTime(cx, node.time, scope);
  const common = { time, span: node.span };
  switch (node.kind) {
    case 'tumbling': {
      const sizeMs = positiveMs(cx, node.size, 'window size', scope);
      return sizeMs === undefined ? undefined : { window: { kind: 'tumbling', sizeMs, ...common }, key: null };
    }
    case 'sliding': {
      const sizeMs = positiveMs(cx, node.size, 'window size', scope);
      const advanceMs = positiveMs(cx, node.advance, 'window advance', scope);
      if (sizeMs === undefined || advanceMs === undefined) return undefined;
      if (advanceMs > sizeMs) cx.report('VS2071', node.span, undefined, cx.strict ? 'error' : undefined);
      return { window: { kind: 'sliding', sizeMs, advanceMs, ...common }, key: null };
    }
    case 'session': {
      const gapMs = positiveMs(cx, node.gap, 'session gap', scope);
      const key = node.key === undefined ? null : cx.expression(node.key, scope);
      return gapMs === undefined ? undefined : { window: { kind: 'session', gapMs, ...common }, key };
    }
  }
}

function positiveMs(cx: Binder, node: Expression, what: string, scope: Scope): number | undefined {
  const e = cx.expression(node, scope);
  if (e.kind !== 'literal' || typeof e.value !== 'number') {
    if (node.kind !== 'error') cx.report('VS2074', node.span, undefined);
    return undefined;
  }
  // A bare number is seconds; the parser makes it an interval, but a tree may be made by hand.
  const ms = e.type.kind === 'interval' ? e.value : e.value * 1_000;
  if (ms > 0) return ms;
  cx.report('VS2070', node.span, { what });
  return undefined;
}

/** The time column (§6.2). INTEGER and FLOAT count ms and stay as they are; text is read as ISO. */
function bindTime(cx: Binder, node: Expression | undefined, scope: Scope): Expr | null {
  if (node === undefined) return null;
  const e = cx.expression(node, scope);
  if (e.kind === 'system' && (e.name === '_EVENT_TIME' || e.name === '_TIMESTAMP')) return e;
  const { kind } = e.type;
  if (e.kind !== 'system' && (kind === 'integer' || kind === 'float' || isTime(e.type))) return e;
  if (isDynamic(e.type)) return dynamic(e);
  const time = kind === 'string' ? asTimestamp(e) : undefined;
  if (time !== undefined) return time;
  cx.report('VS2072', node.span, { name: cx.options.sql.slice(node.span.start, node.span.end), type: typeText(e.type) });
  return null;
}
