import { resolve } from 'node:path';
import type { ConnectorDefinition } from '../connect/connector.ts';
import { flink } from '../deploy/flink/flink.ts';
import type { DeployTarget } from '../protocol/studio/deployment.ts';
import type { CommandArguments, CommandOption } from './command.ts';
import { fileSystem } from './file-system.node.ts';
import { UsageError } from './usage-error.ts';

/** Options of commands that deploy to Apache Flink. */
export const FLINK_OPTIONS: readonly CommandOption[] = [
  { name: 'flink-gateway', value: '<url>', about: 'Deploy to Apache Flink through the SQL Gateway there; the target is called "flink".' },
  { name: 'flink-rest', value: '<url>', about: 'Its JobManager; the host of the gateway at port 8081 by default.' },
  { name: 'flink-savepoints', value: '<uri>', about: 'Where the cluster keeps savepoints, e.g. s3://bucket/savepoints; needed with --flink-gateway.' },
  { name: 'flink-streams', value: '<uri>', about: 'Streams between queries are topics there: kafka://broker:9092. Otherwise such queries share a job.' },
  { name: 'flink-parallelism', value: '<n>', about: 'Of every job; the default of the cluster otherwise.' },
];

/** The target that the options name; a token for the cluster is read from FLINK_TOKEN, so that it stands in no process list. */
export function flinkTarget(args: CommandArguments, cwd: string, connectors: readonly ConnectorDefinition[]): DeployTarget | undefined {
  const gatewayUrl = args.text('flink-gateway');
  if (gatewayUrl === undefined) {
    const lost = FLINK_OPTIONS.find((option) => args.text(option.name) !== undefined);
    if (lost !== undefined) throw new UsageError(`--${lost.name} needs --flink-gateway`, 'Say where the SQL Gateway is.');
    return undefined;
  }
  if (!URL.canParse(gatewayUrl) || !/^https?:/.test(gatewayUrl))
    throw new UsageError(`"${gatewayUrl}" is no address of a SQL Gateway`, 'Use one like http://localhost:8083.');
  const savepointDirectory = args.text('flink-savepoints');
  if (savepointDirectory === undefined)
    throw new UsageError('--flink-gateway needs --flink-savepoints', 'Name a directory that the cluster can write to, e.g. s3://bucket/savepoints.');
  const restUrl = args.text('flink-rest');
  const streams = args.text('flink-streams');
  const parallelism = args.text('flink-parallelism');
  if (parallelism !== undefined && !/^[1-9]\d{0,4}$/.test(parallelism)) throw new UsageError(`"${parallelism}" is no parallelism`, 'Use a number from 1.');
  const token = process.env['FLINK_TOKEN'];
  return flink({
    gatewayUrl,
    savepointDirectory,
    connectors,
    fs: fileSystem(),
    directory: resolve(cwd, '.velo/flink'),
    ...(restUrl === undefined ? {} : { restUrl }),
    ...(streams === undefined ? {} : { streams }),
    ...(parallelism === undefined ? {} : { parallelism: Number(parallelism) }),
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
}
