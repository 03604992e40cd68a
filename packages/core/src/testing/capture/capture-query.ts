import { testingError } from '../../diagnostics/codes/testing.ts';
import type { Row } from '../../protocol/query.ts';
import type { ExecutedQuery } from '../run/execute.ts';
import { type FileReader, readRequired } from '../run/files.ts';
import type { QuerySpec } from '../spec/test-spec.ts';
import { type CaptureFormats, findFormat } from './capture-format.ts';
import { captureRows } from './capture-rows.ts';

export interface CapturePlaces {
  readonly formats: CaptureFormats | undefined;
  readonly files: FileReader;
  readonly signal: AbortSignal | undefined;
  warn(text: string): void;
}

/** Text formats hold every row, so that a run without them is still worth having. */
const TEXT_FORMATS = new Set(['json', 'csv']);

/** The output of a query as `capture_format` has it: rows, changes and final result, written and read back. */
export async function captureQuery(own: ExecutedQuery, query: QuerySpec, places: CapturePlaces): Promise<ExecutedQuery> {
  const wanted = query.captureFormat?.toLowerCase();
  if (wanted === undefined) return own;
  const format = await findFormat(places.formats, wanted);
  if (!format) {
    if (!TEXT_FORMATS.has(wanted)) throw testingError('VS5414', { query: query.name, format: wanted });
    places.warn(`capture_format ${wanted}: the format is not there, and rows are judged before they are written`);
    return own;
  }
  const request = {
    format,
    query: query.name,
    ...(query.captureSchema === undefined ? {} : { schema: await schemaText(query.captureSchema, places.files) }),
    ...(places.signal ? { signal: places.signal } : {}),
  };
  const { rows, schema } = await captureRows(own.rows, own.schema, request);
  const final = await captureRows(own.final, own.schema, request);
  return { ...own, rows, final: final.rows, schema, ...(own.changes ? { changes: withRows(own.changes, rows) } : {}) };
}

/** Rows are the changes that are no deletes, in order. */
export function withRows(changes: NonNullable<ExecutedQuery['changes']>, rows: readonly Row[]): NonNullable<ExecutedQuery['changes']> {
  let next = 0;
  return changes.map((change) => (change.op === 'delete' ? change : { ...change, row: rows[next++] ?? change.row }));
}

/** A schema in the spec itself, or a file beside it. */
const schemaText = (given: string, files: FileReader): Promise<string> =>
  /[{;]/.test(given) || /^\s*"/.test(given) ? Promise.resolve(given) : readRequired(files, given);
