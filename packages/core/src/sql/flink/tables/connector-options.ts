import { uriParts } from '../../../connect/options/uri-parts.ts';
import { isSecretName } from '../../../connect/secrets/secret-name.ts';
import { propertyOf } from '../../bind/properties.ts';
import { type ConnectorNeed, text } from './connector-need.ts';
import { fileOptions } from './file-options.ts';
import { kafkaOptions } from './kafka-options.ts';
import type { ConnectorTable, TableContext } from './table-registry.ts';

const TRANSPORTS: Readonly<Record<string, string>> = { file: 'file', kafka: 'kafka', s3: 's3', database: 'database', stdout: 'stdout' };

/** The `WITH` options of a table of Flink; undefined when its connector is not there. */
export function connectorOptions(need: ConnectorNeed, cx: TableContext): ConnectorTable | undefined {
  const type = String(propertyOf(need.properties, 'type', 'connector') ?? '');
  const transport = type.replace(/_(source|sink)(_mmap)?$/, '').replace(/_mmap$/, '');
  switch (TRANSPORTS[transport] ?? transport) {
    case 'kafka':
    case 'upsert-kafka':
      return kafkaOptions(need, cx);
    case 'file':
    case 'filesystem':
    case 's3':
      return fileOptions(need, cx, transport === 's3');
    case 'database':
    case 'postgres':
    case 'clickhouse':
      return databaseOptions(need, cx);
    case 'stdout':
      return { options: new Map([['connector', 'print']]), connector: 'print', isText: true, isBounded: false };
    case '':
      cx.report.refuse(
        `Nothing says what "${need.name}" is: give it '${need.name}.type', for example 'kafka_${need.role}', and where it is.`,
      );
      return undefined;
    default:
      cx.report.refuse(`"${need.name}" is not on Flink, because its connector (${type}) belongs to this process.`);
      return undefined;
  }
}

function databaseOptions(need: ConnectorNeed, cx: TableContext): ConnectorTable | undefined {
  const url = text(need.properties, cx, 'jdbc.url', 'url');
  const table = text(need.properties, cx, 'table', 'table.name') ?? need.name;
  if (url === undefined || !url.startsWith('jdbc:')) {
    cx.report.refuse(`"${need.name}" needs '${need.name}.jdbc.url' on Flink: it reads databases through JDBC.`);
    return undefined;
  }
  cx.report.differs('Databases are read on Flink through its JDBC connector, which has to be among its jars.');
  const options = new Map([
    ['connector', 'jdbc'],
    ['url', withoutSecrets(url, need, cx)],
    ['table-name', table],
  ]);
  const user = text(need.properties, cx, 'username', 'user');
  if (user !== undefined) options.set('username', user);
  const password = text(need.properties, cx, 'password');
  if (password !== undefined) options.set('password', cx.secret(`${need.name}.password`, password));
  return { options, connector: 'jdbc', isText: false, isBounded: true };
}

/** `password=…` within a URL goes the way of all secrets. */
function withoutSecrets(url: string, need: ConnectorNeed, cx: TableContext): string {
  return url.replace(/([?&;])([^=&;]+)=([^&;]*)/g, (whole, mark: string, name: string, value: string) =>
    isSecretName(name) ? `${mark}${name}=${cx.secret(`${need.name}.url.${name}`, value)}` : whole,
  );
}

/** What a URI in FROM or INTO says, as properties. */
export function uriProperties(uri: string, role: 'source' | 'sink'): Map<string, string> {
  const parts = uriParts(uri);
  const found = new Map<string, string>();
  if (parts === undefined) return found;
  found.set('type', `${parts.scheme}_${role}`);
  if (parts.scheme.startsWith('kafka')) {
    const match = /^(?:([^:@/]*):([^@/]*)@)?([^/]+)(?:\/([^/]*))?$/.exec(parts.path);
    found.set('type', `kafka_${role}`);
    if (match?.[3] !== undefined) found.set('bootstrap.servers', match[3]);
    if (match?.[4] !== undefined) found.set('topic', match[4]);
    if (match?.[1] !== undefined) found.set('sasl.username', match[1]);
    if (match?.[2] !== undefined) found.set('sasl.password', match[2]);
  } else found.set('path', parts.scheme === 's3' ? `s3://${parts.path}` : parts.path);
  for (const [key, value] of Object.entries(parts.query)) found.set(key, value);
  return found;
}
