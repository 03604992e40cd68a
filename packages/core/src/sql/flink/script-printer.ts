import type { Span } from '../../diagnostics/span.ts';
import type { ScriptResult } from '../bind/bind-script.ts';
import type { BoundOutput, BoundQuery, BoundStatement, Properties } from '../bind/bound.ts';
import { propertiesFor } from '../bind/properties.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { substituteVariables } from '../syntax/index.ts';
import type { FlinkContext, PrintedView } from './context.ts';
import { printExpression } from './expression/print-expression.ts';
import { printFrom } from './query/print-from.ts';
import { printQuery } from './query/print-query.ts';
import type { PrintedQuery } from './query/printed-query.ts';
import { quoteName, quoteText } from './quote.ts';
import { newReport, type Report } from './report.ts';
import type { FlinkOptions, FlinkStatement } from './script.ts';
import { filledStreams, type StreamPart, unionOf } from './stream-parts.ts';
import { uriProperties } from './tables/connector-options.ts';
import { sinkTable } from './tables/sink-table.ts';
import { type SourceTable, sourceTable } from './tables/source-table.ts';
import type { TableContext, TableRequest, UsedTable } from './tables/table-registry.ts';

const NO_PROPERTIES: Properties = new Map();
const viewText = (name: string, { sql }: Pick<PrintedQuery, 'sql'>): string => `CREATE TEMPORARY VIEW ${quoteName(name)} AS\n${sql}`;
/** Rows that leave the session take no time attribute with them. */
const timeless = (rows: PrintedQuery): PrintedQuery =>
  rows.time === null ? rows : { ...rows, sql: `SELECT ${rows.columns.map(quoteName).join(', ')} FROM (${rows.sql})`, time: null };
/** Stands where a table was refused, so that the printing goes on. */
const noTable = (request: TableRequest): UsedTable => ({
  name: request.relation.name,
  columns: request.relation.fields,
  time: () => undefined,
  timeGuard: undefined,
  timeColumn: null,
  system: () => undefined,
  updates: false,
  isLookup: false,
  isBounded: false,
});

export interface PrinterOptions extends FlinkOptions {
  /** The text of the script or of its connections has what stands for a secret. */
  readonly holdsPlaceholder: boolean;
}

interface Pending {
  readonly table: SourceTable;
  readonly origin: Span;
}

/** Prints the statements of a script one after the other; tables are shared, and come first. */
export class ScriptPrinter {
  readonly secrets = new Map<string, string>();
  private readonly options: PrinterOptions;
  private readonly catalog: Catalog;
  private readonly tables = new Map<string, Pending>();
  private readonly views = new Map<string, PrintedView>();
  private readonly declared = new Map<string, Properties>();
  private readonly names = new Set<string>();
  private readonly filled: ReadonlyMap<string, number>;
  private readonly parts = new Map<string, StreamPart[]>();
  private readonly done: FlinkStatement[] = [];
  private counter = 0;

  constructor(script: ScriptResult, options: PrinterOptions) {
    this.options = options;
    this.catalog = script.catalog;
    this.filled = filledStreams(script, options.catalog);
  }

  print(bound: BoundStatement, origin: Span): void {
    const report = newReport();
    // Filled in, it would show the secret of that name as data.
    if (this.options.holdsPlaceholder)
      report.refuse('Text of the form "{{secret:" is not on Flink, because it marks the places of secrets.');
    switch (bound.kind) {
      case 'declare':
        this.declared.set(bound.name, bound.properties);
        return;
      case 'create':
        this.create(bound, origin, report);
        return;
      case 'query':
        this.query(bound.query, bound.output, origin, report);
        return;
      case 'insert':
        this.query(bound.query, bound.output, origin, report, bound.columns);
        return;
      case 'update':
      case 'delete':
        report.refuse(`${bound.kind.toUpperCase()} is not on Flink, because its tables of streams take new rows only.`);
        break;
      case 'command':
        report.refuse('This statement is a command of the studio and no query.');
    }
    this.push('select', '', origin, report);
  }

  finish(): readonly FlinkStatement[] {
    const tables = [...this.tables.values()].map(
      ({ table, origin }): FlinkStatement => ({ kind: 'table', sql: table.sql(), origin, verdict: 'same', reasons: [] }),
    );
    return [...tables, ...this.done];
  }

  private push(
    kind: FlinkStatement['kind'],
    sql: string,
    origin: Span,
    report: Report,
    more: Pick<FlinkStatement, 'columns' | 'name'> = {},
  ): void {
    const { verdict, reasons } = report;
    this.done.push({ kind, sql: verdict === 'refused' ? '' : sql, origin, verdict, reasons, ...more });
  }

  private create(bound: BoundStatement & { kind: 'create' }, origin: Span, report: Report): void {
    const settings = new Map<string, string>();
    const query = printQuery(bound.query, this.context(report, settings, origin, bound.output.properties), true);
    const isPart = this.filled.has(bound.name);
    const name = this.freshName(isPart ? `${bound.name}$part` : bound.name);
    if (!isPart) this.views.set(bound.name, { name, query, isChangingStream: bound.object === 'stream' && query.updates });
    this.withSettings(settings, origin, () =>
      this.push('view', viewText(name, query), origin, report, { columns: query.columns, ...(isPart ? {} : { name: bound.name }) }),
    );
    if (isPart) this.part(bound.name, { view: name, query, columns: query.columns, isRefused: report.verdict === 'refused' }, origin);
    const targets = bound.output.targets.length > 0 ? bound.output.targets : this.hasSink(bound.name, bound.output) ? [bound.name] : [];
    const columns = query.columns.map(quoteName).join(', ');
    for (const target of targets) {
      if (target !== bound.name && this.filled.has(target)) {
        const columns = this.fieldsOf(target, query);
        this.part(target, { view: name, query, columns, isRefused: report.verdict === 'refused' }, origin);
        if (!this.hasSink(target, bound.output)) continue;
      }
      const own = newReport();
      if (report.verdict === 'refused') own.refuse(`It reads "${bound.name}", which is not on Flink.`);
      const rows = { ...query, sql: `SELECT ${columns} FROM ${quoteName(name)}`, time: null };
      this.withSettings(settings, origin, () => this.insert({ target, query: bound.query, rows, output: bound.output }, origin, own));
    }
  }

  private hasSink(name: string, output: BoundOutput): boolean {
    return this.propertiesOf(name, output.properties, null, 'sink').has('type');
  }

  private query(query: BoundQuery, output: BoundOutput, origin: Span, report: Report, columns: readonly string[] | null = null): void {
    const settings = new Map<string, string>();
    const streams = output.targets.filter((target) => this.filled.has(target));
    const rows = printQuery(query, this.context(report, settings, origin, output.properties), streams.length > 0);
    this.withSettings(settings, origin, () => {
      if (output.targets.length === 0) this.push('select', rows.sql, origin, report, { columns: rows.columns });
      for (const target of output.targets) {
        if (streams.includes(target) && !this.hasSink(target, output)) continue;
        this.insert({ target, query, rows: timeless(rows), output, columns }, origin, report);
      }
      if (streams.length === 0) return;
      const view = this.freshName(`${streams[0]}$part`);
      this.push('view', viewText(view, rows), origin, report, { columns: rows.columns });
      const part = { view, query: rows, isRefused: report.verdict === 'refused' };
      for (const name of streams) this.part(name, { ...part, columns: columns ?? this.fieldsOf(name, rows) }, origin);
    });
  }

  /** Columns are filled one by one, whatever they are called where they come from. */
  private fieldsOf(name: string, { columns }: PrintedQuery): readonly string[] {
    const fields = this.catalog.find(name)?.fields ?? [];
    return columns.map((column, i) => fields[i]?.name ?? column);
  }

  /** One more statement that fills a stream; behind the last of them stands the stream. */
  private part(name: string, part: StreamPart, origin: Span): void {
    const parts = [...(this.parts.get(name) ?? []), part];
    this.parts.set(name, parts);
    if (parts.length !== this.filled.get(name)) return;
    const query = unionOf(this.catalog.find(name)?.fields ?? [], parts);
    const view = this.freshName(name);
    const report = newReport();
    if (parts.some((each) => each.isRefused)) report.refuse(`A statement that fills "${name}" is not on Flink.`);
    this.views.set(name, { name: view, query, isChangingStream: query.updates });
    this.push('view', viewText(view, query), origin, report, { columns: query.columns, name });
  }

  private insert(
    need: { target: string; query: BoundQuery; rows: PrintedQuery; output: BoundOutput; columns?: readonly string[] | null },
    origin: Span,
    report: Report,
  ): void {
    const { target, query, rows, output } = need;
    const uri = target.includes('://') ? target : null;
    const properties = this.propertiesOf(target, output.properties, uri, 'sink');
    // A URI may hold a user and a password: it is no name.
    const name = uri === null ? target : 'sink';
    const table = this.freshName(this.views.has(target) ? `${target}$sink` : name);
    const fields = query.fields.map((field, i) => ({ ...field, name: need.columns?.[i] ?? rows.columns[i] ?? field.name }));
    const key = (rows.key ?? []).map((i) => fields[i]?.name ?? '');
    const sink = sinkTable(
      { name, table, fields, key, updates: rows.updates && this.options.mode !== 'batch', properties },
      this.tableContext(report),
    );
    if (sink === undefined || report.verdict === 'refused') {
      this.push('insert', '', origin, report);
      return;
    }
    this.done.push({ kind: 'table', sql: sink.sql, origin, verdict: 'same', reasons: [] });
    const alias = quoteName('$rows');
    const written = rows.columns.map((name, i) => sink.write[i]?.(`${alias}.${quoteName(name)}`) ?? quoteName(name));
    const isPlain = written.every((text, i) => text === `${alias}.${quoteName(rows.columns[i] as string)}`);
    const select = isPlain ? rows.sql : `SELECT ${written.join(', ')} FROM (${rows.sql}) AS ${alias}`;
    const list = fields.map((field) => quoteName(field.name)).join(', ');
    this.push('insert', `INSERT INTO ${quoteName(table)} (${list})\n${select}`, origin, report);
  }

  /** What has to be set around a statement, and unset behind it. */
  private withSettings(settings: ReadonlyMap<string, string>, origin: Span, statements: () => void): void {
    const plain = { kind: 'set', origin, verdict: 'same', reasons: [] } as const;
    for (const [key, value] of settings) this.done.push({ ...plain, sql: `SET ${quoteText(key)} = ${quoteText(value)}` });
    statements();
    for (const key of settings.keys()) this.done.push({ ...plain, sql: `RESET ${quoteText(key)}` });
  }

  private context(report: Report, settings: Map<string, string>, origin: Span, statement: Properties): FlinkContext {
    const cx: FlinkContext = {
      mode: this.options.mode ?? 'streaming',
      catalog: this.catalog,
      report,
      settings,
      query: printQuery,
      expression: (e, row) => printExpression(e, row, cx),
      from: (from, need) => printFrom(from, need, cx),
      view: (name) => this.views.get(name),
      define: (stem, sql) => {
        const name = this.freshName(stem);
        this.done.push({ kind: 'view', sql: viewText(name, { sql }), origin, verdict: 'same', reasons: [] });
        return quoteName(name);
      },
      fresh: (stem) => `${stem}${++this.counter}`,
      table: (request) => this.table(request, { report, origin, statement }),
    };
    return cx;
  }

  private table(request: TableRequest, { report, origin, statement }: { report: Report; origin: Span; statement: Properties }): UsedTable {
    const { relation } = request;
    const time = request.time === relation.eventTime ? null : request.time;
    const versions = request.as === 'versions' ? ' versions' : '';
    const id = `${relation.name}\n${time ?? ''}\n${versions}\n${request.delayMs ?? ''}`;
    const known = this.tables.get(id)?.table;
    if (known !== undefined) return known;
    const properties = this.propertiesOf(relation.name, statement, request.uri ?? null, 'source');
    for (const [key, value] of request.properties ?? NO_PROPERTIES) properties.set(key, value);
    const stem = `${relation.name}${time === null ? '' : ` by ${time}`}${versions}`;
    const name = this.freshName(request.uri == null ? stem : 'source');
    const made = sourceTable(name, { ...request, time }, properties, this.tableContext(report));
    if (made === undefined) return noTable(request);
    this.tables.set(id, { table: made, origin });
    return made;
  }

  private propertiesOf(
    name: string,
    statement: Properties,
    uri: string | null,
    role: 'source' | 'sink',
  ): Map<string, string | number | boolean> {
    const found = new Map<string, string | number | boolean>(uri === null ? [] : uriProperties(uri, role));
    const given = this.options.connections;
    if (given !== undefined && Object.hasOwn(given, name))
      for (const [key, value] of Object.entries(given[name] ?? {})) found.set(key, value);
    const declared = this.declared.get(name) ?? NO_PROPERTIES;
    for (const [key, value] of declared) if (!key.includes('.') || !key.startsWith(`${name}.`)) found.set(key, value);
    for (const [key, value] of propertiesFor(name, declared)) found.set(key, value);
    for (const [key, value] of propertiesFor(name, statement)) found.set(key, value);
    return found;
  }

  private tableContext(report: Report): TableContext {
    return {
      report,
      secret: (name, value) => this.placeholder(name.replace(/[^\w.-]/g, '_'), value),
      variable: (value) => this.substituted(value, report),
    };
  }

  private placeholder(name: string, value: string): string {
    let placeholder = `{{secret:${name}}}`;
    for (let n = 2; this.secrets.has(placeholder) && this.secrets.get(placeholder) !== value; n++) placeholder = `{{secret:${name}.${n}}}`;
    this.secrets.set(placeholder, value);
    return placeholder;
  }

  private substituted(value: string, report: Report): string {
    if (!value.includes('${')) return value;
    const { text, missing } = substituteVariables(value, (name) => this.options.variables?.[name]);
    for (const { name, message } of missing) report.refuse(message ?? `The variable "${name}" has no value and no default.`);
    return text;
  }

  private freshName(stem: string): string {
    const prefix = this.options.prefix ?? '';
    let name = prefix + stem;
    for (let n = 2; this.names.has(name); n++) name = `${prefix}${stem} ${n}`;
    this.names.add(name);
    return name;
  }
}
