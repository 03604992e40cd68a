import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { service } from '../../../../test/services.ts';
import { checkAnswer, NOT_PRINTED } from './check-answers.ts';
import { watchMemory } from './cluster-memory.ts';
import { BATCH_ONLY, type FlinkRunner, fileInput, openFlink, sideInput } from './flink-runner.ts';
import { STREAM, type StreamOptions } from './generator/events.ts';
import { jsonlFile, NEXMARK_CACHE, sideInputFile } from './generator/write-files.ts';
import { fillTopic } from './generator/write-topic.ts';
import type { Done, SourceKind, Work } from './ours.ts';

/**
 * `npm run bench:nexmark -- [--events 2000000] [--source jsonl|columns|parquet|kafka] [--engines velo,flink] [--queries q0,q1] [--rounds 1]
 * [--workers 1] [--parallelism 2] [--checkpoint-ms 10000]`: Nexmark on this engine and on the Flink that `npm run services` started,
 * or that VELO_FLINK_GATEWAY and VELO_FLINK_REST name, over the same files or topics, round by round in turn. Both are warm: a run of each query before it is not counted. Raw
 * figures go into `.cache/nexmark`. With `--check` it holds the answers of all queries of the two against each other instead.
 */
const args = process.argv.slice(2);
const option = (name: string, usual: string): string =>
  args.includes(`--${name}`) ? (args[args.indexOf(`--${name}`) + 1] ?? usual) : usual;
const isCheck = args.includes('--check');
const events = Number(option('events', isCheck ? '20000' : '2000000'));
const source = option('source', 'jsonl') as SourceKind;
const engines = option('engines', 'velo,flink').split(',');
const queries = option('queries', Array.from({ length: 23 }, (_, i) => `q${i}`).join(',')).split(',');
const rounds = Number(option('rounds', '1'));
const checkpointEveryMs = Number(option('checkpoint-ms', '10000')) || null;
const options: StreamOptions = {
  ...STREAM,
  seed: Number(option('seed', '1')),
  eventsPerSecond: Number(option('rate', isCheck ? '100' : '10000')),
};
// Servers that `npm run services` started, unless the environment names others.
const servers = { ...service('kafka').find(), ...service('flink').find(), ...process.env } as Readonly<Record<string, string | undefined>>;
const brokers = servers['VELO_KAFKA_BROKERS'] ?? '';

interface Round {
  readonly ms: number;
  readonly peakMb: number;
  readonly rows?: number;
}

interface Figure {
  readonly query: string;
  readonly engine: 'velo' | 'flink';
  readonly eventsPerSecond: number;
  readonly ms: readonly number[];
  readonly rows?: number;
  readonly peakMb?: number;
  readonly failed?: string;
}

const topic = source === 'kafka' ? await fillTopic(brokers, events, options, 2) : undefined;
const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] as number;

/** One warm round in a process of its own. */
async function ours(query: string): Promise<Round> {
  const work: Work = {
    query,
    source,
    events,
    options,
    workers: Number(option('workers', '1')),
    checkpointEveryMs,
    ...(topic === undefined ? {} : { brokers, topic }),
  };
  const script = fileURLToPath(new URL('./run-ours.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@velostream/source', script, JSON.stringify([work, 1])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [text, errors] = ['', ''];
  child.stdout.on('data', (part) => {
    text += part;
  });
  child.stderr.on('data', (part) => {
    errors += part;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(errors.trim());
  return JSON.parse(text) as Done & { peakMb: number };
}

async function flinkInput() {
  if (source !== 'kafka') return fileInput(await jsonlFile(events, options), sideInputFile());
  const side = sideInput(sideInputFile());
  const json = `'format' = 'json', 'json.ignore-parse-errors' = 'false'`;
  const kafka = `'connector' = 'kafka', 'topic' = '${topic}', 'properties.bootstrap.servers' = '${brokers}', 'properties.group.id' = 'nexmark'`;
  return { side, source: `${kafka}, 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', ${json}` };
}

/** One round; the first of a query is not counted. */
async function theirs({ flink, restUrl }: { flink: FlinkRunner; restUrl: string }, query: string, isFirst: boolean): Promise<Round> {
  if (isFirst) await flink.run(query);
  const memory = watchMemory(restUrl);
  try {
    const { ms } = await flink.run(query);
    return { ms, peakMb: await memory.stop() };
  } finally {
    await memory.stop();
  }
}

/** The rounds of both, in turn: what else the machine does weighs on either. */
async function interleaved(query: string): Promise<Figure[]> {
  const sides: { engine: Figure['engine']; run: (round: number) => Promise<Round> }[] = [];
  if (engines.includes('velo')) sides.push({ engine: 'velo', run: () => ours(query) });
  if (flink !== null && restUrl !== undefined && !BATCH_ONLY.has(query))
    sides.push({ engine: 'flink', run: (round) => theirs({ flink, restUrl }, query, round === 0) });
  const done = sides.map(({ engine }) => ({ engine, rounds: [] as Round[], failed: '' }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, side] of sides.entries()) {
      const mine = done[i] as (typeof done)[number];
      if (mine.failed === '')
        await side.run(round).then(
          (each) => mine.rounds.push(each),
          (error) => (mine.failed = String(error).slice(0, 400)),
        );
    }
  }
  return done.map(({ engine, rounds: all, failed }): Figure => {
    const ms = all.map((each) => each.ms);
    if (failed !== '' || ms.length === 0) return { query, engine, eventsPerSecond: 0, ms, failed };
    const rows = all.at(-1)?.rows;
    const peakMb = Math.max(...all.map((each) => each.peakMb));
    return { query, engine, eventsPerSecond: (events * 1000) / median(ms), ms, peakMb, ...(rows === undefined ? {} : { rows }) };
  });
}

const gatewayUrl = servers['VELO_FLINK_GATEWAY'];
const restUrl = servers['VELO_FLINK_REST'];
const flink =
  engines.includes('flink') && gatewayUrl !== undefined && restUrl !== undefined
    ? await openFlink(await flinkInput(), {
        gatewayUrl,
        restUrl,
        parallelism: Number(option('parallelism', '2')),
        checkpointEveryMs,
        stateBackend: option('state-backend', 'hashmap') as 'hashmap' | 'rocksdb',
      })
    : null;
const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}`;
process.stdout.write(`${machine}, ${events.toLocaleString('en-US')} events from ${source}\n`);
if (engines.includes('flink') && flink === null)
  process.stdout.write('no Flink: start it with npm run services -- up flink kafka, or set VELO_FLINK_GATEWAY and VELO_FLINK_REST\n');

if (isCheck) {
  const isEqual = flink !== null && (await checkAll(flink));
  await flink?.close();
  process.exit(isEqual ? 0 : 1);
}
const figures: Figure[] = [];
for (const query of queries) {
  const both = await interleaved(query);
  figures.push(...both);
  process.stdout.write(`${line(query, both)}\n`);
  mkdirSync(NEXMARK_CACHE, { recursive: true });
  writeFileSync(
    join(NEXMARK_CACHE, `figures-${source}-${events}.json`),
    `${JSON.stringify({ at: new Date().toISOString(), machine, events, source, rounds, checkpointEveryMs, figures }, null, 2)}\n`,
  );
}
summary();
await flink?.close();
process.exit(0);

function summary(): void {
  const speedOf = (engine: string) => new Map(figures.filter((f) => f.engine === engine).map((f) => [f.query, f.eventsPerSecond]));
  const [velo, other] = [speedOf('velo'), speedOf('flink')];
  const ratios = [...velo].flatMap(([query, speed]) => ((other.get(query) ?? 0) > 0 ? [speed / (other.get(query) as number)] : []));
  if (ratios.length === 0) return;
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(1));
  process.stdout.write(`median of ${ratios.length} ratios ${median(ratios).toFixed(1)}x, from ${least}x to ${most}x\n`);
}

/** The answers of both, query by query: as it is written for Flink by hand, and ours as it is printed. */
async function checkAll(runner: FlinkRunner): Promise<boolean> {
  let unequal = 0;
  for (const query of queries) {
    for (const as of ['written', 'printed'] as const) {
      if (as === 'printed' && NOT_PRINTED.has(query)) continue;
      const { rows, result, onlyOurs, onlyTheirs } = await checkAnswer(query, runner, { events, options, as });
      process.stdout.write(`${query.padEnd(4)} ${as} ${result}, ${rows} rows\n`);
      if (result === 'equal') continue;
      unequal++;
      process.stdout.write(`  only ours:\n  ${onlyOurs.join('\n  ')}\n  only Flink's:\n  ${onlyTheirs.join('\n  ')}\n`);
    }
  }
  process.stdout.write(unequal === 0 ? 'the answers of all queries are equal\n' : `${unequal} answers differ\n`);
  return unequal === 0;
}

function line(query: string, both: readonly Figure[]): string {
  const speed = (each: Figure | undefined): string =>
    each === undefined ? '' : (each.failed ?? `${each.engine} ${(each.eventsPerSecond / 1e6).toFixed(3)} M/s`);
  const [velo, other] = [both.find((b) => b.engine === 'velo'), both.find((b) => b.engine === 'flink')];
  const ratio = velo && other && other.eventsPerSecond > 0 ? `${(velo.eventsPerSecond / other.eventsPerSecond).toFixed(1)}x` : '';
  return [
    query.padEnd(4),
    speed(velo).padEnd(20),
    speed(other).padEnd(20),
    ratio.padEnd(7),
    [velo?.peakMb, other?.peakMb].map((mb) => (mb === undefined ? '–' : `${mb} MB`)).join(' / '),
    velo?.rows === undefined ? '' : `${velo.rows} rows`,
  ].join(' ');
}
