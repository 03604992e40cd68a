import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { fillVariables } from './fill-variables.ts';
import { pairs, wholeNumber } from './read-arguments.node.ts';
import { onlyName, readInput } from './read-input.node.ts';
import { ROW_FORMATS, type RowFormat } from './row-output.ts';
import { UsageError } from './usage-error.ts';

const SIMPLEST = `velo run query.sql, or the SQL itself: velo run "SELECT * FROM 'trades.csv'"`;

/** By the end of the name; a statement that ends so has spaces. */
const HOLDS_ROWS = /^\S+\.(?:csv|tsv|json|jsonl|ndjson|parquet|avro)(?:\.gz)?$/i;

/** `velo run`: the rows of the script's last query. */
export const runCommand: Command = {
  name: 'run',
  about: "Run the last query of a script and print its rows. Sources come from the script's WITH and URIs, or from --source.",
  takes: '<file.sql | - | "SQL"> [options]',
  options: [
    { name: 'format', short: 'f', value: '<name>', choices: ROW_FORMATS, about: 'How rows are printed; table by default.' },
    { name: 'json', about: 'Rows as one JSON object per line (as --format jsonl), problems as JSON too.' },
    { name: 'limit', short: 'n', value: '<n>', about: 'Stop after this many rows.' },
    {
      name: 'source',
      short: 's',
      value: '<name=uri>',
      many: true,
      about: 'Read the stream of this name from a path or a URI, such as trades.csv or kafka://broker/trades.',
    },
    { name: 'set', value: '<name=value>', many: true, about: `Value of '\${name}' in the quoted texts of the script.` },
    { name: 'root', value: '<dir>', about: 'Directory that files are read from and written to; the current one by default.' },
  ],
  examples: [
    'velo run query.sql --limit 20',
    'velo run query.sql --root data --format csv > out.csv',
    `velo run "SELECT symbol, AVG(price) AS mean FROM 'file://stocks.csv' GROUP BY symbol EMIT FINAL"`,
    'velo run "SELECT * FROM trades" --source trades=trades.csv --limit 5',
  ],
  async run(args, terminal) {
    const name = onlyName(args.positionals, 'run', SIMPLEST);
    if (HOLDS_ROWS.test(name))
      throw new UsageError(
        `"${name}" is a file of rows, and SQL is expected`,
        `To read its rows, write velo run "SELECT * FROM '${name}'".`,
      );
    const input = await readInput(name, terminal);
    const filled = { name: input.name, sql: fillVariables(input.sql, pairs(args, 'set')) };
    const limit = wholeNumber(args, 'limit', 1) ?? Number.POSITIVE_INFINITY;
    const root = resolve(terminal.cwd, args.text('root') ?? '.');
    const format: RowFormat = args.has('json') ? 'jsonl' : ((args.text('format') as RowFormat | undefined) ?? 'table');
    // The engine is loaded once it is needed: help and wrong usage answer at once.
    const { runScript } = await import('./run-script.node.ts');
    return await runScript({ input: filled, args, format, limit, root }, terminal);
  },
};
