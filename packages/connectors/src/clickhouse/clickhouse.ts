import { type ConnectorDefinition, defineConnector } from '@velostream/core/connect';
import type { ClickHouseContext, FindClickHouseCredentials } from './clickhouse-client.ts';
import { clickHouseExplorer } from './clickhouse-explorer.ts';
import { CLICKHOUSE_OPTIONS, type ClickHouseOptions, fromClickHouseUri } from './clickhouse-options.ts';
import { clickHouseSink } from './clickhouse-sink.ts';
import { clickHouseSource } from './clickhouse-source.ts';

export interface ClickHouseConnectorOptions {
  /** User and password by server, so that no SQL text has to hold them. Comes before what a URI says. */
  readonly credentials?: FindClickHouseCredentials;
  /** PEM text of the authorities to trust with `tls`; those of the system by default. */
  readonly ca?: string | readonly string[];
}

/**
 * Tables of ClickHouse: read in the order of their sorting key with projection and filter at the server, and written in batches that a
 * repeated epoch does not double. Needs the package `@clickhouse/client`.
 *
 * @example
 * createEngine({ connectors: [clickhouse({ credentials: () => ({ user: 'app', password: secret }) })] })
 *   .run("SELECT url, hits FROM 'clickhouse://ch:8123/logs?table=pages'");
 */
export function clickhouse({ credentials, ca }: ClickHouseConnectorOptions = {}): ConnectorDefinition<ClickHouseOptions> {
  const contextOf = (options: ClickHouseOptions, host: ClickHouseContext['host']): ClickHouseContext => ({
    options,
    host,
    credentials,
    ca,
  });
  return defineConnector<ClickHouseOptions>({
    name: 'clickhouse',
    schemes: ['clickhouse', 'clickhouses'],
    options: CLICKHOUSE_OPTIONS,
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri: fromClickHouseUri,
    source: (options, host) => clickHouseSource(contextOf(options, host)),
    sink: (options, host) => clickHouseSink(contextOf(options, host)),
    explore: (options, host) => clickHouseExplorer(contextOf(options, host)),
  });
}
