export { type ClickHouseConnectorOptions, clickhouse } from './clickhouse.ts';
export type { ClickHouseCredentials, FindClickHouseCredentials } from './clickhouse-client.ts';
export type { ClickHouseOptions } from './clickhouse-options.ts';
