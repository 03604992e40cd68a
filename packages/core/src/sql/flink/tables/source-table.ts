import type { Field } from '../../../values/column.ts';
import type { Properties } from '../../bind/bound.ts';
import { flinkType, intervalText, quoteName } from '../quote.ts';
import { instantOf } from '../times.ts';
import { connectorOptions } from './connector-options.ts';
import type { ConnectorTable, TableContext, TableRequest, UsedTable } from './table-registry.ts';
import { type TableColumn, type TableText, tableText } from './table-text.ts';

/** Columns that hold what travels beside the payload. */
const METADATA: Readonly<Record<string, readonly [name: string, text: string]>> = {
  _TIMESTAMP: ['$timestamp', "TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL"],
  _OFFSET: ['$offset', "BIGINT METADATA FROM 'offset' VIRTUAL"],
  _PARTITION: ['$partition', "INT METADATA FROM 'partition' VIRTUAL"],
  _topic: ['$topic', "STRING METADATA FROM 'topic' VIRTUAL"],
  _headers: ['$headers', "MAP<STRING, BYTES> METADATA FROM 'headers' VIRTUAL"],
};

/** A relation as a table of Flink. Its text is made at the end, when it is known what the statements ask of it. */
export interface SourceTable extends UsedTable {
  readonly sql: () => string;
}

export function sourceTable(name: string, request: TableRequest, properties: Properties, cx: TableContext): SourceTable | undefined {
  const { relation } = request;
  if (relation.open && relation.fields.length === 0) {
    cx.report.refuse(`The columns of "${relation.name}" are not declared; a table of Flink has to name them.`);
    return undefined;
  }
  const keyed = relation.kind === 'table' && relation.key.length > 0;
  const key = relation.key.map((column) => ({
    name: column,
    isText: relation.fields.some((f) => f.name === column && f.type.kind === 'string'),
  }));
  const need = {
    key,
    name: request.uri == null ? relation.name : 'source',
    role: 'source',
    properties,
    keyed,
    updates: false,
    isTable: relation.kind === 'table',
  } as const;
  const connector = connectorOptions(need, cx);
  return connector === undefined ? undefined : new Source(name, request, connector, properties, cx);
}

class Source implements SourceTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
  readonly timeColumn: number | null;
  private readonly physical: readonly TableColumn[];
  private readonly computed: TableColumn[] = [];
  private readonly request: TableRequest;
  private readonly connector: ConnectorTable;
  private readonly timeField: string | null;
  private rowtime: string | undefined;

  constructor(name: string, request: TableRequest, connector: ConnectorTable, properties: Properties, cx: TableContext) {
    this.name = name;
    this.request = request;
    this.connector = connector;
    const { relation } = request;
    this.timeField = request.time ?? relation.eventTime;
    const format = String(properties.get('event.time.format') ?? '');
    const columns: { name: string }[] = [];
    this.physical = relation.fields.map((field) => {
      const type = flinkType(field.type);
      if (type === undefined)
        cx.report.refuse(`The type of column "${field.name}" of "${relation.name}" is not known; a table of Flink has to name it.`);
      const isTextTime = field.type.kind === 'timestamp' && connector.isText;
      const shown = isTextTime ? unused(`$${field.name}`, relation.fields) : field.name;
      columns.push({ name: shown });
      if (!isTextTime) return { name: field.name, text: type ?? 'STRING' };
      const isMillis = format === 'epoch_millis' && field.name === this.timeField;
      this.computed.push({ name: shown, text: `AS ${isMillis ? instantOf(quoteName(field.name)) : timeOfText(field.name)}` });
      return { name: field.name, text: isMillis ? 'BIGINT' : 'STRING' };
    });
    this.columns = columns;
    const at = relation.fields.findIndex((field) => field.name === this.timeField);
    this.timeColumn = at < 0 ? null : at;
    // A declared event time is one from the start: whether rows are late does not depend on who asks.
    if (this.timeField !== null) this.time();
  }

  get updates(): boolean {
    return this.connector.connector === 'upsert-kafka';
  }

  get isLookup(): boolean {
    return this.connector.connector === 'jdbc';
  }

  get isBounded(): boolean {
    return this.connector.isBounded;
  }

  get timeGuard(): string | undefined {
    const at = this.timeColumn ?? -1;
    return this.request.relation.fields[at]?.nullable === true ? this.columns[at]?.name : undefined;
  }

  time(): string | undefined {
    this.rowtime ??= this.newTime();
    return this.rowtime;
  }

  private newTime(): string | undefined {
    if (this.request.as === 'versions' && this.timeField === null) {
      if (this.connector.connector === 'filesystem')
        return this.compute('$version', "AS CAST(TIMESTAMP '1970-01-01 00:00:00' AS TIMESTAMP(3))");
    }
    if (this.timeColumn === null) {
      const fromMessage = this.connector.connector === 'kafka' || this.connector.connector === 'upsert-kafka';
      return fromMessage ? this.compute('$rowtime', "TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL") : undefined;
    }
    const field = this.request.relation.fields[this.timeColumn];
    const column = this.columns[this.timeColumn];
    if (field === undefined || column === undefined) return undefined;
    if (field.type.kind === 'timestamp' && !field.nullable) return column.name;
    // A row without a time would end the job; with the earliest there is it is late, and nothing more.
    const always = (time: string): string => (field.nullable ? `COALESCE(${time}, TIMESTAMP '1970-01-01 00:00:00.000')` : time);
    if (field.type.kind === 'timestamp') {
      const shown = this.computed.find((each) => each.name === column.name)?.text.slice('AS '.length);
      return this.compute('$rowtime', `AS ${always(shown ?? quoteName(column.name))}`);
    }
    if (field.type.kind === 'integer') return this.compute('$rowtime', `AS ${always(instantOf(quoteName(field.name)))}`);
    return this.compute('$rowtime', `AS ${always(timeOfText(field.name))}`);
  }

  system(name: string): string | undefined {
    const found = METADATA[name];
    if (found === undefined || this.connector.connector !== 'kafka') return undefined;
    const known = this.computed.find((column) => column.text === found[1]);
    return known?.name ?? this.compute(...found);
  }

  private compute(wanted: string, text: string): string {
    const name = unused(wanted, this.request.relation.fields);
    this.computed.push({ name, text });
    return name;
  }

  sql(): string {
    const { relation, delayMs, idleTimeoutMs, as } = this.request;
    const options = new Map(this.connector.options);
    if (idleTimeoutMs != null && this.connector.connector === 'kafka') options.set('scan.watermark.idle-timeout', `${idleTimeoutMs} ms`);
    // A window closes one millisecond early there for a watermark of the same value.
    const delay = intervalText((delayMs ?? relation.watermarkDelayMs) + 1);
    const text: TableText = {
      name: this.name,
      columns: [...this.physical, ...this.computed],
      watermark: this.rowtime === undefined ? null : { column: this.rowtime, delay },
      key: relation.kind === 'table' || as !== 'rows' ? relation.key : [],
      options,
    };
    return tableText(text);
  }
}

/** A name that no column of the relation has. */
const unused = (name: string, fields: readonly Field[]): string =>
  fields.some((field) => field.name === name) ? unused(`$${name}`, fields) : name;

/** A time that records write as milliseconds or as ISO text. */
function timeOfText(field: string): string {
  const text = quoteName(field);
  const ms = instantOf(`TRY_CAST(${text} AS BIGINT)`);
  return `CASE WHEN REGEXP(${text}, '^-?[0-9]+$') THEN ${ms} ELSE TRY_CAST(REPLACE(REPLACE(${text}, 'T', ' '), 'Z', '') AS TIMESTAMP(3)) END`;
}
