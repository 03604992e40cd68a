import type { Row } from '../engine/api.ts';

export interface OutputColumn {
  readonly name: string;
  /** SQL type text such as `DECIMAL(18,4)`. */
  readonly type: string;
}

/** Turns rows into text. Every call gives what can be written now, maybe nothing. */
export interface RowOutput {
  add(row: Row): string;
  /** What waits for more rows is written now: the next row may take long. */
  flush(): string;
  end(): string;
}

export const ROW_FORMATS = ['table', 'jsonl', 'csv'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];
