import { option } from '@velostream/core/connect/options';
import { secretOption } from '../net/secret-text.ts';

/** Options of the ClickHouse connector. */
export const CLICKHOUSE_SPECS = {
  host: option.text({ about: 'Name or address of the server.', default: 'localhost', aliases: ['hostname', 'server'] }),
  port: option.count({ about: 'HTTP port; 8443 is usual with TLS.', default: 8123, min: 1, max: 65_535 }),
  tls: option.flag({ about: 'Speak HTTPS, and check the certificate.', default: false, aliases: ['ssl', 'secure'] }),
  database: option.text({ about: 'Database of the table where `table` names none.', default: 'default', aliases: ['db'] }),
  user: option.text({ about: 'User; the `credentials` of the host program come first.', aliases: ['username'] }),
  password: secretOption({ about: 'Password; better given by `credentials` of the host program.' }),
  table: option.text({ about: 'Table to read or write, `name` or `database.name`.', aliases: ['table.name'] }),
  final: option.flag({ about: 'Read merged rows (`FINAL`) of tables whose engine replaces or collapses.', default: false }),
  request_timeout_ms: option.count({
    about: 'How long the server may be silent.',
    default: 60_000,
    min: 100,
    unit: 'ms',
    aliases: ['request.timeout.ms'],
  }),
  retries: option.count({
    about: 'How often an insert that failed on the way is sent again, with the same deduplication token.',
    default: 5,
    max: 50,
    aliases: ['max_retries'],
  }),
  batch_rows: option.count({ about: 'Rows per insert.', default: 50_000, min: 1, max: 1_000_000, aliases: ['batch.size'] }),
  max_epoch_rows: option.count({
    about: 'Rows that a sink holds until their commit; ClickHouse has no transaction to hold them in.',
    default: 2_000_000,
    min: 1,
  }),
  job: option.text({
    about: 'Name in the deduplication tokens of a sink: an epoch that comes again adds nothing, in tables that deduplicate.',
    aliases: ['job.id'],
  }),
  create_table: option.flag({
    about: 'Make the table of a sink where it is missing (MergeTree).',
    default: false,
    aliases: ['auto.create'],
  }),
  key: option.text({ about: 'Sorting key of a table that is made, columns with commas.', aliases: ['order.by', 'primary.key'] }),
} as const;
