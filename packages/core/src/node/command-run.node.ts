import { resolve } from 'node:path';
import type { EngineOptions, Query, SourceInput } from '../engine/api.ts';
import { createEngine } from '../engine/index.ts';
import type { Command, CommandArguments, ExitCode } from './command.ts';
import { fillVariables } from './fill-variables.ts';
import { type LoadedConnectors, loadConnectors } from './load-connectors.node.ts';
import { errorJson, errorText, withInstallHint } from './problem-text.ts';
import { showProgress } from './progress.node.ts';
import { pairs, wholeNumber } from './read-arguments.node.ts';
import { onlyName, readInput, type SqlInput } from './read-input.node.ts';
import { ROW_FORMATS, type RowFormat } from './row-output.ts';
import { runReport } from './run-report.ts';
import type { Terminal } from './terminal.node.ts';
import { writeRows } from './write-rows.node.ts';

/** `velo run`: the rows of the script's last query. */
export const runCommand: Command = {
  name: 'run',
  about: "Run the last query of a script and print its rows. Sources come from the script's WITH and URIs, or from --source.",
  takes: '<file.sql | -> [options]',
  options: [
    { name: 'format', short: 'f', value: '<name>', choices: ROW_FORMATS, about: 'How rows are printed; table by default.' },
    { name: 'json', about: 'Rows as one JSON object per line (as --format jsonl), problems as JSON too.' },
    { name: 'limit', short: 'n', value: '<n>', about: 'Stop after this many rows.' },
    {
      name: 'source',
      short: 's',
      value: '<name=uri>',
      many: true,
      about: 'Read the stream of this name from a URI such as file://trades.csv.',
    },
    { name: 'set', value: '<name=value>', many: true, about: `Value of '\${name}' in the quoted texts of the script.` },
    { name: 'root', value: '<dir>', about: 'Directory that files are read from and written to; the current one by default.' },
  ],
  examples: [
    'velo run query.sql --limit 20',
    'velo run query.sql --root data --format csv > out.csv',
    `echo "SELECT symbol, AVG(price) AS mean FROM 'file://stocks.csv' GROUP BY symbol" | velo run -`,
  ],
  async run(args, terminal) {
    const input = await readInput(onlyName(args.positionals, 'run'), terminal);
    const filled = { name: input.name, sql: fillVariables(input.sql, pairs(args, 'set')) };
    const limit = wholeNumber(args, 'limit', 1) ?? Number.POSITIVE_INFINITY;
    const root = resolve(terminal.cwd, args.text('root') ?? '.');
    const format: RowFormat = args.has('json') ? 'jsonl' : ((args.text('format') as RowFormat | undefined) ?? 'table');
    const connectors = await loadConnectors([root], terminal.cwd);
    return await run({ input: filled, args, format, limit, connectors }, terminal);
  },
};

interface Run {
  readonly input: SqlInput;
  readonly args: CommandArguments;
  readonly format: RowFormat;
  readonly limit: number;
  readonly connectors: LoadedConnectors;
}

async function run({ input, args, format, limit, connectors }: Run, terminal: Terminal): Promise<ExitCode> {
  const stop = new AbortController();
  const leave = terminal.onInterrupt(() => stop.abort());
  const options: EngineOptions = { connectors: connectors.definitions, sources: sourcesOf(args) };
  const engine = createEngine(options);
  const query = engine.run(input.sql, { signal: stop.signal });
  const progress = showProgress(terminal.stderr, () => query.metrics());
  let failure: unknown;
  try {
    await writeRows(query, {
      format,
      limit,
      output: terminal.stdout,
      before: () => (terminal.stdout.isTerminal ? progress.hide() : undefined),
    });
  } catch (error) {
    failure = error;
  }
  await progress.stop();
  leave();
  const outcome = await report({ query, failure: stop.signal.aborted ? undefined : failure, connectors, input, args }, terminal);
  await engine.close();
  return outcome;
}

/** `--source name=uri` */
function sourcesOf(args: CommandArguments): Record<string, SourceInput> {
  const sources: Record<string, SourceInput> = Object.create(null);
  for (const [name, uri] of pairs(args, 'source')) sources[name] = { uri };
  return sources;
}

interface Ended {
  readonly query: Query;
  readonly failure: unknown;
  readonly connectors: LoadedConnectors;
  readonly input: SqlInput;
  readonly args: CommandArguments;
}

async function report({ query, failure, connectors, input, args }: Ended, terminal: Terminal): Promise<ExitCode> {
  if (failure !== undefined) {
    const error = withInstallHint(failure, connectors.missing);
    await terminal.stderr.write(`${args.has('json') ? errorJson(error) : errorText(error, input, terminal.color)}\n`);
    return 1;
  }
  const lines = runReport(query, { isComplete: terminal.stderr.isTerminal });
  if (lines.length > 0 && !args.has('json')) await terminal.stderr.write(`${lines.join('\n')}\n`);
  return 0;
}
