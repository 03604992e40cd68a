import type { Span } from '../../../diagnostics/span.ts';
import type { Expression, FunctionCall, Name, OverClause } from '../../ast/index.ts';
import { type SqlToken, type TokenType, tokenSpan, tokenValue } from '../token.ts';
import * as t from '../token-types.ts';
import { OperandGrammar } from './operand-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
const TYPED_STRINGS = [K.TIMESTAMP, K.DATE, K.TIME];
export const WINDOW_CALLS: ReadonlySet<string> = new Set(['TUMBLE', 'TUMBLING', 'HOP', 'HOPPING', 'SLIDING', 'SESSION']);

/** Calls of functions, and the forms that look like one. */
export abstract class CallGrammar extends OperandGrammar {
  protected abstract readonly overClause: ParserMethod<[], OverClause>;

  /** CAST, TRY_CAST, EXTRACT, `TIMESTAMP '…'`, `ARRAY[…]`, CURRENT_TIMESTAMP. */
  protected readonly special: ParserMethod<[], Expression> = this.RULE('special', () =>
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

  protected readonly call: ParserMethod<[], Expression> = this.RULE('call', () => {
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
    let distinct: SqlToken | undefined;
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
}

const plainCall = (name: Name, items: readonly Expression[], span: Span): FunctionCall => ({
  kind: 'call',
  name,
  arguments: items,
  star: false,
  distinct: false,
  span,
});
