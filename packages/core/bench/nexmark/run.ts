import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAnswer } from './check-answers.ts';
import { BATCH_ONLY, type FlinkRunner, fileInput, openFlink, sideInput } from './flink-runner.ts';
import { STREAM, type StreamOptions } from './generator/events.ts';
import { jsonlFile, NEXMARK_CACHE, sideInputFile } from './generator/write-files.ts';
import { fillTopic } from './generator/write-topic.ts';
import type { Done, SourceKind, Work } from './ours.ts';

/**
 * `npm run bench:nexmark -- [--events 2000000] [--source jsonl|columns|parquet|kafka] [--engines velo,flink] [--queries q0,q1] [--rounds 1]
 * [--workers 1] [--parallelism 2] [--checkpoint-ms 10000]`: Nexmark on this engine and on the Flink behind VELO_FLINK_GATEWAY and
 * VELO_FLINK_REST, over the same files or topics, in turn. With `--check` it holds the answers of all queries of the two against each other. Both are warm: a run of each query before it is not counted. Raw figures go
 * into `.cache/nexmark`.
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
const brokers = process.env['VELO_KAFKA_BROKERS'] ?? '';

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

async function ours(query: string): Promise<Figure> {
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
  const child = spawn(process.execPath, ['--conditions=@velostream/source', script, JSON.stringify([work, rounds])], {
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
  if (code !== 0) return { query, engine: 'velo', eventsPerSecond: 0, ms: [], failed: errors.trim().slice(0, 400) };
  const done = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Done & { peakMb: number });
  const ms = done.map((each) => each.ms);
  const last = done.at(-1)!;
  return { query, engine: 'velo', eventsPerSecond: (events * 1000) / median(ms), ms, rows: last.rows, peakMb: last.peakMb };
}

async function flinkInput() {
  if (source !== 'kafka') return fileInput(await jsonlFile(events, options), sideInputFile());
  const side = sideInput(sideInputFile());
  const json = `'format' = 'json', 'json.ignore-parse-errors' = 'false'`;
  const kafka = `'connector' = 'kafka', 'topic' = '${topic}', 'properties.bootstrap.servers' = '${brokers}', 'properties.group.id' = 'nexmark'`;
  return { side, source: `${kafka}, 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', ${json}` };
}

async function theirs(flink: FlinkRunner, query: string): Promise<Figure> {
  try {
    const ms: number[] = [];
    for (let i = 0; i <= rounds; i++) {
      const run = await flink.run(query);
      if (i > 0) ms.push(run.ms);
    }
    return { query, engine: 'flink', eventsPerSecond: (events * 1000) / median(ms), ms };
  } catch (error) {
    return { query, engine: 'flink', eventsPerSecond: 0, ms: [], failed: String(error).slice(0, 400) };
  }
}

const gatewayUrl = process.env['VELO_FLINK_GATEWAY'];
const restUrl = process.env['VELO_FLINK_REST'];
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
process.stdout.write(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}, ${events.toLocaleString('en-US')} events from ${source}\n`,
);
if (engines.includes('flink') && flink === null)
  process.stdout.write('no Flink: set VELO_FLINK_GATEWAY and VELO_FLINK_REST (npm run services -- env)\n');

if (isCheck) {
  const isEqual = flink !== null && (await checkAll(flink));
  await flink?.close();
  process.exit(isEqual ? 0 : 1);
}
const figures: Figure[] = [];
for (const query of queries) {
  const both: Figure[] = [];
  if (engines.includes('velo')) both.push(await ours(query));
  if (flink !== null && !BATCH_ONLY.has(query)) both.push(await theirs(flink, query));
  figures.push(...both);
  process.stdout.write(`${line(query, both)}\n`);
  mkdirSync(NEXMARK_CACHE, { recursive: true });
  writeFileSync(join(NEXMARK_CACHE, `figures-${source}-${events}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}
await flink?.close();
process.exit(0);

/** The answers of both, query by query. */
async function checkAll(runner: FlinkRunner): Promise<boolean> {
  let unequal = 0;
  for (const query of queries) {
    const { rows, result, onlyOurs, onlyTheirs } = await checkAnswer(query, runner, events, options);
    process.stdout.write(`${query.padEnd(4)} ${result}, ${rows} rows\n`);
    if (result === 'equal') continue;
    unequal++;
    process.stdout.write(`  only ours:\n  ${onlyOurs.join('\n  ')}\n  only Flink's:\n  ${onlyTheirs.join('\n  ')}\n`);
  }
  process.stdout.write(`${queries.length - unequal} of ${queries.length} queries give the same rows on both\n`);
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
    velo?.peakMb === undefined ? '' : `${velo.peakMb} MB, ${velo.rows} rows`,
  ].join(' ');
}
