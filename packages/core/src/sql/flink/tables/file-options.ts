import { type ConnectorNeed, text } from './connector-need.ts';
import type { ConnectorTable, TableContext } from './table-registry.ts';

const FORMATS: Readonly<Record<string, string>> = {
  csv: 'csv',
  csv_no_header: 'csv',
  jsonl: 'json',
  jsonlines: 'json',
  ndjson: 'json',
  parquet: 'parquet',
  avro: 'avro',
  orc: 'orc',
};

/** `filesystem`: one file, a folder, or the files of a folder whose names fit a pattern. */
export function fileOptions(need: ConnectorNeed, cx: TableContext, isObjectStore: boolean): ConnectorTable | undefined {
  const { properties: p, name, role } = need;
  const refuse = (reason: string): undefined => void cx.report.refuse(`"${name}" is not on Flink, because ${reason}.`);
  const path = text(p, cx, 'path', `${role}.path`, 'file.path', 'uri');
  if (path === undefined) return refuse(`nothing says where its files are: give it '${name}.path'`);
  const wanted = (text(p, cx, 'format', `${role}.format`, 'file.format', 'value.format') ?? extension(path)).toLowerCase();
  const format = FORMATS[wanted];
  if (format === undefined)
    return refuse(wanted === 'json' ? 'a file of one JSON array is no lines that it could read' : `it has no file format "${wanted}"`);
  const header = text(p, cx, 'has_headers', 'header', 'csv_has_header') ?? (wanted === 'csv_no_header' ? 'false' : 'true');
  if (format === 'csv' && header !== 'false' && role === 'source')
    return refuse("its CSV reader takes a header line for a row: write the file without one and say 'has_headers' = 'false'");
  if (format === 'csv' && header !== 'false') cx.report.differs('CSV files have no header line on Flink.');
  if (need.updates) return refuse('its rows change after they were given, and a file takes new rows only: use EMIT FINAL, or a topic');
  if (isObjectStore) cx.report.differs('The S3 plugin of Flink has to be installed; its keys belong into its configuration, not into SQL.');
  if (!isObjectStore && !/^(\/|file:)/.test(path)) cx.report.differs(`The path "${path}" is one of the machines that Flink runs on.`);
  const options = new Map([['connector', 'filesystem'], ...place(path)]);
  if (role === 'source' && text(p, cx, 'watch', 'watching') === 'true')
    options.set('source.monitor-interval', `${text(p, cx, 'polling_interval') ?? 1000} ms`);
  options.set('format', format);
  if (format === 'csv') csvOptions(need, cx, options);
  if (format === 'json') options.set('json.timestamp-format.standard', 'SQL');
  if (format === 'json' && role === 'source') options.set('json.ignore-parse-errors', 'true');
  return {
    options,
    connector: 'filesystem',
    isText: format === 'csv' || format === 'json',
    isBounded: !options.has('source.monitor-interval'),
  };
}

const extension = (path: string): string => /\.(\w+)(?:\.(?:gz|zst|sz|lz4))?$/.exec(path)?.[1] ?? 'csv';

/** A pattern names a folder and the files in it. */
function place(path: string): [string, string][] {
  const full = path.startsWith('/') ? `file://${path}` : path;
  if (!/[*?]/.test(full)) return [['path', full]];
  const folder = full.slice(0, full.slice(0, full.search(/[*?]/)).lastIndexOf('/') + 1);
  const regex = full
    .replace(/^file:\/\//, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\u0000', '.*');
  return [
    ['path', folder],
    ['source.path.regex-pattern', regex],
  ];
}

function csvOptions(need: ConnectorNeed, cx: TableContext, options: Map<string, string>): void {
  options.set('csv.field-delimiter', text(need.properties, cx, 'delimiter', 'csv_delimiter') ?? ',');
  options.set('csv.null-literal', '');
  const quote = text(need.properties, cx, 'quote');
  if (quote !== undefined) options.set('csv.quote-character', quote);
  if (need.role === 'source') options.set('csv.ignore-parse-errors', 'true');
}
