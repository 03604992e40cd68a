import { basename, resolve } from 'node:path';
import type { Command } from './command.ts';
import { FLINK_OPTIONS, flinkTargetOf } from './flink-options.ts';
import { pairs, wholeNumber } from './read-arguments.node.ts';
import { onlyName, readInput } from './read-input.node.ts';
import { UsageError } from './usage-error.ts';

/** `velo deploy`: shows the plan of an application; with --run runs it here, with --bundle writes what another host needs. */
export const deployCommand: Command = {
  name: 'deploy',
  about: 'Plan an application from a SQL file; run it here with --run, or write it as files with --bundle.',
  takes: '<app.sql | -> [options]',
  options: [
    { name: 'name', value: '<name>', about: 'Name of the deployment; that of the application, or of the file, by default.' },
    { name: 'json', about: 'The plan as JSON.' },
    { name: 'run', about: 'Run it in this process until Ctrl-C. State is kept and taken up again.' },
    { name: 'plan-hash', value: '<hash>', about: 'Go on only if the plan still has this hash.' },
    { name: 'bundle', value: '<dir>', about: 'Write SQL, rules, dashboards, compose file and manifests into this directory.' },
    { name: 'state', value: '<dir>', about: 'Directory for state; .velo/deployments by default.' },
    { name: 'metrics-port', value: '<n>', about: 'Port for /metrics, /health and /jobs; 9091 by default, 0 for none.' },
    { name: 'metrics-host', value: '<host>', about: 'Address that they are served on; 127.0.0.1 by default.' },
    { name: 'checkpoint-ms', value: '<n>', about: 'Time between two commits; 1000 by default.' },
    { name: 'grafana', value: '<url>', about: 'Publish the dashboard there; the token is read from GRAFANA_TOKEN.' },
    {
      name: 'remote-write',
      value: '<url>',
      about: 'Also send the values of metrics there, with event time; a token is read from REMOTE_WRITE_TOKEN.',
    },
    { name: 'otlp', value: '<url>', about: 'Send spans to this OTLP/HTTP receiver; a token is read from OTLP_TOKEN.' },
    { name: 'source', short: 's', value: '<name=uri>', many: true, about: 'Read the stream of this name from a URI.' },
    { name: 'root', value: '<dir>', about: 'Directory that files are read from and written to; the current one by default.' },
    ...FLINK_OPTIONS,
  ],
  examples: [
    'velo deploy app.sql',
    'velo deploy app.sql --bundle dist/deploy',
    'velo deploy app.sql --run --state /var/lib/velo --metrics-port 9091',
    'velo deploy app.sql --run --flink-gateway http://localhost:8083 --flink-savepoints s3://state/savepoints',
  ],
  async run(args, terminal) {
    const { name: file, sql } = await readInput(onlyName(args.positionals, 'deploy'), terminal);
    if (args.has('run') && args.text('bundle') !== undefined)
      throw new UsageError('--run and --bundle do different things', 'Use one of them.');
    const { deployScript } = await import('./deploy-script.node.ts');
    return deployScript(
      {
        sql,
        fallbackName: basename(file).replace(/\.\w+$/, '') || 'app',
        ...(args.text('name') === undefined ? {} : { name: args.text('name') as string }),
        sources: Object.fromEntries(pairs(args, 'source')),
        root: resolve(terminal.cwd, args.text('root') ?? '.'),
        state: resolve(terminal.cwd, args.text('state') ?? '.velo/deployments'),
        metricsPort: wholeNumber(args, 'metrics-port', 0) ?? 9091,
        metricsHost: args.text('metrics-host') ?? '127.0.0.1',
        checkpointMs: wholeNumber(args, 'checkpoint-ms', 1) ?? 1000,
        json: args.has('json'),
        run: args.has('run'),
        flink: (connectors) => flinkTargetOf(args, terminal.cwd, connectors),
        ...(args.text('bundle') === undefined ? {} : { bundle: resolve(terminal.cwd, args.text('bundle') as string) }),
        ...(args.text('plan-hash') === undefined ? {} : { planHash: args.text('plan-hash') as string }),
        ...(args.text('remote-write') === undefined ? {} : { remoteWriteUrl: args.text('remote-write') as string }),
        ...(args.text('otlp') === undefined ? {} : { otlpUrl: args.text('otlp') as string }),
        ...(args.text('grafana') === undefined ? {} : { grafanaUrl: args.text('grafana') as string }),
      },
      terminal,
    );
  },
};
