import { type ConnectorDefinition, connectorError, defineConnector, type Source } from '@velostream/core/connect';
import { oneReader } from '../tables/one-reader.ts';
import { readTable } from './batch-source.ts';
import { fromOffset } from './change-position.ts';
import { type Confirm, followTable } from './change-source.ts';
import { type FindCredentials, type PostgresContext, type PostgresOptions, withConnection } from './connection.ts';
import { postgresExplorer } from './postgres-explorer.ts';
import { fromPostgresUri, POSTGRES_OPTIONS } from './postgres-options.ts';
import { postgresSink } from './postgres-sink.ts';
import { theTable } from './table-catalog.ts';

export interface PostgresConnectorOptions {
  /** User and password by server, so that no SQL text has to hold them. Comes before what a URI says. */
  readonly credentials?: FindCredentials;
}

/**
 * Tables of PostgreSQL: followed by logical replication (a snapshot, then every insert, update and deletion with the old and the new row),
 * read once, and written with updates by key in one transaction with the epoch. Needs the packages `pg` and, to follow changes,
 * `pg-logical-replication`.
 *
 * @example
 * createEngine({ connectors: [postgres({ credentials: () => ({ user: 'app', password: secret }) })] })
 *   .run("SELECT id, total FROM 'postgres://db:5432/shop?table=orders'");
 */
export function postgres({ credentials }: PostgresConnectorOptions = {}): ConnectorDefinition<PostgresOptions> {
  const contextOf = (options: PostgresOptions, host: PostgresContext['host']): PostgresContext => ({ options, host, credentials });
  return defineConnector<PostgresOptions>({
    name: 'postgres',
    schemes: ['postgres', 'postgresql'],
    options: POSTGRES_OPTIONS,
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri: fromPostgresUri,
    source: (options, host) => postgresSource(contextOf(options, host)),
    sink: (options, host) => postgresSink(contextOf(options, host)),
    explore: (options, host) => postgresExplorer(contextOf(options, host)),
  });
}

function postgresSource(context: PostgresContext): Source {
  const { options } = context;
  if (options.table === undefined) throw connectorError('VS4101', { connector: 'postgres', option: 'table', problem: 'it is required' });
  const confirm: Confirm = { latest: null };
  return {
    async describe(signal) {
      const table = await withConnection(context, signal, (connection) => theTable(connection, options));
      const isFollowed = options.read_mode === 'cdc';
      return {
        fields: table.columns.map(({ field }) => field),
        bounded: !isFollowed,
        origin: 'declared',
        ...(table.primaryKey.length > 0 ? { key: table.primaryKey } : {}),
        ...(isFollowed ? { changes: table.replicaIdentity === 'f' ? ('retract' as const) : ('upsert' as const) } : {}),
      };
    },
    read: oneReader('postgres', (request) =>
      options.read_mode === 'cdc' ? followTable(context, request, confirm) : readTable(context, request),
    ),
    acknowledge(position) {
      if (options.read_mode === 'cdc') confirm.latest?.(fromOffset(position).done);
    },
  };
}
