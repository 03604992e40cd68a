import type { RecordErrorInfo } from '../runtime/operator.ts';

const KEPT = 10;

/** Counts what went wrong with single records and keeps the latest for people to read. */
export interface RecordLog {
  readonly errors: number;
  readonly last: readonly RecordErrorInfo[];
  readonly warnings: Readonly<Record<string, number>>;
  add(info: RecordErrorInfo): void;
  /** Errors of which nothing more is known. */
  count(errors: number): void;
  warn(reason: string): void;
  /** For checkpoints. */
  save(): { errors: number; warnings: Record<string, number> };
  load(saved: { errors: number; warnings: Readonly<Record<string, number>> }): void;
}

export function createRecordLog(): RecordLog {
  let errors = 0;
  let last: RecordErrorInfo[] = [];
  const warnings: Record<string, number> = Object.create(null);
  return {
    get errors() {
      return errors;
    },
    get last() {
      return last;
    },
    warnings,
    add(info) {
      errors++;
      last = [...last.slice(-KEPT + 1), info];
    },
    count(more) {
      errors += more;
    },
    warn(reason) {
      warnings[reason] = (warnings[reason] ?? 0) + 1;
    },
    save: () => ({ errors, warnings: { ...warnings } }),
    load(saved) {
      errors = saved.errors;
      Object.assign(warnings, saved.warnings);
    },
  };
}
