import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command } from './command.ts';
import { onlyName, readInput } from './read-input.node.ts';
import { writeNew } from './test-files.node.ts';
import { UsageError } from './usage-error.ts';

/** `velo annotate`: a clean script in, the script of production and its monitoring out. */
export const annotateCommand: Command = {
  name: 'annotate',
  about:
    'Write a script again with metrics, job and deployment settings; with --monitoring also Prometheus, Alertmanager and Grafana files.',
  takes: '<app.sql | -> [options]',
  options: [
    {
      name: 'out',
      short: 'o',
      value: '<file>',
      about: 'Where the annotated script goes; <name>.annotated.sql beside it by default, "-" prints it.',
    },
    { name: 'name', short: 'n', value: '<name>', about: 'Name of the application; that of the file by default.' },
    { name: 'app-version', value: '<version>', about: 'Version of the application; 1.0.0 by default.' },
    { name: 'monitoring', short: 'm', value: '<dir>', about: 'Write the files of the monitoring stack into this directory.' },
    { name: 'yes', short: 'y', about: 'Write over files that are there.' },
    { name: 'json', about: 'What was added and written as JSON, problems as JSON too.' },
  ],
  examples: ['velo annotate app.sql', 'velo annotate app.sql --monitoring monitoring --app-version 1.2.0', 'velo annotate app.sql -o -'],
  async run(args, terminal) {
    const { name: file, sql } = await readInput(onlyName(args.positionals, 'annotate'), terminal);
    const { parse } = await import('../sql/syntax/index.ts');
    const wrong = parse(sql).diagnostics.find((d) => d.severity === 'error');
    if (wrong) throw new UsageError(`${file}:${wrong.line}:${wrong.column}: ${wrong.message}`, wrong.hint ?? 'See "velo validate".');
    const { annotateScript } = await import('../deploy/export/annotate-script.ts');
    const stem = basename(file).replace(/\.[^.]+$/, '');
    const name = args.text('name') ?? (stem === '-' ? 'app' : stem);
    const version = args.text('app-version');
    const annotated = annotateScript(sql, { name, ...(version === undefined ? {} : { version }) });
    const written: string[] = [];
    const write = async (path: string, text: string): Promise<void> => {
      await writeNew(path, text, args.has('yes'));
      written.push(relative(terminal.cwd, path));
    };
    const out = args.text('out') ?? (file === '-' ? '-' : join(dirname(file), `${stem}.annotated.sql`));
    if (out === '-') await terminal.stdout.write(annotated.sql);
    else await write(resolve(terminal.cwd, out), annotated.sql);
    const folder = args.text('monitoring');
    if (folder !== undefined) {
      const { files, warnings } = await monitoringFiles(annotated.sql, name);
      for (const warning of warnings) await terminal.stderr.write(`warning: ${warning}\n`);
      for (const [path, text] of Object.entries(files)) await write(resolve(terminal.cwd, folder, path), text);
    }
    if (args.has('json')) await terminal.stdout.write(`${JSON.stringify({ added: annotated.added, files: written })}\n`);
    else {
      for (const { statement, metrics } of annotated.added) await terminal.stderr.write(`${statement}: ${metrics.join(', ')}\n`);
      for (const path of written) await terminal.stderr.write(`wrote ${path}\n`);
    }
    return 0;
  },
};

async function monitoringFiles(sql: string, name: string) {
  const { analyzeApp, appOfScript } = await import('../apps/index.ts');
  const { stackFiles } = await import('../deploy/export/stack-files.ts');
  const { monitoringDashboard } = await import('../observability/monitoring-dashboard.ts');
  const app = appOfScript(sql, name);
  const { alerts, metrics, slug } = analyzeApp(app, { now: Date.now() });
  return stackFiles({
    app,
    alerts,
    schemas: {},
    metricsAddress: 'host.docker.internal:9091',
    dashboard: monitoringDashboard(slug, metrics, { hasJoins: /\bJOIN\b/i.test(sql) }),
  });
}
