import { option } from '@velostream/core/connect/options';
import { secretOption } from '../net/secret-text.ts';

/** Options of the PostgreSQL connector. */
export const POSTGRES_SPECS = {
  host: option.text({ about: 'Name or address of the server.', default: 'localhost', aliases: ['hostname', 'server'] }),
  port: option.count({ about: 'Port of the server.', default: 5432, min: 1, max: 65_535 }),
  database: option.text({ about: 'Database to connect to.', default: 'postgres', aliases: ['dbname', 'db'] }),
  user: option.text({ about: 'User; the `credentials` of the host program come first.', aliases: ['username'] }),
  password: secretOption({ about: 'Password; better given by `credentials` of the host program.' }),
  ssl_mode: option.choice(['disable', 'require', 'verify-full'], {
    about: 'TLS: none, without checking the certificate, or with checking it.',
    default: 'disable',
    aliases: ['sslmode', 'ssl'],
  }),
  table: option.text({ about: 'Table to read or write, `name` or `schema.name`.', aliases: ['table.name', 'relation'] }),
  schema: option.text({ about: 'Schema of the table where `table` names none.', default: 'public', aliases: ['namespace'] }),
  read_mode: option.choice(['cdc', 'batch'], {
    about: 'Follow the changes of the table (`cdc`: a snapshot, then logical replication), or read it once (`batch`).',
    default: 'cdc',
    aliases: ['mode'],
  }),
  slot: option.text({
    about:
      'Replication slot that stays, so that reading goes on after a restart. Without one a temporary slot lives as long as the reader.',
    aliases: ['slot.name'],
  }),
  publication: option.text({
    about: 'Publication that holds the table; made for the table where none is named.',
    aliases: ['publication.name'],
  }),
  snapshot: option.choice(['initial', 'never'], {
    about: 'Whether the rows that are there come first, or changes from now on alone.',
    default: 'initial',
    aliases: ['snapshot.mode'],
  }),
  acknowledge: option.choice(['auto', 'checkpoint', 'delivered'], {
    about:
      'When the server may forget changes: once they are in a stored checkpoint, or once they were handed on. `auto`: `checkpoint` with a slot that stays, else `delivered`.',
    default: 'auto',
  }),
  on_truncate: option.choice(['stop', 'ignore'], { about: 'What TRUNCATE of the followed table does.', default: 'stop' }),
  heartbeat_ms: option.count({ about: 'How often a quiet source says how far it is.', default: 10_000, min: 100, unit: 'ms' }),
  status_interval_ms: option.count({
    about: 'How often the server is told that its reader is alive.',
    default: 2000,
    min: 100,
    unit: 'ms',
  }),
  reconnect_timeout_ms: option.count({
    about: 'How long a broken connection is tried again before reading stops.',
    default: 60_000,
    unit: 'ms',
  }),
  connect_timeout_ms: option.count({ about: 'How long opening a connection may take.', default: 10_000, min: 100, unit: 'ms' }),
  statement_timeout_ms: option.count({ about: 'How long one request may take; 0: as long as it takes.', default: 0, unit: 'ms' }),
  numeric_scale: option.count({
    about:
      'Digits after the point for NUMERIC columns that declare none: they are DECIMAL(38, scale). A value with more digits is a bad record.',
    default: 9,
    max: 38,
  }),
  max_queued_changes: option.count({ about: 'Changes that wait in memory before the server is asked to pause.', default: 20_000, min: 1 }),
  key: option.text({
    about: 'Columns that identify a row, with commas; the primary key by default. A sink updates by them.',
    aliases: ['primary.key', 'key.columns'],
  }),
  write_mode: option.choice(['auto', 'insert', 'upsert'], {
    about: 'Whether a sink updates rows of the same key or adds rows; `auto`: upsert where there is a key.',
    default: 'auto',
    aliases: ['insert.mode'],
  }),
  create_table: option.flag({ about: 'Make the table of a sink where it is missing.', default: false, aliases: ['auto.create'] }),
  job: option.text({
    about:
      'Name under which a sink notes its epochs in the table `velo_commit`, in the same transaction as the rows: exactly-once. Without it a repeated epoch writes again.',
    aliases: ['job.id', 'transactional.id'],
  }),
  batch_rows: option.count({
    about: 'Rows per request, reading and writing.',
    default: 2000,
    min: 1,
    max: 100_000,
    aliases: ['batch.size', 'fetch.size'],
  }),
} as const;
