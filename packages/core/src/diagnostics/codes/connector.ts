import { code } from '../define-codes.ts';
import { type ErrorFactory, errorFactory } from '../error-factory.ts';
import { FORMAT_CODES } from './format.ts';

interface Named {
  readonly name: string;
}
interface InFile {
  readonly file: string;
}
interface AtColumn {
  readonly column: string;
}

const nearest = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean "${name}"?`);
const oneOf = (names: readonly string[]): string => names.map((n) => `"${n}"`).join(', ');

/** Errors of connectors and formats: VS41xx options, VS42xx transport, VS43xx records, VS44xx sinks. */
export const CONNECTOR_CODES = {
  VS4101: code<{ connector: string; option: string; problem: string }>({
    reason: 'option-invalid',
    severity: 'error',
    message: (p) => `option "${p.option}" of connector "${p.connector}" is not usable: ${p.problem}`,
    hint: (p) => `Correct "${p.option}"; the README of the connector lists what each option takes.`,
  }),
  VS4102: code<{ connector: string; option: string; nearest: string | undefined }>({
    reason: 'option-unknown',
    severity: 'warning',
    message: (p) => `connector "${p.connector}" has no option "${p.option}"`,
    hint: (p) => `It is ignored.${nearest(p.nearest)}`,
  }),
  VS4103: code<{ connector: string; option: string; other: string }>({
    reason: 'option-twice',
    severity: 'error',
    message: (p) => `options "${p.option}" and "${p.other}" of connector "${p.connector}" mean the same and differ`,
    hint: () => 'Keep one of the two.',
  }),
  VS4104: code<{ uri: string; connector: string }>({
    reason: 'uri-invalid',
    severity: 'error',
    message: (p) => `"${p.uri}" is not a URI that connector "${p.connector}" reads`,
  }),
  VS4105: code<{ preset: string; known: readonly string[] }>({
    reason: 'preset-unknown',
    severity: 'error',
    message: (p) => `there is no generator preset "${p.preset}"`,
    hint: (p) => `Use one of ${oneOf(p.known)}, or describe \`columns\` yourself.`,
  }),
  VS4106: code<{ table: string; known: readonly string[] }>({
    reason: 'table-unknown',
    severity: 'error',
    message: (p) => `connector "memory" holds no table "${p.table}"`,
    hint: (p) => (p.known.length === 0 ? 'Give the tables to `memory({ … })`.' : `It holds ${oneOf(p.known)}.`),
  }),
  VS4107: code<{ connector: string }>({
    reason: 'offset-invalid',
    severity: 'error',
    message: (p) => `the saved position is not one of connector "${p.connector}"`,
    hint: () => 'Start from the beginning, or from a checkpoint that this source made.',
  }),
  VS4108: code<{ column: string; connector: string }>({
    reason: 'column-missing',
    severity: 'error',
    message: (p) => `connector "${p.connector}" has no column "${p.column}"`,
    hint: () => 'Read the columns that `describe` names.',
  }),
  VS4109: code<{ column: string; problem: string }>({
    reason: 'generator-invalid',
    severity: 'error',
    message: (p) => `the generator of column "${p.column}" is not usable: ${p.problem}`,
  }),
  VS4110: code<{ connector: string }>({
    reason: 'reader-busy',
    severity: 'error',
    message: (p) => `a source of connector "${p.connector}" has one reader already`,
    hint: () => 'Finish or abort the first reader, or make a second source.',
  }),

  VS4201: code<{ path: string; setBy?: string }>({
    reason: 'path-outside-roots',
    severity: 'error',
    message: (p) => `path "${p.path}" is not below a folder that this connector may use`,
    hint: (p) => `Give its folder in \`${p.setBy ?? 'files({ roots: […] })'}\`, without links that lead elsewhere.`,
  }),
  VS4202: code<{ path: string }>({
    reason: 'file-not-found',
    severity: 'error',
    message: (p) => `no file matches "${p.path}"`,
    hint: () => 'Check the path; relative paths start at the first root.',
  }),
  VS4203: code<{ path: string; kind: string }>({
    reason: 'not-a-file',
    severity: 'error',
    message: (p) => `"${p.path}" is a ${p.kind}, not a regular file`,
  }),
  VS4204: code<{ path: string; problem: string }>({
    reason: 'file-unreadable',
    severity: 'error',
    message: (p) => `file "${p.path}" cannot be read: ${p.problem}`,
  }),
  VS4205: code<{ path: string }>({
    reason: 'file-changed',
    severity: 'error',
    message: (p) => `file "${p.path}" is shorter than the saved position, or another file stands in its place`,
    hint: () => 'Start from the beginning; rows that were in the old file cannot be read again.',
  }),
  VS4206: code<{ path: string; limit: string; allowed: number }>({
    reason: 'decompression-limit',
    severity: 'error',
    message: (p) => `file "${p.path}" unpacks to more than ${p.limit} of ${p.allowed} allows`,
    hint: () => 'Unpack it yourself if you trust it, or raise `max_output_bytes`.',
  }),
  VS4207: code<{ path: string; problem: string }>({
    reason: 'compression-damaged',
    severity: 'error',
    message: (p) => `file "${p.path}" is damaged: ${p.problem}`,
  }),
  VS4208: code<{ format: string; known: readonly string[] }>({
    reason: 'format-unknown',
    severity: 'error',
    message: (p) => `there is no format "${p.format}"`,
    hint: (p) => `Use one of ${oneOf(p.known)}.`,
  }),
  VS4209: code<{ path: string }>({
    reason: 'format-unclear',
    severity: 'error',
    message: (p) => `the format of "${p.path}" cannot be told from its name`,
    hint: () => "Give it as option 'format', for example 'csv' or 'jsonl'.",
  }),
  VS4210: code<{ path: string; lost: number }>({
    reason: 'file-truncated',
    severity: 'warning',
    message: (p) => `file "${p.path}" became shorter while it was followed; reading goes on from its start`,
    hint: () => 'Rotate by renaming instead: rows written between the copy and the cut can be missed.',
  }),
  VS4211: code<{ path: string; problem: string }>({
    reason: 'pattern-invalid',
    severity: 'error',
    message: (p) => `path "${p.path}" is not usable: ${p.problem}`,
  }),
  VS4212: code<{ kind: string; problem: string }>({
    reason: 'compression-unsupported',
    severity: 'error',
    message: (p) => `compression "${p.kind}" cannot be used: ${p.problem}`,
    hint: () => 'Use "gzip" or "none".',
  }),
  VS4213: code<{ path: string; job: string; epoch: number }>({
    reason: 'writer-fenced',
    severity: 'error',
    message: (p) => `another writer of job "${p.job}" took over "${p.path}" before this one committed epoch ${p.epoch}`,
    hint: () => 'Run one writer per job; this one has stopped without writing.',
  }),

  VS4301: code<AtColumn & { value: string; type: string; way: string | undefined }>({
    reason: 'value-misfit',
    severity: 'error',
    message: (p) => `value "${p.value}" of column "${p.column}" does not fit ${p.type}`,
    hint: (p) => p.way,
  }),
  VS4302: code<{ expected: number; found: number }>({
    reason: 'field-count',
    severity: 'error',
    message: (p) => `the record has ${p.found} fields, ${p.expected} were expected`,
    hint: (p) =>
      p.found < p.expected ? "Set 'missing_fields' = 'null' to take short records." : "Set 'extra_fields' = 'ignore' to take long records.",
  }),
  VS4303: code<{ problem: string }>({
    reason: 'csv-malformed',
    severity: 'error',
    message: (p) => `the record is not CSV: ${p.problem}`,
  }),
  VS4304: code<{ problem: string }>({
    reason: 'json-malformed',
    severity: 'error',
    message: (p) => `the record is not a JSON object: ${p.problem}`,
  }),
  VS4305: code<{ allowed: number }>({
    reason: 'record-too-long',
    severity: 'error',
    message: (p) => `the record is longer than ${p.allowed} bytes`,
    hint: () => "Raise 'max_record_bytes' if records of this size are meant.",
  }),
  VS4306: code<AtColumn>({
    reason: 'encoding-invalid',
    severity: 'error',
    message: (p) => `the bytes of column "${p.column}" are not UTF-8`,
    hint: () => 'Convert the file to UTF-8.',
  }),
  VS4307: code<InFile & { column: string; known: readonly string[]; nearest: string | undefined }>({
    reason: 'column-missing',
    severity: 'error',
    message: (p) => `"${p.file}" has no column "${p.column}"`,
    hint: (p) => `Its columns are ${oneOf(p.known.slice(0, 20))}.${nearest(p.nearest)}`,
  }),
  VS4308: code<InFile & { encoding: string }>({
    reason: 'encoding-unsupported',
    severity: 'error',
    message: (p) => `"${p.file}" is ${p.encoding}, only UTF-8 is read`,
    hint: () => 'Convert the file to UTF-8.',
  }),
  VS4309: code<InFile>({
    reason: 'no-columns',
    severity: 'error',
    message: (p) => `"${p.file}" holds no record to take the columns from`,
    hint: () => 'Declare a schema, or start when the file has content.',
  }),

  VS4401: code<Named>({
    reason: 'sink-closed',
    severity: 'error',
    message: (p) => `sink "${p.name}" is closed`,
  }),
  VS4403: code<{ path: string; problem: string }>({
    reason: 'file-unwritable',
    severity: 'error',
    message: (p) => `file "${p.path}" cannot be written: ${p.problem}`,
  }),
  VS4404: code<AtColumn & { type: string; format: string }>({
    reason: 'type-unsupported',
    severity: 'error',
    message: (p) => `column "${p.column}" of type ${p.type} cannot be written as ${p.format}`,
    hint: () => 'Cast it to STRING in the query.',
  }),
  VS4405: code<{ table: string; rows: number }>({
    reason: 'table-full',
    severity: 'error',
    message: (p) => `table "${p.table}" in memory is full: it holds at most ${p.rows} rows`,
    hint: () => 'Group or filter the rows, write them to a file, or raise the option "max_rows".',
  }),
  ...FORMAT_CODES,
} as const;

/** A coded error of a connector or format. `cause` and `details` as in `VeloError`. */
export const connectorError: ErrorFactory<typeof CONNECTOR_CODES> = errorFactory(CONNECTOR_CODES);
