import { DEVELOPMENT_SETS } from '../src/eval/all-sets.ts';
import { completeOffline, createOfflineAssistant, translate } from '../src/index.ts';

/** Rounds over everything that is asked; the first warms up and does not count. */
const ROUNDS = 4;

interface Timing {
  readonly p50: number;
  readonly p99: number;
  /** Time of this thread alone: what it takes on a machine that does nothing else. */
  readonly cpuP50: number;
  readonly cpuP99: number;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function time(tasks: readonly (() => unknown)[]): Promise<Timing> {
  const wall: number[] = [];
  const own: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const task of tasks) {
      const started = performance.now();
      const before = process.threadCpuUsage();
      await task();
      const { user, system } = process.threadCpuUsage(before);
      if (round === 0) continue;
      own.push((user + system) / 1000);
      wall.push(performance.now() - started);
    }
  wall.sort((a, b) => a - b);
  own.sort((a, b) => a - b);
  return { p50: at(wall, 0.5), p99: at(wall, 0.99), cpuP50: at(own, 0.5), cpuP99: at(own, 0.99) };
}

const cases = DEVELOPMENT_SETS.flatMap((set) => set.cases.map((c) => ({ set, c })));
const queries = cases.flatMap(({ set, c }) => (c.gold === undefined ? [] : [{ set, sql: c.gold }]));
const assistant = createOfflineAssistant();

const rows: readonly (readonly [name: string, targetMs: number, timing: Timing, asked: number])[] = [
  [
    'question to SQL',
    10,
    await time(
      cases.map(
        ({ set, c }) =>
          () =>
            translate({ prompt: c.prompt, schemas: set.schemas, ...(c.previousSql === undefined ? {} : { previousSql: c.previousSql }) }),
      ),
    ),
    cases.length,
  ],
  [
    'completion candidate',
    5,
    await time(
      queries.map(
        ({ set, sql }) =>
          () =>
            completeOffline({ prefix: `${sql.slice(0, sql.search(/\bFROM\b/))}FROM `, suffix: '', schemas: set.schemas }),
      ),
    ),
    queries.length,
  ],
  [
    'application',
    100,
    await time(
      DEVELOPMENT_SETS.flatMap((set) =>
        ['build me an analytics app with alerts', 'build a monitoring application', 'create an app that finds anomalies'].map(
          (prompt) => () => assistant.generateApp({ prompt, schemas: set.schemas }),
        ),
      ),
    ),
    DEVELOPMENT_SETS.length * 3,
  ],
];

const ms = (n: number): string => `${n.toFixed(2)} ms`;
process.stdout.write('what | asked | wall p50 | wall p99 | CPU p50 | CPU p99 | target for p99, judged by CPU\n');
for (const [name, target, t, asked] of rows)
  process.stdout.write(
    `${name} | ${asked} | ${[t.p50, t.p99, t.cpuP50, t.cpuP99].map(ms).join(' | ')} | < ${target} ms ${t.cpuP99 < target ? 'met' : 'missed'}\n`,
  );
process.exitCode = rows.every(([, target, t]) => t.cpuP99 < target) ? 0 : 1;
