import type { ConnectorDefinition } from '../connect/connector.ts';
import type { DeployTarget } from '../protocol/studio/deployment.ts';
import type { CommandArguments, CommandOption } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Options of commands that deploy to Apache Flink. */
export const FLINK_OPTIONS: readonly CommandOption[] = [
  { name: 'flink-gateway', value: '<url>', about: 'Deploy to Apache Flink through the SQL Gateway there; the target is called "flink".' },
  { name: 'flink-rest', value: '<url>', about: 'Its JobManager; the host of the gateway at port 8081 by default.' },
  {
    name: 'flink-savepoints',
    value: '<uri>',
    about: 'Where the cluster keeps savepoints, e.g. s3://bucket/savepoints; needed with --flink-gateway.',
  },
  {
    name: 'flink-streams',
    value: '<uri>',
    about: 'Streams between queries are topics there: kafka://broker:9092. Otherwise such queries share a job.',
  },
  { name: 'flink-parallelism', value: '<n>', about: 'Of every job; the default of the cluster otherwise.' },
  { name: 'flink-state-backend', value: '<name>', about: 'hashmap, or rocksdb for state on disk; the default of the cluster otherwise.' },
];

/** The target that the options name; the printer and the clients are loaded with it. */
export async function flinkTargetOf(
  args: CommandArguments,
  cwd: string,
  connectors: readonly ConnectorDefinition[],
): Promise<DeployTarget | undefined> {
  const gatewayUrl = args.text('flink-gateway');
  if (gatewayUrl === undefined) {
    const lost = FLINK_OPTIONS.find((option) => args.text(option.name) !== undefined);
    if (lost !== undefined) throw new UsageError(`--${lost.name} needs --flink-gateway`, 'Say where the SQL Gateway is.');
    return undefined;
  }
  if (!URL.canParse(gatewayUrl) || !/^https?:/.test(gatewayUrl))
    throw new UsageError(`"${gatewayUrl}" is no address of a SQL Gateway`, 'Use one like http://localhost:8083.');
  const { flinkTarget } = await import('./flink-target.node.ts');
  return flinkTarget(gatewayUrl, args, cwd, connectors);
}
