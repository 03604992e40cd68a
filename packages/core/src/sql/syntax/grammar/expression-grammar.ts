import { type Span, spanOver } from '../../../diagnostics/span.ts';
import type { BinaryOperator, Expression, OrderItem, Query } from '../../ast/index.ts';
import { buildTree, type Part, type TreeEvents } from '../expression-tree.ts';
import { type SqlToken, tokenSpan } from '../token.ts';
import * as t from '../token-types.ts';
import { GrammarBase, isEnd } from './grammar-base.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
type Alternatives<T> = { GATE?: () => boolean; ALT: () => T }[];
type Negatable = { readonly negated: boolean; readonly start: number };

const LIKE_WORDS = [K.LIKE, K.ILIKE, K.RLIKE, K.REGEXP];
const INFIX_PREDICATES = [K.IN, K.BETWEEN, ...LIKE_WORDS];
const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const QUANTIFIERS = [K.ANY, K.SOME, K.ALL];

/** Expressions (§4): operands and operators are read in a row, then ordered by precedence in `expression-tree.ts`. */
export abstract class ExpressionGrammar extends GrammarBase {
  protected abstract readonly query: ParserMethod<[], Query>;
  protected abstract readonly primary: ParserMethod<[], Expression>;
  protected abstract readonly postfix: ParserMethod<[Expression], Expression>;

  private parts: Part[] = [];
  /** Off while the first argument of POSITION is read: its IN is no predicate. */
  protected inAllowed = true;
  /** On inside the arguments of a window: `5m` is a duration there. */
  protected durations = false;
  /** On in the list of IN: `(1, 2)` may stand there. */
  protected rowsAllowed = false;
  /** On in DEFAULT of a column: NOT NULL after it belongs to the column. */
  protected columnDefault = false;
  protected caseDepth = 0;
  private readonly treeEvents: TreeEvents = {
    chained: (operator, span) => this.report('VS1029', span, { operator }),
    betweenWithoutAnd: (span) => this.failAt(span, 'VS1015', undefined),
    missingOperand: (span) => this.failAt(span, 'VS1003', { found: this.found(this.LA(1)), expected: 'an expression' }),
  };

  protected resetExpressions(): void {
    this.parts = [];
    this.inAllowed = true;
    this.durations = false;
    this.rowsAllowed = false;
    this.columnDefault = false;
    this.caseDepth = 0;
  }

  private failAt<C extends 'VS1015' | 'VS1003'>(span: Span, code: C, params: Parameters<typeof this.fail<C>>[2]): never {
    const token = { ...this.LA(1), startOffset: span.start, endOffset: span.end - 1 } as SqlToken;
    return this.fail(code, token, params);
  }

  readonly expression: ParserMethod<[], Expression> = this.RULE('expression', () => {
    const outer = this.ACTION(() => {
      const saved = this.parts;
      this.parts = [];
      return saved;
    });
    try {
      this.SUBRULE(this.operand);
      this.MANY(this.tails);
      return this.ACTION(() => buildTree(this.parts, this.treeEvents));
    } finally {
      this.parts = outer;
    }
  });

  /** Whether the next token goes on with the expression. */
  private continues(): boolean {
    const next = this.LA(1).tokenType;
    if (next === K.NOT) return !(this.columnDefault && this.at(K.NULL, 2));
    if (next === K.IN) return this.inAllowed;
    if (next === K.ESCAPE) return this.parts.some((part) => part.is === 'like');
    return true;
  }

  private readonly operand: ParserMethod<[], void> = this.RULE('operand', () => {
    this.MANY(() => {
      const sign = this.OR([{ ALT: () => this.CONSUME(K.NOT) }, { ALT: () => this.CONSUME(t.Minus) }, { ALT: () => this.CONSUME(t.Plus) }]);
      this.ACTION(() => {
        const operator = sign.tokenType === K.NOT ? 'NOT' : sign.tokenType === t.Minus ? '-' : '+';
        this.parts.push({ is: 'prefix', operator, span: tokenSpan(sign) });
      });
    });
    let expression = this.SUBRULE(this.primary);
    this.MANY2(() => {
      expression = this.SUBRULE(this.postfix, { ARGS: [expression] });
    });
    this.ACTION(() => {
      const last = this.parts.at(-1);
      if (
        this.strict &&
        last?.is === 'prefix' &&
        last.operator !== 'NOT' &&
        !(last.operator === '-' && (expression.kind === 'integer' || expression.kind === 'float'))
      ) {
        this.lenientForm(`"${last.operator}" before anything but a whole number`, spanOver(last.span, expression.span));
      }
      this.parts.push({ is: 'operand', expression });
    });
  });

  /** Closures made once: this is the hottest place of the grammar. */
  private readonly tails = {
    GATE: (): boolean => this.continues(),
    DEF: (): void => this.OR(this.tailAlternatives),
  };
  private readonly tailAlternatives: Alternatives<void> = [
    { ALT: () => this.SUBRULE(this.infixTail) },
    { ALT: () => this.SUBRULE(this.isTail) },
    { ALT: () => this.SUBRULE(this.predicateTail) },
    { ALT: () => this.SUBRULE(this.escapeTail) },
  ];

  /** The operator that `infixTail` has just read. */
  private infix: SqlToken | undefined;
  private readonly infixTail: ParserMethod<[], void> = this.RULE('infixTail', () => {
    const token = this.CONSUME(t.BinaryOp);
    this.ACTION(() => {
      this.infix = token;
      if (this.atQuantifier() && !this.atQuery(3)) {
        const word = this.LA(1).image.toUpperCase();
        this.fail('VS1003', this.LA(3), { found: this.found(this.LA(3)), expected: `a query after "${word} ("` });
      }
    });
    this.OR(this.infixAlternatives);
  });
  private readonly infixAlternatives: Alternatives<void> = [
    { GATE: () => this.atQuantifier(), ALT: () => this.SUBRULE(this.quantified) },
    {
      ALT: () => {
        this.ACTION(() => this.parts.push(this.infixPart(this.infix as SqlToken)));
        this.SUBRULE(this.operand);
      },
    },
  ];

  private atQuantifier(): boolean {
    return this.at(t.LParen, 2) && this.atAny(QUANTIFIERS);
  }

  private infixPart(token: SqlToken): Part {
    const span = tokenSpan(token);
    const text = token.image.toUpperCase();
    if (text === '~' || text === '!~') {
      this.lenientForm(`"${text}"`, span);
      return { is: 'like', operator: 'REGEXP', negated: text === '!~', span };
    }
    if (text === '%') this.lenientForm('"%"', span);
    if (text === '||' && this.strict && this.parts.some((part) => part.is === 'infix' && COMPARISONS.has(part.operator))) {
      this.lenientForm('"||" to the right of a comparison', span);
    }
    // the lexer gives this token type to the operators of the AST and to `<>`, `~`, `!~` only
    return { is: 'infix', operator: (text === '<>' ? '!=' : text) as BinaryOperator, span };
  }

  private readonly quantified: ParserMethod<[], void> = this.RULE('quantified', () => {
    const operator = this.infix as SqlToken;
    const word = this.OR([{ ALT: () => this.CONSUME(K.ANY) }, { ALT: () => this.CONSUME(K.SOME) }, { ALT: () => this.CONSUME(K.ALL) }]);
    this.CONSUME(t.LParen);
    const query = this.SUBRULE(this.query);
    this.CONSUME(t.RParen);
    this.ACTION(() => {
      const text = operator.image === '<>' ? '!=' : operator.image;
      const span = this.spanFrom(operator.startOffset);
      if (!COMPARISONS.has(text)) this.fail('VS1003', word, { found: this.found(word), expected: 'an expression' });
      this.lenientForm(`"${word.image} (SELECT …)"`, span);
      // checked against COMPARISONS just above
      const comparison = text as '=' | '!=' | '<' | '<=' | '>' | '>=';
      this.parts.push({ is: 'quantified', operator: comparison, quantifier: word.tokenType === K.ALL ? 'ALL' : 'ANY', query, span });
    });
  });

  private readonly isTail: ParserMethod<[], void> = this.RULE('isTail', () => {
    const word = this.CONSUME(K.IS);
    const negated = this.OPTION(() => this.CONSUME(K.NOT)) !== undefined;
    this.demand([K.NULL, K.TRUE, K.FALSE], 'VS1017', (found) => ({ found }));
    const test = this.OR([{ ALT: () => this.CONSUME(K.NULL) }, { ALT: () => this.CONSUME(K.TRUE) }, { ALT: () => this.CONSUME(K.FALSE) }]);
    this.ACTION(() => {
      const span = this.spanFrom(word.startOffset);
      if (test.tokenType !== K.NULL) this.lenientForm('"IS TRUE" and "IS FALSE"', span);
      this.parts.push({ is: 'is', test: test.image.toUpperCase() as 'NULL' | 'TRUE' | 'FALSE', negated, span });
    });
  });

  private readonly predicateTail: ParserMethod<[], void> = this.RULE('predicateTail', () => {
    const start = this.start();
    const negated = this.OPTION(() => this.CONSUME(K.NOT)) !== undefined;
    if (negated) this.demand(INFIX_PREDICATES, 'VS1016', (found) => ({ found }));
    const begun = { negated, start };
    this.OR([
      { ALT: () => this.SUBRULE(this.inTail, { ARGS: [begun] }) },
      {
        ALT: () => {
          this.CONSUME(K.BETWEEN);
          this.ACTION(() => this.parts.push({ is: 'between', negated, span: this.spanFrom(start) }));
          this.SUBRULE(this.operand);
        },
      },
      { ALT: () => this.SUBRULE(this.likeTail, { ARGS: [begun] }) },
    ]);
  });

  private readonly likeTail: ParserMethod<[Negatable], void> = this.RULE(
    'likeTail',
    ({ negated, start } = { negated: false, start: 0 }) => {
      const word = this.OR(LIKE_WORDS.map((type) => ({ ALT: () => this.CONSUME(type) })));
      this.ACTION(() => {
        const text = word.image.toUpperCase();
        const operator = text === 'LIKE' || text === 'ILIKE' ? text : 'REGEXP';
        const span = this.spanFrom(start);
        if (text !== 'LIKE') this.lenientForm(`"${text}"`, span);
        this.parts.push({ is: 'like', operator, negated, span });
      });
      this.SUBRULE(this.operand);
    },
  );

  private readonly escapeTail: ParserMethod<[], void> = this.RULE('escapeTail', () => {
    const word = this.CONSUME(K.ESCAPE);
    this.ACTION(() => {
      this.lenientForm('"ESCAPE"', tokenSpan(word));
      this.parts.push({ is: 'escape', span: tokenSpan(word) });
    });
    this.SUBRULE(this.operand);
  });

  private readonly inTail: ParserMethod<[Negatable], void> = this.RULE('inTail', ({ negated, start } = { negated: false, start: 0 }) => {
    const word = this.CONSUME(K.IN);
    this.demand([t.LParen], 'VS1014', (found) => ({ problem: `expected "(" after "IN", found ${found}` }));
    this.CONSUME(t.LParen);
    this.ACTION(() => {
      if (this.at(t.RParen)) this.fail('VS1014', word, { problem: '"IN" has an empty list' });
      if (this.at(K.FROM)) this.fail('VS1014', this.LA(1), { problem: 'expected a list or a query after "IN (", found "FROM"' });
    });
    this.OR([
      {
        GATE: () => this.atQuery(1),
        ALT: () => {
          const query = this.SUBRULE(this.query);
          this.CONSUME(t.RParen);
          this.ACTION(() => this.parts.push({ is: 'in-query', query, negated, span: this.spanFrom(start) }));
        },
      },
      {
        ALT: () => {
          this.ACTION(() => {
            this.rowsAllowed = true;
          });
          const list = this.SUBRULE(this.expressions);
          this.CONSUME2(t.RParen);
          this.ACTION(() => {
            this.rowsAllowed = false;
          });
          this.ACTION(() => this.parts.push({ is: 'in', list, negated, span: this.spanFrom(start) }));
        },
      },
    ]);
  });

  /** One or more expressions with commas; switches that hold for one argument only do not reach inside. */
  readonly expressions: ParserMethod<[], Expression[]> = this.RULE('expressions', () => {
    const list: Expression[] = [];
    const { inAllowed } = this;
    this.inAllowed = true;
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => list.push(this.SUBRULE(this.expression)) });
    this.inAllowed = inAllowed;
    return list;
  });

  /** SELECT, or WITH name AS (…): what stands in the parentheses is a query. */
  protected atQuery(ahead: number): boolean {
    return (
      this.at(K.SELECT, ahead) ||
      (this.at(K.WITH, ahead) && this.at(K.AS, ahead + 2)) ||
      (this.at(t.LParen, ahead) && this.at(K.SELECT, ahead + 1) && this.unionArm(ahead))
    );
  }

  /** `(SELECT …) UNION …`: the parenthesis at `ahead` closes before UNION. */
  private unionArm(ahead: number): boolean {
    let depth = 0;
    for (let k = ahead; ; k++) {
      const token = this.LA(k);
      if (isEnd(token)) return false;
      if (token.tokenType === t.LParen) depth++;
      else if (token.tokenType === t.RParen && --depth === 0) return this.at(K.UNION, k + 1);
    }
  }

  /** An expression inside brackets of its own: switches that hold for one argument only do not reach inside. */
  protected readonly standalone: ParserMethod<[], Expression> = this.RULE('standalone', () => {
    const { inAllowed } = this;
    this.inAllowed = true;
    const expression = this.SUBRULE(this.expression);
    this.inAllowed = inAllowed;
    return expression;
  });

  readonly orderBy: ParserMethod<[], OrderItem[]> = this.RULE('orderBy', () => {
    const items: OrderItem[] = [];
    this.CONSUME(K.ORDER);
    this.CONSUME(K.BY);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.orderItem)) });
    return items;
  });

  private readonly orderItem: ParserMethod<[], OrderItem> = this.RULE('orderItem', () => {
    const expression = this.SUBRULE(this.expression);
    const direction = this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(K.ASC) }, { ALT: () => this.CONSUME(K.DESC) }]));
    const nulls = this.OPTION2(() => {
      const word = this.CONSUME(K.NULLS);
      this.ACTION(() => this.lenientForm('"NULLS FIRST" and "NULLS LAST"', tokenSpan(word)));
      return this.OR2([{ ALT: () => this.CONSUME(K.FIRST) }, { ALT: () => this.CONSUME(K.LAST) }]);
    });
    return this.ACTION(
      (): OrderItem => ({
        expression,
        direction: direction?.tokenType === K.DESC ? 'DESC' : 'ASC',
        ...(nulls && { nulls: nulls.tokenType === K.FIRST ? ('FIRST' as const) : ('LAST' as const) }),
        span: this.spanFrom(expression.span.start),
      }),
    );
  });
}
