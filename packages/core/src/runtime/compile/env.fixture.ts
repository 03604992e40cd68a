import { provideAllOperators } from '../all-operators.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { RecordErrorInfo, RuntimeContext } from '../operator.ts';
import type { CompileEnv } from './interpret.ts';

provideAllOperators();

/** A context that keeps what it is told. */
export interface TestContext extends RuntimeContext {
  readonly errors: RecordErrorInfo[];
  readonly warnings: string[];
  readonly dead: { readonly row: number; readonly reason: string }[];
}

export function testContext(options: Partial<RuntimeContext> = {}): TestContext {
  const errors: RecordErrorInfo[] = [];
  const warnings: string[] = [];
  const dead: { row: number; reason: string }[] = [];
  return {
    codegen: true,
    batchRows: 4096,
    limits: DEFAULT_LIMITS,
    clock: { now: () => 0 },
    rng: { next: () => 0.5 },
    tables: {
      find: () => undefined,
      create: () => {
        throw new Error('this context has no tables');
      },
      names: () => [],
      snapshot: () => undefined,
      restore: () => undefined,
    },
    changes: 'per-record',
    recordError: (info) => void errors.push(info),
    warn: (reason) => void warnings.push(reason),
    deadLetter: (_fields, _batch, row, reason) => void dead.push({ row, reason }),
    ...options,
    errors,
    warnings,
    dead,
  };
}

export const testEnv = (context: RuntimeContext = testContext()): CompileEnv => ({
  context,
  subquery: () => () => null,
});
