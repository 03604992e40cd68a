import type { OutputColumn, RowOutput } from './row-output.ts';
import { jsonText } from './value-text.node.ts';

/** One JSON object per line, columns in the order of the SELECT list. */
export function jsonlOutput(columns: readonly OutputColumn[]): RowOutput {
  const keys = columns.map(({ name }) => ({ name, key: `${JSON.stringify(name)}:` }));
  return {
    add: (row) => `{${keys.map(({ name, key }) => key + jsonText(row[name] ?? null)).join(',')}}\n`,
    flush: () => '',
    end: () => '',
  };
}
