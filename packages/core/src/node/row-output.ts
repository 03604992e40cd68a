import type { Row } from '../engine/api.ts';
import type { ColumnSchema } from '../protocol/table-schema.ts';

export type OutputColumn = Pick<ColumnSchema, 'name' | 'type' | 'format'>;

/** Turns rows into text. Every call gives what can be written now, maybe nothing. */
export interface RowOutput {
  add(row: Row): string;
  /** What waits for more rows is written now: the next row may take long. */
  flush(): string;
  end(): string;
}

export const ROW_FORMATS = ['table', 'jsonl', 'csv'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];
