import type { Field } from '../../../values/column.ts';
import type { Properties } from '../../bind/bound.ts';
import { flinkType } from '../quote.ts';
import { connectorOptions } from './connector-options.ts';
import type { TableContext } from './table-registry.ts';
import { tableText } from './table-text.ts';

export interface SinkNeed {
  readonly name: string;
  /** The table's name in the session. */
  readonly table: string;
  readonly fields: readonly Field[];
  /** Names of the key columns; empty: none. */
  readonly key: readonly string[];
  readonly updates: boolean;
  readonly properties: Properties;
}

export interface SinkTable {
  readonly sql: string;
  /** How each column of the query is written. */
  readonly write: readonly ((text: string) => string)[];
}

/** Where rows go, as a table of Flink; undefined after a refusal. */
export function sinkTable(need: SinkNeed, cx: TableContext): SinkTable | undefined {
  const keyed = need.key.length > 0 && need.updates;
  const connector = connectorOptions({ ...need, key: keyColumns(need), role: 'sink', keyed, isTable: false }, cx);
  if (connector === undefined) return undefined;
  const columns = need.fields.map((field) => ({ field, how: written(field, connector.isText && connector.connector !== 'print') }));
  const text = tableText({
    name: need.table,
    columns: columns.map(({ field, how }) => ({
      name: field.name,
      text: keyed && need.key.includes(field.name) ? `${how.type} NOT NULL` : how.type,
    })),
    watermark: null,
    key: keyed ? need.key : [],
    options: connector.options,
  });
  return { sql: text, write: columns.map(({ how }) => how.write) };
}

const keyColumns = ({ key, fields }: SinkNeed) =>
  key.map((name) => ({ name, isText: fields.some((field) => field.name === name && field.type.kind === 'string') }));

/** In text formats decimals keep their digits as text, and times are written with milliseconds, as ours are. */
function written(field: Field, isText: boolean): { readonly type: string; readonly write: (text: string) => string } {
  const type = flinkType(field.type) ?? 'STRING';
  if (isText && field.type.kind === 'decimal') return { type: 'STRING', write: (text) => `CAST(CAST(${text} AS ${type}) AS STRING)` };
  if (isText && field.type.kind === 'timestamp')
    return { type: 'STRING', write: (text) => `DATE_FORMAT(${text}, 'yyyy-MM-dd HH:mm:ss.SSS')` };
  return { type, write: (text) => text };
}
