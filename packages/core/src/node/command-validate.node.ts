import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderDiagnostic } from '../diagnostics/render.ts';
import type { Command } from './command.ts';
import { CATALOG_OPTION, readCatalog } from './read-catalog.node.ts';
import { readInputs, type SqlInput } from './read-input.node.ts';
import { UsageError } from './usage-error.ts';

interface Checked extends SqlInput {
  readonly diagnostics: readonly Diagnostic[];
}

const countOf = ({ diagnostics }: Checked, severity: Diagnostic['severity']): number =>
  diagnostics.filter((d) => d.severity === severity).length;

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

function summary(checked: Checked): string {
  const errors = countOf(checked, 'error');
  const warnings = countOf(checked, 'warning');
  if (errors + warnings === 0) return `${checked.name}: ok`;
  return `${checked.name}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
}

/** `velo validate`: says what is wrong with scripts, without running them. */
export const validateCommand: Command = {
  name: 'validate',
  about: 'Check scripts and say what is wrong where. Exit code 1 when there is an error.',
  takes: '<file.sql | -> … [options]',
  options: [
    { name: 'json', about: 'Diagnostics as one JSON object.' },
    { name: 'mode', value: '<mode>', choices: ['lenient', 'strict'], about: 'How much other spelling is accepted; lenient by default.' },
    { name: 'purpose', value: '<purpose>', choices: ['query', 'deploy'], about: 'deploy also checks sinks and configuration.' },
    CATALOG_OPTION,
  ],
  examples: ['velo validate jobs/*.sql', 'velo validate app.sql --purpose deploy --json', 'velo validate query.sql --catalog schemas.json'],
  async run(args, terminal) {
    if (args.positionals.length === 0)
      throw new UsageError('no file was given', 'Write velo validate <file.sql>, or "-" for standard input.');
    const { validate } = await import('../sql/index.ts');
    const catalog = await readCatalog(args, terminal);
    const options = {
      mode: args.text('mode') === 'strict' ? 'strict' : 'lenient',
      purpose: args.text('purpose') === 'deploy' ? 'deploy' : 'query',
      ...(catalog && { catalog }),
    } as const;
    const inputs = await readInputs(args.positionals, terminal);
    const checked: Checked[] = inputs.map((input) => ({ ...input, diagnostics: validate(input.sql, options) }));
    const isOk = checked.every((file) => countOf(file, 'error') === 0);
    const text = args.has('json')
      ? JSON.stringify({ ok: isOk, files: checked.map(({ name, diagnostics }) => ({ file: name, diagnostics })) }, null, 2)
      : checked.map((file) => [...rendered(file, terminal.color), summary(file)].join('\n\n')).join('\n\n');
    await terminal.stdout.write(`${text}\n`);
    return isOk ? 0 : 1;
  },
};

const rendered = ({ name, sql, diagnostics }: Checked, color: boolean): string[] =>
  diagnostics.map((d) => renderDiagnostic(sql, d, { file: name, color }));
