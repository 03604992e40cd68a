import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command, CommandArguments, ExitCode } from './command.ts';
import { testCommand } from './command-test.node.ts';
import { onlyName, readInput } from './read-input.node.ts';
import type { Terminal } from './terminal.node.ts';
import { findSpec, writeNew } from './test-files.node.ts';
import { UsageError } from './usage-error.ts';

/** `velo quickstart`: from a script to a test that runs, in five steps that say what they do. */
export const quickstartCommand: Command = {
  name: 'quickstart',
  about: 'From a script to its first test in five steps: check it, look for what is there, write a spec and schemas where they miss, run.',
  takes: '<app.sql> [options]',
  options: [
    { name: 'records', short: 'n', value: '<n>', about: 'Rows per source.' },
    { name: 'seed', value: '<n>', about: 'The same seed gives the same rows.' },
    { name: 'dry-run', about: 'Say what would be written, and write nothing.' },
    { name: 'json', about: 'Problems as JSON.' },
  ],
  examples: ['velo quickstart app.sql', 'velo quickstart app.sql --dry-run'],
  async run(args, terminal) {
    const file = onlyName(args.positionals, 'quickstart');
    if (!/\.sql$/i.test(file)) throw new UsageError(`"${file}" is no SQL file`, 'Give a file whose name ends in .sql.');
    const say = (step: number, text: string): Promise<void> => terminal.stdout.write(`${step}/5 ${text}\n`);
    const { sql } = await readInput(file, terminal);
    const { parse } = await import('../sql/syntax/index.ts');
    const parsed = parse(sql);
    const wrong = parsed.diagnostics.find((d) => d.severity === 'error');
    if (wrong) {
      await say(1, `${file}:${wrong.line}:${wrong.column}: ${wrong.message}`);
      if (wrong.hint !== undefined) await terminal.stdout.write(`    ${wrong.hint}\n`);
      return 1;
    }
    await say(1, `${parsed.statements.length} statements, no mistakes of syntax`);
    const spec = await findSpec(file, noOptions, terminal);
    const folder = resolve(terminal.cwd, dirname(file), 'schemas');
    const known = (await readdir(folder).catch((): string[] => [])).filter((name) => /\.ya?ml$/.test(name));
    await say(2, `found ${spec === undefined ? 'no spec' : relative(terminal.cwd, spec)}, ${known.length} data schemas`);
    return finish({ file, sql, spec, folder, known }, args, terminal, say);
  },
};

const noOptions: CommandArguments = { positionals: [], has: () => false, text: () => undefined, texts: () => [] };

interface Found {
  readonly file: string;
  readonly sql: string;
  readonly spec: string | undefined;
  readonly folder: string;
  readonly known: readonly string[];
}

async function finish(
  { file, sql, spec, folder, known }: Found,
  args: CommandArguments,
  terminal: Terminal,
  say: (step: number, text: string) => Promise<void>,
): Promise<ExitCode> {
  const { inferSpec, writeTestSpec } = await import('../testing/index.ts');
  const { inferSchema, writeDataSchema } = await import('../testing/data.ts');
  const dry = args.has('dry-run');
  const stem = basename(file).replace(/\.sql$/i, '');
  if (spec !== undefined) await say(3, 'the spec stays as it is');
  else {
    const made = inferSpec(sql, { application: stem });
    if (made.queries.length === 0) throw new UsageError(`"${file}" has no query to test`, 'Give a SELECT or a CREATE STREAM … AS SELECT.');
    const path = resolve(terminal.cwd, dirname(file), `${stem}.test.yaml`);
    if (!dry) await writeNew(path, writeTestSpec({ ...made, sqlFile: basename(file) }), false);
    await say(3, `${dry ? 'would write' : 'wrote'} ${relative(terminal.cwd, path)} with ${made.queries.length} queries`);
  }
  const missing = Object.values(inferSchema(sql)).filter((schema) => !known.some((name) => name.startsWith(`${schema.name}.`)));
  for (const schema of missing) {
    const name = `${schema.name.replace(/[^\w.-]/g, '_')}.schema.yaml`;
    if (!dry && !known.includes(name)) await writeNew(join(folder, name), writeDataSchema(schema), false);
  }
  const names = missing.map((schema) => schema.name).join(', ');
  await say(4, missing.length === 0 ? 'schemas are there' : `${dry ? 'would write' : 'wrote'} data schemas for ${names}`);
  if (dry) {
    await say(5, `would run velo test ${file}`);
    return 0;
  }
  await say(5, `velo test ${file}`);
  const own: CommandArguments = {
    ...noOptions,
    positionals: [file],
    text: (name) => (name === 'records' || name === 'seed' ? args.text(name) : undefined),
  };
  return testCommand.run(own, terminal);
}
