import type { Problem } from '../../diagnostics/define-codes.ts';
import type { Field } from '../../values/column.ts';
import type { Expression } from '../ast/index.ts';
import { bindExpression } from './bind-expression.ts';
import { bindCondition } from './bind-logic.ts';
import { bindQuery } from './bind-query.ts';
import { type BindOptions, createBinder } from './binder.ts';
import type { Expr } from './expression.ts';
import type { RowScope, Scope } from './scope.ts';

/** A condition over a row of `fields`, as metrics, alerts and test assertions have them. `expr` is null when there is an error. */
export function bindPredicate(
  node: Expression,
  fields: readonly Field[],
  options: BindOptions,
): { readonly expr: Expr | null; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const cx = createBinder(options, { problems, expression: bindExpression, query: bindQuery });
  const item = { kind: 'source-function', name: { text: '', quoted: false, span: node.span }, argument: '', span: node.span } as const;
  const relation = { alias: '', name: null, explicitAlias: false, fields, offset: 0, open: false, item };
  const row: RowScope = {
    relations: [relation],
    width: fields.length,
    over: [],
    aggregates: [],
    windowed: false,
    outer: null,
    outerValues: [],
    laterAliases: new Set(),
  };
  const context = { ctes: null, outer: null, depth: 0, extras: new Set<string>(), tablesOnly: false };
  const scope: Scope = { row, clause: 'WHERE', aliases: null, aliasesFirst: false, inside: null, context };
  const expr = bindCondition(cx, node, scope);
  return { expr: problems.some((p) => p.severity === 'error') ? null : expr, problems };
}
