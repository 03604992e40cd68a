import { measureSql } from '../ir/print-ir.ts';
import type { IrAggregate, IrColumn, IrFilter, IrJoin, IrMeasure, IrValue, QueryIR } from '../ir/query-ir.ts';
import { durationText, quoteName } from '../ir/quote.ts';
import type { ColumnRef } from './column-facts.ts';
import { type Aggregate, type Filter, type FrameValue, type Measure, type Operand, refsOf, type Scan } from './frame.ts';
import type { JoinEdge } from './join-path.ts';
import { rowNoun } from './meaning.ts';
import { measureName, operandName, unique } from './name-measure.ts';
import { pickTable } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { type Settled, settle } from './settle.ts';

/** Gives names to expressions once it is known which relations take part. */
export class Names {
  readonly #alias: ReadonlyMap<string, string>;
  constructor(aliases: ReadonlyMap<string, string>) {
    this.#alias = aliases;
  }
  column(ref: ColumnRef): string {
    const alias = this.#alias.size > 1 ? this.#alias.get(ref.table) : undefined;
    return alias === undefined ? quoteName(ref.name) : `${alias}.${quoteName(ref.name)}`;
  }
  operand(operand: Operand): string {
    if (operand.kind === 'column') return this.column(operand.ref);
    if (operand.kind === 'text') return operand.expression;
    const side = (o: Operand): string => (o.kind === 'binary' && operand.operator !== '+' ? `(${this.operand(o)})` : this.operand(o));
    const right =
      operand.operator === '/' && operand.right.kind !== 'text' ? `NULLIF(${this.operand(operand.right)}, 0)` : side(operand.right);
    return `${side(operand.left)} ${operand.operator} ${right}`;
  }
  value(value: FrameValue): IrValue {
    if (typeof value !== 'object' || !('ref' in value)) return value;
    return { sql: `${value.times === undefined ? '' : `${value.times} * `}${this.column(value.ref)}` };
  }
  filter({ any }: Filter): IrFilter {
    return { any: any.map((c) => ({ left: this.operand(c.left), operator: c.operator, values: c.values.map((v) => this.value(v)) })) };
  }
  aggregate({ fn, of, distinct, fraction, only }: Aggregate): IrAggregate {
    return {
      kind: 'aggregate',
      fn,
      ...(of ? { of: this.operand(of) } : {}),
      ...(distinct ? { distinct } : {}),
      ...(fraction === undefined ? {} : { fraction }),
      ...(only.length > 0 ? { only: only.map((f) => this.filter(f)) } : {}),
    };
  }
  measure(measure: Measure, alias: string): IrMeasure {
    if (measure.kind === 'aggregate') return { alias, ...this.aggregate(measure) };
    if (measure.kind === 'formula')
      return {
        alias,
        kind: 'expression',
        expression: measure.expression.replace(/\{(\d)\}/g, (_, i: string) => this.column(measure.refs[Number(i)] as ColumnRef)),
      };
    return { alias, kind: 'ratio', top: this.aggregate(measure.top), bottom: this.aggregate(measure.bottom), percent: measure.percent };
  }
}

function refsOfMeasure(measure: Measure): ColumnRef[] {
  if (measure.kind === 'formula') return [...measure.refs];
  const of = (a: Aggregate): ColumnRef[] => [...(a.of ? refsOf(a.of) : []), ...a.only.flatMap(refsOfFilter)];
  return measure.kind === 'aggregate' ? of(measure) : [...of(measure.top), ...of(measure.bottom)];
}

const refsOfFilter = ({ any }: Filter): ColumnRef[] =>
  any.flatMap((c) => [...refsOf(c.left), ...c.values.flatMap((v) => (typeof v === 'object' && 'ref' in v ? [v.ref] : []))]);

function usedTables(scan: Scan, settled: Settled): Set<string> {
  const { frame } = scan;
  const refs = [
    ...settled.measures.flatMap(refsOfMeasure),
    ...settled.where.flatMap(refsOfFilter),
    ...settled.columns.flatMap(refsOf),
    ...frame.dimensions.map((d) => d.ref),
    ...frame.rowFunctions.flatMap((f) => refsOf(f.operand)),
    ...settled.having.flatMap((h) => refsOfMeasure(h.measure)),
    ...(frame.order?.operand ? refsOf(frame.order.operand) : []),
  ];
  const tables = new Set(refs.map((r) => r.table));
  const saysJoin = scan.tokens.some((t) => t.used === 'join');
  if (saysJoin) for (const table of mentionedTables(scan)) tables.add(table);
  if (frame.antiJoin !== undefined) tables.add(frame.antiJoin);
  tables.delete(scan.base.name);
  return tables;
}

function mentionedTables(scan: Scan): string[] {
  const named = [...scan.links.values()].flatMap((link) => {
    const table = pickTable(link);
    return table && table.score > 0.55 && scan.hops.has(table.table) ? [table.table] : [];
  });
  return [...new Set([...named, ...scan.frame.mentioned])];
}

const initials = (name: string, taken: ReadonlySet<string>): string => {
  const letters =
    name
      .split(/[^A-Za-z]+/)
      .map((w) => w[0]?.toLowerCase() ?? '')
      .join('') || 't';
  for (const candidate of [letters[0] ?? 't', letters, `${letters}2`, `${letters}3`, `${letters}4`])
    if (!taken.has(candidate) && !/^(as|on|in|is|by|or|to)$/.test(candidate)) return candidate;
  return `${letters}9`;
};

function planJoins(scan: Scan, tables: ReadonlySet<string>): { joins: JoinEdge[]; aliases: Map<string, string> } {
  const edges: JoinEdge[] = [];
  const done = new Set([scan.base.name]);
  for (const table of tables) {
    for (const edge of scan.hops.get(table) ?? []) {
      if (done.has(edge.right.table)) continue;
      done.add(edge.right.table);
      edges.push(edge);
    }
  }
  const aliases = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of done) {
    const alias = initials(name, taken);
    taken.add(alias);
    aliases.set(name, alias);
  }
  return { joins: edges, aliases };
}

function irJoins(scan: Scan, edges: readonly JoinEdge[], names: Names, aliases: ReadonlyMap<string, string>): IrJoin[] {
  const { frame } = scan;
  return edges.map((edge) => {
    const right = scan.lexicon.table(edge.right.table);
    const left = scan.lexicon.table(edge.left.table);
    const isStreams = right !== undefined && left !== undefined && !right.isTable && !left.isTable;
    const isOuter = frame.outer || frame.antiJoin === edge.right.table;
    if (isStreams && frame.joinWithinMs === undefined)
      frame.assumptions.push({ kind: 'join', text: `rows of both streams match within ${durationText(3_600_000)}` });
    frame.assumptions.push({
      kind: 'join',
      text: `${edge.left.table} and ${edge.right.table} are joined on ${edge.left.name === edge.right.name ? edge.left.name : `${edge.left.name} = ${edge.right.name}`}`,
    });
    const alias = aliases.get(edge.right.table);
    return {
      table: edge.right.table,
      ...(alias === undefined ? {} : { alias }),
      kind: isOuter ? 'LEFT' : 'INNER',
      on: [{ left: names.column(edge.left), right: names.column(edge.right) }],
      ...(isStreams ? { withinMs: frame.joinWithinMs ?? 3_600_000 } : {}),
    };
  });
}

/** Turns what a sentence means into a typed query. */
export function assemble(scan: Scan): QueryIR {
  const { frame, base } = scan;
  const settled = settle(scan);
  const { joins, aliases } = planJoins(scan, usedTables(scan, settled));
  const names = new Names(aliases);
  const isJoined = joins.length > 0;
  const ir: QueryIR = {
    from: { table: base.name, ...(isJoined ? { alias: aliases.get(base.name) ?? 'a' } : {}) },
    joins: irJoins(scan, joins, names, aliases),
    distinct: frame.distinctRows && settled.measures.length === 0,
    columns: [],
    dimensions: [],
    measures: [],
    where: [...settled.where.map((f) => names.filter(f)), ...antiJoin(scan, joins, names)],
    having: [],
    order: [],
    emit: frame.emit ?? 'CHANGES',
    ...(frame.sink ? { sink: frame.sink } : {}),
    alerts: [],
  };
  if (frame.emit === undefined) frame.assumptions.push({ kind: 'emit', text: 'every change is emitted (EMIT CHANGES)' });
  const isRolling = frame.rows?.kind === 'window' || frame.rowFunctions.length > 0;
  if (isRolling && rare.rollingQuery) return rare.rollingQuery(scan, settled, names, ir);
  return settled.isGrouped ? groupedQuery(scan, settled, names, ir) : rowQuery(scan, settled, names, ir, isJoined);
}

function antiJoin(scan: Scan, joins: readonly JoinEdge[], names: Names): IrFilter[] {
  const edge = joins.find((j) => j.right.table === scan.frame.antiJoin);
  return edge ? [{ any: [{ left: names.column(edge.right), operator: 'IS NULL', values: [] }] }] : [];
}

function windowOf(scan: Scan, isNeeded: boolean, names: Names): QueryIR['window'] {
  const { frame, base } = scan;
  const request = frame.window;
  const time = base.columns.find((c) => c.name === base.eventTime);
  const at = time === undefined || base.schema.eventTime !== undefined || request === undefined ? {} : { time: names.column(time) };
  if (request) {
    if (request.assumed !== undefined) frame.assumptions.push({ kind: 'window', text: request.assumed });
    if (request.kind === 'tumbling') return { ...at, kind: 'tumbling', sizeMs: request.sizeMs };
    if (request.kind === 'sliding') return { ...at, kind: 'sliding', sizeMs: request.sizeMs, advanceMs: request.advanceMs };
    return { ...at, kind: 'session', gapMs: request.gapMs };
  }
  if (!isNeeded) return undefined;
  frame.assumptions.push({ kind: 'window', text: 'ranked in windows of 5 minutes' });
  const own = time === undefined || base.schema.eventTime !== undefined ? {} : { time: names.column(time) };
  return { ...own, kind: 'tumbling', sizeMs: 300_000 };
}

function groupedQuery(scan: Scan, settled: Settled, names: Names, ir: QueryIR): QueryIR {
  const { frame, base } = scan;
  const row = rowNoun(base);
  const aliases = unique(settled.measures.map((m) => measureName(m, row)));
  const measures = settled.measures.map((m, i) => names.measure(m, aliases[i] ?? `figure_${i}`));
  const dimensions: IrColumn[] = frame.dimensions.map((d) => {
    if (d.kind === 'part')
      return {
        expression: `EXTRACT(${d.part} FROM ${names.column(d.ref)})`,
        alias: { HOUR: 'hour_of_day', DOW: 'day_of_week', DAY: 'day_of_month', MONTH: 'month' }[d.part],
      };
    return { expression: names.column(d.ref), ...(names.column(d.ref) === quoteName(d.ref.name) ? {} : { alias: d.ref.name }) };
  });
  const window = windowOf(scan, frame.top !== undefined && frame.dimensions.some((d) => d.kind === 'column'), names);
  const aliasOf = (measure: Measure): string =>
    aliases[settled.measures.findIndex((m) => m === measure || m.at === measure.at)] ?? aliases[0] ?? 'value';
  const having = settled.having.map((h) => ({
    any: [
      {
        left: measureSql(names.measure(matching(settled, h.measure), 'x')),
        operator: h.operator,
        values: h.values.map((v) => names.value(v)),
      },
    ],
  }));
  const order = orderOf(scan, settled, aliases, dimensions, names);
  const alerts = rare.alertsOf?.(scan, settled, names, aliasOf) ?? [];
  for (const m of settled.measures)
    if (m.kind === 'aggregate' && m.implied && m.of)
      frame.assumptions.push({ kind: 'column', text: `${operandName(m.of)} is ${m.fn === 'SUM' ? 'added up' : 'averaged'}` });
  if (frame.top?.isAssumed) frame.assumptions.push({ kind: 'limit', text: `the first ${frame.top.count} are shown` });
  return {
    ...ir,
    dimensions,
    measures,
    having,
    order,
    alerts,
    ...(window ? { window } : {}),
    ...limitOf(scan),
  };
}

/** Measures lose shared conditions when those move to WHERE; the comparison has to speak of the same one. */
const matching = (settled: Settled, measure: Measure): Measure =>
  settled.measures.find(
    (m) =>
      m.at === measure.at && m.kind === measure.kind && (m.kind !== 'aggregate' || measure.kind !== 'aggregate' || m.fn === measure.fn),
  ) ?? measure;

function limitOf({ frame: { top, rows } }: Scan): Pick<QueryIR, 'limit' | 'offset'> {
  if (top) return { limit: top.count, ...(top.skip ? { offset: top.skip } : {}) };
  return rows?.kind === 'newest' ? { limit: rows.count } : {};
}

function orderOf(
  scan: Scan,
  settled: Settled,
  aliases: readonly string[],
  dimensions: readonly IrColumn[],
  names: Names,
): QueryIR['order'] {
  const { frame } = scan;
  const direction = frame.top?.direction ?? frame.order?.direction ?? 'DESC';
  if (frame.top) {
    const byRows = frame.top.ofRows ? settled.measures.findIndex((m) => m.kind === 'aggregate' && m.fn === 'COUNT') : -1;
    return [{ by: quoteName(aliases[Math.max(byRows, 0)] ?? 'value'), direction }];
  }
  if (!frame.order) return [];
  const { operand, ofCount } = frame.order;
  if (operand) {
    const index = settled.measures.findIndex((m) => m.kind === 'aggregate' && m.of && JSON.stringify(m.of) === JSON.stringify(operand));
    if (index >= 0) return [{ by: quoteName(aliases[index] ?? 'value'), direction }];
    const dimension = dimensions.find((d) => d.expression === names.operand(operand));
    if (dimension) return [{ by: dimension.alias === undefined ? dimension.expression : quoteName(dimension.alias), direction }];
  }
  const counted = ofCount ? settled.measures.findIndex((m) => m.kind === 'aggregate' && m.fn === 'COUNT') : -1;
  const last = counted >= 0 ? counted : settled.measures.length - 1;
  return [{ by: quoteName(aliases[last] ?? 'value'), direction }];
}

function rowQuery(scan: Scan, settled: Settled, names: Names, ir: QueryIR, isJoined: boolean): QueryIR {
  const { frame, base } = scan;
  const columns: IrColumn[] = settled.columns.map((operand) => {
    const expression = names.operand(operand);
    return operand.kind === 'column' && expression === quoteName(operand.ref.name)
      ? { expression }
      : { expression, alias: outputNameText(operand) };
  });
  const alerts = rare.alertsOf?.(scan, settled, names, () => 'value') ?? [];
  const time = base.columns.find((c) => c.name === base.eventTime);
  const order = frame.order?.operand
    ? [{ by: names.operand(frame.order.operand), direction: frame.order.direction }]
    : frame.rows?.kind === 'newest' && time
      ? [{ by: names.column(time), direction: 'DESC' as const }]
      : [];
  const isWindowed = frame.window !== undefined && !frame.window.weak && order.length > 0;
  const window = isWindowed ? windowOf(scan, false, names) : undefined;
  const list = columns.length === 0 && isJoined ? joinedColumns(scan, ir, names) : columns;
  return { ...ir, columns: list, order, alerts, ...limitOf(scan), ...(window ? { window } : {}) };
}

export const outputNameText = (operand: Operand): string => (operand.kind === 'column' ? operand.ref.name : operandName(operand));

/** `*` of a join, written out so that no name stands twice. */
function joinedColumns(scan: Scan, ir: QueryIR, names: Names): IrColumn[] {
  const seen = new Set<string>();
  return [scan.base.name, ...ir.joins.map((j) => j.table)].flatMap((table) =>
    (scan.lexicon.table(table)?.columns ?? []).flatMap((ref) => {
      const isKey = ir.joins.some((j) => j.table === table && j.on.some((o) => o.right === names.column(ref)));
      if (seen.has(ref.name) && isKey) return [];
      const alias = seen.has(ref.name) ? `${table}_${ref.name}` : ref.name;
      seen.add(ref.name);
      return [{ expression: names.column(ref), alias }];
    }),
  );
}
