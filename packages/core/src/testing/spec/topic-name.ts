import { checksum128 } from '../../runtime/state/checksum.ts';

export interface TopicNaming {
  readonly pattern?: string;
  readonly namespace?: string;
  readonly branch?: string;
  readonly user?: string;
  readonly hashLongNames?: boolean;
  readonly maxTopicLength?: number;
}

/** Name of a test topic: placeholders filled, other characters `_`, too long names cut and hashed. */
export function topicName(base: string, o: TopicNaming & { readonly runId: string; readonly timestamp: number }): string {
  const values: Readonly<Record<string, string>> = {
    run_id: o.runId,
    base,
    branch: o.branch ?? 'local',
    user: o.user ?? 'unknown',
    namespace: o.namespace ?? 'test',
    timestamp: String(o.timestamp),
  };
  const filled = (o.pattern ?? 'test_{run_id}_{base}').replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const clean = filled.replace(/[^A-Za-z0-9._-]/g, '_');
  const most = o.maxTopicLength ?? 249;
  if (clean.length <= most || o.hashLongNames === false) return clean.slice(0, most);
  const [a = 0, b = 0] = checksum128(new TextEncoder().encode(clean), 0);
  const hash = hex(a) + hex(b);
  return `${clean.slice(0, most - 17)}_${hash}`;
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');

/** Consumer group of a test run. */
export const consumerGroup = (runId: string, context?: string): string =>
  `test_harness_${runId}${context === undefined ? '' : `_${context}`}`;
