import type { IToken, ParserMethod } from 'chevrotain';
import type { Span } from '../../diagnostics/span.ts';
import type {
  CommonTable,
  EmitClause,
  Expression,
  FromItem,
  Join,
  LimitClause,
  Name,
  OrderItem,
  Property,
  Query,
  RelationName,
  Select,
  SelectItem,
  WindowClause,
} from '../ast/index.ts';
import { type ClauseName, type ClausePlace, checkClauseOrder } from './clause-order.ts';
import { WINDOW_CALLS } from './expression-grammar.ts';
import { isEnd } from './grammar-base.ts';
import { SourceGrammar } from './source-grammar.ts';
import { tokenSpan } from './token.ts';
import * as t from './token-types.ts';
import { readWindow, WINDOW_FORMS, type WindowArgument, type WindowLabel, windowKind } from './window-clause.ts';

const { K } = t;
/** Where reading may go on after an error inside a query. */
const CLAUSE_STARTS = [K.FROM, K.WHERE, K.GROUP, K.WINDOW, K.HAVING, K.ORDER, K.LIMIT, K.EMIT, K.INTO, K.WITH, K.UNION];
const JOIN_SIDES = [K.INNER, K.LEFT, K.RIGHT, K.FULL];
const WINDOW_LABELS = [K.SIZE, K.ADVANCE, K.TIMEOUT, K.GAP];

/** Clauses of one SELECT while they are read. */
interface Clauses {
  readonly places: ClausePlace[];
  where?: Expression;
  groupBy: readonly Expression[];
  window?: WindowClause;
  having?: Expression;
  orderBy: readonly OrderItem[];
  limit?: LimitClause;
  emit?: EmitClause;
  into: readonly RelationName[];
  properties: readonly Property[];
}

type Trailing = Pick<Select, 'orderBy' | 'into' | 'properties'> & { limit?: LimitClause; emit?: EmitClause };

/** SELECT with its clauses, WITH and UNION (§3). */
export abstract class QueryGrammar extends SourceGrammar {
  /** A query inside other text: plain order of clauses. */
  readonly query: ParserMethod<[], Query> = this.RULE('query', () => this.SUBRULE(this.anyQuery, { ARGS: [false] }));

  protected readonly anyQuery: ParserMethod<[boolean], Query> = this.RULE('anyQuery', (inCreate: boolean) => {
    const start = this.start();
    const ctes = this.OPTION(() => this.SUBRULE(this.commonTables)) ?? [];
    let left = this.SUBRULE(this.arm, { ARGS: [inCreate] });
    this.MANY(() => {
      this.CONSUME(K.UNION);
      const all = this.OPTION2(() => this.CONSUME(K.ALL)) !== undefined;
      const right = this.SUBRULE2(this.arm, { ARGS: [inCreate] });
      left = this.ACTION(
        (): Query => ({
          kind: 'union',
          ctes: [],
          all,
          left,
          right,
          orderBy: [],
          into: [],
          properties: [],
          span: this.spanFrom(left.span.start),
        }),
      );
    });
    return this.ACTION((): Query => {
      const whole = left.kind === 'union' ? this.hoist(left) : left;
      return ctes.length > 0 ? { ...whole, ctes, span: this.spanFrom(start) } : whole;
    });
  });

  /** Clauses after the last arm belong to the whole. */
  private hoist(union: Query & { kind: 'union' }): Query {
    const { right } = union;
    const trailing: Trailing = {
      orderBy: right.orderBy,
      into: right.into,
      properties: right.properties,
      ...(right.limit && { limit: right.limit }),
      ...(right.emit && { emit: right.emit }),
    };
    const { limit: _limit, emit: _emit, ...rest } = right;
    return { ...union, ...trailing, right: { ...rest, orderBy: [], into: [], properties: [] } };
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
      if (this.at(K.PRIMARY)) this.fail('VS1010', this.LA(1), { problem: '"PRIMARY KEY" has no column before it' });
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
    word: IToken,
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
          () => this.SUBRULE(this.selectItem),
          () => this.at(t.Comma) || this.atClause(),
        );
        items.push(
          item ?? { kind: 'expression', expression: { kind: 'error', span: this.spanFrom(start) }, key: false, span: this.spanFrom(start) },
        );
      },
    });
    return items;
  });

  protected atClause(): boolean {
    const next = this.LA(1).tokenType;
    if (!CLAUSE_STARTS.includes(next)) return false;
    if (next === K.WINDOW) return this.atKind(t.Name, 2);
    if (next === K.WITH) return this.at(t.LParen, 2);
    return true;
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

  private readonly clauses: ParserMethod<[boolean], Clauses> = this.RULE('clauses', (inCreate: boolean) => {
    const found: Clauses = { places: [], groupBy: [], orderBy: [], into: [], properties: [] };
    this.MANY({
      GATE: () => this.atClause() || this.atMisplaced(),
      DEF: () =>
        this.recovering(
          () => this.SUBRULE(this.clause, { ARGS: [found] }),
          () => this.atClause(),
        ),
    });
    this.ACTION(() => this.judgeOrder(found.places, inCreate));
    return found;
  });

  /** Clauses that never may stand here get their own words. */
  private atMisplaced(): boolean {
    if (this.at(K.PARTITION) && this.at(K.BY, 2)) {
      this.fail('VS1039', this.LA(1), {
        problem: '"PARTITION BY" is no clause of a query',
        hint: 'Group by the columns instead, or write OVER (PARTITION BY …).',
      });
    }
    if (this.atJoin()) this.fail('VS1007', this.LA(1), { clause: 'JOIN', before: 'WHERE' });
    if (this.atAny(JOIN_SIDES) && this.atKind(t.Name, 2))
      this.fail('VS1003', this.LA(2), { found: this.found(this.LA(2)), expected: '"JOIN"' });
    return false;
  }

  private judgeOrder(places: readonly ClausePlace[], inCreate: boolean): void {
    for (const finding of checkClauseOrder(places, this.strict, inCreate)) {
      const { clause, span } = finding.place;
      if (finding.kind === 'repeated') this.report('VS1006', span, { clause });
      else if (finding.kind === 'group-after-window') this.report('VS1008', span, undefined);
      else this.report('VS1007', span, { clause, before: finding.before }, finding.kind === 'wrong' ? 'error' : 'warning');
    }
  }

  private readonly clause: ParserMethod<[Clauses], void> = this.RULE('clause', (found: Clauses) => {
    this.OR([
      { ALT: () => this.SUBRULE(this.whereClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.groupClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.windowClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.havingClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.orderClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.limitClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.emitClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.intoClause, { ARGS: [found] }) },
      { ALT: () => this.SUBRULE(this.propertiesClause, { ARGS: [found] }) },
    ]);
  });

  /** Notes the clause; true when it is the first of its kind, the one that counts. */
  private note(found: Clauses, clause: ClauseName, word: IToken): boolean {
    const first = !found.places.some((place) => place.clause === clause);
    found.places.push({ clause, span: tokenSpan(word) });
    return first;
  }

  private readonly whereClause: ParserMethod<[Clauses], void> = this.RULE('whereClause', (found: Clauses) => {
    const word = this.CONSUME(K.WHERE);
    const first = this.ACTION(() => this.note(found, 'WHERE', word));
    const where = this.SUBRULE(this.expression);
    this.ACTION(() => {
      if (first) found.where = where;
    });
  });

  private readonly groupClause: ParserMethod<[Clauses], void> = this.RULE('groupClause', (found: Clauses) => {
    const word = this.CONSUME(K.GROUP);
    const first = this.ACTION(() => this.note(found, 'GROUP BY', word));
    this.CONSUME(K.BY);
    const items = this.SUBRULE(this.expressions);
    this.ACTION(() => {
      if (first) found.groupBy = items;
    });
  });

  private readonly havingClause: ParserMethod<[Clauses], void> = this.RULE('havingClause', (found: Clauses) => {
    const word = this.CONSUME(K.HAVING);
    const first = this.ACTION(() => this.note(found, 'HAVING', word));
    const having = this.SUBRULE(this.expression);
    this.ACTION(() => {
      if (first) found.having = having;
    });
  });

  private readonly orderClause: ParserMethod<[Clauses], void> = this.RULE('orderClause', (found: Clauses) => {
    const first = this.ACTION(() => this.note(found, 'ORDER BY', this.LA(1)));
    const items = this.SUBRULE(this.orderBy);
    this.ACTION(() => {
      if (first) found.orderBy = items;
    });
  });

  private readonly limitClause: ParserMethod<[Clauses], void> = this.RULE('limitClause', (found: Clauses) => {
    const word = this.CONSUME(K.LIMIT);
    const first = this.ACTION(() => this.note(found, 'LIMIT', word));
    this.demand([t.IntegerNumber], 'VS1018', (text) => ({ found: text, clause: 'LIMIT' }));
    const count = this.CONSUME(t.IntegerNumber);
    const offset = this.OPTION(() => {
      const keyword = this.CONSUME(K.OFFSET);
      this.demand([t.IntegerNumber], 'VS1018', (text) => ({ found: text, clause: 'OFFSET' }));
      this.ACTION(() => this.lenientForm('"OFFSET"', tokenSpan(keyword)));
      return this.CONSUME2(t.IntegerNumber);
    });
    this.ACTION(() => {
      const span = this.spanFrom(word.startOffset);
      if (!Number.isSafeInteger(Number(count.image))) this.fail('VS1018', count, { found: this.found(count), clause: 'LIMIT' });
      if (first) found.limit = { count: Number(count.image), offset: offset ? Number(offset.image) : 0, span };
    });
  });

  private readonly emitClause: ParserMethod<[Clauses], void> = this.RULE('emitClause', (found: Clauses) => {
    const word = this.CONSUME(K.EMIT);
    const first = this.ACTION(() => this.note(found, 'EMIT', word));
    this.demand([K.CHANGES, K.FINAL], 'VS1009', (text) => ({ found: text }));
    const mode = this.OR([{ ALT: () => this.CONSUME(K.CHANGES) }, { ALT: () => this.CONSUME(K.FINAL) }]);
    this.ACTION(() => {
      if (first) found.emit = { mode: mode.tokenType === K.FINAL ? 'FINAL' : 'CHANGES', span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly intoClause: ParserMethod<[Clauses], void> = this.RULE('intoClause', (found: Clauses) => {
    const word = this.CONSUME(K.INTO);
    const first = this.ACTION(() => this.note(found, 'INTO', word));
    const targets: RelationName[] = [];
    this.ACTION(() => this.rejectDigitName());
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => targets.push(this.SUBRULE(this.relationName)) });
    this.ACTION(() => {
      if (targets.length > 1) this.lenientForm('"INTO" with several targets', this.spanFrom(word.startOffset));
      if (first) found.into = targets;
    });
  });

  private readonly propertiesClause: ParserMethod<[Clauses], void> = this.RULE('propertiesClause', (found: Clauses) => {
    const first = this.ACTION(() => this.note(found, 'WITH', this.LA(1)));
    const properties = this.SUBRULE(this.withClause, { ARGS: [true] });
    this.ACTION(() => {
      if (first) found.properties = properties;
    });
  });

  // ---- windows

  private readonly windowClause: ParserMethod<[Clauses], void> = this.RULE('windowClause', (found: Clauses) => {
    const word = this.CONSUME(K.WINDOW);
    const first = this.ACTION(() => this.note(found, 'WINDOW', word));
    this.ACTION(() => {
      if (!windowKind(this.LA(1).image)) this.fail('VS1030', this.LA(1), { found: this.found(this.LA(1)) });
    });
    const kind = this.CONSUME(t.Name);
    const { durations } = this;
    this.durations = true;
    this.CONSUME(t.LParen);
    const args: WindowArgument[] = [];
    this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.windowArgument)) });
    this.ACTION(() => {
      if (!this.at(t.RParen)) this.badWindowArguments(kind);
    });
    this.CONSUME(t.RParen);
    this.ACTION(() => {
      this.durations = durations;
      const window = this.toWindow(kind.image, args, this.spanFrom(kind.startOffset));
      if (first && window) found.window = { ...window, span: this.spanFrom(word.startOffset) };
    });
  });

  private badWindowArguments(kind: IToken): never {
    const next = this.LA(1);
    const forms = WINDOW_FORMS[windowKind(kind.image) ?? 'tumbling'];
    return this.fail('VS1031', next, {
      problem: `expected "," or ")" in the arguments of window "${kind.image.toUpperCase()}", found ${this.found(next)}`,
      forms,
    });
  }

  private readonly windowArgument: ParserMethod<[], WindowArgument> = this.RULE('windowArgument', () => {
    const label = this.OPTION({
      GATE: () => WINDOW_LABELS.includes(this.LA(1).tokenType) && !this.at(t.Comma, 2) && !this.at(t.RParen, 2) && !this.at(t.Dot, 2),
      DEF: () => {
        const word = this.CONSUME(t.Identifier);
        this.OPTION2({ GATE: () => word.tokenType === K.ADVANCE, DEF: () => this.CONSUME(K.BY) });
        return word;
      },
    });
    const expression = this.SUBRULE(this.expression);
    return this.ACTION((): WindowArgument => ({ expression, ...(label && { label: label.image.toUpperCase() as WindowLabel }) }));
  });

  /** Reads window arguments; reports and gives undefined when they make no window. */
  private toWindow(word: string, args: readonly WindowArgument[], span: Span): WindowClause | undefined {
    const kind = windowKind(word);
    if (!kind) return undefined;
    const reading = readWindow(
      kind,
      args,
      span,
      word.toUpperCase() === 'HOP' && args[0]?.expression.kind === 'column' && !args.some((a) => a.label),
    );
    if ('problem' in reading) {
      if (reading.badDuration) this.report('VS1019', reading.at, { text: reading.badDuration });
      else this.report('VS1031', reading.at, { problem: reading.problem, forms: WINDOW_FORMS[kind] });
      return undefined;
    }
    if (!/^(TUMBLING|SLIDING|SESSION)$/i.test(word)) this.lenientForm(`window "${word.toUpperCase()}"`, span);
    for (const form of reading.lenientForms) this.lenientForm(form, span);
    return reading.window;
  }

  /** Windows written as a call, in GROUP BY or in the SELECT list, become the WINDOW clause (§6.1). */
  private liftWindow(select: Select): Select {
    const calls = [...select.groupBy, ...select.items.map((item) => (item.kind === 'expression' ? item.expression : undefined))].filter(
      isWindowCall,
    );
    if (calls.length === 0) return select;
    const { window: given, ...rest } = select;
    let window = given;
    for (const call of calls) {
      const args = call.arguments.map((expression) => ({ expression }));
      this.lenientForm(`"${call.name.text}" outside the WINDOW clause`, call.span);
      const read = this.toWindow(call.name.text, args, call.span);
      window ??= read;
    }
    const groupBy = select.groupBy.filter((e) => !isWindowCall(e));
    const items = select.items.map((item): SelectItem => {
      if (item.kind !== 'expression' || !isWindowCall(item.expression)) return item;
      const { span } = item.expression;
      return { ...item, expression: { kind: 'column', path: [{ text: '_WINDOW_START', quoted: false, span }], span } };
    });
    return { ...rest, groupBy, items, ...(window && { window }) };
  }

  // ---- SELECT without FROM

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

const isWindowCall = (e: Expression | undefined): e is Expression & { kind: 'call' } =>
  e?.kind === 'call' && WINDOW_CALLS.has(e.name.text.toUpperCase()) && e.over === undefined;

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
