import type { IToken, ParserMethod } from 'chevrotain';
import type { Span } from '../../diagnostics/span.ts';
import type {
  Expression,
  FrameBound,
  FromItem,
  Join,
  Name,
  OverClause,
  Property,
  RelationName,
  TypeName,
  WindowFrame,
} from '../ast/index.ts';
import { closest } from './closest.ts';
import { ExpressionGrammar } from './expression-grammar.ts';
import { adjacent, tokenSpan, tokenValue } from './token.ts';
import * as t from './token-types.ts';
import { typeNames } from './type-names.ts';
import { asDuration } from './window-clause.ts';

const { K } = t;
const SOURCE_FUNCTIONS: ReadonlySet<string> = new Set(['KAFKA_TOPIC', 'KAFKA', 'FILE', 'S3', 'HTTP', 'DATAGEN']);
const JOIN_STARTS = [K.INNER, K.LEFT, K.RIGHT, K.FULL, K.CROSS];
/** Soft keywords that go on with the clause when they follow a name, so they are no alias without AS. */
const NO_ALIAS = new Set([
  K.WINDOW,
  K.LIMIT,
  K.EMIT,
  K.JOIN,
  K.INNER,
  K.LEFT,
  K.RIGHT,
  K.FULL,
  K.OUTER,
  K.ON,
  K.WITHIN,
  K.END,
  K.KEY,
  K.STRATEGY,
  K.ROWS,
  K.RANGE,
  K.OFFSET,
  K.GRACE,
  K.MATCH_RECOGNIZE,
  K.UNPIVOT,
  K.PIVOT,
]);

const ELEMENT_TYPES: ReadonlySet<string> = new Set(['ARRAY', 'MAP', 'STRUCT', 'ROW']);

/** What stands in the brackets of a type while it is read. */
interface TypeShape {
  readonly numbers: number[];
  readonly elements: TypeName[];
  readonly fields: { readonly name: Name; readonly type: TypeName }[];
}

/** Names, types, properties, relations, joins and OVER. */
export abstract class SourceGrammar extends ExpressionGrammar {
  // ---- names

  /** A name where nothing else can stand; quotes of any kind make a name here. */
  protected readonly plainName: ParserMethod<[], Name> = this.RULE('plainName', () => {
    const token = this.OR({
      DEF: [{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.DoubleQuoted) }, { ALT: () => this.CONSUME(t.SingleQuoted) }],
      ERR_MSG: 'a name',
    });
    return this.ACTION(() => this.hyphenated(token));
  });

  /** Reads on over `-part` without spaces: a bare `a-b-c` in name position is meant as one name. */
  private hyphenated(first: IToken): Name {
    const start = first.startOffset;
    let last = first;
    while (
      first.tokenType === t.Identifier &&
      this.at(t.Minus) &&
      adjacent(last, this.LA(1)) &&
      adjacent(this.LA(1), this.LA(2)) &&
      (this.atKind(t.Name, 2) || this.atKind(t.Num, 2))
    ) {
      this.consumeToken();
      this.consumeToken();
      last = this.LA(0);
    }
    if (last === first) return this.nameOf(first);
    const span = this.spanFrom(start);
    const text = this.sql.slice(span.start, span.end);
    this.report('VS1027', span, { name: text }, this.strict ? 'error' : 'warning');
    return { text, quoted: true, span };
  }

  /** What FROM, JOIN and INTO point at. */
  protected readonly relationName: ParserMethod<[], RelationName> = this.RULE('relationName', () => {
    this.ACTION(() => this.rejectDigitName());
    return this.OR({
      DEF: [
        {
          ALT: () => {
            const token = this.CONSUME(t.Uri);
            return this.ACTION((): RelationName => {
              this.lenientForm('a URI without quotes', tokenSpan(token));
              return { kind: 'uri', uri: token.image, span: tokenSpan(token) };
            });
          },
        },
        {
          ALT: () => {
            const name = this.SUBRULE(this.plainName);
            return this.ACTION(
              (): RelationName =>
                name.quoted && name.text.includes('://')
                  ? { kind: 'uri', uri: name.text, span: name.span }
                  : { kind: 'name', name, span: name.span },
            );
          },
        },
      ],
      ERR_MSG: 'the name of a relation',
    });
  });

  protected rejectDigitName(): void {
    const next = this.LA(1);
    if (!this.atKind(t.Num)) return;
    const word = this.LA(2);
    const whole = this.atKind(t.Name, 2) && adjacent(next, word) ? next.image + word.image : next.image;
    this.fail('VS1028', { ...next, image: whole, endOffset: next.startOffset + whole.length - 1 } as IToken, { name: whole });
  }

  /** `AS name`, or a bare name that can not be the start of what follows. */
  protected readonly alias: ParserMethod<[], Name> = this.RULE('alias', () =>
    this.OR([
      {
        ALT: () => {
          this.CONSUME(K.AS);
          return this.SUBRULE(this.plainName);
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.Name);
          return this.ACTION(() => this.nameOf(token));
        },
      },
    ]),
  );

  protected atAlias(): boolean {
    const token = this.LA(1);
    const type = token.tokenType;
    if (type === K.AS) return true;
    if (!this.atKind(t.Name) || NO_ALIAS.has(type)) return false;
    if (type === K.CROSS) return !this.at(K.JOIN, 2);
    if (type === K.FOR) return !this.at(K.SYSTEM_TIME, 2);
    if (type === K.PARTITION) return !this.at(K.BY, 2);
    return !(this.atKind(t.Num, 0) && adjacent(this.LA(0), token));
  }

  // ---- types

  readonly typeName: ParserMethod<[], TypeName> = this.RULE('typeName', () => {
    const token = this.OR({ DEF: [{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(K.INTERVAL) }], ERR_MSG: 'a type' });
    let name = this.ACTION(() => this.knownType(token));
    this.OPTION({
      GATE: () => token.image.toUpperCase() === 'DOUBLE' && this.LA(1).image.toUpperCase() === 'PRECISION',
      DEF: () => {
        this.CONSUME2(t.Name);
        name = 'DOUBLE PRECISION';
      },
    });
    const shape: TypeShape = { numbers: [], elements: [], fields: [] };
    this.OPTION2({
      GATE: () => this.at(t.LParen) || ELEMENT_TYPES.has(name),
      DEF: () =>
        this.OR2([
          {
            ALT: () => {
              this.CONSUME(t.LParen);
              this.SUBRULE(this.typeArguments, { ARGS: [name, shape] });
              this.CONSUME(t.RParen);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.Less);
              this.SUBRULE2(this.typeArguments, { ARGS: [name, shape] });
              this.CONSUME(t.Greater);
            },
          },
        ]),
    });
    return this.ACTION((): TypeName => {
      const span = this.spanFrom(token.startOffset);
      this.checkTypeShape(name, shape, span);
      return { name, arguments: shape.numbers, elements: shape.elements, fields: shape.fields, span };
    });
  });

  private readonly typeArguments: ParserMethod<[string, TypeShape], void> = this.RULE('typeArguments', (name: string, shape: TypeShape) => {
    this.OR({
      DEF: [
        {
          ALT: () =>
            this.AT_LEAST_ONE_SEP({
              SEP: t.Comma,
              DEF: () => {
                const token = this.CONSUME(t.IntegerNumber);
                this.ACTION(() => shape.numbers.push(Number(token.image)));
              },
            }),
        },
        {
          GATE: () => name !== 'STRUCT' && name !== 'ROW',
          ALT: () =>
            this.AT_LEAST_ONE_SEP2({
              SEP: t.Comma,
              DEF: () => {
                const type = this.SUBRULE(this.typeName);
                this.ACTION(() => shape.elements.push(type));
              },
            }),
        },
        {
          ALT: () =>
            this.AT_LEAST_ONE_SEP3({
              SEP: t.Comma,
              DEF: () => {
                const field = this.SUBRULE(this.plainName);
                const type = this.SUBRULE2(this.typeName);
                this.ACTION(() => shape.fields.push({ name: field, type }));
              },
            }),
        },
      ],
      ERR_MSG: 'a number or a type',
    });
  });

  private knownType(token: IToken): string {
    const name = token.image.toUpperCase();
    if (!typeNames.has(name)) this.report('VS1021', tokenSpan(token), { type: token.image, closest: closest(name, [...typeNames]) });
    return name;
  }

  private checkTypeShape(name: string, { numbers, elements, fields }: TypeShape, span: Span): void {
    const bad = (expected: string): void => this.report('VS1003', span, { found: `"${this.sql.slice(span.start, span.end)}"`, expected });
    if (name === 'ARRAY' && elements.length !== 1) bad('"ARRAY<T>" with one element type');
    else if (name === 'MAP' && elements.length !== 2) bad('"MAP<K, V>" with two element types');
    else if ((name === 'STRUCT' || name === 'ROW') && fields.length === 0) bad(`"${name}<name T, …>" with at least one field`);
    else if (name !== 'ARRAY' && name !== 'MAP' && elements.length > 0) bad('a number');
    else if (numbers.length > 2) bad('at most two numbers');
  }

  // ---- properties

  /** `WITH ( … )`. `trailing`: the reference takes quoted strings only. */
  protected readonly withClause: ParserMethod<[boolean], Property[]> = this.RULE('withClause', (trailing: boolean) => {
    const list: Property[] = [];
    this.CONSUME(K.WITH);
    this.CONSUME(t.LParen);
    this.MANY({
      GATE: () => !this.at(t.RParen),
      DEF: () => {
        list.push(this.SUBRULE(this.property, { ARGS: [trailing] }));
        this.ACTION(() => {
          const next = this.LA(1);
          if (!this.at(t.RParen) && !this.at(t.Comma)) this.fail('VS1003', next, { found: this.found(next), expected: '"," or ")"' });
        });
        this.OPTION(() => {
          const comma = this.CONSUME(t.Comma);
          this.ACTION(() => {
            if (this.at(t.RParen)) this.lenientForm('a comma after the last property', tokenSpan(comma));
          });
        });
      },
    });
    this.CONSUME(t.RParen);
    this.ACTION(() => this.warnDuplicates(list));
    return list;
  });

  private warnDuplicates(list: readonly Property[]): void {
    const seen = new Set<string>();
    for (const { key, keySpan } of list) {
      if (seen.has(key)) this.report('VS1037', keySpan, { key });
      seen.add(key);
    }
  }

  private readonly property: ParserMethod<[boolean], Property> = this.RULE('property', (trailing: boolean) => {
    const key = this.OR({
      DEF: [
        {
          ALT: () => {
            const token = this.CONSUME(t.Text);
            return this.ACTION(() => ({ text: tokenValue(token), span: tokenSpan(token) }));
          },
        },
        { ALT: () => this.SUBRULE(this.bareKey) },
      ],
      ERR_MSG: "a property such as 'topic' = 'orders'",
    });
    this.CONSUME(t.Equals);
    const start = this.start();
    const value = this.SUBRULE(this.propertyValue, { ARGS: [trailing] });
    return this.ACTION((): Property => {
      if (this.strict && trailing && this.sql[key.span.start] !== "'" && this.sql[key.span.start] !== '"')
        this.lenientForm('a property key without quotes', key.span);
      const valueSpan = this.spanFrom(start);
      return { key: key.text, keySpan: key.span, value, valueSpan, span: { start: key.span.start, end: valueSpan.end } };
    });
  });

  /** `a.b-c.d`: words with dots and hyphens. */
  private readonly bareKey: ParserMethod<[], { text: string; span: { start: number; end: number } }> = this.RULE('bareKey', () => {
    const first = this.CONSUME(t.Name);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Dot) }, { ALT: () => this.CONSUME(t.Minus) }]);
      this.OR2([{ ALT: () => this.CONSUME2(t.Name) }, { ALT: () => this.CONSUME(t.Num) }]);
    });
    return this.ACTION(() => {
      const span = this.spanFrom(first.startOffset);
      const text = this.sql.slice(span.start, span.end);
      return { text: first.tokenType === t.QuotedIdentifier ? tokenValue(first) : text, span };
    });
  });

  private readonly propertyValue: ParserMethod<[boolean], string | number | boolean> = this.RULE('propertyValue', (trailing: boolean) => {
    const start = this.start();
    const lenient = <T>(value: T, form: string): T => {
      if (trailing) this.lenientForm(form, this.spanFrom(start));
      return value;
    };
    return this.OR({
      DEF: [
        {
          ALT: () => {
            const token = this.CONSUME(t.Text);
            return this.ACTION((): string | number | boolean => tokenValue(token));
          },
        },
        {
          ALT: () => {
            this.OPTION(() => this.CONSUME(t.Minus));
            const token = this.CONSUME(t.Num);
            const unit = this.OPTION2({ GATE: () => adjacent(token, this.LA(1)), DEF: () => this.CONSUME(t.Identifier) });
            return this.ACTION(() => {
              const text = this.sql.slice(start, this.spanFrom(start).end);
              return lenient(unit ? text : Number(text), 'a property value without quotes');
            });
          },
        },
        {
          ALT: () => {
            const word = this.SUBRULE(this.bareKey);
            return this.ACTION(() =>
              lenient(/^(true|false)$/i.test(word.text) ? /^true$/i.test(word.text) : word.text, 'a property value without quotes'),
            );
          },
        },
      ],
      ERR_MSG: 'a value',
    });
  });

  // ---- relations

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

  // ---- OVER

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
    const direction = (): IToken =>
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
