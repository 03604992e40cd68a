import type { Problem } from '../../diagnostics/define-codes.ts';
import type { Statement, StatementBody } from '../ast/index.ts';
import { bindExpression } from './bind-expression.ts';
import { bindQuery } from './bind-query.ts';
import { type Binder, type BindOptions, createBinder, type Demands, noDemands, type QueryContext } from './binder.ts';
import type { BoundStatement } from './bound.ts';
import { asMap, propertiesOfStatement } from './properties.ts';
import { rareBinders } from './rare-binders.ts';
import { outputOf } from './targets.ts';

/** A statement is bound again for each newly found column of an input with unknown columns; nesting bounds the number. */
const PASSES_MAX = 40;

export interface BindResult {
  /** Null when there is an error. */
  readonly bound: BoundStatement | null;
  /** Errors, warnings and hints, in the order found. */
  readonly problems: readonly Problem[];
  /** The query has a `*` over an input with unknown columns: so may its output. */
  readonly open: boolean;
}

/**
 * Gives every name of a statement its meaning and every expression its type. Problems are collected; nothing that a
 * user wrote makes it throw.
 */
export function bindStatement(statement: Statement | StatementBody, options: BindOptions): BindResult {
  return bindWith(statement, options, noDemands(), new Set());
}

/** As `bindStatement`; `extras` are columns that a reader asks of a `*` over unknown columns, `demands` takes up what is asked of others. */
export function bindWith(statement: StatementBody, options: BindOptions, demands: Demands, extras: ReadonlySet<string>): BindResult {
  let result: BindResult;
  let passes = 0;
  do {
    demands.changed = false;
    result = bindOnce(statement, options, demands, extras);
  } while (demands.changed && ++passes < PASSES_MAX);
  return result;
}

function bindOnce(statement: StatementBody, options: BindOptions, demands: Demands, extras: ReadonlySet<string>): BindResult {
  const problems: Problem[] = [];
  const properties = asMap(propertiesOfStatement(statement));
  const cx = createBinder(options, { problems, properties, demands, expression: bindExpression, query: bindQuery });
  const context: QueryContext = { ctes: null, outer: null, depth: 0, extras, tablesOnly: false };
  const bound = bindBody(cx, statement, context);
  const open = bound !== null && 'query' in bound && cx.openQueries.has(bound.query);
  return { bound: problems.some((p) => p.severity === 'error') ? null : bound, problems, open };
}

function bindBody(cx: Binder, statement: StatementBody, context: QueryContext): BoundStatement | null {
  const { span } = statement;
  switch (statement.kind) {
    case 'query':
      return { kind: 'query', query: cx.query(statement.query, context), output: outputOf(cx, statement.query), span };
    case 'create':
      return rareBinders().bindCreate(cx, statement, context);
    case 'insert':
      return rareBinders().bindInsert(cx, statement, context);
    case 'update':
      return rareBinders().bindUpdate(cx, statement, context);
    case 'delete':
      return rareBinders().bindDelete(cx, statement, context);
    case 'explain':
      bindBody(cx, statement.statement, context);
      return { kind: 'command', span };
    case 'job':
      if ('body' in statement) bindBody(cx, statement.body, context);
      return { kind: 'command', span };
    case 'drop':
    case 'show':
    case 'describe':
      return { kind: 'command', span };
    case 'unsupported':
    case 'error':
      return null;
  }
}
