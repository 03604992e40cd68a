import { typeText } from '../../../values/type-text.ts';
import type { Expr } from '../../bind/expression.ts';
import type { PlanNode, PlanWindow, QueryPlan } from '../plan.ts';
import { aggregateKey, exprKey, overKey, scalarKey, sortKeyText } from '../tree/expr-key.ts';
import { inputsOf } from '../tree/plan-tree.ts';

/** Raised when the text changes its form, so that an older checkpoint is refused rather than misread. */
const VERSION = 1;

/**
 * Stable text of a plan: equal for plans whose operators keep the same state. Checkpoints carry its hash, so it names
 * everything that decides what a state means - expressions, types, windows - and nothing else (no spans, no names of columns).
 */
export const fingerprint = (plan: Omit<QueryPlan, 'fingerprint'>): string =>
  `v${VERSION};visible=${plan.visible};key=${plan.key === null ? '-' : plan.key.join(',')};${nodeText(plan.root)}`;

const nodeText = (node: PlanNode): string =>
  `${node.kind}{${detailsOf(node)}|${node.changes}|${node.fields.map((field) => typeText(field.type)).join(',')}}(${inputsOf(node).map(nodeText).join(',')})`;

const list = (exprs: readonly Expr[]): string => exprs.map(exprKey).join(',');
const orNone = (e: Expr | null): string => (e === null ? '-' : exprKey(e));
const pairs = (keys: readonly { readonly left: Expr; readonly right: Expr }[]): string =>
  keys.map((k) => `${exprKey(k.left)}=${exprKey(k.right)}`).join(',');
const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(',');

function windowKey(w: PlanWindow): string {
  switch (w.kind) {
    case 'tumbling':
      return `tumbling ${w.sizeMs}`;
    case 'sliding':
      return `sliding ${w.sizeMs} ${w.advanceMs}`;
    case 'session':
      return `session ${w.gapMs}${w.since === undefined ? '' : ` ${list(w.since)}`}`;
  }
}

function detailsOf(node: PlanNode): string {
  switch (node.kind) {
    case 'scan':
      return `${JSON.stringify(node.relation)};${quoted(node.columns)};${orNone(node.filter)};${node.system.join(',')}`;
    case 'values':
      return node.rows.map((row) => row.map(scalarKey).join(',')).join(';');
    case 'watermark':
      return `${orNone(node.time)};${node.delayMs};${node.maxFutureMs};${node.idleTimeoutMs};${node.perRow};${node.replaces ?? false}`;
    case 'filter':
      return exprKey(node.predicate);
    case 'project':
      return `${list(node.items)};${orNone(node.eventTime)}`;
    case 'aggregate':
      return `${list(node.keys)};${node.window === null ? '-' : windowKey(node.window)};${node.aggregates.map(aggregateKey).join(',')};${node.emit};${node.allowedLatenessMs};${node.late};${node.inputChanges}`;
    case 'window-rows':
      return `${list(node.keys)};${windowKey(node.window)};${node.emit};${node.allowedLatenessMs};${node.late}`;
    case 'over':
      return node.calls.map(overKey).join(',');
    case 'join':
      return `${node.join};${pairs(node.keys)};${orNone(node.residual)};${matchKey(node.match)};${orNone(node.leftTime)};${orNone(node.rightTime)};${node.graceMs}`;
    case 'table-join':
      return `${node.join};${JSON.stringify(node.table)};${quoted(node.tableColumns)};${pairs(node.keys)};${orNone(node.residual)};${node.missing}`;
    case 'temporal-join':
      return `${node.join};${pairs(node.keys)};${orNone(node.residual)};${exprKey(node.asOf)}`;
    case 'distinct':
      return `${node.maxRows};${node.windowEnd}`;
    case 'sort':
      return `${node.keys.map(sortKeyText).join(',')};${node.scope};${node.windowEnd};${limitKey(node.limit)}`;
    case 'limit':
      return `${limitKey(node)};${node.scope};${node.windowEnd}`;
    case 'top-n':
      return `${node.keys.map(sortKeyText).join(',')};${limitKey(node)};${node.partitionBy.join(',')}`;
    case 'rank':
      return `${node.fn};${node.partitionBy.join(',')};${node.keys.map(sortKeyText).join(',')};${node.count};${node.emit};${node.windowEnd};${node.showsPlace}`;
    case 'union':
      return '';
  }
}

const limitKey = (limit: { readonly count: number; readonly offset: number } | null): string =>
  limit === null ? '-' : `${limit.count}+${limit.offset}`;

function matchKey(match: Extract<PlanNode, { kind: 'join' }>['match']): string {
  switch (match.kind) {
    case 'interval':
      return `interval ${match.lowerMs} ${match.upperMs}`;
    case 'window':
      return `${windowKey(match.window)} ${match.emit}`;
    case 'unbounded':
      return 'unbounded';
  }
}
