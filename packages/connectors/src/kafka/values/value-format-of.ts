import { type ConnectorHost, connectorError } from '@velostream/core/connect';
import { avroRecords } from '../../formats/avro/avro-records.ts';
import { protobufRecords } from '../../formats/protobuf/proto-records.ts';
import { networkGuard } from '../../net/network-guard.ts';
import { registryRequest } from '../../schema-registry/registry-request.ts';
import { type SchemaRegistry, schemaRegistry } from '../../schema-registry/schema-registry.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import { jsonSchemaValues } from './json-schema-values.ts';
import { jsonValues } from './json-values.ts';
import { registryValues } from './registry-values.ts';
import { schemaValues } from './schema-values.ts';
import { textValues } from './text-values.ts';
import type { ValueFormat } from './value-format.ts';

/** How the values of a topic are written, by its options. */
export function valueFormatOf(
  options: KafkaOptions,
  topic: string,
  registry: () => SchemaRegistry,
  warn: (message: string) => void,
): ValueFormat {
  const subject = options['schema.registry.subject'] ?? `${topic}-value`;
  switch (options.format) {
    case 'string':
      return textValues();
    case 'json':
      return jsonValues();
    case 'json_schema':
      return jsonSchemaValues({ registry: registry(), subject, topic, warn });
    case 'avro': {
      const schema = options['avro.schema'];
      if (schema !== undefined) return schemaValues(async () => avroRecords({ schema }));
      return registryValues({ kind: 'avro', registry: registry(), subject, topic, warn, register: options['schema.registry.register'] });
    }
    case 'protobuf': {
      const schema = options['protobuf.schema'];
      const message = options['protobuf.message'];
      if (schema !== undefined) return schemaValues(() => protobufRecords({ schema, ...(message === undefined ? {} : { message }) }));
      return registryValues({ kind: 'protobuf', registry: registry(), subject, topic, warn, register: false });
    }
  }
}

/** The registry of the options; one client for all topics of a source, sink or explorer. */
export function registryOf(options: KafkaOptions, host: ConnectorHost): SchemaRegistry {
  const url = options['schema.registry.url'];
  if (url === undefined) {
    throw connectorError('VS4101', {
      connector: 'kafka',
      option: 'schema.registry.url',
      problem: `format ${options.format} needs it, or a schema`,
    });
  }
  const login = {
    username: options['schema.registry.username'],
    password: options['schema.registry.password'],
    token: options['schema.registry.token'],
  };
  return schemaRegistry({
    request: registryRequest(url, login, networkGuard(host), options['request.timeout.ms']),
    retry: { retriesMax: options.max_retries, firstDelayMs: options.retry_backoff, delayMaxMs: options['retry.max.delay'] },
    now: () => host.now(),
  });
}
