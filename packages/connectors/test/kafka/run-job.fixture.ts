import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import type { JobRun } from './job.fixture.ts';
import { NEVER, PLAIN_PRODUCER } from './kafka.fixture.ts';

const program = fileURLToPath(new URL('./job.fixture.ts', import.meta.url));
const RUN_TIMEOUT_MS = 90_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** A job in a process of its own. */
export interface RunningJob {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once the output holds the text. */
  said(text: string): Promise<void>;
}

export function startJob(run: JobRun): RunningJob {
  const child = spawn(process.execPath, ['--conditions=@velostream/source', program, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output })));
  return {
    child,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        ended.then(() => reject(new Error(`the job ended without "${text}": ${output}`)));
        look();
      }),
  };
}

export interface InputRecord {
  readonly seq: number;
  readonly name: string;
  readonly amount: number;
}

export interface Total {
  readonly name: string;
  readonly n: number;
  readonly total: number;
  readonly seq: number;
}

/** Records that name their test, so that one reader can check all outputs together. */
export const recordsFor = (run: string, from: number, to: number): InputRecord[] =>
  Array.from({ length: to - from }, (_, i) => ({ seq: from + i, name: `${run}:k${(from + i) % 7}`, amount: ((from + i) * 37) % 101 }));

/** Every second record to each of two partitions, with times in the order of `seq`. */
export async function writeInput(driver: KafkaDriver, topic: string, records: readonly InputRecord[]): Promise<void> {
  const producer = driver.producer(PLAIN_PRODUCER);
  await producer.init(NEVER);
  for (let at = 0; at < records.length; at += 1000) {
    const part = records.slice(at, at + 1000);
    const of = (partition: number) =>
      part
        .filter((r) => r.seq % 2 === partition)
        .map((r) => ({ key: null, value: JSON.stringify(r), timestamp: 1_700_000_000_000 + r.seq }));
    await producer.send(
      [0, 1].map((partition) => ({ topic, partition, records: of(partition) })),
      NEVER,
    );
  }
  await producer.close();
}

/** What the job must write, computed without it: the running totals in the order of the records. */
export function expectedTotals(records: readonly InputRecord[]): Total[] {
  const states = new Map<string, { n: number; total: number; seq: number }>();
  return records.map(({ name, amount, seq }) => {
    const before = states.get(name) ?? { n: 0, total: 0, seq: -1 };
    const after = { n: before.n + 1, total: before.total + amount, seq: Math.max(before.seq, seq) };
    states.set(name, after);
    return { name, ...after };
  });
}

export interface Verdict {
  readonly lost: number;
  readonly duplicates: number;
  readonly wrong: number;
  readonly reordered: number;
}

/** Compares what a reader saw with what it had to see. */
export function judge(seen: readonly Total[], expected: readonly Total[]): Verdict {
  const wanted = new Map(expected.map((t) => [`${t.name}/${t.n}`, JSON.stringify([t.total, t.seq])]));
  const counts = new Map<string, number>();
  const lastOf = new Map<string, number>();
  let [wrong, reordered] = [0, 0];
  for (const { name, n, total, seq } of seen) {
    const key = `${name}/${n}`;
    if (wanted.get(key) !== JSON.stringify([total, seq])) wrong++;
    if (!counts.has(key) && n < (lastOf.get(name) ?? 0)) reordered++;
    lastOf.set(name, Math.max(n, lastOf.get(name) ?? 0));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lost = [...wanted.keys()].filter((key) => !counts.has(key)).length;
  const duplicates = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
  return { lost, duplicates, wrong, reordered };
}

const run = promisify(execFile);

/** Values of all topics that match, as Kafka's own console consumer shows them to a committed reader. */
export async function readWithJava(classpath: string, brokers: string, topics: string): Promise<string[]> {
  const args = [
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
    '-cp',
    `${classpath}/*`,
  ];
  const reader = [
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    '--bootstrap-server',
    brokers,
    '--include',
    topics,
    '--from-beginning',
  ];
  const options = ['--isolation-level', 'read_committed', '--timeout-ms', '8000'];
  const { stdout } = await run('java', [...args, ...reader, ...options], { maxBuffer: 1 << 28, timeout: 120_000 });
  return stdout.split('\n').filter((line) => line !== '');
}
