export type { Credentials, FindCredentials, PostgresOptions } from './connection.ts';
export { type PostgresConnectorOptions, postgres } from './postgres.ts';
