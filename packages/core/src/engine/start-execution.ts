import { DEFAULT_LIMITS, type Limits } from '../runtime/limits.ts';
import type { ParsedStatements } from '../sql/syntax/parse-statements.ts';
import type { EngineOptions, RunOptions } from './api.ts';
import type { Connectors } from './connector-source.ts';
import { systemClock, systemRng, systemScheduler } from './default-ports.ts';
import { createExecution, type Execution } from './execution.ts';
import type { Mailbox } from './feeds/push-feed.ts';
import type { Hidden } from './hide-secrets.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { DeclaredSource } from './source-input.ts';
import type { WorkersOptions } from './threads/plan-parts.ts';
import type { ToldWarnings } from './told-warnings.ts';

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
  readonly told: ToldWarnings;
  readonly options: EngineOptions;
  /** Ends the planning: a source may never say what its columns are. */
  readonly signal: AbortSignal;
  sequence(): number;
}

/** Binds, plans and builds what was parsed; nothing is read yet. All that a page needs to run queries hangs on this file. */
export async function startExecution(l: Launch): Promise<{ execution: Execution; prepared: Prepared }> {
  const { options, run } = l;
  for (const name in l.limits) if (!(name in DEFAULT_LIMITS)) await refuseLimit(name);
  const { sql, parsed, connectors } = await withoutSecrets(l);
  const prepared = await prepare({
    sql,
    parsed: await checkAnnotations(sql, parsed),
    wanted: l.wanted,
    declared: l.declared,
    mailboxes: l.mailboxes,
    connectors,
    compat: options.compat ?? 'standard',
    divisionByZero: options.divisionByZero ?? 'null',
    missingFields: options.missingFields ?? 'null',
    codegen: options.codegen ?? true,
    signal: l.signal,
  });
  for (const { severity, message, code } of prepared.warnings) if (severity === 'warning') l.told.add(`${code}: ${message}`);
  const execution = createExecution({
    prepared,
    limits: l.limits,
    connectors,
    told: l.told,
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
    workers: workersOf(l, sql),
  });
  return { execution, prepared };
}

/** A limit that nobody knows would limit nothing. */
const refuseLimit = async (name: string): Promise<never> => (await import('./refuse-limit.ts')).refuseLimit(name);

/** Threads make the plan anew, from the text in which no secret is left. */
function workersOf({ options, wanted }: Launch, sql: string): WorkersOptions | undefined {
  const { workers } = options;
  if (workers === undefined) return undefined;
  if (!Number.isInteger(workers) || workers < 1) throw new RangeError('workers must be an integer of 1 or more');
  return {
    wanted: workers,
    sql,
    scope: wanted,
    divisionByZero: options.divisionByZero ?? 'null',
    missingFields: options.missingFields ?? 'null',
  };
}

/** A URI that may hold a password or a key: it has a login, or parameters. */
const MAY_HOLD_SECRET = /:\/\/[\s\S]*?[@?;#%]/;

/** Nothing is named by a URI that holds a secret; only a text that may have one loads what takes them out. */
async function withoutSecrets({ sql, parsed, connectors }: Launch): Promise<Hidden> {
  if (!MAY_HOLD_SECRET.test(sql)) return { sql, parsed, connectors };
  return (await import('./hide-secrets.ts')).hideSecrets(sql, parsed, connectors);
}

/** Mistakes in annotations count among those of the text; only a text that has some loads what reads them. */
async function checkAnnotations(sql: string, parsed: ParsedStatements): Promise<ParsedStatements> {
  const comments = [...parsed.statements.flatMap((statement) => statement.comments), ...parsed.trailingComments];
  if (!comments.some(({ text }) => text.includes('@'))) return parsed;
  return (await import('../sql/syntax/with-annotations.ts')).withAnnotations(sql, parsed, false);
}
