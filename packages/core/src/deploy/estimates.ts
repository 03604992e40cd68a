import type { BoundApp } from '../apps/bind-app.ts';
import { originsOf } from '../apps/lineage.ts';
import { groupColumnsOf, windowMsOf } from '../apps/query-traits.ts';
import { relationLabel } from '../apps/relation-label.ts';
import type { MetricInfo } from '../protocol/studio/app.ts';
import type { SourceTraffic } from './subject.ts';

export interface JobEstimate {
  readonly stateRowsEstimate?: number;
  readonly stateBytesEstimate?: number;
  readonly outputPerSecondEstimate?: number;
}

/** Bytes that one group costs, key and a few numbers: as measured on the engine with a million groups. */
const BYTES_PER_GROUP = 134;

/** What is known of the traffic, made into rows of state, output rates and numbers of series. Unknown stays unknown. */
export function estimatesOf(app: BoundApp, traffic: Readonly<Record<string, SourceTraffic>>) {
  const byLabel = new Map(Object.entries(traffic).map(([name, each]) => [relationLabel(name), each]));
  const perQuery = new Map<string, JobEstimate>();
  const distinctOf = new Map<string, number | undefined>();
  const rates = new Map([...byLabel].map(([name, each]) => [name, each.rowsPerSecond]));
  const distinct = (relation: string, column: string): number | undefined =>
    byLabel.get(relationLabel(relation))?.distinct?.[column] ?? distinctOf.get(`${relationLabel(relation)}\0${column}`);
  for (const statement of app.ordered) {
    const query = statement.bound?.query;
    if (query === undefined) continue;
    const origins = originsOf(query);
    const counts = new Map(
      query.fields.map((field, i) => {
        const from = [...(origins[i]?.values() ?? [])].map(({ relation, column }) => distinct(relation, column));
        return [field.name, from.length === 1 ? from[0] : undefined] as const;
      }),
    );
    const groups = product(groupColumnsOf(query).map((name) => counts.get(name)));
    const windowMs = windowMsOf(query);
    const input = sum(statement.reads.map((name) => rates.get(relationLabel(name))));
    const isGrouped = query.kind === 'select' && query.group !== null;
    const final = query.kind === 'select' && query.emit === 'final';
    const output =
      isGrouped && final && windowMs !== null && groups !== undefined ? (groups * 1000) / windowMs : isGrouped && final ? undefined : input;
    for (const name of statement.outputs) {
      rates.set(relationLabel(name), output);
      for (const [column, count] of counts) distinctOf.set(`${relationLabel(name)}\0${column}`, count);
    }
    if (!statement.isMain) continue;
    perQuery.set(statement.queryId, {
      ...(isGrouped && groups !== undefined ? { stateRowsEstimate: groups, stateBytesEstimate: groups * BYTES_PER_GROUP } : {}),
      ...(output === undefined ? {} : { outputPerSecondEstimate: Math.round(output * 1000) / 1000 }),
    });
  }
  const queries = new Map(app.queries.map((query) => [query.name, query]));
  return {
    get: (queryId: string): JobEstimate | undefined => perQuery.get(queryId),
    series(metric: MetricInfo): number | undefined {
      if (metric.labels.length === 0) return 1;
      const outputs = queries.get(metric.query ?? '')?.main?.outputs ?? [];
      return product(
        metric.labels.map((label) =>
          outputs.map((name) => distinctOf.get(`${relationLabel(name)}\0${label}`)).find((n) => n !== undefined),
        ),
      );
    },
  };
}

const product = (numbers: readonly (number | undefined)[]): number | undefined =>
  numbers.reduce<number | undefined>((total, n) => (total === undefined || n === undefined ? undefined : total * n), 1);
const sum = (numbers: readonly (number | undefined)[]): number | undefined =>
  numbers.reduce<number | undefined>((total, n) => (total === undefined || n === undefined ? undefined : total + n), 0);
