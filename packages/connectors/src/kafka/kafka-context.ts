import type { ConnectorHost } from '@velostream/core/connect';
import type { DeadLetters } from '../failure/dead-letters.ts';
import type { KafkaDriver } from './driver/kafka-driver.ts';
import type { KafkaOptions } from './kafka-options.ts';
import type { ValueFormat } from './values/value-format.ts';

/** What reading and writing topics needs to know. */
export interface KafkaContext {
  readonly options: KafkaOptions;
  readonly host: ConnectorHost;
  /** A new client; whoever opens it closes it. */
  open(): KafkaDriver;
  values(topic: string): ValueFormat;
  /** Where messages that cannot be read go; null when the options name no place. */
  deadLetters(): DeadLetters | null;
}
