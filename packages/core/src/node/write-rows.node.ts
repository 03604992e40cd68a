import type { Query } from '../engine/api.ts';
import type { OutputColumn, RowFormat, RowOutput } from './row-output.ts';
import { csvOutput } from './row-output-csv.node.ts';
import { jsonlOutput } from './row-output-jsonl.node.ts';
import { tableOutput } from './row-output-table.node.ts';
import type { Output } from './terminal.node.ts';

const OUTPUTS: Readonly<Record<RowFormat, (columns: readonly OutputColumn[]) => RowOutput>> = {
  table: tableOutput,
  jsonl: jsonlOutput,
  csv: csvOutput,
};

/** Text is written in pieces of about this size: one system call per row would be most of the time. */
const CHUNK_CHARS = 32_768;
/** Rows of a slow stream are shown after this long at the latest. */
const FLUSH_AFTER_MS = 100;

export interface WriteRowsOptions {
  readonly format: RowFormat;
  readonly limit: number;
  readonly output: Output;
  /** Runs before text is written. */
  readonly before: () => Promise<void> | undefined;
}

/** Prints every row of the query until it ends, or until `limit` rows are out; then it is cancelled. */
export async function writeRows(query: Query, { format, limit, output, before }: WriteRowsOptions): Promise<void> {
  await query.ready;
  const rows = OUTPUTS[format](query.schema.columns);
  let waiting = '';
  let written = 0;
  let failure: { readonly error: unknown } | undefined;

  const send = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text === '') return;
    await before();
    await output.write(text);
  };
  const timer = setInterval(() => {
    waiting += rows.flush();
    send().catch((error: unknown) => (failure = { error }));
  }, FLUSH_AFTER_MS);

  try {
    for await (const row of query) {
      waiting += rows.add(row);
      if (failure) throw failure.error;
      if (waiting.length >= CHUNK_CHARS) await send();
      if (++written >= limit) break;
    }
    waiting += rows.end();
    await send();
  } finally {
    clearInterval(timer);
  }
}
