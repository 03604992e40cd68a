import { resolve } from 'node:path';
import type { ConnectorDefinition } from '../connect/connector.ts';
import { flink } from '../deploy/flink/flink.ts';
import type { DeployTarget } from '../protocol/studio/deployment.ts';
import type { CommandArguments } from './command.ts';
import { fileSystem } from './file-system.node.ts';
import { UsageError } from './usage-error.ts';

/** The target of a cluster; a token for it is read from FLINK_TOKEN, so that it stands in no process list. */
export function flinkTarget(
  gatewayUrl: string,
  args: CommandArguments,
  cwd: string,
  connectors: readonly ConnectorDefinition[],
): DeployTarget {
  const savepointDirectory = args.text('flink-savepoints');
  if (savepointDirectory === undefined)
    throw new UsageError(
      '--flink-gateway needs --flink-savepoints',
      'Name a directory that the cluster can write to, e.g. s3://bucket/savepoints.',
    );
  const restUrl = args.text('flink-rest');
  const streams = args.text('flink-streams');
  const parallelism = args.text('flink-parallelism');
  if (parallelism !== undefined && !/^[1-9]\d{0,4}$/.test(parallelism))
    throw new UsageError(`"${parallelism}" is no parallelism`, 'Use a number from 1.');
  const stateBackend = args.text('flink-state-backend');
  if (stateBackend !== undefined && stateBackend !== 'hashmap' && stateBackend !== 'rocksdb')
    throw new UsageError(`"${stateBackend}" is no state backend`, 'Use hashmap or rocksdb.');
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
    ...(stateBackend === undefined ? {} : { stateBackend }),
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
}
