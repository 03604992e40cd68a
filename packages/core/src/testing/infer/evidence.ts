import type { ColumnDefinition, Expression, FromItem, Query, Select, Statement } from '../../sql/ast/index.ts';
import { namesOf } from '../../sql/bind/dependencies.ts';
import { childExpressions, firstSelect, isTimeLiteral, itemNamed, namesOfItem, operandOf, samePlace } from './ast-parts.ts';
import { durationOf } from './duration-of.ts';

/** What a script says about one column of one of its sources. */
export interface ColumnEvidence {
  readonly name: string;
  readonly uses: Set<'sum' | 'arithmetic' | 'order' | 'group' | 'join' | 'time' | 'boolean' | 'text' | 'count-like'>;
  /** Literals that it is compared with. */
  readonly numbers: number[];
  readonly texts: string[];
  readonly patterns: string[];
  /** Literals that its aggregates are compared with in HAVING. */
  readonly totals: { readonly fn: string; readonly value: number }[];
  nullTested: boolean;
  fraction: boolean;
}

/** A column of which nothing is said yet. */
export const emptyEvidence = (name: string): ColumnEvidence => ({
  name,
  uses: new Set(),
  numbers: [],
  texts: [],
  patterns: [],
  totals: [],
  nullTested: false,
  fraction: false,
});

export interface SourceEvidence {
  readonly name: string;
  readonly columns: Map<string, ColumnEvidence>;
  /** Joined as a table: its keys are to be unique. */
  isTable: boolean;
  readonly declared: readonly ColumnDefinition[];
  selectsAll: boolean;
}

export interface ScriptEvidence {
  readonly sources: ReadonlyMap<string, SourceEvidence>;
  /** Equal columns of two sources; the first is the side that refers. */
  readonly joins: { readonly child: ColumnPlace; readonly parent: ColumnPlace; readonly timed: boolean }[];
  /** Longest window, gap or join bound, ms. */
  spanMs: number;
  /** Every window, gap and join bound. */
  readonly spans: readonly TimeSpan[];
  /** Whole numbers in HAVING: sizes of groups that matter. */
  readonly sizes: readonly number[];
}

export interface TimeSpan {
  readonly kind: 'window' | 'session' | 'join';
  readonly ms: number;
}

export interface ColumnPlace {
  readonly source: string;
  readonly column: string;
}

/** Collects what the statements say about the columns of relations that none of them makes. */
export function collectEvidence(statements: readonly Statement[]): ScriptEvidence {
  return new EvidenceCollector(statements).collect();
}

interface Scope {
  /** Relation behind each name in FROM: of a source, a statement or an inner query. */
  readonly names: ReadonlyMap<string, Relation>;
  readonly first: Relation | undefined;
  readonly window: boolean;
}

type Relation = { readonly kind: 'source'; readonly name: string } | { readonly kind: 'query'; readonly query: Query; readonly ctes: Ctes };
type Ctes = ReadonlyMap<string, { readonly query: Query; readonly ctes: Ctes }>;
type Operand = { readonly place: ColumnPlace; readonly fn?: string };

const SUMS = new Set(['sum', 'avg', 'stddev', 'variance', 'stddev_pop', 'var_pop', 'median', 'ema', 'delta']);
const TIME_CALLS = new Set([
  'date_trunc',
  'extract',
  'date_format',
  'unix_timestamp',
  'datediff',
  'date_add',
  'date_sub',
  'hour',
  'minute',
  'day',
]);
const TEXT_CALLS = new Set([
  'upper',
  'lower',
  'trim',
  'substring',
  'left',
  'right',
  'split_part',
  'regexp',
  'position',
  'initcap',
  'replace',
]);
const MATH_CALLS = new Set([
  'abs',
  'round',
  'floor',
  'ceil',
  'ceiling',
  'sqrt',
  'ln',
  'log',
  'exp',
  'power',
  'mod',
  'sign',
  'greatest',
  'least',
]);
/** Larger numbers in HAVING are amounts, not counts of rows. */
const SIZE_MAX = 200;
const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);

class EvidenceCollector {
  private readonly statements: readonly Statement[];
  private readonly made = new Map<string, Query>();
  private readonly sources = new Map<string, SourceEvidence>();
  private readonly joins: ScriptEvidence['joins'] = [];
  private readonly spans: TimeSpan[] = [];
  private readonly sizes = new Set<number>();
  /** The condition being read is that of a join with time bounds. */
  private timed = false;

  constructor(statements: readonly Statement[]) {
    this.statements = statements;
  }

  collect(): ScriptEvidence {
    for (const s of this.statements) if (s.kind === 'create' && s.query) this.made.set(s.name.text, s.query);
    for (const s of this.statements) for (const name of namesOf(s).reads) if (!this.made.has(name)) this.source(name);
    for (const s of this.statements) {
      const query =
        s.kind === 'query' || s.kind === 'create' ? s.query : s.kind === 'insert' && s.source.kind !== 'values' ? s.source : undefined;
      if (query) this.query(query, new Map());
      if (query) this.eventTimes(query);
    }
    const spanMs = this.spans.reduce((most, s) => Math.max(most, s.ms), 0);
    return { sources: this.sources, joins: this.joins, spanMs, spans: this.spans, sizes: [...this.sizes] };
  }

  private source(name: string): SourceEvidence {
    const known = this.sources.get(name);
    if (known) return known;
    const declaration = this.statements.find((s) => s.kind === 'create' && !s.query && s.name.text === name);
    const created = declaration?.kind === 'create' ? declaration : undefined;
    const source: SourceEvidence = {
      name,
      columns: new Map(),
      isTable: created?.object === 'TABLE',
      declared: created?.columns ?? [],
      selectsAll: false,
    };
    this.sources.set(name, source);
    for (const p of created?.properties ?? [])
      if (p.key.endsWith('event.time.field')) this.column({ source: name, column: String(p.value) }).uses.add('time');
    if (created?.watermark) this.column({ source: name, column: created.watermark.column.text }).uses.add('time');
    return source;
  }

  private eventTimes(query: Query): void {
    for (const { key, value } of query.properties) {
      if (!key.endsWith('event.time.field')) continue;
      const owner = key.slice(0, -'.event.time.field'.length);
      const names = this.sources.has(owner)
        ? [owner]
        : namesOf({ kind: 'query', query, span: query.span }).reads.filter((n) => this.sources.has(n));
      for (const name of names) this.column({ source: name, column: String(value) }).uses.add('time');
    }
  }

  private column({ source, column }: ColumnPlace): ColumnEvidence {
    const columns = this.source(source).columns;
    const known = columns.get(column);
    if (known) return known;
    const made = emptyEvidence(column);
    columns.set(column, made);
    return made;
  }

  private query(query: Query, outer: Ctes): void {
    const ctes = new Map(outer);
    for (const cte of query.ctes) {
      this.query(cte.query, ctes);
      ctes.set(cte.name.text, { query: cte.query, ctes: new Map(ctes) });
    }
    if (query.kind === 'union') {
      this.query(query.left, ctes);
      this.query(query.right, ctes);
      return;
    }
    this.select(query, ctes);
  }

  private select(select: Select, ctes: Ctes): void {
    const names = new Map<string, Relation>();
    let first: Relation | undefined;
    for (const item of [...(select.from ? [select.from] : []), ...select.joins.map((j) => j.right)]) {
      const relation = this.relation(item, ctes);
      if (!relation) continue;
      first ??= relation;
      for (const name of namesOfItem(item)) names.set(name, relation);
    }
    const scope: Scope = { names, first, window: select.window !== undefined };
    for (const item of select.items) {
      if (item.kind === 'expression') this.walk(item.expression, scope, ctes);
      else for (const r of names.values()) if (r.kind === 'source') this.source(r.name).selectsAll = true;
    }
    for (const join of select.joins) {
      this.timed = join.within !== undefined;
      if (join.on) this.walk(join.on, scope, ctes);
      this.timed = false;
      if (join.asOf) this.mark(join.asOf, scope, 'time');
      this.span('join', durationOf(join.within));
    }
    for (const e of [select.where, select.having]) if (e) this.walk(e, scope, ctes);
    if (select.having) this.groupSizes(select.having);
    for (const e of select.groupBy) {
      this.walk(e, scope, ctes);
      this.mark(e, scope, 'group');
    }
    for (const o of select.orderBy) this.walk(o.expression, scope, ctes);
    if (select.window) {
      const w = select.window;
      if (w.time) this.mark(w.time, scope, 'time');
      if (w.kind === 'session') this.span('session', durationOf(w.gap));
      else this.span('window', durationOf(w.kind === 'sliding' ? w.advance : w.size));
      if (w.kind === 'sliding') this.span('window', durationOf(w.size));
      if (w.kind === 'session' && w.key) this.mark(w.key, scope, 'group');
    }
  }

  private span(kind: TimeSpan['kind'], ms: number | undefined): void {
    if (ms !== undefined && ms > 0 && !this.spans.some((s) => s.kind === kind && s.ms === ms)) this.spans.push({ kind, ms });
  }

  private groupSizes(e: Expression): void {
    if (e.kind === 'binary' && COMPARISONS.has(e.operator)) {
      const counts = [e.left, e.right].some((x) => x.kind === 'call' && /^count$/i.test(x.name.text));
      const value = operandOf(e.left) ?? operandOf(e.right);
      if (counts && typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= SIZE_MAX) this.sizes.add(value);
    }
    for (const child of childExpressions(e)) this.groupSizes(child);
  }

  private relation(item: FromItem, ctes: Ctes): Relation | undefined {
    if (item.kind === 'derived') {
      this.query(item.query, ctes);
      return { kind: 'query', query: item.query, ctes };
    }
    if (item.kind === 'source-function') return undefined;
    const name = item.relation.kind === 'name' ? item.relation.name.text : item.relation.uri;
    const cte = ctes.get(name);
    if (cte) return { kind: 'query', ...cte };
    const made = this.made.get(name);
    if (made) return { kind: 'query', query: made, ctes: new Map() };
    this.source(name);
    return { kind: 'source', name };
  }

  /** The source column behind an expression: itself, or through aliases, casts and aggregates of one column. */
  private operand(e: Expression, scope: Scope): Operand | undefined {
    switch (e.kind) {
      case 'column':
        return this.place(
          e.path.map((n) => n.text),
          scope,
        );
      case 'cast':
      case 'unary':
        return this.operand(e.operand, scope);
      case 'call': {
        const inner = e.arguments[0] && !e.star ? this.operand(e.arguments[0], scope) : undefined;
        return inner && { place: inner.place, fn: e.name.text.toLowerCase() };
      }
      default:
        return undefined;
    }
  }

  private place(path: readonly string[], scope: Scope, depth = 0): Operand | undefined {
    const [head, second] = path;
    if (head === undefined || depth > 20) return undefined;
    const qualified = second !== undefined ? scope.names.get(head) : undefined;
    const name = qualified ? (second as string) : head;
    if (name.startsWith('_') && /^_(TIMESTAMP|EVENT_TIME|OFFSET|PARTITION|key|topic|headers)$/.test(name)) return undefined;
    if (qualified) return this.within(qualified, name, depth);
    // Bounds of the query's own window, unless a source declares a column of that name.
    if (/^_window_(?:start|end)$/i.test(name)) return undefined;
    const isBound = scope.window && /^window_(?:start|end)$/i.test(name);
    const candidates = [...new Set(scope.names.values())];
    const declared = candidates.find((r) => r.kind === 'source' && this.source(r.name).declared.some((c) => c.name.text === name));
    const known = candidates.find((r) => r.kind === 'source' && this.source(r.name).columns.has(name));
    const found = declared ?? candidates.find((r) => r.kind === 'query' && itemNamed(r.query, name) !== undefined) ?? known;
    const chosen = found ?? (isBound ? undefined : scope.first);
    return chosen && this.within(chosen, name, depth);
  }

  private within(relation: Relation, name: string, depth: number): Operand | undefined {
    if (relation.kind === 'source') return { place: { source: relation.name, column: name } };
    const select = firstSelect(relation.query);
    const item = itemNamed(relation.query, name);
    const names = new Map<string, Relation>();
    let first: Relation | undefined;
    for (const from of [...(select.from ? [select.from] : []), ...select.joins.map((j) => j.right)]) {
      const inner = this.relationOf(from, relation.ctes);
      first ??= inner;
      if (inner) for (const n of namesOfItem(from)) names.set(n, inner);
    }
    const scope: Scope = { names, first, window: false };
    if (item?.kind === 'expression')
      return item.expression.kind === 'column'
        ? this.place(
            item.expression.path.map((n) => n.text),
            scope,
            depth + 1,
          )
        : this.operand(item.expression, scope);
    return select.items.some((i) => i.kind === 'star') ? this.place([name], scope, depth + 1) : undefined;
  }

  private relationOf(item: FromItem, ctes: Ctes): Relation | undefined {
    if (item.kind === 'derived') return { kind: 'query', query: item.query, ctes };
    if (item.kind !== 'relation') return undefined;
    const name = item.relation.kind === 'name' ? item.relation.name.text : item.relation.uri;
    const inner = ctes.get(name);
    if (inner) return { kind: 'query', ...inner };
    const made = this.made.get(name);
    return made ? { kind: 'query', query: made, ctes: new Map() } : { kind: 'source', name };
  }

  private mark(e: Expression, scope: Scope, use: 'group' | 'time' | 'sum' | 'arithmetic' | 'order' | 'text' | 'boolean'): void {
    const operand = this.operand(e, scope);
    if (operand && operand.fn === undefined) this.column(operand.place).uses.add(use);
  }

  private walk(e: Expression, scope: Scope, ctes: Ctes): void {
    const operand = this.operand(e, scope);
    if (operand) this.column(operand.place);
    switch (e.kind) {
      case 'binary':
        if (COMPARISONS.has(e.operator)) this.comparison(e, scope);
        else if (e.operator === '||') for (const side of [e.left, e.right]) this.mark(side, scope, 'text');
        else if (e.operator !== 'AND' && e.operator !== 'OR') this.arithmetic(e, scope);
        else for (const side of [e.left, e.right]) this.mark(side, scope, 'boolean');
        break;
      case 'between':
        this.literal(e.operand, e.low, scope);
        this.literal(e.operand, e.high, scope);
        break;
      case 'in':
        for (const item of e.list) this.literal(e.operand, item, scope);
        break;
      case 'like':
        if (operandOf(e.pattern) !== undefined) this.like(e.operand, String(operandOf(e.pattern)), scope);
        break;
      case 'is':
        this.isTest(e, scope);
        break;
      case 'case':
        if (e.operand) for (const w of e.whens) this.literal(e.operand, w.condition, scope);
        break;
      case 'call':
        this.call(e, scope);
        break;
      case 'in-query':
      case 'exists':
      case 'scalar-query':
      case 'quantified':
        this.query(e.query, ctes);
        break;
      default:
        break;
    }
    for (const child of childExpressions(e)) this.walk(child, scope, ctes);
  }

  private arithmetic(e: Extract<Expression, { kind: 'binary' }>, scope: Scope): void {
    const isInterval = e.left.kind === 'interval' || e.right.kind === 'interval';
    for (const side of [e.left, e.right]) this.mark(withoutDefault(side), scope, isInterval ? 'time' : 'arithmetic');
  }

  private comparison(e: Extract<Expression, { kind: 'binary' }>, scope: Scope): void {
    if (this.literal(e.left, e.right, scope) || this.literal(e.right, e.left, scope)) return;
    const left = this.operand(e.left, scope);
    const right = this.operand(e.right, scope);
    if (!left || !right || left.fn !== undefined || right.fn !== undefined) return;
    if (e.operator !== '=' || left.place.source === right.place.source) return;
    // The relation that was joined in is the one referred to.
    const order = [...scope.names.values()].flatMap((r) => (r.kind === 'source' ? [r.name] : []));
    const swap = order.indexOf(left.place.source) > order.indexOf(right.place.source);
    const [child, parent] = swap ? [right.place, left.place] : [left.place, right.place];
    if (!this.joins.some((j) => samePlace(j.child, child) && samePlace(j.parent, parent)))
      this.joins.push({ child, parent, timed: this.timed });
    this.column(child).uses.add('join');
    this.column(parent).uses.add('join');
  }

  /** Notes a comparison of a column with a literal; false where it is none. */
  private literal(e: Expression, literal: Expression, scope: Scope): boolean {
    const value = operandOf(literal);
    if (value === undefined) return false;
    const operand = this.operand(e, scope) ?? this.inner(e, scope);
    if (!operand) return true;
    const column = this.column(operand.place);
    if (typeof value === 'boolean') column.uses.add('boolean');
    else if (typeof value === 'string') isTimeLiteral(literal) ? column.uses.add('time') : column.texts.push(value);
    else if (operand.fn === 'count') return true;
    else if (operand.fn !== undefined && SUMS.has(operand.fn)) column.totals.push({ fn: operand.fn, value });
    else column.numbers.push(value);
    if (typeof value === 'number' && !Number.isInteger(value)) column.fraction = true;
    return true;
  }

  /** `price * quantity > 10000`: the first column of the arithmetic stands for it. */
  private inner(e: Expression, scope: Scope): Operand | undefined {
    if (e.kind !== 'binary') return undefined;
    const found = this.operand(e.left, scope) ?? this.operand(e.right, scope);
    return found && { place: found.place, fn: found.fn ?? 'sum' };
  }

  private like(e: Expression, pattern: string, scope: Scope): void {
    const operand = this.operand(e, scope);
    if (!operand) return;
    const column = this.column(operand.place);
    column.uses.add('text');
    column.patterns.push(pattern);
  }

  private isTest(e: Extract<Expression, { kind: 'is' }>, scope: Scope): void {
    const operand = this.operand(e.operand, scope);
    if (!operand) return;
    const column = this.column(operand.place);
    if (e.test === 'NULL') column.nullTested = true;
    else column.uses.add('boolean');
  }

  private call(e: Extract<Expression, { kind: 'call' }>, scope: Scope): void {
    const name = e.name.text.toLowerCase();
    const [first] = e.arguments;
    const use = SUMS.has(name)
      ? 'sum'
      : TIME_CALLS.has(name)
        ? 'time'
        : TEXT_CALLS.has(name)
          ? 'text'
          : MATH_CALLS.has(name)
            ? 'arithmetic'
            : undefined;
    const time = name === 'date_trunc' || name === 'extract' ? (e.arguments[1] ?? first) : first;
    if (use && time) this.mark(time, scope, use);
    if (name === 'coalesce' && first) {
      const operand = this.operand(first, scope);
      if (operand) this.column(operand.place).nullTested = true;
      for (const other of e.arguments.slice(1)) this.literal(first, other, scope);
    }
    for (const p of e.over?.partitionBy ?? []) this.mark(p, scope, 'group');
  }
}

/** `NULLIF(b, 0)` and `COALESCE(b, 0)` are of the type of what they guard. */
const withoutDefault = (e: Expression): Expression =>
  e.kind === 'call' && /^(?:nullif|coalesce|ifnull|nvl)$/i.test(e.name.text) && e.arguments[0] ? e.arguments[0] : e;
