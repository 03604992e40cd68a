import type { Field } from '@velostream/core/connect';
import type { KafkaDriver } from '../driver/kafka-driver.ts';
import type { KafkaContext } from '../kafka-context.ts';
import { sampleValues } from '../source/sample-values.ts';
import type { ValueFormat } from '../values/value-format.ts';

/** What all parts of one explorer share: one client, and what was found out about topics. */
export interface ExploreContext {
  readonly kafka: KafkaContext;
  driver(): KafkaDriver;
  described(topic: string, signal: AbortSignal): Promise<DescribedTopic>;
}

export interface DescribedTopic {
  readonly fields: readonly Field[];
  readonly origin: 'declared' | 'registry' | 'inferred';
  readonly format: ValueFormat;
}

/** How long columns that were found once are taken for the topic's. */
const DESCRIBED_FOR_MS = 30_000;
const TOPICS_MAX = 200;

export function exploreContext(kafka: KafkaContext): ExploreContext & { close(): Promise<void> } {
  let opened: KafkaDriver | undefined;
  const known = new Map<string, { readonly at: number; readonly topic: DescribedTopic }>();
  const driver = (): KafkaDriver => {
    opened ??= kafka.open();
    return opened;
  };
  return {
    kafka,
    driver,
    async described(topic, signal) {
      const earlier = known.get(topic);
      const now = kafka.host.now();
      if (earlier && now - earlier.at < DESCRIBED_FOR_MS) return earlier.topic;
      const format = kafka.values(topic);
      const { options } = kafka;
      const values = format.needsSamples ? (await sampleValues(driver(), topic, options, options['sample.records'], signal)).values : [];
      const found = { ...(await format.describe(values, signal)), format };
      if (found.fields.length > 0) {
        if (known.size >= TOPICS_MAX) known.delete(known.keys().next().value as string);
        known.set(topic, { at: now, topic: found });
      }
      return found;
    },
    async close() {
      await opened?.close();
      opened = undefined;
    },
  };
}
