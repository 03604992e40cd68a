import type { Span } from '../../../diagnostics/span.ts';
import type { CommonTable, FromItem, Join, Name, Query, Select, SelectItem, Union } from '../../ast/index.ts';
import { type SqlToken, tokenSpan } from '../token.ts';
import * as t from '../token-types.ts';
import { ClauseGrammar } from './clause-grammar.ts';
import { isEnd } from './grammar-base.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;

import type { Clauses } from './clause-grammar.ts';

type Trailing = Pick<Select, 'orderBy' | 'into' | 'properties' | 'limit' | 'emit'>;

/** SELECT with its clauses, WITH and UNION (§3). */
export abstract class QueryGrammar extends ClauseGrammar {
  /** A query inside other text: plain order of clauses. */
  readonly query: ParserMethod<[], Query> = this.RULE('query', () => this.SUBRULE(this.anyQuery, { ARGS: [false] }));

  protected readonly anyQuery: ParserMethod<[boolean], Query> = this.RULE('anyQuery', (inCreate: boolean) => {
    const start = this.start();
    const ctes = this.OPTION(() => this.SUBRULE(this.commonTables)) ?? [];
    let query = this.SUBRULE(this.arm, { ARGS: [inCreate] });
    let lastArm: 'none' | 'bare' | 'wrapped' = 'none';
    this.MANY(() => {
      this.CONSUME(K.UNION);
      const all = this.OPTION2(() => this.CONSUME(K.ALL)) !== undefined;
      lastArm = this.at(t.LParen) ? 'wrapped' : 'bare';
      const right = this.SUBRULE2(this.arm, { ARGS: [inCreate] });
      query = this.ACTION((): Query => this.unite(query, right, all));
    });
    // clauses after a last arm in parentheses belong to the whole; after a bare one they were read with it
    const clauses = this.OPTION3({
      GATE: () => lastArm === 'wrapped' && this.atClause(),
      DEF: () => this.SUBRULE(this.clauses, { ARGS: [inCreate] }),
    });
    return this.ACTION((): Query => {
      let whole = query;
      if (whole.kind === 'union' && lastArm === 'bare') whole = this.hoist(whole);
      if (whole.kind === 'union' && clauses) whole = this.trail(whole, clauses);
      return ctes.length > 0 || clauses ? { ...whole, ctes, span: this.spanFrom(start) } : whole;
    });
  });

  private unite(left: Query, right: Query, all: boolean): Query {
    return { kind: 'union', ctes: [], all, left, right, orderBy: [], into: [], properties: [], span: this.spanFrom(left.span.start) };
  }

  /** Moves the clauses of the last arm to the whole. */
  private hoist(union: Union): Union {
    const { limit, emit, ...rest } = union.right;
    return { ...this.trail(union, union.right), right: { ...rest, orderBy: [], into: [], properties: [] } };
  }

  private trail(union: Union, from: Trailing & Partial<Clauses>): Union {
    const { orderBy, into, properties, limit, emit } = from;
    for (const place of from.places ?? []) {
      if (!/^(WHERE|GROUP BY|WINDOW|HAVING)$/.test(place.clause)) continue;
      const hint = 'Move it into the SELECT that it is meant for.';
      this.report('VS1039', place.span, { problem: `"${place.clause}" can not stand after a UNION in parentheses`, hint });
    }
    return { ...union, orderBy, into, properties, ...(limit && { limit }), ...(emit && { emit }) };
  }

  private readonly commonTables: ParserMethod<[], CommonTable[]> = this.RULE('commonTables', () => {
    const tables: CommonTable[] = [];
    const word = this.CONSUME(K.WITH);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => tables.push(this.SUBRULE(this.commonTable)) });
    this.ACTION(() => this.lenientForm('"WITH name AS (SELECT …)"', tokenSpan(word)));
    return tables;
  });

  private readonly commonTable: ParserMethod<[], CommonTable> = this.RULE('commonTable', () => {
    const name = this.SUBRULE(this.plainName);
    this.CONSUME(K.AS);
    this.CONSUME(t.LParen);
    const query = this.SUBRULE(this.query);
    this.CONSUME(t.RParen);
    return this.ACTION(() => ({ name, query, span: this.spanFrom(name.span.start) }));
  });

  private readonly arm: ParserMethod<[boolean], Query> = this.RULE('arm', (inCreate: boolean) =>
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.select, { ARGS: [inCreate] }) },
        {
          ALT: () => {
            const open = this.CONSUME(t.LParen);
            const query = this.SUBRULE(this.query);
            this.CONSUME(t.RParen);
            return this.ACTION((): Query => {
              const span = this.spanFrom(open.startOffset);
              this.lenientForm('a query in parentheses', span);
              return { ...query, span };
            });
          },
        },
      ],
      ERR_MSG: '"SELECT"',
    }),
  );

  private readonly select: ParserMethod<[boolean], Query> = this.RULE('select', (inCreate: boolean) => {
    const word = this.CONSUME(K.SELECT);
    const distinct = this.OPTION(() => this.CONSUME(K.DISTINCT)) !== undefined;
    this.OPTION2({ GATE: () => !distinct && this.allIsQuantifier(), DEF: () => this.CONSUME(K.ALL) });
    this.ACTION(() => {
      this.rejectLoneKey();
      if (this.atEnd() || this.at(K.FROM) || this.at(t.RParen)) this.fail('VS1035', this.LA(1), { found: this.found(this.LA(1)) });
    });
    const items = this.SUBRULE(this.selectItems);
    const source = this.OPTION3(() => this.SUBRULE(this.fromClause, { ARGS: [inCreate] }));
    const clauses = this.SUBRULE(this.clauses, { ARGS: [inCreate] });
    return this.ACTION((): Query => this.assemble(word, distinct, items, source, clauses));
  });

  /** ALL after SELECT is a word of its own unless it can only be a column named `all`. */
  private allIsQuantifier(): boolean {
    const next = this.LA(2).tokenType;
    return !(isEnd(this.LA(2)) || next === K.FROM || next === t.Comma || next === K.AS || next === t.Dot || next === t.RParen);
  }

  private assemble(
    word: SqlToken,
    distinct: boolean,
    items: readonly SelectItem[],
    source: { from?: FromItem; joins: readonly Join[] } | undefined,
    clauses: Clauses,
  ): Select {
    const span = this.spanFrom(word.startOffset);
    const { places: _places, ...rest } = clauses;
    const plain: Select = {
      kind: 'select',
      ctes: [],
      distinct,
      items,
      ...(source?.from && { from: source.from }),
      joins: source?.joins ?? [],
      ...rest,
      span,
    };
    const select = this.liftWindow(plain);
    if (!source) this.checkNoFrom(items);
    return select;
  }

  private readonly selectItems: ParserMethod<[], SelectItem[]> = this.RULE('selectItems', () => {
    const items: SelectItem[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      ERR_MSG: 'an expression',
      DEF: () => {
        const start = this.start();
        const item = this.recovering(
          () => {
            this.ACTION(() => this.rejectLoneKey());
            return this.SUBRULE(this.selectItem);
          },
          () => this.at(t.Comma) || this.atClause(),
        );
        items.push(
          item ?? { kind: 'expression', expression: { kind: 'error', span: this.spanFrom(start) }, key: false, span: this.spanFrom(start) },
        );
      },
    });
    return items;
  });

  private rejectLoneKey(): void {
    if (this.at(K.PRIMARY)) this.fail('VS1010', this.LA(1), { problem: '"PRIMARY KEY" has no column before it' });
  }

  private readonly selectItem: ParserMethod<[], SelectItem> = this.RULE('selectItem', () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.star) },
      { GATE: () => this.at(t.Dot, 2) && this.at(t.Star, 3), ALT: () => this.SUBRULE(this.qualifiedStar) },
      { ALT: () => this.SUBRULE(this.computedItem) },
    ]),
  );

  private readonly star: ParserMethod<[], SelectItem> = this.RULE('star', () => {
    const token = this.CONSUME(t.Star);
    const except = this.SUBRULE(this.except);
    return this.ACTION((): SelectItem => ({ kind: 'star', except, span: this.spanFrom(token.startOffset) }));
  });

  private readonly qualifiedStar: ParserMethod<[], SelectItem> = this.RULE('qualifiedStar', () => {
    const qualifier = this.SUBRULE(this.plainName);
    this.CONSUME(t.Dot);
    this.CONSUME(t.Star);
    const except = this.SUBRULE(this.except);
    return this.ACTION((): SelectItem => {
      const span = this.spanFrom(qualifier.span.start);
      this.lenientForm(`"${qualifier.text}.*"`, span);
      return { kind: 'star', qualifier, except, span };
    });
  });

  private readonly except: ParserMethod<[], Name[]> = this.RULE('except', () => {
    const names: Name[] = [];
    this.OPTION(() => {
      const word = this.CONSUME(K.EXCEPT);
      this.CONSUME(t.LParen);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => names.push(this.SUBRULE(this.plainName)) });
      this.CONSUME(t.RParen);
      this.ACTION(() => this.lenientForm('"EXCEPT" after a star', tokenSpan(word)));
    });
    return names;
  });

  private readonly computedItem: ParserMethod<[], SelectItem> = this.RULE('computedItem', () => {
    const expression = this.SUBRULE(this.expression);
    let key = this.SUBRULE(this.keyMark, { ARGS: [false] });
    const marked = this.at(K.AS);
    const alias = this.OPTION({ GATE: () => this.atItemAlias(), DEF: () => this.SUBRULE(this.alias) });
    const late = this.SUBRULE2(this.keyMark, { ARGS: [key] });
    return this.ACTION((): SelectItem => {
      if (alias && !marked) this.lenientForm('an alias without "AS"', alias.span);
      if (alias && key) this.lenientForm('"PRIMARY KEY" before the alias', alias.span);
      key ||= late;
      return { kind: 'expression', expression, ...(alias && { alias }), key, span: this.spanFrom(expression.span.start) };
    });
  });

  private atItemAlias(): boolean {
    return this.atAlias() && !(this.at(t.Dot, 0) || this.at(K.EXCEPT));
  }

  private readonly keyMark: ParserMethod<[boolean], boolean> = this.RULE('keyMark', (given: boolean) => {
    const start = this.start();
    const marked = this.OPTION({
      GATE: () => !given,
      DEF: () => {
        const primary = this.OPTION2(() => this.CONSUME(K.PRIMARY)) !== undefined;
        this.ACTION(() => {
          if (primary && !this.at(K.KEY))
            this.fail('VS1010', this.LA(1), { problem: `expected "KEY" after "PRIMARY", found ${this.found(this.LA(1))}` });
        });
        this.CONSUME(K.KEY);
        this.ACTION(() => {
          if (!primary) this.lenientForm('"KEY" without "PRIMARY"', this.spanFrom(start));
        });
        return true;
      },
    });
    return marked === true;
  });

  private readonly fromClause: ParserMethod<[boolean], { from?: FromItem; joins: Join[] }> = this.RULE(
    'fromClause',
    (inCreate: boolean) => {
      this.CONSUME(K.FROM);
      const joins: Join[] = [];
      const stop = (): boolean => this.atClause() || this.atJoin();
      const from = this.recovering(() => this.SUBRULE(this.fromItem, { ARGS: [inCreate] }), stop);
      this.MANY({
        GATE: () => this.atJoin(),
        DEF: () => {
          const join = this.recovering(() => this.SUBRULE(this.join), stop);
          if (join) joins.push(join);
        },
      });
      return { ...(from && { from }), joins };
    },
  );

  private checkNoFrom(items: readonly SelectItem[]): void {
    for (const item of items) {
      if (item.kind === 'star') this.report('VS1036', item.span, { what: '"*"' });
      else {
        const column = firstColumn(item.expression);
        if (column) this.report('VS1036', column, { what: `column "${this.sql.slice(column.start, column.end)}"` });
      }
    }
  }
}

/** Place of a column in an expression, sub-queries left out. The depth of the text is limited before it is read. */
function firstColumn(expression: unknown): Span | undefined {
  if (typeof expression !== 'object' || expression === null) return undefined;
  const node = expression as { kind?: string; span?: Span };
  if (node.kind === 'column') return node.span;
  if (node.kind === 'select' || node.kind === 'union') return undefined;
  for (const child of Object.values(expression)) {
    const found = firstColumn(child);
    if (found) return found;
  }
  return undefined;
}
