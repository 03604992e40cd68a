import type { Expr } from '../../bind/expression.ts';
import { conjuncts } from '../../bind/expression-tree.ts';
import { needBelow, needOf, strongest, type TimeNeed } from '../physical/time-needs.ts';
import type { FilterNode, JoinNode, PlanNode, ProjectNode, TableJoinNode } from '../plan.ts';
import { isRepeatable, mayFail, readsOnlyColumns } from '../tree/expr-traits.ts';
import { columnsOf, conjunction, moveColumns, someExpr, substitute } from '../tree/expr-tree.ts';
import { inputsOf, withInputs } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/**
 * Moves each condition of a filter as far towards the sources as answers allow:
 *
 * * through projections and unions; into the side of a join that it speaks of (never the padded one); beneath an
 *   aggregate when it speaks of group keys alone; conditions over both sides of an inner join into the join;
 * * into the scan - but below a watermark only where nothing goes by that watermark, since rows that a source
 *   drops do not move it;
 * * never through what keeps or counts rows: OVER, LIMIT, top lists, DISTINCT, sorts.
 *
 * A condition that may fail does not pass anything that drops rows: it would fail for rows it never met.
 */
export const pushFilters: Rule = {
  name: 'push-filters',
  rewrite: (root, context) => sink(root, context.above),
};

function sink(node: PlanNode, above: TimeNeed): PlanNode {
  const need = strongest(above, needOf(node));
  const moved = node.kind === 'filter' ? moveConditions(node, need) : node;
  if (moved !== node) return sink(moved, above);
  return withInputs(
    node,
    inputsOf(node).map((input) => sink(input, needBelow(node, need))),
  );
}

function moveConditions(filter: FilterNode, need: TimeNeed): PlanNode {
  let input = filter.input;
  const stay: Expr[] = [];
  for (const predicate of conjuncts(filter.predicate)) {
    const pushed = isRepeatable(predicate) ? pushInto(input, { predicate, clause: filter.clause }, need) : null;
    if (pushed === null) stay.push(predicate);
    else input = pushed;
  }
  if (input === filter.input) return filter;
  const rest = conjunction(stay);
  return rest === null ? input : { ...filter, input, predicate: rest };
}

type Condition = Pick<FilterNode, 'predicate' | 'clause'>;

/** `node` with the condition inside; null when it can only stand above. */
function pushInto(node: PlanNode, c: Condition, need: TimeNeed): PlanNode | null {
  switch (node.kind) {
    case 'scan':
      return readsOnlyColumns(c.predicate)
        ? { ...node, filter: conjunction([...(node.filter === null ? [] : [node.filter]), c.predicate]) }
        : null;
    case 'watermark':
      return need === 'none' && readsOnlyColumns(c.predicate) ? withInputs(node, [settle(node.input, c, need)]) : null;
    case 'filter': {
      if (mayFail(c.predicate)) return null;
      const input = pushInto(node.input, c, need);
      return input === null ? null : { ...node, input };
    }
    case 'project':
      return pushThroughProject(node, c, need);
    case 'union':
      return withInputs(
        node,
        node.inputs.map((input) => settle(input, c, need)),
      );
    case 'aggregate': {
      const onKeys = node.keys.length > 0 && [...columnsOf(c.predicate)].every((index) => index < node.keys.length);
      if (!onKeys || !isPlain(c.predicate) || !node.keys.every(isRepeatable)) return null;
      return { ...node, input: settle(node.input, { ...c, predicate: substitute(c.predicate, node.keys) }, strongest(need, needOf(node))) };
    }
    case 'join':
      return pushIntoJoin(node, c, strongest(need, needOf(node)));
    case 'table-join':
      return pushIntoTableJoin(node, c, need);
    case 'temporal-join':
      if (!isPlain(c.predicate) || !isWithin(c.predicate, 0, node.left.fields.length)) return null;
      return { ...node, left: settle(node.left, c, strongest(need, needOf(node))) };
    default:
      return null;
  }
}

/** As deep as it goes below here, else right above. */
const settle = (node: PlanNode, c: Condition, need: TimeNeed): PlanNode =>
  pushInto(node, c, need) ?? { kind: 'filter', input: node, ...c, fields: node.fields, changes: 'append' };

/** Fit to be evaluated elsewhere and for other rows: of the columns alone, and without errors. */
const isPlain = (e: Expr): boolean => readsOnlyColumns(e) && !mayFail(e);

const isWithin = (e: Expr, from: number, to: number): boolean => [...columnsOf(e)].every((index) => index >= from && index < to);

const readsMeta = (e: Expr): boolean =>
  someExpr(e, (part) => part.kind === 'system' || (part.kind === 'call' && part.fn.evaluateInContext !== undefined));

function pushThroughProject(node: ProjectNode, c: Condition, need: TimeNeed): PlanNode | null {
  if (!node.items.every(isRepeatable) || (node.eventTime !== null && readsMeta(c.predicate))) return null;
  return { ...node, input: settle(node.input, { ...c, predicate: substitute(c.predicate, node.items) }, need) };
}

function pushIntoJoin(node: JoinNode, c: Condition, need: TimeNeed): PlanNode | null {
  if (!isPlain(c.predicate)) return null;
  const width = node.left.fields.length;
  const keepsLeft = node.join === 'inner' || node.join === 'left';
  const keepsRight = node.join === 'inner' || node.join === 'right';
  if (isWithin(c.predicate, 0, width)) return keepsLeft ? { ...node, left: settle(node.left, c, need) } : null;
  if (isWithin(c.predicate, width, node.fields.length)) {
    const predicate = moveColumns(c.predicate, (index) => index - width);
    return keepsRight ? { ...node, right: settle(node.right, { ...c, predicate }, need) } : null;
  }
  return node.join === 'inner' ? { ...node, residual: withCondition(node.residual, c.predicate) } : null;
}

function pushIntoTableJoin(node: TableJoinNode, c: Condition, need: TimeNeed): PlanNode | null {
  if (!isPlain(c.predicate)) return null;
  if (isWithin(c.predicate, 0, node.input.fields.length)) return { ...node, input: settle(node.input, c, need) };
  return node.join === 'inner' ? { ...node, residual: withCondition(node.residual, c.predicate) } : null;
}

const withCondition = (residual: Expr | null, condition: Expr): Expr =>
  conjunction([...(residual === null ? [] : conjuncts(residual)), condition]) as Expr;
