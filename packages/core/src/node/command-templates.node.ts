import type { TemplateProblem } from '../apps/index.ts';
import type { Command } from './command.ts';
import { readInput } from './read-input.node.ts';
import { UsageError } from './usage-error.ts';

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => (row[c] ?? '').length)));
  return rows.map((row) => row.map((cell, c) => (c === row.length - 1 ? cell : cell.padEnd(widths[c] ?? 0))).join('  ')).join('\n');
};

const problemLine = ({ severity, where, message }: TemplateProblem): string => `${severity}: ${where}: ${message}`;

/** `velo templates`: what there is, one in full, and checks of template files. */
export const templatesCommand: Command = {
  name: 'templates',
  about: 'List the application templates, print the SQL of one, or check template files.',
  takes: '[list | show <id> | lint <file.yaml> …] [options]',
  options: [
    { name: 'json', about: 'The answer as JSON.' },
    { name: 'category', value: '<name>', about: 'Only templates of this category.' },
  ],
  examples: ['velo templates', 'velo templates show fraud-detection', 'velo templates lint my-template.yaml'],
  async run(args, terminal) {
    const [verb = 'list', ...rest] = args.positionals;
    const apps = await import('../apps/index.ts');
    const print = async (data: unknown, text: string): Promise<void> => {
      await terminal.stdout.write(`${args.has('json') ? JSON.stringify(data, null, 2) : text}\n`);
    };
    if (verb === 'list') {
      const wanted = args.text('category')?.toLowerCase();
      const all = (await apps.loadTemplates())
        .filter((t) => wanted === undefined || t.category.toLowerCase().includes(wanted))
        .map(apps.summaryOf);
      const rows = all.map((t) => [
        t.id,
        t.category,
        `${t.queryCount} queries`,
        `${t.alertsCount} alerts`,
        t.requiredTopics.join(', '),
        t.description,
      ]);
      await print(all, all.length === 0 ? 'no template of this category' : table(rows));
      return 0;
    }
    if (verb === 'show') {
      const [id] = rest;
      if (id === undefined) throw new UsageError('no template was named', 'Write velo templates show <id>.');
      const all = await apps.loadTemplates();
      const template = all.find((t) => t.id === id || t.aliases.includes(id));
      if (template === undefined) throw new UsageError(`there is no template "${id}"`, `Templates: ${all.map((t) => t.id).join(', ')}.`);
      await print(template, apps.appScript(apps.templateApp(template)));
      return 0;
    }
    if (verb !== 'lint') throw new UsageError(`"${verb}" is nothing that can be done with templates`, 'Use list, show or lint.');
    if (rest.length === 0) throw new UsageError('no file was given', 'Write velo templates lint <file.yaml>.');
    const found: { file: string; problems: readonly TemplateProblem[] }[] = [];
    for (const file of rest) {
      const { sql: text } = await readInput(file, terminal);
      found.push({ file, problems: apps.lintTemplate(apps.parseTemplate(text)) });
    }
    await print(
      found,
      found
        .map(({ file, problems }) =>
          [`${file}: ${problems.length === 0 ? 'ok' : `${problems.length} problems`}`, ...problems.map(problemLine)].join('\n'),
        )
        .join('\n'),
    );
    return found.some(({ problems }) => problems.some((p) => p.severity === 'error')) ? 1 : 0;
  },
};
