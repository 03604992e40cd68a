import type { ConnectorHost } from '@velostream/core/connect';
import { resolveOptions } from '@velostream/core/connect/options';
import { networkGuard } from '../net/network-guard.ts';
import type { KafkaAdminPort } from './driver/kafka-driver.ts';
import { kafkajsDriver } from './driver/kafkajs/kafkajs-driver.ts';
import { driverSettings, KAFKA_OPTIONS } from './kafka-options.ts';

/** Changes of a cluster, until `close`. */
export interface KafkaAdmin extends KafkaAdminPort {
  close(): Promise<void>;
}

/**
 * Creates and deletes topics and adds partitions. Sources, sinks and explorers never reach it: whoever may change a cluster asks for this
 * port by name, a deployment after its plan was approved for example.
 *
 * @param options connection options as for `kafka()`: `bootstrap.servers`, security.
 */
export function kafkaAdmin(
  options: Readonly<Record<string, unknown>>,
  host: ConnectorHost = { warn: () => {}, now: Date.now },
): KafkaAdmin {
  const settings = driverSettings(resolveOptions({ name: 'kafka', options: KAFKA_OPTIONS }, options, host));
  const driver = kafkajsDriver(settings, networkGuard(host));
  return { ...driver.admin, close: () => driver.close() };
}
