import { access } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command, CommandArguments, ExitCode } from './command.ts';
import { debugScript } from './command-test-debug.node.ts';
import { loadBroker, loadFormat } from './load-connectors.node.ts';
import { wholeNumber } from './read-arguments.node.ts';
import { readInput } from './read-input.node.ts';
import type { Terminal } from './terminal.node.ts';
import { findSpec, readSpecText, testFiles, writeNew } from './test-files.node.ts';
import { UsageError } from './usage-error.ts';

const FORMATS = ['text', 'json', 'junit', 'xml', 'html', 'markdown'] as const;
const ACTIONS = ['init', 'infer-schema', 'stress', 'validate', 'debug'];

/** `velo test`: runs a test spec, or what a script needs for a first one. */
export const testCommand: Command = {
  name: 'test',
  about: 'Run a test spec, or test a script: with the spec beside it, else with data made from the SQL. Exit code 1 when a test fails.',
  takes: '[init | infer-schema | stress | validate | debug] <spec.yaml | file.sql> [options]',
  options: [
    { name: 'spec', short: 's', value: '<file>', about: 'The spec of a script; found beside it by default.' },
    {
      name: 'schemas',
      short: 'd',
      value: '<folder>',
      about: 'Folder of data schemas; "schemas" beside the spec by default. With infer-schema: where to write.',
    },
    { name: 'query', short: 'q', value: '<name>', about: 'Only this query, and what it needs.' },
    { name: 'scenario', value: '<name>', about: 'Only the queries of this scenario.' },
    { name: 'format', short: 'f', value: '<name>', choices: FORMATS, about: 'How the report is printed; text by default.' },
    { name: 'json', about: 'The report as JSON (as --format json), problems as JSON too.' },
    { name: 'out', short: 'o', value: '<file>', about: 'Write the report (or with init the spec) to this file.' },
    { name: 'records', short: 'n', value: '<n>', about: 'Rows per source.' },
    { name: 'seed', value: '<n>', about: 'The same seed gives the same rows.' },
    {
      name: 'jobs',
      short: 'j',
      value: '<n>',
      about: 'Queries of a spec that run at the same time, each in a thread of its own; 1 by default.',
    },
    {
      name: 'kafka',
      value: '<host:port,…>',
      about: 'Run the queries over fresh topics of this broker instead of in memory; the topics are removed afterwards.',
    },
    { name: 'timeout-ms', value: '<n>', about: 'Time for one query; 30000 by default.' },
    { name: 'duration', value: '<seconds>', about: 'With stress: stop after so long; 60 by default.' },
    { name: 'update-golden', about: 'Keep the output as the expected files of file_matches and snapshot.' },
    { name: 'yes', short: 'y', about: 'Write over files that are there.' },
    { name: 'verbose', short: 'v', about: 'More of what happened.' },
  ],
  examples: [
    'velo test app.test.yaml',
    'velo test app.sql --records 10000 --seed 7',
    'velo test app.test.yaml --jobs 4',
    'velo test init app.sql',
    'velo test infer-schema trades.csv -d schemas',
    'velo test debug app.sql',
    'velo test app.sql --format junit --out report.xml',
  ],
  async run(args, terminal) {
    const [first, ...rest] = args.positionals;
    if (first === undefined) throw new UsageError('no file was given', 'Write velo test <spec.yaml | file.sql>.');
    if (ACTIONS.includes(first) && rest.length === 0 && !(await exists(resolve(terminal.cwd, first))))
      throw new UsageError('no file was given', `Write velo test ${first} <${first === 'validate' ? 'spec.yaml' : 'file.sql'}>.`);
    const isAction = ACTIONS.includes(first) && rest.length > 0;
    const name = isAction ? (rest[0] as string) : first;
    if ((isAction ? rest.slice(1) : rest).length > 0) throw new UsageError('one file is expected', 'Run velo test once for each file.');
    switch (isAction ? first : 'run') {
      case 'init':
        return initSpec(name, args, terminal);
      case 'infer-schema':
        return inferSchemas(name, args, terminal);
      case 'stress':
        return stress(name, args, terminal);
      case 'validate':
        return validateSpec(name, args, terminal);
      case 'debug':
        return debugScript((await readInput(name, terminal)).sql, numbersOf(args), terminal);
      default:
        return runTests(name, args, terminal);
    }
  },
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
const stemOf = (path: string): string => basename(path).replace(/\.[^.]+$/, '');
const isSql = (name: string): boolean => name === '-' || /\.sql$/i.test(name);

async function runTests(name: string, args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const { renderReport, testQuery } = await import('../testing/index.ts');
  const sql = isSql(name) ? (await readInput(name, terminal)).sql : undefined;
  const found = sql === undefined ? resolve(terminal.cwd, name) : await findSpec(name, args, terminal);
  const numbers = numbersOf(args);
  const memory = (): number => process.memoryUsage().heapUsed;
  const report =
    found === undefined
      ? await testQuery(sql as string, { ...numbers, memory })
      : await runSpecFile(found, sql, { ...numbers, memory }, args, terminal);
  if (found === undefined && args.has('kafka'))
    await terminal.stderr.write('without a spec the query was tested in memory, not over Kafka\n');
  const format = args.has('json') ? 'json' : ((args.text('format') ?? 'text') as (typeof FORMATS)[number]);
  const text = renderReport(report, format, { verbose: args.has('verbose'), color: terminal.color && args.text('out') === undefined });
  const out = args.text('out');
  if (out === undefined) await terminal.stdout.write(text);
  else {
    await writeNew(resolve(terminal.cwd, out), text, true);
    await terminal.stderr.write(`${report.passed ? 'passed' : 'failed'}; the report is in ${out}\n`);
  }
  if (found === undefined && format === 'text')
    await terminal.stderr.write(`there is no spec beside ${name}; "velo test init ${name}" writes one\n`);
  return report.passed ? 0 : 1;
}

interface Numbers {
  readonly records?: number;
  readonly seed?: number;
  readonly timeoutMs?: number;
}

function numbersOf(args: CommandArguments): Numbers {
  const records = wholeNumber(args, 'records', 0);
  const seed = wholeNumber(args, 'seed', 0);
  const timeoutMs = wholeNumber(args, 'timeout-ms', 1);
  return {
    ...(records === undefined ? {} : { records }),
    ...(seed === undefined ? {} : { seed }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

async function runSpecFile(
  path: string,
  sql: string | undefined,
  o: Numbers & { readonly memory: () => number },
  args: CommandArguments,
  terminal: Terminal,
) {
  const { runTestSpec } = await import('../testing/index.ts');
  const { VeloError } = await import('../diagnostics/velo-error.ts');
  const text = await readSpecText(path, terminal);
  const folder = dirname(path);
  const files = testFiles(folder, terminal.cwd, args.has('update-golden'));
  const query = args.text('query');
  const scenario = args.text('scenario');
  const jobs = wholeNumber(args, 'jobs', 1);
  const stop = new AbortController();
  const leave = terminal.onInterrupt(() => stop.abort());
  const started = performance.now();
  const broker = await brokerOf(args, terminal);
  try {
    return await runTestSpec(text, {
      ...o,
      files,
      formats: (wanted) => loadFormat(wanted, terminal.cwd),
      signal: stop.signal,
      updateGolden: args.has('update-golden'),
      variables: (name) => process.env[name],
      schemaFolder: relative(folder, resolve(terminal.cwd, args.text('schemas') ?? join(folder, 'schemas'))) || '.',
      ...(sql === undefined ? await sqlBeside(path, text) : { sql }),
      ...(query === undefined ? {} : { filter: query }),
      ...(scenario === undefined ? {} : { scenario }),
      ...(jobs === undefined ? {} : { jobs }),
      ...(broker === undefined ? {} : { broker }),
      onProgress: ({ query: current, index, total, report }) => {
        if (terminal.stderr.isTerminal && performance.now() - started > 1000)
          void terminal.stderr.write(`\r\x1b[K${index + (report ? 1 : 0)}/${total} ${current}${report && index + 1 === total ? '\n' : ''}`);
      },
    });
  } catch (error) {
    if (!VeloError.is(error)) throw error;
    throw new UsageError(error.message, error.hint);
  } finally {
    leave();
    await broker?.close();
  }
}

async function brokerOf(args: CommandArguments, terminal: Terminal): ReturnType<typeof loadBroker> {
  const brokers = args.text('kafka');
  if (brokers === undefined) return undefined;
  const broker = await loadBroker(brokers, terminal.cwd);
  if (!broker)
    throw new UsageError('option "--kafka" needs a package that is not installed', 'Run npm install @velostream/connectors kafkajs.');
  return broker;
}

/** A spec without SQL of its own tests the script of the same name. */
async function sqlBeside(path: string, text: string): Promise<{ sql?: string }> {
  if (/^\s*(sql|sql_file)\s*:/m.test(text)) return {};
  const { readFile } = await import('node:fs/promises');
  const base = basename(path)
    .replace(/\.(test|spec)?\.?ya?ml$/i, '')
    .replace(/\.(test|spec)$/i, '');
  for (const candidate of [
    join(dirname(path), `${base}.sql`),
    join(dirname(path), '..', 'apps', `${base}.sql`),
    join(dirname(path), '..', `${base}.sql`),
  ]) {
    const sql = await readFile(candidate, 'utf8').catch(() => undefined);
    if (sql !== undefined) return { sql };
  }
  return {};
}

async function initSpec(name: string, args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const { inferSpec, writeTestSpec } = await import('../testing/index.ts');
  const { sql } = await readInput(name, terminal);
  const spec = inferSpec(sql, { application: stemOf(name) });
  if (spec.queries.length === 0) throw new UsageError(`"${name}" has no query to test`, 'Give a SELECT or a CREATE STREAM … AS SELECT.');
  const out = resolve(terminal.cwd, args.text('out') ?? join(dirname(name), `${stemOf(name)}.test.yaml`));
  await writeNew(out, writeTestSpec({ ...spec, sqlFile: relative(dirname(out), resolve(terminal.cwd, name)) }), args.has('yes'));
  await terminal.stdout.write(
    args.has('json')
      ? `${JSON.stringify({ spec: out, queries: spec.queries.map((q) => q.name) })}\n`
      : `${relative(terminal.cwd, out)}: ${spec.queries.length} queries\n`,
  );
  return 0;
}

async function inferSchemas(name: string, args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const { inferSchema, inferSchemaFromRows, writeDataSchema } = await import('../testing/data.ts');
  const { readRecords } = await import('../testing/spec/read-records.ts');
  const { sql: text } = await readInput(name, terminal);
  const schemas = isSql(name)
    ? Object.values(inferSchema(text))
    : [inferSchemaFromRows(readRecords(text, /\.jsonl$/i.test(name) ? 'jsonl' : /\.json$/i.test(name) ? 'json' : 'csv'), stemOf(name))];
  if (schemas.length === 0) throw new UsageError(`"${name}" reads no source`, 'Give a script with FROM, or a file of rows.');
  const folder = args.text('schemas') ?? args.text('out');
  for (const schema of schemas) {
    const yaml = writeDataSchema(schema);
    if (folder === undefined) await terminal.stdout.write(`${schemas.length > 1 ? '---\n' : ''}${yaml}`);
    else await writeNew(resolve(terminal.cwd, folder, `${schema.name.replace(/[^\w.-]/g, '_')}.schema.yaml`), yaml, args.has('yes'));
  }
  return 0;
}

async function stress(name: string, args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const { stressQuery } = await import('../testing/index.ts');
  const { sql } = await readInput(name, terminal);
  const { records, seed } = numbersOf(args);
  const seconds = Number((args.text('duration') ?? '60').replace(/s$/, ''));
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new UsageError(`option "--duration" does not take "${args.text('duration')}"`, 'Give seconds.');
  const result = await stressQuery(sql, {
    ...(records === undefined ? {} : { recordsPerSource: records }),
    ...(seed === undefined ? {} : { seed }),
    durationMs: seconds * 1000,
    memory: () => process.memoryUsage().heapUsed,
    onReport: (r) => void terminal.stderr.write(`${r.totalRecords} records, ${r.recordsPerSecond} records/s\n`),
  });
  if (args.has('json') || args.text('format') === 'json') await terminal.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else
    await terminal.stdout.write(
      [
        `${result.totalRecords} records in ${Math.round(result.durationMs)} ms: ${result.recordsPerSecond} records/s, ${Math.round(result.bytesPerSecond / 1024)} KB/s`,
        `time per record: p50 ${result.latency.p50.toFixed(1)} µs, p95 ${result.latency.p95.toFixed(1)} µs, p99 ${result.latency.p99.toFixed(1)} µs`,
        `errors: ${result.errors} · output: ${result.outputRecords} rows`,
        '',
      ].join('\n'),
    );
  return result.errors > 0 ? 1 : 0;
}

async function validateSpec(name: string, args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const { readTestSpec } = await import('../testing/index.ts');
  const { readDataSchema } = await import('../testing/data.ts');
  const { VeloError } = await import('../diagnostics/velo-error.ts');
  const { sql: text } = await readInput(name, terminal);
  try {
    const isSchema = /^\s*(fields|schema)\s*:/m.test(text) && !/^\s*queries\s*:/m.test(text);
    const read = isSchema ? readDataSchema(text, stemOf(name)) : readTestSpec(text);
    if ('spec' in read) (await import('../testing/spec/check-assertions.ts')).checkAssertions(read.spec);
    const { warnings } = read;
    await terminal.stdout.write(
      args.has('json')
        ? `${JSON.stringify({ ok: true, warnings })}\n`
        : [...warnings.map((w) => `warning: ${w}`), `${name}: ok`, ''].join('\n'),
    );
    return 0;
  } catch (error) {
    if (!VeloError.is(error)) throw error;
    await terminal.stdout.write(
      args.has('json')
        ? `${JSON.stringify({ ok: false, error: { code: error.code, message: error.message } })}\n`
        : `${name}: ${error.message}\n`,
    );
    return 1;
  }
}
