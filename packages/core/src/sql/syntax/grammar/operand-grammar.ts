import type { Span } from '../../../diagnostics/span.ts';
import type { CaseWhen, Expression, TypeName } from '../../ast/index.ts';
import { type IntervalLiteral, parseDuration, unitByName, unitBySuffix } from '../interval.ts';
import { adjacent, type SqlToken, type TokenType, tokenSpan, tokenValue } from '../token.ts';
import * as t from '../token-types.ts';
import { ExpressionGrammar } from './expression-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
type Alternatives<T> = { GATE?: () => boolean; ALT: () => T }[];
const TYPED_STRINGS = [K.TIMESTAMP, K.DATE, K.TIME];
const NOW_WORDS = [K.CURRENT_TIMESTAMP, K.CURRENT_DATE, K.CURRENT_TIME];
/** Keywords the reference takes as column names (§1.3); the rest of the soft ones is ours. */
const REFERENCE_COLUMN_WORDS = [K.JOIN, K.LEFT, K.RIGHT, K.INNER, K.FULL, K.OUTER, K.ON, K.WITHIN, K.REPLACE];

/** Operands: literals, columns, CASE, brackets, and what follows an operand (§4.2). */
export abstract class OperandGrammar extends ExpressionGrammar {
  protected abstract readonly typeName: ParserMethod<[], TypeName>;
  protected abstract readonly call: ParserMethod<[], Expression>;
  protected abstract readonly special: ParserMethod<[], Expression>;

  protected readonly primary: ParserMethod<[], Expression> = this.RULE('primary', () => {
    return this.OR(this.primaryAlternatives);
  });
  private readonly primaryAlternatives = {
    ERR_MSG: 'an expression',
    DEF: [
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
    ] as Alternatives<Expression>,
  };

  private text(token: SqlToken): Expression {
    return this.ACTION((): Expression => {
      const span = tokenSpan(token);
      if (this.strict && token.image.length !== tokenValue(token).length + 2) this.lenientForm('a doubled quote in a string', span);
      return { kind: 'string', value: tokenValue(token), span };
    });
  }

  private constant(which: 'null' | 'true' | 'false', token: SqlToken): Expression {
    return this.ACTION(
      (): Expression =>
        which === 'null' ? { kind: 'null', span: tokenSpan(token) } : { kind: 'boolean', value: which === 'true', span: tokenSpan(token) },
    );
  }

  /** TRUE and FALSE are literals unless they are used as the name of a relation or function. */
  private atWord(type: TokenType): boolean {
    return this.at(type) && !this.at(t.Dot, 2) && !this.at(t.LParen, 2);
  }

  protected atSpecial(): boolean {
    const next = this.LA(1).tokenType;
    const after = this.LA(2).tokenType;
    if (after === t.LParen) return next === K.CAST || next === K.TRY_CAST || next === K.EXTRACT;
    if (TYPED_STRINGS.includes(next)) return after === t.SingleQuoted || after === t.DoubleQuoted;
    return (next === K.ARRAY && after === t.LBracket) || (NOW_WORDS.includes(next) && after !== t.Dot);
  }

  protected atCall(): boolean {
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
    const path: SqlToken[] = [this.CONSUME(t.Name)];
    this.MANY({
      GATE: () => !this.at(t.Star, 2),
      DEF: () => {
        this.CONSUME(t.Dot);
        path.push(this.OR([{ ALT: () => this.CONSUME2(t.Name) }, { ALT: () => this.CONSUME(t.DoubleQuoted) }]));
      },
    });
    return this.ACTION((): Expression => {
      const span = this.spanFrom((path[0] as SqlToken).startOffset);
      if (this.strict) this.checkPath(path, span);
      return { kind: 'column', path: path.map((token) => this.nameOf(token)), span };
    });
  });

  private checkPath(path: readonly SqlToken[], span: Span): void {
    if (path.length > 2) this.lenientForm('a name of more than two parts', span);
    const unusual = path.find(
      (token, i) =>
        t.isSoftKeyword(token.image.toUpperCase()) &&
        !REFERENCE_COLUMN_WORDS.includes(token.tokenType) &&
        !(i > 0 && token.tokenType === K.VERSIONS),
    );
    if (unusual) this.lenientForm(`keyword "${unusual.image}" as a name`, tokenSpan(unusual));
  }

  protected readonly postfix: ParserMethod<[Expression], Expression> = this.RULE('postfix', (operand: Expression) => {
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
  private shortDuration(token: SqlToken, unit: SqlToken, span: Span): IntervalLiteral {
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

  private intervalWithUnit(text: string, unit: SqlToken, span: Span): Expression {
    const name = unitByName(unit.image);
    if (!name) return this.fail('VS1020', unit, { unit: this.found(unit), hint: this.misspelt(unit) });
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

  protected readonly array: ParserMethod<[], Expression> = this.RULE('array', () => {
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
}

function numberLiteral(token: SqlToken, span: Span): Expression {
  const text = token.image;
  if (token.tokenType === t.FloatNumber) return { kind: 'float', value: Number(text), text, span };
  if (token.tokenType === t.DecimalNumber) return { kind: 'decimal', text: decimalText(text), span };
  const value = BigInt(text);
  return value < 2n ** 63n ? { kind: 'integer', value, span } : { kind: 'float', value: Number(text), text, span };
}

/** `.5` and `3.` in the form that every reader of decimals knows. */
const decimalText = (text: string): string => (text.startsWith('.') ? `0${text}` : text.endsWith('.') ? text.slice(0, -1) : text);
