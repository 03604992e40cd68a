import { flinkRefused } from '../../diagnostics/codes/deploy-flink.ts';
import { type FlinkScript, fillSecrets } from '../../sql/flink/index.ts';
import type { Gateway, GatewaySession } from './client/gateway.ts';
import type { FlinkJobPlan } from './compose-jobs.ts';
import { rejectedStatement, type SentStatement, statementSet } from './reject-statement.ts';

export interface JobSettings {
  readonly parallelism: number | undefined;
  readonly stateBackend: 'hashmap' | 'rocksdb' | undefined;
  readonly checkpointIntervalMs: number;
  readonly idleTimeoutMs: number | undefined;
  /** Further settings of the session, by Flink's own names. */
  readonly more: Readonly<Record<string, string>>;
}

export interface Submitted {
  readonly jobId: string;
  /** The sinks as the cluster has them: `SHOW CREATE TABLE`. */
  readonly sinks: readonly string[];
}

interface Surroundings {
  readonly gateway: Gateway;
  readonly plan: FlinkJobPlan;
  readonly settings: JobSettings;
}

/** A reader that was given no partition of a topic would hold back the windows of all others for ever. */
const IDLE_TIMEOUT_MS = 60_000;

/** Settings of the session that a job is submitted in; they are those of the job. */
export function sessionProperties(name: string, settings: JobSettings, from: string | undefined): Record<string, string> {
  return {
    'pipeline.name': name,
    'execution.runtime-mode': 'streaming',
    'execution.checkpointing.mode': 'EXACTLY_ONCE',
    'execution.checkpointing.interval': `${settings.checkpointIntervalMs} ms`,
    // What a failed job goes on from.
    'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
    ...(settings.parallelism === undefined ? {} : { 'parallelism.default': String(settings.parallelism) }),
    ...(settings.stateBackend === undefined ? {} : { 'state.backend.type': settings.stateBackend }),
    ...idleness(settings),
    ...settings.more,
    // The second one is its name up to version 1.19.
    ...(from === undefined ? {} : { 'execution.state-recovery.path': from, 'execution.savepoint.path': from }),
  };
}

function idleness({ parallelism = 1, idleTimeoutMs }: JobSettings): Record<string, string> {
  const timeoutMs = idleTimeoutMs ?? (parallelism > 1 ? IDLE_TIMEOUT_MS : undefined);
  return timeoutMs === undefined ? {} : { 'table.exec.source.idle-timeout': `${timeoutMs} ms` };
}

/** Opens a session, makes the tables and views, and submits the inserts as one job. The session is closed again; the job goes on. */
export async function submitJob(
  { gateway, plan, settings }: Surroundings,
  from: string | undefined,
  redact: (text: string) => string,
): Promise<Submitted> {
  const { statements, secrets } = plan.script;
  const session = await gateway.open(sessionProperties(plan.name, settings, from));
  const send = (sql: string, sent: readonly SentStatement[]) =>
    session.run(sql, {
      sent: fillSecrets(sql, secrets),
      redact,
      reject: (detail, place) => rejectedStatement(plan, sent, detail, place),
    });
  try {
    for (const statement of statements)
      if (statement.kind !== 'insert' && statement.kind !== 'select') await send(statement.sql, [statement]);
    const inserts = statements.filter((statement) => statement.kind === 'insert');
    const [only] = inserts;
    if (only === undefined) throw flinkRefused('the job', 400, 'the script inserts nothing');
    const { jobId, rows } = await send(inserts.length === 1 ? only.sql : statementSet(inserts.map((s) => s.sql)), inserts);
    const id = jobId ?? rows[0]?.values[0];
    if (typeof id !== 'string') throw flinkRefused('the job', 500, 'it names no job');
    return { jobId: id, sinks: await sinksOf(session, inserts, redact) };
  } finally {
    await session.close();
  }
}

/** Names of the tables that statements insert into, as they are printed. */
export const writtenTables = (inserts: readonly { readonly sql: string }[]): readonly string[] => [
  ...new Set(inserts.flatMap(({ sql }) => /^\s*INSERT\s+INTO\s+((?:`(?:[^`]|``)*`|[\w.]+)+)/i.exec(sql)?.[1] ?? [])),
];

/** The statements of a script that make the tables it inserts into. */
export function sinkTables({ statements }: FlinkScript): readonly string[] {
  const written = writtenTables(statements.filter((s) => s.kind === 'insert'));
  const isWritten = (sql: string): boolean => written.some((name) => sql.slice(0, sql.indexOf('(')).includes(name));
  return statements.filter((s) => s.kind === 'table' && isWritten(s.sql)).map((s) => s.sql);
}

/** What the cluster made of the tables that are written. */
async function sinksOf(
  session: GatewaySession,
  inserts: readonly SentStatement[],
  redact: (text: string) => string,
): Promise<readonly string[]> {
  const shown: string[] = [];
  for (const name of writtenTables(inserts)) {
    const { rows } = await session.run(`SHOW CREATE TABLE ${name}`, { redact });
    shown.push(redact(String(rows[0]?.values[0] ?? '')));
  }
  return shown;
}
