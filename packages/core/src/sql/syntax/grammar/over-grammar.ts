import type { Expression, FrameBound, OverClause, WindowFrame } from '../../ast/index.ts';
import { type SqlToken, tokenSpan } from '../token.ts';
import * as t from '../token-types.ts';
import { NameGrammar } from './name-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;

/** OVER with its buffer, frame, emission and expiry (§5.9). */
export abstract class OverGrammar extends NameGrammar {
  readonly overClause: ParserMethod<[], OverClause> = this.RULE('overClause', () => {
    const open = this.CONSUME(t.LParen);
    const buffer = this.OPTION({ GATE: () => this.at(K.WINDOW, 2), DEF: () => this.SUBRULE(this.bufferClause) });
    const partitionBy: Expression[] = [];
    this.OPTION2(() => {
      this.CONSUME(K.PARTITION);
      this.CONSUME(K.BY);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => partitionBy.push(this.SUBRULE(this.expression)) });
    });
    const orderBy = this.OPTION3(() => this.SUBRULE(this.orderBy)) ?? [];
    const frame = this.OPTION4(() => this.SUBRULE(this.frame));
    const emit = this.OPTION5(() => this.SUBRULE(this.overEmit));
    const expire = this.OPTION6(() => this.SUBRULE(this.expire));
    this.CONSUME(t.RParen);
    return this.ACTION((): OverClause => {
      const span = this.spanFrom(open.startOffset);
      if (buffer === undefined) this.lenientForm('"OVER" without "ROWS WINDOW BUFFER n ROWS"', span);
      return {
        ...(buffer !== undefined && { bufferRows: buffer }),
        partitionBy,
        orderBy,
        ...(frame && { frame }),
        ...(emit && { emit }),
        ...(expire && { expire }),
        span,
      };
    });
  });

  private readonly bufferClause: ParserMethod<[], number> = this.RULE('bufferClause', () => {
    this.CONSUME(K.ROWS);
    this.CONSUME(K.WINDOW);
    this.CONSUME(K.BUFFER);
    const count = this.CONSUME(t.IntegerNumber);
    this.CONSUME2(K.ROWS);
    return this.ACTION(() => Number(count.image));
  });

  private readonly frame: ParserMethod<[], WindowFrame> = this.RULE('frame', () => {
    const unit = this.OR([{ ALT: () => this.CONSUME(K.ROWS) }, { ALT: () => this.CONSUME(K.RANGE) }]);
    const bounds = this.OR2([
      {
        ALT: () => {
          this.CONSUME(K.BETWEEN);
          const start = this.SUBRULE(this.frameBound);
          this.CONSUME(t.K.AND);
          const end = this.SUBRULE2(this.frameBound);
          return { start, end };
        },
      },
      {
        ALT: () => {
          const start = this.SUBRULE3(this.frameBound);
          return { start, end: { kind: 'current-row' as const } };
        },
      },
    ]);
    return this.ACTION(
      (): WindowFrame => ({ unit: unit.tokenType === K.ROWS ? 'ROWS' : 'RANGE', ...bounds, span: this.spanFrom(unit.startOffset) }),
    );
  });

  private readonly frameBound: ParserMethod<[], FrameBound> = this.RULE('frameBound', () => {
    const direction = (): SqlToken =>
      this.OR2({
        DEF: [{ ALT: () => this.CONSUME(K.PRECEDING) }, { ALT: () => this.CONSUME(K.FOLLOWING) }],
        ERR_MSG: '"PRECEDING" or "FOLLOWING"',
      });
    return this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(K.UNBOUNDED);
            const word = direction();
            return this.ACTION(
              (): FrameBound => ({ kind: word.tokenType === K.PRECEDING ? 'unbounded-preceding' : 'unbounded-following' }),
            );
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.CURRENT);
            this.CONSUME(K.ROW);
            return this.ACTION((): FrameBound => ({ kind: 'current-row' }));
          },
        },
        { ALT: () => this.SUBRULE(this.frameOffset) },
      ],
      ERR_MSG: 'a frame bound',
    });
  });

  private readonly frameOffset: ParserMethod<[], FrameBound> = this.RULE('frameOffset', () => {
    const offset = this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.interval) },
        {
          ALT: () => {
            const count = this.CONSUME(t.IntegerNumber);
            return this.ACTION((): Expression => ({ kind: 'integer', value: BigInt(count.image), span: tokenSpan(count) }));
          },
        },
      ],
      ERR_MSG: 'a frame bound',
    });
    const word = this.OR2({
      DEF: [{ ALT: () => this.CONSUME(K.PRECEDING) }, { ALT: () => this.CONSUME(K.FOLLOWING) }],
      ERR_MSG: '"PRECEDING" or "FOLLOWING"',
    });
    return this.ACTION((): FrameBound => ({ kind: word.tokenType === K.PRECEDING ? 'preceding' : 'following', offset }));
  });

  private readonly overEmit: ParserMethod<[], NonNullable<OverClause['emit']>> = this.RULE('overEmit', () => {
    this.CONSUME(K.EMIT);
    return this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(K.EVERY);
            this.CONSUME(K.RECORD);
            return 'EVERY RECORD' as const;
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.ON);
            this.CONSUME(K.BUFFER);
            this.CONSUME(K.FULL);
            return 'ON BUFFER FULL' as const;
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.CHANGES);
            return 'CHANGES' as const;
          },
        },
      ],
      ERR_MSG: '"EVERY RECORD", "ON BUFFER FULL" or "CHANGES"',
    });
  });

  private readonly expire: ParserMethod<[], Expression | 'NEVER'> = this.RULE('expire', () => {
    this.CONSUME(K.EXPIRE);
    this.CONSUME(K.AFTER);
    this.demand([K.NEVER, K.INTERVAL], 'VS1011', (found) => ({ found }));
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(K.NEVER);
          return 'NEVER' as const;
        },
      },
      {
        ALT: () => {
          const interval = this.SUBRULE(this.interval);
          this.demand([K.INACTIVITY], 'VS1011', (found) => ({ found }));
          this.CONSUME(K.INACTIVITY);
          return interval;
        },
      },
    ]);
  });
}
