import { createHash, randomBytes } from 'node:crypto';
import { databaseError, type VeloError } from '@velostream/core/connect';
import { quoteName } from '../net/quote-name.ts';
import type { PostgresConnection, PostgresOptions } from './connection.ts';
import { lsnText, parseLsn } from './lsn.ts';
import { sqlState } from './postgres-error.ts';
import type { Table } from './table-catalog.ts';

/** Names of slots are lower case letters, digits and underscores. */
export const temporarySlot = (): string => `velo_${randomBytes(8).toString('hex')}`;

export const publicationFor = (table: Table): string =>
  `velo_${createHash('sha256').update(`${table.schema}.${table.name}`).digest('hex').slice(0, 16)}`;

export async function checkReplication(connection: PostgresConnection): Promise<void> {
  const [row] = await connection.rows('SHOW wal_level');
  const value = row?.[0] ?? '';
  if (value !== 'logical') throw databaseError('VS4604', { setting: 'wal_level', value, wanted: 'logical' });
}

/** The publication that holds the table: the named one must, one of our own is made. */
export async function ensurePublication(connection: PostgresConnection, table: Table, options: PostgresOptions): Promise<string> {
  const name = options.publication ?? publicationFor(table);
  const holds = async () =>
    (
      await connection.rows('SELECT 1 FROM pg_publication_tables WHERE pubname = $1 AND schemaname = $2 AND tablename = $3', [
        name,
        table.schema,
        table.name,
      ])
    ).length > 0;
  if (await holds()) return name;
  const isThere = (await connection.rows('SELECT 1 FROM pg_publication WHERE pubname = $1', [name])).length > 0;
  try {
    await connection.write(
      isThere
        ? `ALTER PUBLICATION ${quoteName(name)} ADD TABLE ${table.path}`
        : `CREATE PUBLICATION ${quoteName(name)} FOR TABLE ${table.path}`,
    );
  } catch (error) {
    // Somebody else made it in between.
    if (sqlState(error) !== '42710' || !(await holds())) throw error;
  }
  return name;
}

export interface Slot {
  readonly isActive: boolean;
  /** What the server may have forgotten: everything before. */
  readonly confirmed: bigint;
  readonly walStatus: string;
}

export async function findSlot(connection: PostgresConnection, name: string): Promise<Slot | undefined> {
  const [row] = await connection.rows(
    "SELECT active::text, coalesce(confirmed_flush_lsn, '0/0')::text, coalesce(wal_status, 'reserved'), coalesce(plugin, '') FROM pg_replication_slots WHERE slot_name = $1 AND database = current_database()",
    [name],
  );
  if (row === undefined) return undefined;
  const [isActive, confirmed, walStatus] = row as readonly string[];
  return { isActive: isActive === 'true', confirmed: parseLsn(confirmed ?? '') ?? 0n, walStatus: walStatus ?? '' };
}

/** Whether everything after `done` is still there; VS4602 where it is not. */
export async function checkSlot(connection: PostgresConnection, name: string, done: bigint): Promise<void> {
  const slot = await findSlot(connection, name);
  if (slot === undefined) throw slotLost(name, 'the server does not know it');
  if (slot.walStatus === 'lost') throw slotLost(name, 'the server removed the log that it needs');
  if (slot.confirmed > done) throw slotLost(name, `it is at ${lsnText(slot.confirmed)} and the saved position at ${lsnText(done)}`);
}

export const slotLost = (slot: string, problem: string): VeloError => databaseError('VS4602', { slot, problem });

/** What a refusal to stream means. */
export function streamRefusal(error: unknown, slot: string): unknown {
  const state = sqlState(error);
  if (state === '42704') return slotLost(slot, 'the server does not know it');
  if (state === '55000') return slotLost(slot, 'the server removed the log that it needs');
  if (state === '55006' || state === '42710') return databaseError('VS4603', { slot });
  return error;
}
