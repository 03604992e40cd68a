import { dirname, resolve } from 'node:path';
import type { Row } from '../protocol/query.ts';
import type { DataSchema } from '../protocol/studio/testing.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { paced } from '../testing/generate/paced.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './read-arguments.node.ts';
import { readInput } from './read-input.node.ts';
import type { Terminal } from './terminal.node.ts';
import { testFiles, writeNew } from './test-files.node.ts';
import { UsageError } from './usage-error.ts';

const FORMATS = ['jsonl', 'json', 'csv'] as const;
const LINES_AT_ONCE = 1000;

/** `velo generate`: rows from data schemas, or from what a script reads. */
export const generateCommand: Command = {
  name: 'generate',
  about: 'Make rows from data schemas, from a ShadowTraffic file, or for the sources of a script.',
  takes: '<schema.yaml | generators.json | file.sql> … [options]',
  options: [
    { name: 'records', short: 'n', value: '<n>', about: "Rows per source; the schema's own number by default, else 1000." },
    { name: 'seed', value: '<n>', about: 'The same seed gives the same rows, everywhere.' },
    { name: 'format', short: 'f', value: '<name>', choices: FORMATS, about: 'jsonl by default.' },
    {
      name: 'rate',
      value: '<n>',
      about: 'Rows per second, by the clock; as fast as possible by default. Only for jsonl on standard output.',
    },
    { name: 'batch', value: '<n>', about: 'With --rate: so many rows together; 1 by default.' },
    { name: 'out', short: 'o', value: '<folder>', about: 'One file per source in this folder; standard output by default.' },
    { name: 'yes', short: 'y', about: 'Write over files that are there.' },
    { name: 'json', about: 'Problems as JSON.' },
  ],
  examples: [
    'velo generate trades.schema.yaml -n 100 --seed 7',
    'velo generate customers.schema.yaml orders.schema.yaml -o data -f csv',
    'velo generate app.sql -n 1000 -o data',
    'velo generate trades.schema.yaml -n 10000 --rate 100 | kcat -b localhost:9092 -t trades -P',
  ],
  async run(args, terminal) {
    if (args.positionals.length === 0) throw new UsageError('no file was given', 'Write velo generate <schema.yaml>.');
    const { fromShadowTraffic, generateData, inferSchema, readDataSchema, schemaOfRows } = await import('../testing/data.ts');
    const { referenceFiles } = await import('../testing/generate/generate-data.ts');
    const { VeloError } = await import('../diagnostics/velo-error.ts');
    const records = wholeNumber(args, 'records', 0);
    const seed = wholeNumber(args, 'seed', 0);
    const warn = (text: string): void => void terminal.stderr.write(`warning: ${text}\n`);
    try {
      const schemas = [];
      const counts: Record<string, number> = {};
      const times = {};
      const folderOf = new Map<string, string>();
      for (const name of args.positionals) {
        const { sql: text } = await readInput(name, terminal);
        if (/\.sql$/i.test(name)) schemas.push(...Object.values(inferSchema(text, { onWarning: warn })));
        else if (/"?generators"?\s*:/.test(text) && text.includes('_gen')) {
          const imported = fromShadowTraffic(text);
          for (const w of imported.warnings) warn(w);
          schemas.push(...imported.schemas);
          Object.assign(counts, imported.records);
          Object.assign(times, imported.timeSimulation);
        } else {
          const { schema } = readDataSchema(text, name.replace(/^.*\//, '').replace(/(\.schema)?\.[^.]+$/, ''));
          for (const path of referenceFiles([schema])) folderOf.set(path, dirname(resolve(terminal.cwd, name)));
          schemas.push(schema);
        }
      }
      const references = await referenceRows(schemas, folderOf, terminal);
      const made = generateData(schemas, {
        references,
        records: records ?? counts,
        timeSimulation: times,
        onWarning: warn,
        ...(seed === undefined ? {} : { seed }),
      });
      const format = args.text('format') ?? 'jsonl';
      const folder = args.text('out');
      const rate = wholeNumber(args, 'rate', 1);
      if (rate !== undefined && (folder !== undefined || format !== 'jsonl'))
        throw new UsageError('--rate is for rows as jsonl on standard output', 'Leave out --out and --format.');
      if (folder === undefined && Object.keys(made).length > 1 && format === 'csv')
        throw new UsageError('several sources do not fit into one CSV', 'Use --out <folder>, or --format jsonl.');
      for (const [name, rows] of Object.entries(made)) {
        const shown = withTimeText(rows, schemaOfRows(rows), Object.keys(made).length > 1 && folder === undefined ? name : undefined);
        if (rate !== undefined) await writePaced(shown, { perSecond: rate, batch: wholeNumber(args, 'batch', 1) ?? 1 }, terminal);
        else if (folder === undefined) await writeRows(shown, format, (text) => terminal.stdout.write(text));
        else {
          const parts: string[] = [];
          await writeRows(shown, format, async (text) => void parts.push(text));
          await writeNew(resolve(terminal.cwd, folder, `${name.replace(/[^\w.-]/g, '_')}.${format}`), parts.join(''), args.has('yes'));
          await terminal.stderr.write(`${name}: ${rows.length} rows\n`);
        }
      }
      return 0;
    } catch (error) {
      if (!VeloError.is(error)) throw error;
      throw new UsageError(error.message, error.hint);
    }
  },
};

/** Rows of the files that foreign keys draw from: beside the schema, or below the folder that the command runs in, and nowhere else. */
async function referenceRows(
  schemas: readonly DataSchema[],
  folderOf: ReadonlyMap<string, string>,
  terminal: Terminal,
): Promise<Record<string, Row[]>> {
  const { referenceFiles } = await import('../testing/generate/generate-data.ts');
  const { readDataFile } = await import('../testing/run/files.ts');
  const rows: Record<string, Row[]> = {};
  for (const path of referenceFiles(schemas)) {
    const files = testFiles(folderOf.get(path) ?? terminal.cwd, terminal.cwd, false);
    rows[path] = await readDataFile(files, path, undefined);
  }
  return rows;
}

/** Times as ISO text, as files hold them; on one stream of several sources each row says where it belongs. */
function withTimeText(rows: readonly Row[], schema: TableSchema | undefined, source: string | undefined): Row[] {
  const times = (schema?.columns ?? []).filter((c) => c.type === 'TIMESTAMP').map((c) => c.name);
  return rows.map((row) => {
    const copy: Row = source === undefined ? { ...row } : { _source: source, ...row };
    for (const t of times) if (typeof copy[t] === 'number') copy[t] = new Date(copy[t]).toISOString();
    return copy;
  });
}

const json = (row: Row): string =>
  JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? (Number.isSafeInteger(Number(v)) ? Number(v) : String(v)) : v));

async function writePaced(
  rows: readonly Row[],
  pace: { readonly perSecond: number; readonly batch: number },
  terminal: Terminal,
): Promise<void> {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  for await (const some of paced(rows, { ...pace, elapsed: () => performance.now(), wait }))
    await writeRows(some, 'jsonl', (text) => terminal.stdout.write(text));
}

async function writeRows(rows: readonly Row[], format: string, write: (text: string) => Promise<void>): Promise<void> {
  if (format === 'csv') {
    const { writeCsv } = await import('../testing/spec/read-records.ts');
    await write(writeCsv(rows));
    return;
  }
  if (format === 'json') {
    await write(`[\n${rows.map(json).join(',\n')}\n]\n`);
    return;
  }
  for (let i = 0; i < rows.length; i += LINES_AT_ONCE)
    await write(
      rows
        .slice(i, i + LINES_AT_ONCE)
        .map((row) => `${json(row)}\n`)
        .join(''),
    );
}
