import { type ConnectorDefinition, connectorError, defineConnector } from '@velostream/core/connect';
import type { DeadLetters } from '../failure/dead-letters.ts';
import { fileDeadLetters } from '../failure/file-dead-letters.ts';
import { sinkDeadLetters } from '../failure/sink-dead-letters.ts';
import { Roots } from '../files/roots.ts';
import { networkGuard } from '../net/network-guard.ts';
import type { SchemaRegistry } from '../schema-registry/schema-registry.ts';
import type { DriverSettings, KafkaDriver } from './driver/kafka-driver.ts';
import { kafkajsDriver } from './driver/kafkajs/kafkajs-driver.ts';
import { kafkaExplorer } from './explore/kafka-explorer.ts';
import type { KafkaContext } from './kafka-context.ts';
import { driverSettings, KAFKA_OPTIONS, type KafkaOptions, optionsFromUri } from './kafka-options.ts';
import { kafkaSink, producerSettings } from './sink/kafka-sink.ts';
import { kafkaSource } from './source/kafka-source.ts';
import { topicDeadLetters } from './topic-dead-letters.ts';
import { registryOf, valueFormatOf } from './values/value-format-of.ts';

/** What the program decides, beside the options of each source and sink. */
export interface KafkaConnectorOptions {
  /** Options for all sources and sinks of this connector; those of a statement win. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Promise exactly-once sinks: each then needs a `transactional.id`. */
  readonly exactlyOnce?: boolean;
  /** Folders below which `dead.letter.queue.file` may be. */
  readonly deadLetterRoots?: readonly string[];
  /** Connectors of the tables that `dead.letter.queue.table` may name. */
  readonly deadLetterSinks?: readonly ConnectorDefinition[];
  /** Where schemas are found and registered, instead of the server that `schema.registry.url` names: `memoryRegistry().client()` in tests. */
  readonly registry?: SchemaRegistry;
  /** Another client, for tests and for other drivers. */
  driver?(settings: DriverSettings, standard: () => KafkaDriver): KafkaDriver;
}

/**
 * Topics as sources and sinks: `kafka://host:9092/trades`, or `'x.type' = 'kafka_source'` in SQL. Needs the package `kafkajs`.
 *
 * @example
 * createEngine({ connectors: [kafka()] }).run("SELECT symbol, price FROM 'kafka://localhost:9092/trades?bounded=true'");
 */
export function kafka(connector: KafkaConnectorOptions = {}): ConnectorDefinition<KafkaOptions> {
  const { exactlyOnce = false, deadLetterRoots = [], defaults = {} } = connector;
  return defineConnector<KafkaOptions>({
    name: 'kafka',
    schemes: ['kafka', 'kafka+ssl'],
    options: withDefaults(defaults),
    guarantees: { resume: true, sink: exactlyOnce ? 'exactly-once' : 'at-least-once' },
    fromUri: optionsFromUri,
    source: (options, host) => kafkaSource(contextOf(connector, deadLetterRoots, options, host)),
    sink(options, host) {
      if (exactlyOnce && options['transactional.id'] === undefined) {
        throw connectorError('VS4101', { connector: 'kafka', option: 'transactional.id', problem: 'an exactly-once sink needs it' });
      }
      return kafkaSink(contextOf(connector, deadLetterRoots, options, host));
    },
    explore: (options, host) => kafkaExplorer(contextOf(connector, deadLetterRoots, options, host)),
  });
}

function withDefaults(defaults: Readonly<Record<string, unknown>>): typeof KAFKA_OPTIONS {
  if (Object.keys(defaults).length === 0) return KAFKA_OPTIONS;
  const safeParse: typeof KAFKA_OPTIONS.safeParse = (input) =>
    KAFKA_OPTIONS.safeParse({ ...defaults, ...(typeof input === 'object' && input !== null ? input : {}) });
  return { ...KAFKA_OPTIONS, safeParse };
}

export function contextOf(
  connector: KafkaConnectorOptions,
  roots: readonly string[],
  options: KafkaOptions,
  host: KafkaContext['host'],
): KafkaContext {
  const settings = driverSettings(options);
  const standard = (): KafkaDriver => kafkajsDriver(settings, networkGuard(host));
  let client: SchemaRegistry | undefined;
  const registry = (): SchemaRegistry => {
    client ??= connector.registry ?? registryOf(options, host);
    return client;
  };
  const open = (): KafkaDriver => connector.driver?.(settings, standard) ?? standard();
  return {
    options,
    host,
    open,
    values: (topic) => valueFormatOf(options, topic, registry, host.warn),
    deadLetters() {
      const topic = options['dead.letter.queue.topic'];
      if (topic !== undefined) return deadLetterTopic(topic, options, open);
      const table = options['dead.letter.queue.table'];
      if (table !== undefined) return sinkDeadLetters(table, connector.deadLetterSinks ?? [], host);
      const file = options['dead.letter.queue.file'];
      return file === undefined ? null : fileDeadLetters(file, new Roots(roots));
    },
  };
}

function deadLetterTopic(topic: string, options: KafkaOptions, open: () => KafkaDriver): DeadLetters {
  const transactionalId = options['dead.letter.queue.transactional.id'];
  return topicDeadLetters(topic, open, { ...producerSettings(options), transactionalId, idempotent: true, acks: 'all' });
}
