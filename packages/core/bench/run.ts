import { cpus, totalmem } from 'node:os';
import { type Benchmark, interleave, type Measured, report } from './interleave.ts';

/**
 * `npm run bench [name …] [--rows 10000000] [--json file]`: runs the benchmarks whose names start so. Both sides of every
 * comparison run in turn in this process; answers are asserted; medians and ratios are printed.
 */
const CASES: Readonly<Record<string, (rows: number) => Promise<readonly Benchmark[]>>> = {
  csv: async (n) => (await import('./cases/files.ts')).csvFile(n),
  jsonl: async (n) => (await import('./cases/files.ts')).jsonlFile(n),
  workers: async (n) => (await import('./cases/files.ts')).twoWorkers(n),
  '1brc': async (n) => (await import('./cases/one-brc.ts')).oneBrc(n),
  columns: async (n) => (await import('./cases/columns.ts')).columnsInMemory(n),
  rows: async (n) => (await import('./cases/row-objects.ts')).rowObjects(n),
  'filter-project': async (n) => (await import('./cases/filter-project.ts')).filterProject(n),
  'emit-changes': async (n) => (await import('./cases/emit-changes.ts')).emitChanges(n),
  windows: async (n) => (await import('./cases/windows.ts')).windows(n),
  joins: async (n) => (await import('./cases/joins.ts')).joins(n),
  'top-n': async (n) => (await import('./cases/top-n.ts')).topN(n),
};

const args = process.argv.slice(2);
const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const rows = Number(option('--rows') ?? 10_000_000);
const json = option('--json');
const wanted = args.filter((a, i) => !a.startsWith('--') && !(args[i - 1] ?? '').startsWith('--'));

const all: Measured[] = [];
process.stdout.write(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, as many threads on each side, one unless said otherwise\n`,
);
for (const [name, make] of Object.entries(CASES)) {
  if (wanted.length > 0 && !wanted.some((w) => name.startsWith(w))) continue;
  for (const benchmark of await make(rows)) {
    process.stdout.write(`\n${benchmark.name} (${benchmark.inputRows.toLocaleString('en-US')} rows)\n`);
    const measured = await interleave(benchmark);
    process.stdout.write(`${report(measured)}\n`);
    all.push(...measured);
  }
}
if (json) (await import('node:fs')).writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
process.exit(0);
