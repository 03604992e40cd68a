import { kafkaError } from '@velostream/core/connect';
import { typeText } from '@velostream/core/connect/formats';
import type { Coverage, Found, Peek, PeekRequest } from '@velostream/core/protocol/explore';
import { decodeRecords, type RowTest, type ShownMessage } from './decode-records.ts';
import type { DescribedTopic, ExploreContext } from './explore-context.ts';
import { type FoundRecord, fetchRange } from './fetch-range.ts';
import { type PeekToken, readToken, writeToken } from './peek-token.ts';
import { Reading } from './stop-reading.ts';

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 10_000;
const BYTES_DEFAULT = 16 * 1024 ** 2;
const TIMEOUT_MS = 15_000;
/** Records that one filtered peek looks at; the answer says where to go on. */
const SCAN_MAX = 100_000;
const WINDOW_FIRST = 50;
const WINDOW_MAX = 5_000;
/** Bytes of one fetch while little is wanted. */
const FETCH_BYTES = 256 * 1024;

/** Messages of a topic: the latest, the earliest, from an offset or a time, of all partitions or one, with a filter. */
export async function peekTopic(context: ExploreContext, topic: string, request: PeekRequest): Promise<Found<Peek>> {
  const limit = Math.min(Math.max(0, request.limit ?? LIMIT_DEFAULT), LIMIT_MAX);
  const reading = new Reading({
    maxBytes: request.maxBytes ?? BYTES_DEFAULT,
    maxRecords: SCAN_MAX,
    timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
    signal: request.signal,
  });
  const described = await context.described(topic, reading.signal);
  const test = request.filter === undefined ? undefined : await testOf(context, request.filter, described);
  const bounds = await boundsOf(context, topic, request.partition);
  const token = request.continueFrom === undefined ? undefined : readToken(request.continueFrom);
  const work = { context, topic, described, test, bounds, reading, limit };
  const isBackward = token ? token.direction === 'backward' : request.from === undefined || request.from === 'latest';
  const found = isBackward ? await readBackward(work, token) : await readForward(work, await startOf(work, request, token));
  const columns = described.fields.map(({ name, type, nullable }) => ({ name, type: typeText(type), nullable }));
  return {
    name: topic,
    columns,
    rows: found.shown.map(({ row }) => row),
    messages: found.shown.map(({ info }) => info),
    masked: [],
    coverage: {
      scanned: reading.scanned,
      available: bounds.reduce((sum, b) => sum + Math.max(0, b.high - b.low), 0),
      partitions: bounds.map((b) => b.partition),
      stoppedBy: found.stoppedBy,
      ...(found.next === undefined ? {} : { continueFrom: writeToken(found.next) }),
    },
  };
}

interface Bounds {
  readonly partition: number;
  readonly low: number;
  readonly high: number;
}

interface Work {
  readonly context: ExploreContext;
  readonly topic: string;
  readonly described: DescribedTopic;
  readonly test: RowTest | undefined;
  readonly bounds: readonly Bounds[];
  readonly reading: Reading;
  readonly limit: number;
}

interface Outcome {
  readonly shown: readonly ShownMessage[];
  readonly stoppedBy: Coverage['stoppedBy'];
  readonly next: PeekToken | undefined;
}

export async function testOf({ kafka }: ExploreContext, filter: string, { fields }: DescribedTopic): Promise<RowTest> {
  const compile = kafka.host.compileFilter;
  if (!compile) throw kafkaError('VS4820', { expression: filter.slice(0, 200), problem: 'this host has no SQL to evaluate it with' });
  return compile(filter, fields);
}

async function boundsOf(context: ExploreContext, topic: string, only: number | undefined): Promise<Bounds[]> {
  const readCommitted = context.kafka.options['isolation.level'] === 'read_committed';
  const driver = context.driver();
  const lows = await driver.offsets(topic, 'earliest');
  const highs = new Map((await driver.offsets(topic, 'latest', { readCommitted })).map((o) => [o.partition, o.offset]));
  const all = lows.map(({ partition, offset }) => ({ partition, low: offset, high: highs.get(partition) ?? offset }));
  const wanted = only === undefined ? all : all.filter((b) => b.partition === only);
  if (wanted.length === 0) throw kafkaError('VS4804', { topic: `${topic}[${only ?? ''}]` });
  return wanted;
}

async function startOf(work: Work, request: PeekRequest, token: PeekToken | undefined): Promise<Map<number, number>> {
  const { bounds, context, topic } = work;
  const starts = new Map(bounds.map((b) => [b.partition, b.low]));
  if (token) for (const { partition, low } of bounds) starts.set(partition, Math.max(low, token.at.get(partition) ?? low));
  else if (typeof request.from === 'object' && 'offset' in request.from) {
    const offset = Number(request.from.offset);
    for (const { partition, low } of bounds) starts.set(partition, Math.max(low, Number.isSafeInteger(offset) ? offset : low));
  } else if (typeof request.from === 'object') {
    const found = await context.driver().offsets(topic, Math.max(0, Math.trunc(request.from.timestampMs)));
    const at = new Map(found.map((o) => [o.partition, o.offset]));
    for (const { partition, high } of bounds) {
      const offset = at.get(partition) ?? -1;
      starts.set(partition, offset < 0 ? high : offset);
    }
  }
  return starts;
}

const decoding = ({ context, test, reading }: Work) => ({ options: context.kafka.options, test, signal: reading.signal });

const inTime = (a: FoundRecord, b: FoundRecord): number => a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset;

/** Windows of all partitions, onwards; what is shown is in the order of time within each window. */
async function readForward(work: Work, at: Map<number, number>): Promise<Outcome> {
  const { bounds, reading, limit, topic, context } = work;
  const shown: ShownMessage[] = [];
  for (let window = Math.max(WINDOW_FIRST, limit); shown.length < limit; window = Math.min(WINDOW_MAX, window * 2)) {
    const open = bounds.filter((b) => (at.get(b.partition) ?? b.low) < b.high);
    if (open.length === 0) return { shown, stoppedBy: 'end', next: undefined };
    if (reading.stoppedBy) return { shown, stoppedBy: reading.stoppedBy, next: { direction: 'forward', at } };
    const records: FoundRecord[] = [];
    for (const { partition, high } of open) {
      const from = at.get(partition) as number;
      const range = await fetchRange(
        context.driver(),
        context.kafka.options,
        { topic, partition, from, to: Math.min(high, from + window), maxBytes: FETCH_BYTES },
        reading,
      );
      records.push(...range.records);
      at.set(partition, range.to);
    }
    const messages = await decodeRecords(records.sort(inTime), topic, work.described, decoding(work));
    const taken = messages.slice(0, limit - shown.length);
    shown.push(...taken);
    // What was read and not shown is read again next time.
    for (const { record } of messages.slice(taken.length).reverse())
      at.set(record.partition, Math.min(at.get(record.partition) as number, record.offset));
  }
  const isEnd = bounds.every((b) => (at.get(b.partition) ?? b.low) >= b.high);
  return { shown, stoppedBy: isEnd ? 'end' : 'limit', next: isEnd ? undefined : { direction: 'forward', at } };
}

/** Windows of all partitions, from the end towards the beginning; shown oldest first. */
async function readBackward(work: Work, token: PeekToken | undefined): Promise<Outcome> {
  const { bounds, reading, limit, topic, context } = work;
  const before = new Map(bounds.map((b) => [b.partition, Math.min(b.high, token?.at.get(b.partition) ?? b.high)]));
  let shown: ShownMessage[] = [];
  for (
    let window = Math.max(WINDOW_FIRST, Math.ceil(limit / Math.max(1, bounds.length)) * 2);
    shown.length < limit;
    window = Math.min(WINDOW_MAX, window * 2)
  ) {
    const open = bounds.filter((b) => (before.get(b.partition) as number) > b.low);
    if (open.length === 0) break;
    if (reading.stoppedBy) return { shown, stoppedBy: reading.stoppedBy, next: { direction: 'backward', at: before } };
    const records: FoundRecord[] = [];
    for (const { partition, low } of open) {
      const to = before.get(partition) as number;
      const from = Math.max(low, to - window);
      const range = await fetchRange(context.driver(), context.kafka.options, { topic, partition, from, to }, reading);
      records.push(...range.records);
      // A range that limits cut short was read at its old end: those records come again with the token.
      before.set(partition, range.to < to ? Math.max(from, range.to) : from);
    }
    const messages = await decodeRecords(records.sort(inTime), topic, work.described, decoding(work));
    shown = [...messages, ...shown].sort((a, b) => inTime(a.record, b.record));
  }
  const kept = shown.slice(Math.max(0, shown.length - limit));
  for (const { record } of shown.slice(0, shown.length - kept.length))
    before.set(record.partition, Math.max(before.get(record.partition) as number, record.offset + 1));
  const isEnd = bounds.every((b) => (before.get(b.partition) as number) <= b.low);
  return { shown: kept, stoppedBy: isEnd ? 'end' : 'limit', next: isEnd ? undefined : { direction: 'backward', at: before } };
}
