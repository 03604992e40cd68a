import type { Span } from '../../../diagnostics/span.ts';
import type { Name, Property, RelationName, TypeName } from '../../ast/index.ts';
import { closest } from '../closest.ts';
import { adjacent, type SqlToken, tokenSpan, tokenValue } from '../token.ts';
import * as t from '../token-types.ts';
import { typeNames } from '../type-names.ts';
import { CallGrammar } from './call-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
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

/** Names, types and properties. */
export abstract class NameGrammar extends CallGrammar {
  /** A name where nothing else can stand; quotes of any kind make a name here. */
  protected readonly plainName: ParserMethod<[], Name> = this.RULE('plainName', () => {
    const token = this.OR({
      DEF: [{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.DoubleQuoted) }, { ALT: () => this.CONSUME(t.SingleQuoted) }],
      ERR_MSG: 'a name',
    });
    return this.ACTION(() => this.hyphenated(token));
  });

  /** Reads on over `-part` without spaces: a bare `a-b-c` in name position is meant as one name. */
  private hyphenated(first: SqlToken): Name {
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
    this.fail('VS1028', { ...next, image: whole, endOffset: next.startOffset + whole.length - 1 } as SqlToken, { name: whole });
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

  private knownType(token: SqlToken): string {
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
}
