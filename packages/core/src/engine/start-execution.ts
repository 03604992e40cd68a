import type { Limits } from '../runtime/limits.ts';
import type { ParsedStatements } from '../sql/syntax/parse-statements.ts';
import type { EngineOptions, RunOptions } from './api.ts';
import type { Connectors } from './connector-source.ts';
import { systemClock, systemRng, systemScheduler } from './default-ports.ts';
import { createExecution, type Execution } from './execution.ts';
import type { Mailbox } from './feeds/push-feed.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { DeclaredSource } from './source-input.ts';

const BATCH_ROWS = 4096;

export interface Launch {
  readonly sql: string;
  readonly parsed: ParsedStatements;
  readonly run: RunOptions;
  readonly wanted: 'last' | 'all';
  readonly limits: Limits;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly declared: ReadonlyMap<string, DeclaredSource>;
  readonly connectors: Connectors;
  readonly options: EngineOptions;
  sequence(): number;
}

/** Binds, plans and builds what was parsed; nothing is read yet. All that a page needs to run queries hangs on this file. */
export async function startExecution(l: Launch): Promise<{ execution: Execution; prepared: Prepared }> {
  const { options, run } = l;
  const signal = run.signal ?? new AbortController().signal;
  const prepared = await prepare({
    sql: l.sql,
    parsed: await checkAnnotations(l.sql, l.parsed),
    wanted: l.wanted,
    declared: l.declared,
    mailboxes: l.mailboxes,
    connectors: l.connectors,
    compat: options.compat ?? 'standard',
    divisionByZero: options.divisionByZero ?? 'null',
    missingFields: options.missingFields ?? 'null',
    codegen: options.codegen ?? true,
    signal,
  });
  const execution = createExecution({
    prepared,
    limits: l.limits,
    connectors: l.connectors,
    signal: run.signal,
    from: run.from,
    commitAtEnd: run.commitAtEnd?.bind(run),
    sequence: l.sequence,
    clock: options.clock ?? systemClock,
    rng: options.rng ?? systemRng,
    scheduler: options.scheduler ?? systemScheduler,
    batchRows: run.batchRows ?? BATCH_ROWS,
    codegen: options.codegen ?? true,
    compat: options.compat ?? 'standard',
    changes: options.changes ?? 'per-record',
  });
  return { execution, prepared };
}

/** Mistakes in annotations count among those of the text; only a text that has some loads what reads them. */
async function checkAnnotations(sql: string, parsed: ParsedStatements): Promise<ParsedStatements> {
  const comments = [...parsed.statements.flatMap((statement) => statement.comments), ...parsed.trailingComments];
  if (!comments.some(({ text }) => text.includes('@'))) return parsed;
  return (await import('../sql/syntax/with-annotations.ts')).withAnnotations(sql, parsed, false);
}
