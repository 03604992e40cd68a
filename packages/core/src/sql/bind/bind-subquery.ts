import type { Span } from '../../diagnostics/span.ts';
import { BOOLEAN, type SqlType } from '../../values/types.ts';
import type { Expression, Query } from '../ast/index.ts';
import { align } from './align.ts';
import { mismatch, twoValued } from './bind-compare.ts';
import { readTable, type TableRead } from './bind-table-read.ts';
import type { Binder } from './binder.ts';
import { unknownValue } from './coerce.ts';
import type { CompareOp, Expr, SubqueryExpr } from './expression.ts';
import { conjuncts } from './expression-tree.ts';
import { sameExpr } from './same-expression.ts';
import type { Scope } from './scope.ts';

/** Sub-queries deeper than this are refused, deeper than the second slow. */
const DEPTH_MAX = 10;
const DEPTH_SLOW = 3;

type SubqueryNode = Expression & { kind: 'exists' | 'scalar-query' | 'in-query' | 'quantified' };
type Form = SubqueryExpr['form'];

const FORM_TEXT: Readonly<Record<Form, string>> = { scalar: 'scalar', exists: 'EXISTS', in: 'IN', any: 'ANY', all: 'ALL' };

/** `(SELECT …)`, EXISTS, IN, ANY and ALL over a materialised table (§4.11). */
export function bindSubquery(cx: Binder, node: SubqueryNode, scope: Scope): Expr {
  const depth = scope.context.depth + 1;
  if (depth > DEPTH_MAX) {
    cx.report('VS2095', node.span, { limit: DEPTH_MAX });
    return unknownValue(node.span);
  }
  if (depth === DEPTH_SLOW + 1) cx.report('VS2093', node.span, { what: `a sub-query nested ${depth} levels deep` });
  const form = formOf(node);
  const arms = form === 'scalar' ? [node.query] : armsOf(node.query);
  if (arms.length > 1) return anyArm(cx, node, arms, scope);
  const arg = 'operand' in node ? cx.expression(node.operand, scope) : null;
  const read = readTable(cx, node.query, { scope, depth, needsOne: form !== 'exists', label: FORM_TEXT[form], first: form === 'scalar' });
  if (read === undefined) return unknownValue(node.span);
  adviseOn(cx, node, read);
  if (form === 'exists' || form === 'scalar') return subquery(node, read, { form, arg: null, op: null, select: read.select });
  return comparison(cx, node, read, { form, arg: arg! });
}

/** The arms of a UNION whose order and number of rows do not matter. */
function armsOf(query: Query): readonly Query[] {
  if (query.kind === 'select' || query.ctes.length > 0 || query.limit !== undefined) return [query];
  return [...armsOf(query.left), ...armsOf(query.right)];
}

/** `x IN (a UNION b)` is `x IN (a) OR x IN (b)`; for ALL every arm counts. */
function anyArm(cx: Binder, node: SubqueryNode, arms: readonly Query[], scope: Scope): Expr {
  const negated = 'negated' in node && node.negated;
  const args = arms.map((query) => bindSubquery(cx, { ...node, query, ...(negated ? { negated: false } : {}) }, scope));
  const kind = node.kind === 'quantified' && node.quantifier === 'ALL' ? 'and' : 'or';
  const any: Expr = { kind, args, type: BOOLEAN, span: node.span };
  return negated ? { kind: 'not', arg: any, type: BOOLEAN, span: node.span, ...twoValued(cx) } : any;
}

const formOf = (node: SubqueryNode): Form => {
  if (node.kind === 'quantified') return node.quantifier === 'ANY' ? 'any' : 'all';
  return node.kind === 'exists' ? 'exists' : node.kind === 'in-query' ? 'in' : 'scalar';
};

/** `x op ANY (…)`: both sides made comparable, the selected one inside. */
function comparison(cx: Binder, node: SubqueryNode, read: TableRead, { form, arg }: { form: Form; arg: Expr }): Expr {
  const op: CompareOp = node.kind === 'quantified' ? node.operator : '=';
  const sides = read.select === null ? undefined : align([arg, read.select]);
  if (sides === undefined) {
    if (read.select !== null) cx.report('VS2025', node.span, mismatch(`the two sides of ${FORM_TEXT[form]}`, [arg, read.select]));
    return unknownValue(node.span);
  }
  return subquery(node, read, { form, arg: sides[0]!, op, select: sides[1]! });
}

interface Parts {
  readonly form: Form;
  readonly arg: Expr | null;
  readonly op: CompareOp | null;
  readonly select: Expr | null;
}

function subquery(node: SubqueryNode, read: TableRead, { form, arg, op, select }: Parts): Expr {
  const type: SqlType = form === 'scalar' && select !== null ? select.type : BOOLEAN;
  const negated = 'negated' in node && node.negated;
  const { table, tableWidth, outer, where, aggregates, query } = read;
  return {
    kind: 'subquery',
    form,
    table,
    tableWidth,
    outer,
    where,
    select: form === 'exists' ? null : select,
    aggregates,
    arg,
    op,
    negated,
    type,
    span: node.span,
    ...(query === null ? {} : { query }),
  };
}

function adviseOn(cx: Binder, node: SubqueryNode, read: TableRead): void {
  if (read.outer.length > 0) cx.report('VS2093', node.span, { what: 'a sub-query that uses values of the outer query' });
  if (node.kind === 'in-query' && node.negated && !cx.velostream && mayBeNull(read)) cx.report('VS2092', node.span, undefined);
  if (read.where !== null) adviseOnPatterns(cx, read.where);
  if (node.kind === 'scalar-query' && read.aggregates.length === 0 && !read.single) cx.report('VS2097', node.span, undefined);
}

/** Whether the selected column may be NULL: not when the sub-query itself rules it out. */
function mayBeNull(read: TableRead): boolean {
  const { select, where } = read;
  if (select === null || !read.selectNullable) return false;
  return where === null || !conjuncts(where).some((t) => t.kind === 'is' && t.test === 'null' && t.negated && sameExpr(t.arg, select));
}

/** Conditions that no index serves (§11 (10)). */
function adviseOnPatterns(cx: Binder, where: Expr): void {
  for (const term of conjuncts(where)) {
    const span: Span = term.span ?? { start: 0, end: 0 };
    if (term.kind === 'like' && term.pattern.kind === 'literal' && String(term.pattern.value).startsWith('%')) {
      cx.report('VS2094', span, { what: 'LIKE with a leading %' });
    } else if (term.kind === 'call' && term.fn.name === 'regexp') {
      cx.report('VS2094', span, { what: 'a regular expression' });
    } else if (term.kind === 'compare' && (term.left.kind === 'call' || term.right.kind === 'call')) {
      cx.report('VS2094', span, { what: 'a function' });
    }
  }
}
