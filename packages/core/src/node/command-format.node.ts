import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderDiagnostic } from '../diagnostics/render.ts';
import type { Command, CommandArguments, ExitCode } from './command.ts';
import { fileSystem } from './file-system.node.ts';
import { readInputs, type SqlInput } from './read-input.node.ts';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

interface Formatted extends SqlInput {
  /** Null where the text has errors: then it stays as it is. */
  readonly text: string | null;
  readonly errors: readonly Diagnostic[];
}

type Target = 'studio' | 'velostream';

async function formatted(input: SqlInput, target: Target): Promise<Formatted> {
  const { format, parse } = await import('../sql/index.ts');
  const errors = parse(input.sql).diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) return { ...input, text: null, errors };
  return { ...input, text: `${format(input.sql, { target }).trimEnd()}\n`, errors };
}

const hasChanged = ({ text, sql }: Formatted): boolean => text !== null && text !== sql;

/** `velo format`: one way to write a script. */
export const formatCommand: Command = {
  name: 'format',
  about: 'Print scripts in their canonical form, or rewrite the files.',
  takes: '<file.sql | -> … [options]',
  options: [
    { name: 'write', short: 'w', about: 'Rewrite the files instead of printing.' },
    { name: 'check', about: 'Change nothing; exit code 1 when a file would change.' },
    { name: 'target', value: '<target>', choices: ['studio', 'velostream'], about: 'Whose spelling; studio by default.' },
    { name: 'json', about: 'As one JSON object: for each file its text, whether it changed, and errors.' },
  ],
  examples: ['velo format query.sql', 'velo format --write jobs/*.sql', 'velo format --check jobs/*.sql', 'velo format - < query.sql'],
  async run(args, terminal) {
    const isWriting = args.has('write');
    if (args.positionals.length === 0)
      throw new UsageError('no file was given', 'Write velo format <file.sql>, or "-" for standard input.');
    if (isWriting && args.has('check')) throw new UsageError('--write and --check exclude each other', 'Use one of them.');
    if (isWriting && args.positionals.includes('-')) throw new UsageError('standard input cannot be rewritten', 'Leave out --write.');
    const inputs = await readInputs(args.positionals, terminal);
    const target = (args.text('target') as Target | undefined) ?? 'studio';
    const files = await Promise.all(inputs.map((input) => formatted(input, target)));
    if (isWriting) {
      for (const file of files) {
        if (hasChanged(file)) await fileSystem().writeAtomic(resolve(terminal.cwd, file.name), new TextEncoder().encode(file.text ?? ''));
      }
    }
    await print(files, args, terminal);
    return exitCode(files, args);
  },
};

function exitCode(files: readonly Formatted[], args: CommandArguments): ExitCode {
  return files.some(({ errors }) => errors.length > 0) || (args.has('check') && files.some(hasChanged)) ? 1 : 0;
}

async function print(files: readonly Formatted[], args: CommandArguments, terminal: Terminal): Promise<void> {
  if (args.has('json')) {
    const list = files.map((file) => ({ file: file.name, changed: hasChanged(file), text: file.text, diagnostics: file.errors }));
    await terminal.stdout.write(`${JSON.stringify({ files: list }, null, 2)}\n`);
    return;
  }
  for (const { name, sql, errors } of files) {
    for (const d of errors) await terminal.stderr.write(`${renderDiagnostic(sql, d, { file: name, color: terminal.color })}\n`);
  }
  const isListing = args.has('write') || args.has('check');
  for (const file of files) {
    if (isListing && hasChanged(file)) await terminal.stdout.write(`${file.name}\n`);
    else if (!isListing && file.text !== null) await terminal.stdout.write(file.text);
  }
}
