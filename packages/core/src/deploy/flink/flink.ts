import type { DeployTarget } from '../../protocol/studio/deployment.ts';
import { toFlink } from '../../sql/flink/index.ts';
import { type FlinkOptions, flinkWith } from './flink-target.ts';

/**
 * Runs applications on Apache Flink, through its SQL Gateway: the same SQL, printed for Flink, a job for each query. Jobs stop with a
 * savepoint and go on from it; they run on when this process ends, and are found again by the next one.
 *
 * @example
 * const target = flink({ gatewayUrl: 'http://flink:8083', savepointDirectory: 's3://state/savepoints', fs: fileSystem() });
 */
export function flink(options: FlinkOptions): DeployTarget {
  return flinkWith(toFlink, options);
}
