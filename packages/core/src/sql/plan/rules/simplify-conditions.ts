import { sameType } from '../../../values/type-text.ts';
import { BOOLEAN } from '../../../values/types.ts';
import type { CompareOp, Expr } from '../../bind/expression.ts';
import { exprKey } from '../tree/expr-key.ts';
import { isRepeatable, mayFail } from '../tree/expr-traits.ts';
import { mapExpr } from '../tree/expr-tree.ts';
import { mapExprsOf, mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/**
 * Simplifies conditions without leaving three-valued logic: constants in AND, OR, CASE and COALESCE, repeated terms,
 * NOT in front of what can be turned round. A WHERE that can only be NULL is FALSE.
 */
export const simplifyConditions: Rule = {
  name: 'simplify-conditions',
  rewrite: (root) =>
    mapPlan(root, (node) => {
      const mapped = mapExprsOf(node, simplifyExpr);
      if (mapped.kind !== 'filter' || !isLiteral(mapped.predicate, null)) return mapped;
      return { ...mapped, predicate: literal(false) };
    }),
};

export const simplifyExpr = (e: Expr): Expr => mapExpr(e, simplify);

function simplify(e: Expr): Expr {
  switch (e.kind) {
    case 'and':
      return simplifyTerms(e, false);
    case 'or':
      return simplifyTerms(e, true);
    case 'not':
      return simplifyNot(e);
    case 'case':
      return simplifyCase(e);
    case 'coalesce':
      return simplifyCoalesce(e);
    default:
      return e;
  }
}

const literal = (value: boolean | null): Expr => ({ kind: 'literal', value, type: BOOLEAN });
const isLiteral = (e: Expr, value: boolean | null): boolean => e.kind === 'literal' && e.value === value;

type Terms = Extract<Expr, { kind: 'and' | 'or' }>;

/** `deciding`: the value of one term that decides the whole (FALSE for AND). Its opposite changes nothing. */
function simplifyTerms(e: Terms, deciding: boolean): Expr {
  const terms: Expr[] = [];
  const seen = new Set<string>();
  for (const term of e.args.flatMap((arg) => (arg.kind === e.kind ? (arg as Terms).args : [arg]))) {
    if (isLiteral(term, !deciding)) continue;
    if (isLiteral(term, deciding)) {
      // Terms behind it are never evaluated; those before it only matter where they may fail.
      if (!terms.some(mayFail)) return literal(deciding);
      terms.push(term);
      break;
    }
    const key = exprKey(term);
    if (seen.has(key) && isRepeatable(term)) continue;
    seen.add(key);
    terms.push(term);
  }
  const [first, ...rest] = terms;
  if (first === undefined) return literal(!deciding);
  if (rest.length === 0) return first;
  return terms.length === e.args.length && terms.every((term, i) => term === e.args[i]) ? e : { ...e, args: terms };
}

const OPPOSITE: Readonly<Record<CompareOp, CompareOp>> = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

function simplifyNot(e: Extract<Expr, { kind: 'not' }>): Expr {
  const { arg } = e;
  if (arg.kind === 'literal' && typeof arg.value === 'boolean') return literal(!arg.value);
  if (arg.kind === 'is') return { ...arg, negated: !arg.negated };
  if (e.twoValued || ('twoValued' in arg && arg.twoValued)) return e;
  switch (arg.kind) {
    case 'literal':
      return arg.value === null ? literal(null) : e;
    case 'not':
      return arg.arg;
    case 'compare':
      return { ...arg, op: OPPOSITE[arg.op] };
    case 'between':
    case 'in':
    case 'like':
      return { ...arg, negated: !arg.negated };
    default:
      return e;
  }
}

function simplifyCase(e: Extract<Expr, { kind: 'case' }>): Expr {
  const whens = e.whens.filter((when) => !isLiteral(when.condition, false) && !isLiteral(when.condition, null));
  const decided = whens.findIndex((when) => isLiteral(when.condition, true));
  if (decided < 0 && whens.length === e.whens.length) return e;
  const kept = decided < 0 ? whens : whens.slice(0, decided);
  const otherwise = decided < 0 ? e.otherwise : (whens[decided]?.result ?? null);
  if (kept.length > 0) return { ...e, whens: kept, otherwise };
  if (otherwise === null) return { kind: 'literal', value: null, type: e.type };
  return sameType(otherwise.type, e.type) ? otherwise : e;
}

function simplifyCoalesce(e: Extract<Expr, { kind: 'coalesce' }>): Expr {
  const args = e.args.filter((arg) => !isLiteral(arg, null));
  const decided = args.findIndex((arg) => arg.kind === 'literal');
  const kept = decided < 0 ? args : args.slice(0, decided + 1);
  const [first] = kept;
  if (first === undefined) return { kind: 'literal', value: null, type: e.type };
  if (kept.length === 1) return sameType(first.type, e.type) ? first : e;
  return kept.length === e.args.length ? e : { ...e, args: kept };
}
