import type { KafkaAdminPort } from '../kafka-driver.ts';
import type { KafkaBroker } from './internals.ts';
import { Fault } from './kafka-fault.ts';
import { pause, type Wire } from './wire.ts';

const WAIT_MS = 50;

const TOPIC_ALREADY_EXISTS = 36;
const AGAIN: ReadonlySet<number> = new Set([Fault.notController, Fault.requestTimedOut]);

/** Changes are sent to the controller; a topic that exists already counts as created. */
export function kafkajsAdmin(wire: Wire): KafkaAdminPort {
  const toController = (name: string, ask: (broker: KafkaBroker) => Promise<unknown>): Promise<void> =>
    wire.retried(
      name,
      async (cluster) => {
        await cluster.refreshMetadata();
        const broker = await cluster.findControllerBroker();
        await ask(broker);
      },
      AGAIN,
    );
  const timeout = wire.settings.requestTimeoutMs;
  return {
    async createTopics(topics) {
      for (const { topic, partitions, replicationFactor, configs = {} } of topics) {
        const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
        const request = { topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }], timeout };
        await toController('CreateTopics', (broker) => broker.createTopics(request).catch((error) => ignore(error, TOPIC_ALREADY_EXISTS)));
        await untilThere(wire, topic, partitions);
      }
    },
    async addPartitions(topic, count) {
      await toController('CreatePartitions', (broker) => broker.createPartitions({ topicPartitions: [{ topic, count }], timeout }));
      await untilThere(wire, topic, count);
    },
    deleteTopics: (topics) => toController('DeleteTopics', (broker) => broker.deleteTopics({ topics, timeout })),
  };
}

/** The controller answers before brokers know of a topic; whoever made one may use it at once. */
async function untilThere(wire: Wire, topic: string, partitions: number): Promise<void> {
  const until = Date.now() + wire.settings.requestTimeoutMs;
  do {
    const led = await wire.retried('Metadata', async (cluster) => {
      wire.forgetTopic(topic);
      await wire.know(cluster, [topic]);
      return wire.partitionsOf(topic).filter((partition) => wire.leaderOf(topic, partition) !== undefined).length;
    });
    if (led >= partitions) return;
    await pause(WAIT_MS);
  } while (Date.now() < until);
}

/** kafkajs gathers the errors of several topics into one. */
function ignore(error: unknown, fault: number): void {
  const inner = (error as { errors?: readonly { code?: number }[] }).errors ?? [error as { code?: number }];
  if (!inner.every((e) => e.code === fault)) throw inner[0] ?? error;
}
