import { waitFor } from '@velostream/core/connect';
import type { ConsumerInfo, ConsumerPosition } from '@velostream/core/protocol/explore';
import type { CommittedOffset, GroupDescription } from '../driver/kafka-driver.ts';
import type { ExploreContext } from './explore-context.ts';
import { fetchRange } from './fetch-range.ts';
import { Reading } from './stop-reading.ts';

const GROUPS_MAX = 500;
/** Positions whose age is looked up by reading the record there. */
const AGES_MAX = 200;
const TIMEOUT_MS = 10_000;
/** Between the two looks that tell whether a lag grows, when there was no earlier one. */
const SLOPE_WAIT_MS = 400;

interface Seen {
  readonly at: number;
  readonly lag: number;
}

/** Keeps the last look at each group, from which the next one tells how fast its lag grows. */
export class ConsumerLister {
  private readonly context: ExploreContext;
  private readonly seen = new Map<string, Seen>();

  constructor(context: ExploreContext) {
    this.context = context;
  }

  async list(topic: string | undefined, signal: AbortSignal | undefined): Promise<readonly ConsumerInfo[]> {
    const stop = signal ?? new AbortController().signal;
    let found = await this.look(topic, stop);
    if (found.some(({ groupId }) => !this.seen.has(groupId))) {
      this.remember(found);
      await waitFor(SLOPE_WAIT_MS, stop);
      if (!stop.aborted) found = await this.look(topic, stop);
    }
    const withSlope = found.map((info) => this.withSlope(info));
    this.remember(found);
    return withSlope;
  }

  private withSlope(info: ConsumerInfo): ConsumerInfo {
    const before = this.seen.get(info.groupId);
    const seconds = before ? (this.context.kafka.host.now() - before.at) / 1000 : 0;
    return before && seconds > 0 ? { ...info, lagSlope: (info.lag - before.lag) / seconds } : info;
  }

  private remember(found: readonly ConsumerInfo[]): void {
    const at = this.context.kafka.host.now();
    for (const { groupId, lag } of found) this.seen.set(groupId, { at, lag });
    while (this.seen.size > GROUPS_MAX) this.seen.delete(this.seen.keys().next().value as string);
  }

  private async look(topic: string | undefined, signal: AbortSignal): Promise<ConsumerInfo[]> {
    const driver = this.context.driver();
    const groups = (await driver.groups()).slice(0, GROUPS_MAX);
    const committed = new Map<GroupDescription, readonly CommittedOffset[]>();
    for (const group of groups) {
      if (signal.aborted) break;
      const all = (await driver.committed(group.groupId)).filter((o) => o.offset >= 0 && (topic === undefined || o.topic === topic));
      if (all.length > 0 || topic === undefined) committed.set(group, all);
    }
    const highs = await this.highWatermarks(new Set([...committed.values()].flat().map((o) => o.topic)));
    const reading = new Reading({ maxBytes: 32 * 1024 ** 2, maxRecords: 100_000, timeoutMs: TIMEOUT_MS, signal });
    let ages = 0;
    const infos: ConsumerInfo[] = [];
    for (const [group, offsets] of committed) {
      const positions: ConsumerPosition[] = [];
      for (const offset of offsets) {
        const high = highs.get(`${offset.topic}:${offset.partition}`);
        if (high === undefined) continue;
        const lag = Math.max(0, high - offset.offset);
        const age = lag > 0 && ages++ < AGES_MAX ? await this.ageOf(offset, high, reading) : lag === 0 ? 0 : undefined;
        positions.push({
          topic: offset.topic,
          partition: offset.partition,
          currentOffset: String(offset.offset),
          highWatermark: String(high),
          lag,
          ...(age === undefined ? {} : { lagSeconds: age }),
        });
      }
      infos.push(infoOf(group, positions));
    }
    return infos;
  }

  private async highWatermarks(topics: ReadonlySet<string>): Promise<Map<string, number>> {
    const highs = new Map<string, number>();
    for (const topic of topics) {
      // A topic that was deleted keeps its commits for a while.
      const offsets = await this.context
        .driver()
        .offsets(topic, 'latest', { readCommitted: false })
        .catch(() => []);
      for (const { partition, offset } of offsets) highs.set(`${topic}:${partition}`, offset);
    }
    return highs;
  }

  /** How long the first record that the group has not read has been there, s. */
  private async ageOf({ topic, partition, offset }: CommittedOffset, high: number, reading: Reading): Promise<number | undefined> {
    const { options, host } = this.context.kafka;
    const range = { topic, partition, from: offset, to: Math.min(high, offset + 1_000), maxBytes: 1 };
    const { records } = await fetchRange(this.context.driver(), options, { ...range, to: Math.min(high, offset + 1) }, reading).catch(
      () => ({ records: [] }),
    );
    const [first] = records;
    return first ? Math.max(0, (host.now() - first.timestamp) / 1000) : undefined;
  }
}

function infoOf({ groupId, state }: GroupDescription, positions: readonly ConsumerPosition[]): ConsumerInfo {
  const ages = positions.flatMap((p) => (p.lagSeconds === undefined ? [] : [p.lagSeconds]));
  return {
    groupId,
    state,
    subscribedTopics: [...new Set(positions.map((p) => p.topic))],
    positions,
    lag: positions.reduce((sum, p) => sum + p.lag, 0),
    ...(ages.length === 0 ? {} : { lagSeconds: Math.max(...ages) }),
  };
}
