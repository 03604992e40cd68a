import { type BoundAppQuery, bindApp } from '../../apps/bind-app.ts';
import { relationLabel } from '../../apps/relation-label.ts';
import type { ConnectorDefinition } from '../../connect/connector.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { expositionText } from '../../observability/exposition.ts';
import { createMetricRegistry, type MetricRegistry } from '../../observability/metric-registry.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { ActiveAlert, LogLine, ReviewRequest } from '../../protocol/studio/deployment.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { Clock } from '../../runtime/ports.ts';
import { typeText } from '../../values/type-text.ts';
import type { JobObserver } from '../embedded/embedded-job.ts';
import { observeQuery } from '../embedded/job-observer.ts';
import type { FlinkJobPlan } from './compose-jobs.ts';
import type { OutputObserver } from './flink-deployment.ts';

const LOG_LINES_MAX = 100;

interface Watched {
  readonly query: BoundAppQuery;
  readonly uri: string;
  readonly name: string;
}

/**
 * Reads the topics that jobs write, from now on, for the metrics and alerts that their SQL declares: Flink reports counts of rows, and those
 * need the rows. It holds one row per label set and reads without a group, so nothing of the job depends on it.
 */
export function observeOutputs(
  request: ReviewRequest,
  plans: readonly FlinkJobPlan[],
  { connectors, clock }: { readonly connectors: readonly ConnectorDefinition[]; readonly clock: Clock },
): OutputObserver {
  const app = bindApp(request.app.queries, request.schemas);
  const registry = createMetricRegistry();
  const lines: LogLine[] = [];
  const log = (level: LogLine['level'], job: string, message: string): void => {
    lines.push({ at: clock.now(), level, job, message });
    if (lines.length > LOG_LINES_MAX) lines.shift();
  };
  const watched = new Map(
    plans.map((plan) => [plan.name, plan.queries.flatMap(({ id }) => watchedQuery(app.queries.find((q) => q.id === id)))]),
  );
  const running = new Map<string, readonly Reading[]>();
  const open = (): readonly Reading[] => [...running.values()].flat();
  return {
    start(job) {
      if (running.has(job)) return;
      const made = (watched.get(job) ?? []).map(
        (each) =>
          new Reading(each, {
            connectors,
            registry,
            app: request.app.name,
            now: () => clock.now(),
            log: (level, message) => log(level, job, message),
          }),
      );
      running.set(job, made);
    },
    async stop(job) {
      const readings = running.get(job) ?? [];
      running.delete(job);
      await Promise.all(readings.map((reading) => reading.close()));
    },
    alerts: () => open().flatMap((reading) => reading.alerts()),
    metricsText: () => expositionText(registry.families().filter((family) => family.samples.length > 0)),
    logs: () => lines,
  };
}

/** A query with something to observe and a place to read it. */
function watchedQuery(query: BoundAppQuery | undefined): readonly Watched[] {
  const { main } = query ?? {};
  if (query === undefined || main === undefined || main.statement.kind !== 'create') return [];
  const { metrics, alerts } = query.parsed.annotations;
  const uri = main.outputs.find((name) => name.includes('://'));
  if (uri === undefined || metrics.length + alerts.length === 0) return [];
  return [{ query, uri, name: main.statement.name.text }];
}

interface ReadingOptions {
  readonly connectors: readonly ConnectorDefinition[];
  readonly registry: MetricRegistry;
  readonly app: string;
  readonly now: () => number;
  readonly log: (level: LogLine['level'], message: string) => void;
}

/** One topic that is read until it is left. */
class Reading {
  private readonly engine: ReturnType<typeof createEngine>;
  private readonly done: Promise<void>;
  private observer: JobObserver | undefined;
  private isOpen = true;

  constructor({ query, uri, name }: Watched, options: ReadingOptions) {
    const schema = schemaOf(query);
    const properties = /^kafka/.test(uri) ? { 'auto.offset.reset': 'latest', tombstones: 'skip' } : {};
    this.engine = createEngine({ connectors: options.connectors, sources: { output: { uri, schema, options: properties } } });
    this.done = this.read(
      () => observeQuery(query, () => schema, { ...options, onWarning: (text) => options.log('warn', text) }),
      name,
    ).catch((error: unknown) => {
      if (this.isOpen)
        options.log(
          'warn',
          `metrics of "${slugOf(query.name)}" are not read from "${relationLabel(uri)}": ${error instanceof Error ? error.message : String(error)}`,
        );
    });
  }

  alerts(): readonly ActiveAlert[] {
    return (this.observer?.alerts ?? []).flatMap((evaluator) => evaluator.active());
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.engine.close();
    await this.done;
    this.observer?.close();
    this.observer = undefined;
  }

  private async read(observe: () => JobObserver, name: string): Promise<void> {
    const output = this.engine.run('SELECT * FROM output');
    await output.ready;
    this.observer = observe();
    for await (const batch of output.batches()) this.observer?.onBatch(name, batch);
  }
}

function schemaOf(query: BoundAppQuery): TableSchema {
  const fields = query.main?.bound?.query.fields ?? [];
  return { columns: fields.map((field) => ({ name: field.name, type: typeText(field.type), nullable: field.nullable })) };
}
