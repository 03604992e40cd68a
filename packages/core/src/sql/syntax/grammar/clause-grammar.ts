import type { Span } from '../../../diagnostics/span.ts';
import type {
  EmitClause,
  Expression,
  LimitClause,
  OrderItem,
  Property,
  RelationName,
  Select,
  SelectItem,
  WindowClause,
} from '../../ast/index.ts';
import { type ClauseName, type ClausePlace, checkClauseOrder } from '../clause-order.ts';
import { type SqlToken, tokenSpan } from '../token.ts';
import * as t from '../token-types.ts';
import { readWindow, WINDOW_FORMS, type WindowArgument, type WindowLabel, windowKind } from '../window-clause.ts';
import { RelationGrammar } from './relation-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
/** Where reading may go on after an error inside a query. */
const CLAUSE_STARTS = [K.FROM, K.WHERE, K.GROUP, K.WINDOW, K.HAVING, K.ORDER, K.LIMIT, K.EMIT, K.INTO, K.WITH, K.UNION];
const JOIN_SIDES = [K.INNER, K.LEFT, K.RIGHT, K.FULL];
const WINDOW_LABELS = [K.SIZE, K.ADVANCE, K.TIMEOUT, K.GAP];

import { WINDOW_CALLS } from './call-grammar.ts';
/** Clauses of one SELECT while they are read. */
export interface Clauses {
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

/** The clauses after FROM, in any order; whether the order is right is judged afterwards (§3.2). */
export abstract class ClauseGrammar extends RelationGrammar {
  protected atClause(): boolean {
    const next = this.LA(1).tokenType;
    if (!CLAUSE_STARTS.includes(next)) return false;
    if (next === K.WINDOW) return this.atKind(t.Name, 2);
    if (next === K.WITH) return this.at(t.LParen, 2);
    return true;
  }

  protected readonly clauses: ParserMethod<[boolean], Clauses> = this.RULE('clauses', (inCreate: boolean) => {
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
  private note(found: Clauses, clause: ClauseName, word: SqlToken): boolean {
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
    this.demand([K.CHANGES, K.FINAL], 'VS1009', (text) => ({ found: text, hint: this.misspelt(this.LA(1)) }));
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

  private readonly windowClause: ParserMethod<[Clauses], void> = this.RULE('windowClause', (found: Clauses) => {
    const word = this.CONSUME(K.WINDOW);
    const first = this.ACTION(() => this.note(found, 'WINDOW', word));
    this.ACTION(() => {
      if (!windowKind(this.LA(1).image))
        this.fail('VS1030', this.LA(1), { found: this.found(this.LA(1)), hint: this.misspelt(this.LA(1)) });
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
      const window = this.toWindow(kind.image, args, this.spanFrom(kind.startOffset), false);
      if (first && window) found.window = { ...window, span: this.spanFrom(word.startOffset) };
    });
  });

  private badWindowArguments(kind: SqlToken): never {
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

  /** Reads window arguments; reports and gives undefined when they make no window. `called`: outside the WINDOW clause, where HOP has its slide first. */
  private toWindow(word: string, args: readonly WindowArgument[], span: Span, called: boolean): WindowClause | undefined {
    const kind = windowKind(word);
    if (!kind) return undefined;
    const reading = readWindow(
      kind,
      args,
      span,
      called && word.toUpperCase() === 'HOP' && args[0]?.expression.kind === 'column' && !args.some((a) => a.label),
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
  protected liftWindow(select: Select): Select {
    const calls = [...select.groupBy, ...select.items.map((item) => (item.kind === 'expression' ? item.expression : undefined))].filter(
      isWindowCall,
    );
    if (calls.length === 0) return select;
    const { window: given, ...rest } = select;
    let window = given;
    for (const call of calls) {
      const args = call.arguments.map((expression) => ({ expression }));
      this.lenientForm(`"${call.name.text}" outside the WINDOW clause`, call.span);
      const read = this.toWindow(call.name.text, args, call.span, true);
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
}

const isWindowCall = (e: Expression | undefined): e is Expression & { kind: 'call' } =>
  e?.kind === 'call' && WINDOW_CALLS.has(e.name.text.toUpperCase()) && e.over === undefined;
