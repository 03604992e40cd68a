import { databaseError, type RecoveredCommit } from '@velostream/core/connect';
import type { PostgresConnection } from './connection.ts';

/**
 * One row per job: the last epoch that was committed, and who writes. The row changes in the transaction that writes the rows, so both are
 * there or neither is; a writer that was replaced finds another owner and commits nothing.
 */
const CREATE = `CREATE TABLE IF NOT EXISTS velo_commit (
  job text PRIMARY KEY, owner text NOT NULL, epoch bigint NOT NULL, checkpoint text NOT NULL DEFAULT '', committed_at timestamptz NOT NULL DEFAULT now())`;

/** Takes a job over; gives what was committed for it last. */
export async function claimJob(connection: PostgresConnection, job: string, owner: string): Promise<RecoveredCommit | null> {
  // Two writers that create the table at once: one of them is told that it exists, in one of two ways.
  await connection.write(CREATE).catch(async (error: unknown) => {
    const found = await connection.rows("SELECT to_regclass('velo_commit')::text");
    if (found[0]?.[0] == null) throw error;
  });
  const rows = await connection.rows(
    'INSERT INTO velo_commit (job, owner, epoch) VALUES ($1, $2, 0) ON CONFLICT (job) DO UPDATE SET owner = EXCLUDED.owner RETURNING epoch::text, checkpoint',
    [job, owner],
  );
  const [epoch, checkpoint] = rows[0] ?? [];
  return epoch === '0' || epoch == null ? null : { epoch: Number(epoch), checkpoint: checkpoint ?? '' };
}

/** Notes the epoch within the open transaction; VS4610 when somebody else took the job over. */
export async function commitEpoch(
  connection: PostgresConnection,
  { job, owner, epoch, checkpoint }: { readonly job: string; readonly owner: string } & RecoveredCommit,
): Promise<void> {
  const changed = await connection.write(
    'UPDATE velo_commit SET epoch = $3, checkpoint = $4, committed_at = now() WHERE job = $1 AND owner = $2',
    [job, owner, epoch, checkpoint],
  );
  if (changed === 1) return;
  const [row] = await connection.rows('SELECT epoch::text FROM velo_commit WHERE job = $1', [job]);
  throw databaseError('VS4610', { job, epoch, found: Number(row?.[0] ?? 0) });
}

export async function committedEpoch(connection: PostgresConnection, job: string, owner: string): Promise<number | undefined> {
  const [row] = await connection.rows('SELECT epoch::text FROM velo_commit WHERE job = $1 AND owner = $2', [job, owner]);
  return row === undefined ? undefined : Number(row[0]);
}

export async function forgetJob(connection: PostgresConnection, job: string, owner: string): Promise<void> {
  await connection.write('DELETE FROM velo_commit WHERE job = $1 AND owner = $2', [job, owner]);
}
