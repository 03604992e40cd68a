import { connectorError } from '@velostream/core/connect';
import { defineOptions, type OptionsIn, redactUri } from '@velostream/core/connect/options';
import { CLICKHOUSE_SPECS } from './clickhouse-specs.ts';

export const CLICKHOUSE_OPTIONS = defineOptions(CLICKHOUSE_SPECS);
export type ClickHouseOptions = OptionsIn<typeof CLICKHOUSE_OPTIONS>;

/** Options from `clickhouse://host:8123/database?table=events`; `clickhouses://` speaks TLS. */
export function fromClickHouseUri(uri: string): Record<string, unknown> {
  const bad = () => connectorError('VS4104', { uri: redactUri(uri), connector: 'clickhouse' });
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    throw bad();
  }
  if (url.protocol !== 'clickhouse:' && url.protocol !== 'clickhouses:') throw bad();
  const [database = '', table, ...more] = url.pathname.replace(/^\//, '').split('/').map(decodeURIComponent);
  if (more.length > 0) throw bad();
  return {
    ...(url.hostname === '' ? {} : { host: url.hostname.replace(/^\[|\]$/g, '') }),
    ...(url.port === '' ? {} : { port: url.port }),
    ...(url.protocol === 'clickhouses:' ? { tls: true } : {}),
    ...(database === '' ? {} : { database }),
    ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(table === undefined || table === '' ? {} : { table }),
    ...Object.fromEntries(url.searchParams),
  };
}
