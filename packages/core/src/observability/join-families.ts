import type { JoinMetrics } from '../protocol/query.ts';
import type { Job } from '../protocol/studio/deployment.ts';
import type { MetricFamily, Sample } from './exposition.ts';

type Of = (join: JoinMetrics) => number;
type Row = readonly [name: string, help: string, of: Of];

const COUNTERS: readonly Row[] = [
  ['left_records', 'Rows of the left side', (j) => j.leftRows],
  ['right_records', 'Rows of the right side', (j) => j.rightRows],
  ['matches', 'Pairs that came out', (j) => j.matches],
  ['missing_keys', 'Rows that found no partner when they were looked up', (j) => j.misses],
  ['left_evictions', 'Rows of the left side that were held and given up', (j) => j.leftEvicted],
  ['right_evictions', 'Rows of the right side that were held and given up', (j) => j.rightEvicted],
  ['windows_closed', 'Sessions that closed', (j) => j.windowsClosed],
];
const GAUGES: readonly Row[] = [
  ['left_store_size', 'Rows of the left side that are held', (j) => j.leftHeld],
  ['right_store_size', 'Rows or versions of the right side that are held', (j) => j.rightHeld],
  ['interned_keys', 'Different keys of the rows that are held', (j) => j.keys],
  ['active_windows', 'Sessions that are open', (j) => j.openWindows],
  ['memory_pressure', 'How near a side is to its limit: 0 below one half, 1 below nine tenths, 2 above', pressureOf],
];

/** The metrics of joins, under the names that dashboards of the reference query. `join_name` is the job, with a number from its second join on. */
export function joinFamilies(jobs: readonly Job[]): MetricFamily[] {
  const samples = (of: Of): readonly Sample[] =>
    jobs.flatMap((job) =>
      (job.metrics.joins ?? []).map((join, i) => ({ labels: { join_name: i === 0 ? job.name : `${job.name}_${i + 1}` }, value: of(join) })),
    );
  return [
    ...COUNTERS.map(([name, help, of]): MetricFamily => ({ name: `velo_join_${name}_total`, type: 'counter', help, samples: samples(of) })),
    ...GAUGES.map(([name, help, of]): MetricFamily => ({ name: `velo_join_${name}`, type: 'gauge', help, samples: samples(of) })),
  ];
}

function pressureOf({ leftHeld, rightHeld, heldMax }: JoinMetrics): number {
  const share = heldMax === 0 ? 0 : Math.max(leftHeld, rightHeld) / heldMax;
  return share < 0.5 ? 0 : share < 0.9 ? 1 : 2;
}
