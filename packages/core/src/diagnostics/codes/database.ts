import { code } from '../define-codes.ts';
import { type ErrorFactory, errorFactory } from '../error-factory.ts';

interface AtSystem {
  /** `postgres`, `s3`, `clickhouse`. */
  readonly system: string;
}
interface AtTarget extends AtSystem {
  /** Host and port, never a user or password. */
  readonly target: string;
}
interface AtTable extends AtSystem {
  readonly table: string;
}
interface AtObject {
  readonly object: string;
}

/** Errors of network connectors: VS45xx reaching a server, VS46xx tables and changes, VS47xx objects in a store. */
export const DATABASE_CODES = {
  VS4501: code<{ target: string; problem: string }>({
    reason: 'host-not-allowed',
    severity: 'error',
    message: (p) => `"${p.target}" may not be reached: ${p.problem}`,
    hint: () => 'The host program lists the servers that connections may lead to.',
  }),
  VS4502: code<AtTarget & { problem: string }>({
    reason: 'server-unreachable',
    severity: 'error',
    message: (p) => `${p.system} at "${p.target}" cannot be reached: ${p.problem}`,
    hint: () => 'Check host, port and network; the same statement goes on from its last checkpoint once the server answers.',
  }),
  VS4503: code<AtTarget>({
    reason: 'login-refused',
    severity: 'error',
    message: (p) => `${p.system} at "${p.target}" refuses the login`,
    hint: () => 'Check user and password, and what the user may do.',
  }),
  VS4504: code<{ package: string; use: string }>({
    reason: 'driver-missing',
    severity: 'error',
    message: (p) => `package "${p.package}" is needed for ${p.use} and is not installed`,
    hint: (p) => `Install it: npm install ${p.package}`,
  }),
  VS4505: code<AtSystem & { problem: string }>({
    reason: 'query-failed',
    severity: 'error',
    message: (p) => `${p.system} refuses a request: ${p.problem}`,
  }),
  VS4506: code<AtTarget & { timeoutMs: number }>({
    reason: 'server-timeout',
    severity: 'error',
    message: (p) => `${p.system} at "${p.target}" did not answer within ${p.timeoutMs} ms`,
    hint: () => 'Raise the timeout, or look at the load of the server.',
  }),
  VS4507: code<AtSystem & { permission: string }>({
    reason: 'permission-denied',
    severity: 'error',
    message: (p) => `${p.system} does not permit it: ${p.permission}`,
    hint: () => 'Give the user of the connection the right, or use another one.',
  }),
  VS4508: code<{ filter: string }>({
    reason: 'filter-unavailable',
    severity: 'error',
    message: (p) => `filter "${p.filter}" cannot be used: this host has no SQL to evaluate it with`,
    hint: () => 'Look through the studio, or query the source.',
  }),

  VS4601: code<AtTable & { known: readonly string[] }>({
    reason: 'table-unknown',
    severity: 'error',
    message: (p) => `${p.system} has no table "${p.table}"`,
    hint: (p) => (p.known.length === 0 ? 'Look at the list of tables.' : `Tables at hand: ${p.known.slice(0, 20).join(', ')}.`),
  }),
  VS4602: code<{ slot: string; problem: string }>({
    reason: 'slot-lost',
    severity: 'error',
    message: (p) => `replication slot "${p.slot}" is lost: ${p.problem}`,
    hint: () => 'Changes since the last checkpoint can be missing. Start again without the checkpoint, so that a new snapshot is taken.',
  }),
  VS4603: code<{ slot: string }>({
    reason: 'slot-busy',
    severity: 'error',
    message: (p) => `replication slot "${p.slot}" is used by another reader`,
    hint: () => "Stop the other reader, or set another 'slot'.",
  }),
  VS4604: code<{ setting: string; value: string; wanted: string }>({
    reason: 'replication-off',
    severity: 'error',
    message: (p) => `the server has ${p.setting} = ${p.value}, and changes need ${p.wanted}`,
    hint: () => "Set it in postgresql.conf and restart the server, or read once with 'read_mode' = 'batch'.",
  }),
  VS4606: code<AtTable & { change: string }>({
    reason: 'schema-changed',
    severity: 'error',
    message: (p) => `table "${p.table}" of ${p.system} changed while it was read: ${p.change}`,
    hint: () => 'Start the statement again, so that it is planned with the new columns.',
  }),
  VS4607: code<AtTable & { problem: string }>({
    reason: 'key-missing',
    severity: 'error',
    message: (p) => `rows of table "${p.table}" cannot be told apart: ${p.problem}`,
    hint: () => "Give the key columns as option 'key', and a unique index on them.",
  }),
  VS4608: code<AtTable & { column: string; type: string; wanted: string }>({
    reason: 'column-misfit',
    severity: 'error',
    message: (p) => `column "${p.column}" of table "${p.table}" has type ${p.type}, which ${p.wanted} does not fit`,
    hint: () => 'Cast the column in the query, or change the table.',
  }),
  VS4609: code<AtTable>({
    reason: 'table-truncated',
    severity: 'error',
    message: (p) => `table "${p.table}" was truncated while it was followed`,
    hint: () => "Start again without the checkpoint, or set 'on_truncate' = 'ignore' to keep the rows that were read.",
  }),
  VS4610: code<{ job: string; epoch: number; found: number }>({
    reason: 'writer-fenced',
    severity: 'error',
    message: (p) => `another writer of job "${p.job}" committed epoch ${p.found} while this one was at ${p.epoch}`,
    hint: () => 'Run one writer per job; this one has stopped without writing.',
  }),
  VS4611: code<AtTable & { column: string; value: string; type: string }>({
    reason: 'value-misfit',
    severity: 'error',
    message: (p) => `value "${p.value}" of column "${p.column}" of table "${p.table}" does not fit ${p.type}`,
    hint: () => 'Cast the column to text in a view of the table and read that.',
  }),
  VS4612: code<AtTable & { problem: string }>({
    reason: 'table-unwritable',
    severity: 'error',
    message: (p) => `table "${p.table}" of ${p.system} takes no rows: ${p.problem}`,
  }),

  VS4701: code<AtObject>({
    reason: 'object-not-found',
    severity: 'error',
    message: (p) => `no object matches "${p.object}"`,
    hint: () => 'Check bucket and key; a pattern takes `*`, `?` and `**`.',
  }),
  VS4702: code<AtObject>({
    reason: 'object-changed',
    severity: 'error',
    message: (p) => `object "${p.object}" was replaced while it was read`,
    hint: () => 'Start again; rows of two versions must not be mixed.',
  }),
  VS4703: code<AtObject & { problem: string }>({
    reason: 'object-unreadable',
    severity: 'error',
    message: (p) => `object "${p.object}" cannot be read: ${p.problem}`,
  }),
  VS4704: code<AtObject & { problem: string }>({
    reason: 'object-unwritable',
    severity: 'error',
    message: (p) => `object "${p.object}" cannot be written: ${p.problem}`,
  }),
} as const;

/** A coded error of a network connector. `cause` and `details` as in `VeloError`; neither may hold a secret. */
export const databaseError: ErrorFactory<typeof DATABASE_CODES> = errorFactory(DATABASE_CODES);
