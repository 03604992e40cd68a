import type { Span } from '../../diagnostics/span.ts';
import { spanOver } from '../../diagnostics/span.ts';
import type { BinaryOperator, Expression, Query } from '../ast/index.ts';

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
type LikeOperator = 'LIKE' | 'ILIKE' | 'REGEXP';

/** An expression as the grammar reads it: operands and operators in a row, without precedence. */
export type Part =
  | { readonly is: 'operand'; readonly expression: Expression }
  | { readonly is: 'prefix'; readonly operator: 'NOT' | '-' | '+'; readonly span: Span }
  | { readonly is: 'infix'; readonly operator: BinaryOperator; readonly span: Span }
  | { readonly is: 'between'; readonly negated: boolean; readonly span: Span }
  | { readonly is: 'like'; readonly operator: LikeOperator; readonly negated: boolean; readonly span: Span }
  | { readonly is: 'escape'; readonly span: Span }
  | { readonly is: 'is'; readonly test: 'NULL' | 'TRUE' | 'FALSE'; readonly negated: boolean; readonly span: Span }
  | { readonly is: 'in'; readonly list: readonly Expression[]; readonly negated: boolean; readonly span: Span }
  | { readonly is: 'in-query'; readonly query: Query; readonly negated: boolean; readonly span: Span }
  | {
      readonly is: 'quantified';
      readonly operator: Comparison;
      readonly quantifier: 'ANY' | 'ALL';
      readonly query: Query;
      readonly span: Span;
    };

/** Binding power of §4.1, low to high. */
export const POWER = { or: 1, and: 2, not: 3, compare: 4, concat: 5, add: 6, multiply: 7, sign: 8, postfix: 9 } as const;

const INFIX: Record<BinaryOperator, number> = {
  OR: POWER.or,
  AND: POWER.and,
  '=': POWER.compare,
  '!=': POWER.compare,
  '<': POWER.compare,
  '<=': POWER.compare,
  '>': POWER.compare,
  '>=': POWER.compare,
  '||': POWER.concat,
  '+': POWER.add,
  '-': POWER.add,
  '*': POWER.multiply,
  '/': POWER.multiply,
  '%': POWER.multiply,
};
export const infixPower = (operator: BinaryOperator): number => INFIX[operator];

/** Chains of these may be regrouped without changing their value, so long ones become balanced instead of deep. */
const ASSOCIATIVE: ReadonlySet<string> = new Set(['AND', 'OR', '||']);
const CHAIN_MAX = 64;

export interface TreeEvents {
  /** `a < b < c` */
  chained(operator: string, span: Span): void;
  betweenWithoutAnd(span: Span): never;
  missingOperand(span: Span): never;
}

/**
 * Builds the tree of one flat expression by precedence climbing. Work is linear in the parts; the stack is bounded by the number of
 * precedence levels and the run of prefix operators, never by the length of a chain.
 */
export function buildTree(parts: readonly Part[], events: TreeEvents): Expression {
  const first = parts[0];
  if (parts.length === 1 && first?.is === 'operand') return first.expression;
  return new TreeBuilder(parts, events).whole();
}

const MAX_64 = 2n ** 63n;

class TreeBuilder {
  readonly #parts: readonly Part[];
  readonly #events: TreeEvents;
  #at = 0;

  constructor(parts: readonly Part[], events: TreeEvents) {
    this.#parts = parts;
    this.#events = events;
  }

  whole(): Expression {
    const tree = this.climb(0);
    const left = this.#parts[this.#at];
    if (left) this.#events.missingOperand(spanOf(left));
    return tree;
  }

  climb(least: number): Expression {
    let left = this.#operand();
    let compared = false;
    for (;;) {
      const part = this.#parts[this.#at];
      if (!part || powerOf(part) < least) return left;
      if (powerOf(part) === POWER.compare && isComparison(part)) {
        if (compared) this.#events.chained(part.is === 'infix' || part.is === 'quantified' ? part.operator : part.is, spanOf(part));
        compared = true;
      }
      left = part.is === 'infix' && ASSOCIATIVE.has(part.operator) ? this.#chain(left, part.operator) : this.#combine(left, part);
    }
  }

  #operand(): Expression {
    const part = this.#parts[this.#at++];
    if (!part) return this.#events.missingOperand(spanOf(this.#parts.at(-1) as Part));
    if (part.is === 'operand') return part.expression;
    if (part.is !== 'prefix') return this.#events.missingOperand(part.span);
    const operand = this.climb(part.operator === 'NOT' ? POWER.compare : POWER.sign);
    const span = spanOver(part.span, operand.span);
    if (part.operator === '-' && operand.kind === 'float' && /^\d+$/.test(operand.text) && BigInt(operand.text) === MAX_64) {
      return { kind: 'integer', value: -MAX_64, span };
    }
    return { kind: 'unary', operator: part.operator, operand, span };
  }

  #combine(left: Expression, part: Part): Expression {
    this.#at++;
    const over = (last: { readonly span: Span }): Span => spanOver(left.span, last.span);
    switch (part.is) {
      case 'infix': {
        const right = this.climb(infixPower(part.operator) + 1);
        return { kind: 'binary', operator: part.operator, left, right, span: over(right) };
      }
      case 'between':
        return this.#between(left, part);
      case 'like': {
        const pattern = this.climb(POWER.concat);
        const mark = this.#escape();
        const rest = mark ? { escape: mark, span: over(mark) } : { span: over(pattern) };
        return { kind: 'like', operator: part.operator, operand: left, pattern, negated: part.negated, ...rest };
      }
      case 'is':
        return { kind: 'is', operand: left, test: part.test, negated: part.negated, span: over(part) };
      case 'in':
        return { kind: 'in', operand: left, list: part.list, negated: part.negated, span: over(part) };
      case 'in-query':
        return { kind: 'in-query', operand: left, query: part.query, negated: part.negated, span: over(part) };
      case 'quantified': {
        const { operator, quantifier, query } = part;
        return { kind: 'quantified', operand: left, operator, quantifier, query, span: over(part) };
      }
      default:
        return this.#events.missingOperand(spanOf(part));
    }
  }

  #between(left: Expression, part: Part & { is: 'between' }): Expression {
    const low = this.climb(POWER.concat);
    const and = this.#parts[this.#at];
    if (and?.is !== 'infix' || and.operator !== 'AND') return this.#events.betweenWithoutAnd(part.span);
    this.#at++;
    const high = this.climb(POWER.concat);
    return { kind: 'between', operand: left, low, high, negated: part.negated, span: spanOver(left.span, high.span) };
  }

  #escape(): Expression | undefined {
    if (this.#parts[this.#at]?.is !== 'escape') return undefined;
    this.#at++;
    return this.climb(POWER.concat);
  }

  #chain(first: Expression, operator: BinaryOperator): Expression {
    const terms = [first];
    for (;;) {
      const part = this.#parts[this.#at];
      if (part?.is !== 'infix' || part.operator !== operator) break;
      this.#at++;
      terms.push(this.climb(infixPower(operator) + 1));
    }
    return terms.length > CHAIN_MAX ? balanced(terms, operator, 0, terms.length) : leftDeep(terms, operator);
  }
}

const join = (left: Expression, operator: BinaryOperator, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
  span: spanOver(left.span, right.span),
});
const leftDeep = (terms: readonly Expression[], operator: BinaryOperator): Expression =>
  terms.slice(1).reduce((left, right) => join(left, operator, right), terms[0] as Expression);

function balanced(terms: readonly Expression[], operator: BinaryOperator, from: number, to: number): Expression {
  if (to - from <= 2) return leftDeep(terms.slice(from, to), operator);
  const middle = (from + to) >> 1;
  return join(balanced(terms, operator, from, middle), operator, balanced(terms, operator, middle, to));
}

const spanOf = (part: Part): Span => (part.is === 'operand' ? part.expression.span : part.span);
const isComparison = (part: Part): boolean =>
  part.is === 'infix' || part.is === 'quantified' || part.is === 'between' || part.is === 'like';

function powerOf(part: Part): number {
  switch (part.is) {
    case 'infix':
      return infixPower(part.operator);
    case 'operand':
    case 'prefix':
    case 'escape':
      return -1;
    default:
      return POWER.compare;
  }
}
