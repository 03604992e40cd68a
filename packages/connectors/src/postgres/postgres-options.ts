import { connectorError } from '@velostream/core/connect';
import { defineOptions, redactUri } from '@velostream/core/connect/options';
import { POSTGRES_SPECS } from './postgres-specs.ts';

export const POSTGRES_OPTIONS = defineOptions(POSTGRES_SPECS);

/** Options from `postgres://user:password@host:port/database?table=orders`. */
export function fromPostgresUri(uri: string): Record<string, unknown> {
  const bad = () => connectorError('VS4104', { uri: redactUri(uri), connector: 'postgres' });
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    throw bad();
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw bad();
  const [database = '', table, ...more] = url.pathname.replace(/^\//, '').split('/').map(decodeURIComponent);
  if (more.length > 0) throw bad();
  return {
    ...(url.hostname === '' ? {} : { host: url.hostname.replace(/^\[|\]$/g, '') }),
    ...(url.port === '' ? {} : { port: url.port }),
    ...(database === '' ? {} : { database }),
    ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(table === undefined || table === '' ? {} : { table }),
    ...Object.fromEntries(url.searchParams),
  };
}
