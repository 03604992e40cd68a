import type { IToken, ParserMethod, TokenType } from 'chevrotain';
import { type Span, spanOver } from '../../diagnostics/span.ts';
import type { BinaryOperator, CaseWhen, Expression, FunctionCall, Name, OrderItem, OverClause, Query, TypeName } from '../ast/index.ts';
import { buildTree, type Part, type TreeEvents } from './expression-tree.ts';
import { GrammarBase, isEnd } from './grammar-base.ts';
import { type IntervalLiteral, parseDuration, unitByName, unitBySuffix } from './interval.ts';
import { adjacent, tokenSpan, tokenValue } from './token.ts';
import * as t from './token-types.ts';

const { K } = t;
type Alternatives<T> = { GATE?: () => boolean; ALT: () => T }[];
type Negatable = { readonly negated: boolean; readonly start: number };

const LIKE_WORDS = [K.LIKE, K.ILIKE, K.RLIKE, K.REGEXP];
const INFIX_PREDICATES = [K.IN, K.BETWEEN, ...LIKE_WORDS];
const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const QUANTIFIERS = [K.ANY, K.SOME, K.ALL];
const TYPED_STRINGS = [K.TIMESTAMP, K.DATE, K.TIME];
const NOW_WORDS = [K.CURRENT_TIMESTAMP, K.CURRENT_DATE, K.CURRENT_TIME];
/** Keywords the reference takes as column names (§1.3); the rest of the soft ones is ours. */
const REFERENCE_COLUMN_WORDS = [K.JOIN, K.LEFT, K.RIGHT, K.INNER, K.FULL, K.OUTER, K.ON, K.WITHIN, K.REPLACE];
export const WINDOW_CALLS: ReadonlySet<string> = new Set(['TUMBLE', 'TUMBLING', 'HOP', 'HOPPING', 'SLIDING', 'SESSION']);

/** Expressions (§4): operands and operators are read in a row, then ordered by precedence in `expression-tree.ts`. */
export abstract class ExpressionGrammar extends GrammarBase {
  protected abstract readonly query: ParserMethod<[], Query>;
  protected abstract readonly overClause: ParserMethod<[], OverClause>;
  protected abstract readonly typeName: ParserMethod<[], TypeName>;

  private parts: Part[] = [];
  /** Off while the first argument of POSITION is read: its IN is no predicate. */
  private inAllowed = true;
  /** On inside the arguments of a window: `5m` is a duration there. */
  protected durations = false;
  /** On in the list of IN: `(1, 2)` may stand there. */
  private rowsAllowed = false;
  /** On in DEFAULT of a column: NOT NULL after it belongs to the column. */
  protected columnDefault = false;
  private caseDepth = 0;
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
    const token = { ...this.LA(1), startOffset: span.start, endOffset: span.end - 1 } as IToken;
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
      this.MANY({ GATE: () => this.continues(), DEF: () => this.SUBRULE(this.operatorTail) });
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

  private tailAlternatives: Alternatives<void> | undefined;
  private readonly operatorTail: ParserMethod<[], void> = this.RULE('operatorTail', () => {
    this.tailAlternatives ??= [
      { ALT: () => this.SUBRULE(this.infixTail) },
      { ALT: () => this.SUBRULE(this.isTail) },
      { ALT: () => this.SUBRULE(this.predicateTail) },
      { ALT: () => this.SUBRULE(this.escapeTail) },
    ];
    this.OR(this.tailAlternatives);
  });

  private readonly infixTail: ParserMethod<[], void> = this.RULE('infixTail', () => {
    const token = this.CONSUME(t.BinaryOp);
    this.ACTION(() => {
      const list = this.atAny(QUANTIFIERS) && this.at(t.LParen, 2) && !this.atQuery(3);
      if (list)
        this.fail('VS1003', this.LA(3), { found: this.found(this.LA(3)), expected: `a query after "${this.LA(1).image.toUpperCase()} ("` });
    });
    this.OR([
      {
        GATE: () => this.atAny(QUANTIFIERS) && this.at(t.LParen, 2) && this.atQuery(3),
        ALT: () => this.SUBRULE(this.quantified, { ARGS: [token] }),
      },
      {
        ALT: () => {
          this.ACTION(() => this.parts.push(this.infixPart(token)));
          this.SUBRULE(this.operand);
        },
      },
    ]);
  });

  private infixPart(token: IToken): Part {
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

  private readonly quantified: ParserMethod<[IToken], void> = this.RULE('quantified', (operator: IToken) => {
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
      const word = this.OR(LIKE_WORDS.map((type, i) => ({ ALT: () => this.consume(i, type) })));
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

  // ---- operands

  private primaryAlternatives: Alternatives<Expression> | undefined;
  readonly primary: ParserMethod<[], Expression> = this.RULE('primary', () => {
    this.primaryAlternatives ??= [
      { GATE: () => this.atColumn(), ALT: () => this.SUBRULE(this.column) },
      { GATE: () => this.atCall(), ALT: () => this.SUBRULE(this.call) },
      { ALT: () => this.SUBRULE(this.number) },
      { ALT: () => this.text(this.CONSUME(t.Text)) },
      { ALT: () => this.constant('null', this.CONSUME(K.NULL)) },
      { GATE: () => this.atWord(K.TRUE), ALT: () => this.constant('true', this.CONSUME(K.TRUE)) },
      { GATE: () => this.atWord(K.FALSE), ALT: () => this.constant('false', this.CONSUME(K.FALSE)) },
      { ALT: () => this.SUBRULE(this.caseExpression) },
      { ALT: () => this.SUBRULE(this.interval) },
      { ALT: () => this.SUBRULE(this.exists) },
      { ALT: () => this.SUBRULE(this.parenthesised) },
      { ALT: () => this.SUBRULE(this.array) },
      { GATE: () => this.atSpecial(), ALT: () => this.SUBRULE(this.special) },
    ];
    return this.OR({ DEF: this.primaryAlternatives, ERR_MSG: 'an expression' });
  });

  private text(token: IToken): Expression {
    return this.ACTION((): Expression => {
      const span = tokenSpan(token);
      if (this.strict && token.image.length !== tokenValue(token).length + 2) this.lenientForm('a doubled quote in a string', span);
      return { kind: 'string', value: tokenValue(token), span };
    });
  }

  private constant(which: 'null' | 'true' | 'false', token: IToken): Expression {
    return this.ACTION(
      (): Expression =>
        which === 'null' ? { kind: 'null', span: tokenSpan(token) } : { kind: 'boolean', value: which === 'true', span: tokenSpan(token) },
    );
  }

  /** TRUE and FALSE are literals unless they are used as the name of a relation or function. */
  private atWord(type: TokenType): boolean {
    return this.at(type) && !this.at(t.Dot, 2) && !this.at(t.LParen, 2);
  }

  private atSpecial(): boolean {
    const next = this.LA(1).tokenType;
    const after = this.LA(2).tokenType;
    if (after === t.LParen) return next === K.CAST || next === K.TRY_CAST || next === K.EXTRACT;
    if (TYPED_STRINGS.includes(next)) return after === t.SingleQuoted || after === t.DoubleQuoted;
    return (next === K.ARRAY && after === t.LBracket) || (NOW_WORDS.includes(next) && after !== t.Dot);
  }

  private atCall(): boolean {
    return this.at(t.LParen, 2) && this.atKind(t.Name) && !this.atSpecial();
  }

  private atColumn(): boolean {
    const next = this.LA(1).tokenType;
    if (next === t.Identifier) return !this.at(t.LParen, 2);
    if (!this.atKind(t.Name) || this.at(t.LParen, 2) || this.atWord(K.TRUE) || this.atWord(K.FALSE) || this.atSpecial()) return false;
    return !this.startsClause(next);
  }

  /** Soft keywords where a name is possible but a clause is meant. */
  private startsClause(next: TokenType): boolean {
    if (next === K.END) return this.caseDepth > 0;
    if (next === K.WINDOW) return this.atKind(t.Name, 2);
    if (next === K.EMIT) return this.at(K.CHANGES, 2) || this.at(K.FINAL, 2);
    if (next === K.LIMIT) return this.atKind(t.Num, 2);
    return next === K.JOIN && this.atKind(t.Name, 2);
  }

  protected readonly column: ParserMethod<[], Expression> = this.RULE('column', () => {
    const path: IToken[] = [this.CONSUME(t.Name)];
    this.MANY({
      GATE: () => !this.at(t.Star, 2),
      DEF: () => {
        this.CONSUME(t.Dot);
        path.push(this.OR([{ ALT: () => this.CONSUME2(t.Name) }, { ALT: () => this.CONSUME(t.DoubleQuoted) }]));
      },
    });
    return this.ACTION((): Expression => {
      const span = this.spanFrom((path[0] as IToken).startOffset);
      if (this.strict) this.checkPath(path, span);
      return { kind: 'column', path: path.map((token) => this.nameOf(token)), span };
    });
  });

  private checkPath(path: readonly IToken[], span: Span): void {
    if (path.length > 2) this.lenientForm('a name of more than two parts', span);
    const unusual = path.find(
      (token, i) =>
        t.isSoftKeyword(token.image.toUpperCase()) &&
        !REFERENCE_COLUMN_WORDS.includes(token.tokenType) &&
        !(i > 0 && token.tokenType === K.VERSIONS),
    );
    if (unusual) this.lenientForm(`keyword "${unusual.image}" as a name`, tokenSpan(unusual));
  }

  private readonly postfix: ParserMethod<[Expression], Expression> = this.RULE('postfix', (operand: Expression) => {
    const within = (build: (span: Span) => Expression, form: string): Expression =>
      this.ACTION(() => {
        const span = this.spanFrom(operand.span.start);
        this.lenientForm(form, span);
        return build(span);
      });
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(t.DoubleColon);
          const type = this.SUBRULE(this.typeName);
          return within((span) => ({ kind: 'cast', operand, type, safe: false, span }), '"::"');
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LBracket);
          const index = this.SUBRULE(this.standalone);
          this.CONSUME(t.RBracket);
          return within((span) => ({ kind: 'index', operand, index, span }), 'an index in brackets');
        },
      },
      {
        GATE: () => !this.at(t.Star, 2),
        ALT: () => {
          this.CONSUME(t.Dot);
          const name = this.OR2([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.DoubleQuoted) }]);
          return within((span) => ({ kind: 'field', operand, name: this.nameOf(name), span }), 'a field of an expression');
        },
      },
      {
        ALT: () => {
          const arrow = this.OR3([{ ALT: () => this.CONSUME(t.Arrow) }, { ALT: () => this.CONSUME(t.LongArrow) }]);
          const key = this.SUBRULE(this.primary);
          return within(
            (span) => ({ kind: 'json-access', operand, key, asText: arrow.tokenType === t.LongArrow, span }),
            `"${arrow.image}"`,
          );
        },
      },
    ]);
  });

  private readonly number: ParserMethod<[], Expression> = this.RULE('number', () => {
    const token = this.CONSUME(t.Num);
    const unit = this.OPTION({
      GATE: () => this.durations && unitBySuffix(this.LA(1).image) !== undefined,
      DEF: () => this.CONSUME(t.Identifier),
    });
    return this.ACTION((): Expression => {
      const span = this.spanFrom(token.startOffset);
      if (unit) return this.shortDuration(token, unit, span);
      const next = this.LA(1);
      if (next.tokenType === t.Identifier && adjacent(token, next)) {
        const name = token.image + next.image;
        if (this.durations) this.fail('VS1019', { ...token, image: name, endOffset: next.endOffset as number }, { text: `"${name}"` });
        this.fail('VS1028', { ...token, image: name, endOffset: next.endOffset as number }, { name });
      }
      if (token.image.startsWith('.')) this.lenientForm('a number that starts with a point', span);
      return numberLiteral(token, span);
    });
  });

  /** `5m`, `5 m` and `5 MINUTES` inside a window. The two spellings with words become interval literals without a short text. */
  private shortDuration(token: IToken, unit: IToken, span: Span): IntervalLiteral {
    const text = token.image + unit.image;
    const duration = token.tokenType === t.IntegerNumber ? parseDuration(text) : undefined;
    if (!duration) return this.fail('VS1019', { ...token, image: text, endOffset: unit.endOffset as number }, { text: `"${text}"` });
    const spelled = unitByName(unit.image) !== undefined;
    if (spelled) this.lenientForm('a duration with the unit in words', span);
    return spelled ? { kind: 'interval', ...duration, span } : { kind: 'interval', ...duration, text, span };
  }

  readonly interval: ParserMethod<[], Expression> = this.RULE('interval', () => {
    const word = this.CONSUME(K.INTERVAL);
    const minus = this.OPTION(() => this.CONSUME(t.Minus));
    const value = this.OR({ DEF: [{ ALT: () => this.CONSUME(t.Text) }, { ALT: () => this.CONSUME(t.Num) }], ERR_MSG: 'a number' });
    const unit = this.OPTION2({
      GATE: () => unitByName(this.LA(1).image) !== undefined || (this.atKind(t.Name) && /^-?\d+$/.test(tokenValue(value))),
      DEF: () => this.CONSUME(t.Name),
    });
    return this.ACTION((): Expression => {
      const span = this.spanFrom(word.startOffset);
      const text = (minus ? '-' : '') + tokenValue(value).trim();
      if (unit) return this.intervalWithUnit(text, unit, span);
      const duration = value.tokenType === t.IntegerNumber || /^-?\d+$/.test(text) ? undefined : parseDuration(text);
      if (!duration)
        return this.fail('VS1038', { ...word, endOffset: span.end - 1 }, { text: `"${this.sql.slice(span.start, span.end)}"` });
      this.lenientForm('an interval with its unit inside the string', span);
      return { kind: 'interval', ...duration, span };
    });
  });

  private intervalWithUnit(text: string, unit: IToken, span: Span): Expression {
    const name = unitByName(unit.image);
    if (!name) return this.fail('VS1020', unit, { unit: this.found(unit) });
    if (!/^-?\d{1,15}$/.test(text)) return this.fail('VS1038', { ...unit, startOffset: span.start }, { text: `"${text}"` });
    if (!/^(MILLISECOND|SECOND|MINUTE|HOUR|DAY)$/.test(name)) this.lenientForm(`unit "${unit.image}"`, tokenSpan(unit));
    return { kind: 'interval', value: Number(text), unit: name, span };
  }

  private readonly exists: ParserMethod<[], Expression> = this.RULE('exists', () => {
    const word = this.CONSUME(K.EXISTS);
    this.CONSUME(t.LParen);
    const query = this.SUBRULE(this.query);
    this.CONSUME(t.RParen);
    return this.ACTION((): Expression => ({ kind: 'exists', query, negated: false, span: this.spanFrom(word.startOffset) }));
  });

  private readonly parenthesised: ParserMethod<[], Expression> = this.RULE('parenthesised', () => {
    const open = this.CONSUME(t.LParen);
    const { rowsAllowed } = this;
    this.rowsAllowed = false;
    return this.OR([
      {
        GATE: () => this.atQuery(1),
        ALT: () => {
          const query = this.SUBRULE(this.query);
          this.CONSUME(t.RParen);
          return this.ACTION((): Expression => ({ kind: 'scalar-query', query, span: this.spanFrom(open.startOffset) }));
        },
      },
      {
        ALT: () => {
          const items = this.SUBRULE(this.expressions);
          this.CONSUME2(t.RParen);
          return this.ACTION((): Expression => {
            const span = this.spanFrom(open.startOffset);
            this.rowsAllowed = rowsAllowed;
            if (items.length === 1) return { ...(items[0] as Expression), span };
            if (!rowsAllowed && !this.at(K.IN) && !(this.at(K.NOT) && this.at(K.IN, 2)))
              this.fail('VS1003', this.LA(1), { found: this.found(this.LA(1)), expected: '"IN" after a list in parentheses' });
            this.lenientForm('a row value', span);
            return { kind: 'row', items, span };
          });
        },
      },
    ]);
  });

  private readonly array: ParserMethod<[], Expression> = this.RULE('array', () => {
    const open = this.CONSUME(t.LBracket);
    const items = this.OPTION({ GATE: () => !this.at(t.RBracket), DEF: () => this.SUBRULE(this.expressions) }) ?? [];
    this.CONSUME(t.RBracket);
    return this.ACTION((): Expression => {
      const span = this.spanFrom(open.startOffset);
      this.lenientForm('an array in brackets', span);
      return { kind: 'array', items, span };
    });
  });

  readonly caseExpression: ParserMethod<[], Expression> = this.RULE('caseExpression', () => {
    const word = this.CONSUME(K.CASE);
    this.ACTION(() => this.caseDepth++);
    try {
      const operand = this.OPTION({
        GATE: () => !this.at(K.WHEN) && !this.at(K.END) && !this.at(K.ELSE) && !this.at(K.THEN),
        DEF: () => this.SUBRULE(this.expression),
      });
      this.demand([K.WHEN], 'VS1013', (found) => ({ found, expected: 'WHEN' }));
      const whens: CaseWhen[] = [];
      this.AT_LEAST_ONE(() => whens.push(this.SUBRULE(this.caseWhen)));
      const otherwise = this.OPTION2(() => {
        this.CONSUME(K.ELSE);
        return this.SUBRULE2(this.expression);
      });
      this.demand([K.END], 'VS1013', (found) => ({ found, expected: 'END' }));
      this.CONSUME(K.END);
      return this.ACTION((): Expression => {
        const span = this.spanFrom(word.startOffset);
        if (operand) this.lenientForm('"CASE value WHEN"', operand.span);
        return { kind: 'case', ...(operand && { operand }), whens, ...(otherwise && { otherwise }), span };
      });
    } finally {
      this.caseDepth--;
    }
  });

  private readonly caseWhen: ParserMethod<[], CaseWhen> = this.RULE('caseWhen', () => {
    this.CONSUME(K.WHEN);
    const condition = this.SUBRULE(this.expression);
    this.demand([K.THEN], 'VS1013', (found) => ({ found, expected: 'THEN' }));
    this.CONSUME(K.THEN);
    const result = this.SUBRULE2(this.expression);
    return { condition, result };
  });

  /** CAST, TRY_CAST, EXTRACT, `TIMESTAMP '…'`, `ARRAY[…]`, CURRENT_TIMESTAMP. */
  private readonly special: ParserMethod<[], Expression> = this.RULE('special', () =>
    this.OR([
      { GATE: () => this.at(K.CAST) || this.at(K.TRY_CAST), ALT: () => this.SUBRULE(this.cast) },
      { GATE: () => this.at(K.EXTRACT), ALT: () => this.SUBRULE(this.extract) },
      {
        GATE: () => this.at(K.ARRAY),
        ALT: () => {
          const word = this.CONSUME(K.ARRAY);
          const array = this.SUBRULE(this.array);
          return this.ACTION((): Expression => ({ ...array, span: this.spanFrom(word.startOffset) }));
        },
      },
      {
        GATE: () => this.atAny(TYPED_STRINGS),
        ALT: () => {
          const word = this.CONSUME(t.Identifier);
          const value = this.CONSUME(t.Text);
          return this.ACTION((): Expression => {
            const span = this.spanFrom(word.startOffset);
            const type = word.image.toUpperCase() as 'TIMESTAMP' | 'DATE' | 'TIME';
            this.lenientForm(`"${type} '…'"`, span);
            return { kind: 'typed-string', type, value: tokenValue(value), span };
          });
        },
      },
      {
        ALT: () => {
          const word = this.CONSUME2(t.Identifier);
          this.OPTION({
            GATE: () => this.at(t.RParen, 2),
            DEF: () => {
              this.CONSUME(t.LParen);
              this.CONSUME(t.RParen);
            },
          });
          return this.ACTION((): Expression => plainCall(this.nameOf(word), [], this.spanFrom(word.startOffset)));
        },
      },
    ]),
  );

  private readonly cast: ParserMethod<[], Expression> = this.RULE('cast', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(K.CAST) }, { ALT: () => this.CONSUME(K.TRY_CAST) }]);
    this.CONSUME(t.LParen);
    const operand = this.SUBRULE(this.standalone);
    this.demand([K.AS], 'VS1012', (found) => ({ found }));
    this.CONSUME(K.AS);
    const type = this.SUBRULE(this.typeName);
    this.CONSUME(t.RParen);
    return this.ACTION((): Expression => {
      const span = this.spanFrom(word.startOffset);
      const safe = word.tokenType === K.TRY_CAST;
      if (safe) this.lenientForm('"TRY_CAST"', span);
      return { kind: 'cast', operand, type, safe, span };
    });
  });

  /** An expression inside brackets of its own: switches that hold for one argument only do not reach inside. */
  private readonly standalone: ParserMethod<[], Expression> = this.RULE('standalone', () => {
    const { inAllowed } = this;
    this.inAllowed = true;
    const expression = this.SUBRULE(this.expression);
    this.inAllowed = inAllowed;
    return expression;
  });

  private readonly extract: ParserMethod<[], Expression> = this.RULE('extract', () => {
    const word = this.CONSUME(K.EXTRACT);
    this.CONSUME(t.LParen);
    const part = this.OR({
      DEF: [{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.Text) }],
      ERR_MSG: 'a part of a time such as HOUR',
    });
    this.OR2({ DEF: [{ ALT: () => this.CONSUME(K.FROM) }, { ALT: () => this.CONSUME(t.Comma) }], ERR_MSG: '"FROM"' });
    const operand = this.SUBRULE(this.standalone);
    this.CONSUME(t.RParen);
    return this.ACTION((): Expression => {
      const field: Expression = { kind: 'string', value: tokenValue(part).toUpperCase(), span: tokenSpan(part) };
      return plainCall(this.nameOf(word), [field, operand], this.spanFrom(word.startOffset));
    });
  });

  // ---- calls

  readonly call: ParserMethod<[], Expression> = this.RULE('call', () => {
    const token = this.CONSUME(t.Name);
    const upper = token.image.toUpperCase();
    const outer = { inAllowed: this.inAllowed, durations: this.durations, rowsAllowed: this.rowsAllowed };
    this.CONSUME(t.LParen);
    this.ACTION(() => {
      this.inAllowed = upper !== 'POSITION';
      this.durations = WINDOW_CALLS.has(upper);
      this.rowsAllowed = false;
    });
    let star = false;
    let distinct: IToken | undefined;
    let items: Expression[] = [];
    try {
      this.OPTION({
        GATE: () => !this.at(t.RParen),
        DEF: () =>
          this.OR([
            {
              GATE: () => this.at(t.RParen, 2),
              ALT: () => {
                this.CONSUME(t.Star);
                star = true;
              },
            },
            {
              ALT: () => {
                distinct = this.OPTION2(() => this.CONSUME(K.DISTINCT));
                items = this.SUBRULE(this.callArguments, { ARGS: [upper] });
              },
            },
          ]),
      });
    } finally {
      Object.assign(this, outer);
    }
    this.CONSUME(t.RParen);
    const call = this.ACTION((): FunctionCall => {
      if (distinct) this.lenientForm(`"${upper}(DISTINCT …)"`, tokenSpan(distinct));
      return { ...plainCall(this.nameOf(token), items, this.spanFrom(token.startOffset)), star, distinct: distinct !== undefined };
    });
    return this.SUBRULE(this.callTail, { ARGS: [call] });
  });

  /** Also `SUBSTRING(s FROM a FOR b)` and `POSITION(a IN b)`, which become plain arguments. */
  private readonly callArguments: ParserMethod<[string], Expression[]> = this.RULE('callArguments', (name: string) => {
    const list = [this.SUBRULE(this.expression)];
    const separators = new Set<TokenType>([t.Comma]);
    if (name === 'SUBSTRING' || name === 'SUBSTR') separators.add(K.FROM).add(K.FOR);
    if (name === 'POSITION') separators.add(K.IN);
    this.MANY({
      GATE: () => separators.has(this.LA(1).tokenType),
      DEF: () => {
        const separator = this.OR([
          { ALT: () => this.CONSUME(t.Comma) },
          { ALT: () => this.CONSUME(K.FROM) },
          { ALT: () => this.CONSUME(K.FOR) },
          { ALT: () => this.CONSUME(K.IN) },
        ]);
        this.ACTION(() => {
          if (separator.tokenType !== t.Comma) this.lenientForm(`"${name}" with "${separator.image.toUpperCase()}"`, tokenSpan(separator));
          separators.delete(separator.tokenType === t.Comma ? K.IN : t.Comma);
          if (separator.tokenType !== t.Comma) separators.delete(separator.tokenType);
        });
        list.push(this.SUBRULE2(this.expression));
      },
    });
    return list;
  });

  private readonly callTail: ParserMethod<[FunctionCall], Expression> = this.RULE('callTail', (call: FunctionCall) => {
    const withinGroup = this.OPTION({
      GATE: () => this.at(K.GROUP, 2) && this.at(t.LParen, 3),
      DEF: () => {
        const word = this.CONSUME(K.WITHIN);
        this.CONSUME(K.GROUP);
        this.CONSUME(t.LParen);
        const items = this.SUBRULE(this.orderBy);
        this.CONSUME(t.RParen);
        this.ACTION(() => this.lenientForm('"WITHIN GROUP"', tokenSpan(word)));
        return items;
      },
    });
    const filter = this.OPTION2({
      GATE: () => this.at(t.LParen, 2),
      DEF: () => {
        const word = this.CONSUME(K.FILTER);
        this.CONSUME2(t.LParen);
        this.CONSUME(K.WHERE);
        const condition = this.SUBRULE(this.standalone);
        this.CONSUME2(t.RParen);
        this.ACTION(() => this.lenientForm('"FILTER"', tokenSpan(word)));
        return condition;
      },
    });
    const over = this.OPTION3(() => {
      this.CONSUME(K.OVER);
      this.demand([t.LParen], 'VS1034', (found) => ({ found }));
      return this.SUBRULE(this.overClause);
    });
    return this.ACTION(
      (): Expression => ({
        ...call,
        ...(filter && { filter }),
        ...(withinGroup && { withinGroup }),
        ...(over && { over }),
        span: this.spanFrom(call.span.start),
      }),
    );
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

const plainCall = (name: Name, items: readonly Expression[], span: Span): FunctionCall => ({
  kind: 'call',
  name,
  arguments: items,
  star: false,
  distinct: false,
  span,
});

function numberLiteral(token: IToken, span: Span): Expression {
  const text = token.image;
  if (token.tokenType === t.FloatNumber) return { kind: 'float', value: Number(text), text, span };
  if (token.tokenType === t.DecimalNumber) return { kind: 'decimal', text: decimalText(text), span };
  const value = BigInt(text);
  return value < 2n ** 63n ? { kind: 'integer', value, span } : { kind: 'float', value: Number(text), text, span };
}

/** `.5` and `3.` in the form that every reader of decimals knows. */
const decimalText = (text: string): string => (text.startsWith('.') ? `0${text}` : text.endsWith('.') ? text.slice(0, -1) : text);
