import type { Expression, FromItem, Join, Name } from '../../ast/index.ts';
import { tokenSpan, tokenValue } from '../token.ts';
import * as t from '../token-types.ts';
import { asDuration } from '../window-clause.ts';
import { OverGrammar } from './over-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
const SOURCE_FUNCTIONS: ReadonlySet<string> = new Set(['KAFKA_TOPIC', 'KAFKA', 'FILE', 'S3', 'HTTP', 'DATAGEN']);
const JOIN_STARTS = [K.INNER, K.LEFT, K.RIGHT, K.FULL, K.CROSS];

/** What stands after FROM and JOIN (§3.3, §7). */
export abstract class RelationGrammar extends OverGrammar {
  protected readonly fromItem: ParserMethod<[boolean], FromItem> = this.RULE('fromItem', (inCreate: boolean) => {
    const start = this.start();
    this.ACTION(() => this.rejectDigitName());
    return this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.derived) },
        { GATE: () => this.atSourceFunction(), ALT: () => this.SUBRULE(this.sourceFunction) },
        {
          GATE: () => !this.at(K.ON),
          ALT: () => {
            const relation = this.SUBRULE(this.relationName);
            this.ACTION(() => this.rejectTableOperators());
            const alias = this.SUBRULE(this.optionalAlias, { ARGS: [inCreate] });
            const properties = this.OPTION2({
              GATE: () => this.at(t.LParen, 2),
              DEF: () => this.SUBRULE(this.withClause, { ARGS: [false] }),
            });
            return this.ACTION(
              (): FromItem => ({
                kind: 'relation',
                relation,
                ...(alias && { alias }),
                properties: properties ?? [],
                span: this.spanFrom(start),
              }),
            );
          },
        },
      ],
      ERR_MSG: 'the name of a relation',
    });
  });

  /** Forms of other dialects that are recognised but not supported. */
  private rejectTableOperators(): void {
    const next = this.LA(1);
    if (next.tokenType === K.MATCH_RECOGNIZE || ((next.tokenType === K.UNPIVOT || next.tokenType === K.PIVOT) && this.at(t.LParen, 2))) {
      this.fail('VS1026', next, { feature: next.image.toUpperCase() });
    }
    if (next.tokenType === t.Dot) {
      const name = this.sql.slice(this.LA(0).startOffset, this.spanOf(this.LA(2)).end);
      this.fail('VS1027', { ...this.LA(0), endOffset: this.spanOf(this.LA(2)).end - 1 }, { name });
    }
  }

  private readonly optionalAlias: ParserMethod<[boolean], Name | undefined> = this.RULE('optionalAlias', (inCreate: boolean) => {
    const marked = this.at(K.AS);
    const start = this.start();
    const alias = this.OPTION({ GATE: () => this.atAlias(), DEF: () => this.SUBRULE(this.alias) });
    this.ACTION(() => {
      if (alias && marked && !inCreate) this.lenientForm('"AS" before the alias of a relation', this.spanFrom(start));
    });
    return alias;
  });

  private atSourceFunction(): boolean {
    return this.at(t.LParen, 2) && SOURCE_FUNCTIONS.has(this.LA(1).image.toUpperCase());
  }

  private readonly derived: ParserMethod<[], FromItem> = this.RULE('derived', () => {
    const open = this.CONSUME(t.LParen);
    const query = this.SUBRULE(this.query);
    this.CONSUME(t.RParen);
    const alias = this.OPTION({ GATE: () => this.atAlias(), DEF: () => this.SUBRULE(this.alias) });
    return this.ACTION((): FromItem => {
      const span = this.spanFrom(open.startOffset);
      this.lenientForm('a query in FROM', span);
      return { kind: 'derived', query, ...(alias && { alias }), span };
    });
  });

  private readonly sourceFunction: ParserMethod<[], FromItem> = this.RULE('sourceFunction', () => {
    const word = this.CONSUME(t.Name);
    this.CONSUME(t.LParen);
    const argument = this.CONSUME(t.Text);
    this.CONSUME(t.RParen);
    const alias = this.OPTION({ GATE: () => this.atAlias(), DEF: () => this.SUBRULE(this.alias) });
    return this.ACTION((): FromItem => {
      const span = this.spanFrom(word.startOffset);
      this.lenientForm('a function in FROM', span);
      return { kind: 'source-function', name: this.nameOf(word), argument: tokenValue(argument), ...(alias && { alias }), span };
    });
  });

  protected atJoin(): boolean {
    const next = this.LA(1).tokenType;
    if (next === K.JOIN) return true;
    return JOIN_STARTS.includes(next) && (this.at(K.JOIN, 2) || (this.at(K.OUTER, 2) && this.at(K.JOIN, 3)));
  }

  protected readonly join: ParserMethod<[], Join> = this.RULE('join', () => {
    const start = this.start();
    const side = this.OPTION(() =>
      this.OR([
        { ALT: () => this.CONSUME(K.INNER) },
        { ALT: () => this.CONSUME(K.LEFT) },
        { ALT: () => this.CONSUME(K.RIGHT) },
        { ALT: () => this.CONSUME(K.FULL) },
        { ALT: () => this.CONSUME(K.CROSS) },
      ]),
    );
    const outer = this.OPTION2(() => this.CONSUME(K.OUTER));
    this.CONSUME(K.JOIN);
    const right = this.SUBRULE(this.fromItem, { ARGS: [false] });
    const asOf = this.OPTION3(() => {
      const word = this.CONSUME(K.FOR);
      this.CONSUME(K.SYSTEM_TIME);
      this.CONSUME(K.AS);
      this.CONSUME(K.OF);
      this.ACTION(() => this.lenientForm('"FOR SYSTEM_TIME AS OF"', tokenSpan(word)));
      return this.SUBRULE(this.expression);
    });
    // the alias of a temporal table may also follow AS OF
    const lateAlias = this.OPTION4({
      GATE: () => asOf !== undefined && !('alias' in right) && this.atAlias(),
      DEF: () => this.SUBRULE(this.alias),
    });
    const cross = side?.tokenType === K.CROSS;
    this.ACTION(() => this.requireOn(cross));
    const on = this.OPTION5({
      GATE: () => !cross,
      DEF: () => this.SUBRULE(this.joinCondition),
    });
    return this.ACTION((): Join => {
      const kind = (side?.image.toUpperCase() ?? 'INNER') as Join['kind'];
      if (cross || (kind === 'FULL' && !outer)) this.lenientForm(`"${kind} JOIN"`, this.spanFrom(start));
      const item: FromItem = lateAlias ? { ...right, alias: lateAlias } : right;
      return { kind, right: item, ...(asOf && { asOf }), ...on, span: this.spanFrom(start) };
    });
  });

  private requireOn(cross: boolean): void {
    if (cross || this.at(K.ON)) return;
    // USING was taken for the alias of the relation
    const using = this.LA(0).image.toUpperCase() === 'USING' && this.at(t.LParen);
    const place = this.LA(using ? 0 : 1);
    const hint = 'A join needs ON with a condition, e.g. ON a.id = b.id; write CROSS JOIN for all pairs.';
    this.fail('VS1003', place, { found: this.found(place), expected: '"ON"', hint });
  }

  private readonly joinCondition: ParserMethod<[], Pick<Join, 'on' | 'within' | 'grace'>> = this.RULE('joinCondition', () => {
    this.CONSUME(K.ON);
    const on = this.SUBRULE(this.expression);
    const within = this.OPTION(() => {
      this.CONSUME(K.WITHIN);
      return this.SUBRULE(this.duration);
    });
    const grace = this.OPTION2({
      GATE: () => within !== undefined,
      DEF: () => {
        const word = this.CONSUME(K.GRACE);
        this.OPTION3(() => this.CONSUME(K.PERIOD));
        this.ACTION(() => this.lenientForm('"GRACE"', tokenSpan(word)));
        return this.SUBRULE2(this.duration);
      },
    });
    return { on, ...(within && { within }), ...(grace && { grace }) };
  });

  /** A duration outside a window: `5m`, `INTERVAL '5' MINUTE`, `'5m'`, `5` (seconds). */
  protected readonly duration: ParserMethod<[], Expression> = this.RULE('duration', () => {
    const { durations } = this;
    this.durations = true;
    const value = this.SUBRULE(this.primary);
    this.durations = durations;
    return this.ACTION((): Expression => {
      const duration = asDuration(value);
      const text = this.sql.slice(value.span.start, value.span.end);
      if (!duration || duration.value <= 0)
        return this.fail('VS1019', { ...this.LA(0), startOffset: value.span.start, endOffset: value.span.end - 1 }, { text: `"${text}"` });
      if (duration.text === undefined) this.lenientForm('a duration that is not in short form', value.span);
      return duration;
    });
  });
}
