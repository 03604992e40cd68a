import { connectorError } from '@velostream/core/connect';
import { defineOptions, type OptionsIn, uriParts } from '@velostream/core/connect/options';
import type { DriverSettings } from './driver/kafka-driver.ts';
import { KAFKA_SPECS } from './kafka-specs.ts';

export const KAFKA_OPTIONS = defineOptions(KAFKA_SPECS);
/** Options of a Kafka source or sink, by the names that Kafka gives them. */
export type KafkaOptions = OptionsIn<typeof KAFKA_OPTIONS>;

const SCHEMES = new Set(['kafka', 'kafka+ssl']);

/** `kafka://host:9092,host2:9092/topic?group.id=x`. User and password may stand before `@`; they are taken out at once. */
export function optionsFromUri(uri: string): Record<string, unknown> {
  const parts = uriParts(uri);
  if (parts === undefined || !SCHEMES.has(parts.scheme)) throw invalid(uri);
  const match = /^(?:([^:@/]*):([^@/]*)@)?([^/]+)(?:\/([^/]*))?$/.exec(parts.path);
  if (!match) throw invalid(uri);
  const [, user, password, hosts = '', topic] = match;
  const brokers = hosts
    .split(',')
    .map((host) => (/:\d+$/.test(host) ? host : `${host}:9092`))
    .join(',');
  const isTls = parts.scheme === 'kafka+ssl';
  const security = user === undefined ? (isTls ? 'ssl' : undefined) : isTls ? 'sasl_ssl' : 'sasl_plaintext';
  return {
    'bootstrap.servers': brokers,
    ...(topic ? { topic } : {}),
    ...(user === undefined ? {} : { 'sasl.username': user, 'sasl.password': password }),
    ...(security === undefined ? {} : { 'security.protocol': security }),
    ...parts.query,
  };
}

function invalid(uri: string): Error {
  return connectorError('VS4104', { uri: uri.replace(/\/\/[^/?#]*@/, '//').slice(0, 200), connector: 'kafka' });
}

export function driverSettings(options: KafkaOptions): DriverSettings {
  const protocol = options['security.protocol'];
  const username = options['sasl.username'];
  const ca = options['ssl.ca.location'];
  const cert = options['ssl.certificate.location'];
  const key = options['ssl.key.location'];
  if (protocol.startsWith('sasl') && username === undefined) {
    throw connectorError('VS4101', {
      connector: 'kafka',
      option: 'sasl.username',
      problem: `'security.protocol' is ${protocol}, so it is required`,
    });
  }
  return {
    brokers: (options['bootstrap.servers'] ?? 'localhost:9092').split(',').map((b) => b.trim()),
    clientId: options['client.id'],
    connectionTimeoutMs: options['socket.connection.setup.timeout.ms'],
    requestTimeoutMs: options['request.timeout.ms'],
    tls: protocol.endsWith('ssl')
      ? {
          ...(ca === undefined ? {} : { ca }),
          ...(cert === undefined ? {} : { cert }),
          ...(key === undefined ? {} : { key }),
          checkName: options['ssl.endpoint.identification.algorithm'] === 'https',
        }
      : undefined,
    sasl:
      protocol.startsWith('sasl') && username !== undefined
        ? { mechanism: options['sasl.mechanism'], username, password: options['sasl.password']?.reveal() ?? '' }
        : undefined,
  };
}

/** The topic, where one is needed. */
export function topicOf(options: KafkaOptions): string {
  if (options.topic === undefined) throw connectorError('VS4101', { connector: 'kafka', option: 'topic', problem: 'it is required' });
  return options.topic;
}
