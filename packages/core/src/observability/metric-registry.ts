import { assert } from '../diagnostics/assert.ts';
import { expositionText, type MetricFamily, type Sample } from './exposition.ts';

/** Upper bounds of a histogram that declares none. */
export const DEFAULT_BUCKETS: readonly number[] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface MetricDefinition {
  /** Name on the wire. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Fixed once registered. */
  readonly buckets?: readonly number[];
  /** Label sets kept; further ones are dropped and counted. 100 by default, 0: no limit. */
  readonly seriesMax?: number;
}

export interface RegistryOptions {
  /** Told at the first dropped label set of a metric and at every thousandth. */
  readonly onDrop?: (metric: string, dropped: number) => void;
}

export type Labels = Readonly<Record<string, string>>;

/** One metric: a value per label set. */
export interface Metric {
  readonly definition: MetricDefinition;
  /** Label sets that were refused. */
  readonly dropped: number;
  /** Counters: a negative amount is refused with `false`. */
  add(labels: Labels, amount: number): boolean;
  set(labels: Labels, value: number): boolean;
  observe(labels: Labels, value: number, times?: number): boolean;
  /** Forgets a label set, e.g. of a job that is gone. */
  remove(labels: Labels): void;
  value(labels: Labels): number | undefined;
  series(): readonly { readonly labels: Labels; readonly value: number }[];
  /** Samples of one label set. */
  samples(labels: Labels): readonly Sample[];
  family(): MetricFamily;
}

export interface MetricRegistry {
  /**
   * The metric of this name; the same definition again gives the same metric.
   *
   * @throws {VeloError} `internal` when the type differs from what is registered.
   */
  metric(definition: MetricDefinition): Metric;
  remove(name: string): void;
  /** Forgets the series of a metric that carry these labels: their job is over. */
  forget(name: string, labels: Labels): void;
  families(): readonly MetricFamily[];
  /** Prometheus text format. */
  text(): string;
}

const SERIES_MAX = 100;

/** Metrics in this process, in Prometheus' text format. Label sets have a limit each, so that a label with ever new values cannot grow it. */
export function createMetricRegistry(options: RegistryOptions = {}): MetricRegistry {
  const metrics = new Map<string, Metric>();
  return {
    metric(definition) {
      const known = metrics.get(definition.name);
      if (known !== undefined) {
        assert(known.definition.type === definition.type, `metric "${definition.name}" has one type`);
        return known;
      }
      const made = new StoredMetric(definition, options.onDrop ?? (() => {}));
      metrics.set(definition.name, made);
      return made;
    },
    remove: (name) => void metrics.delete(name),
    forget(name, labels) {
      const metric = metrics.get(name);
      const wanted = Object.entries(labels);
      for (const series of metric?.series() ?? [])
        if (wanted.every(([label, value]) => series.labels[label] === value)) metric?.remove(series.labels);
    },
    families: () => [...metrics.values()].map((metric) => metric.family()),
    text: () => expositionText([...metrics.values()].map((metric) => metric.family()).filter((family) => family.samples.length > 0)),
  };
}

interface Series {
  readonly labels: Labels;
  value: number;
  /** Histograms: observations per bucket (not cumulative), the last one above all bounds. */
  readonly counts: Float64Array | null;
  sum: number;
}

class StoredMetric implements Metric {
  readonly definition: MetricDefinition;
  dropped = 0;
  private readonly bounds: readonly number[];
  private readonly byKey = new Map<string, Series>();
  private readonly onDrop: (metric: string, dropped: number) => void;

  constructor(definition: MetricDefinition, onDrop: (metric: string, dropped: number) => void) {
    this.definition = definition;
    this.bounds = definition.buckets ?? DEFAULT_BUCKETS;
    this.onDrop = onDrop;
  }

  add(labels: Labels, amount: number): boolean {
    if (this.definition.type === 'counter' && !(amount >= 0)) return false;
    const series = this.seriesOf(labels);
    if (series !== null) series.value += amount;
    return series !== null;
  }

  set(labels: Labels, value: number): boolean {
    const series = this.seriesOf(labels);
    if (series !== null) series.value = value;
    return series !== null;
  }

  observe(labels: Labels, value: number, times = 1): boolean {
    const series = this.seriesOf(labels);
    if (series?.counts == null || Number.isNaN(value)) return false;
    const at = this.bounds.findIndex((bound) => value <= bound);
    const bucket = at < 0 ? this.bounds.length : at;
    series.counts[bucket] = (series.counts[bucket] as number) + times;
    series.sum += value * times;
    series.value += times;
    return true;
  }

  remove(labels: Labels): void {
    this.byKey.delete(keyOf(labels));
  }

  value(labels: Labels): number | undefined {
    return this.byKey.get(keyOf(labels))?.value;
  }

  series(): readonly { readonly labels: Labels; readonly value: number }[] {
    return [...this.byKey.values()].map(({ labels, value }) => ({ labels, value }));
  }

  samples(labels: Labels): readonly Sample[] {
    const series = this.byKey.get(keyOf(labels));
    return series === undefined ? [] : this.samplesOf(series);
  }

  family(): MetricFamily {
    const { name, type, help } = this.definition;
    const samples = [...this.byKey.values()].flatMap((series) => this.samplesOf(series));
    return { name, type, help, samples };
  }

  private samplesOf({ labels, value, counts, sum }: Series): Sample[] {
    if (counts === null) return [{ labels, value }];
    let total = 0;
    const buckets = [...this.bounds, Number.POSITIVE_INFINITY].map((bound, i): Sample => {
      total += counts[i] as number;
      return { suffix: '_bucket', labels: { ...labels, le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound) }, value: total };
    });
    return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: total }];
  }

  private seriesOf(labels: Labels): Series | null {
    const key = keyOf(labels);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const { type, name, seriesMax = SERIES_MAX } = this.definition;
    if (seriesMax > 0 && this.byKey.size >= seriesMax) {
      this.dropped++;
      if (this.dropped === 1 || this.dropped % 1000 === 0) this.onDrop(name, this.dropped);
      return null;
    }
    const counts = type === 'histogram' ? new Float64Array(this.bounds.length + 1) : null;
    const made: Series = { labels, value: 0, counts, sum: 0 };
    this.byKey.set(key, made);
    return made;
  }
}

function keyOf(labels: Labels): string {
  let key = '';
  for (const name in labels) key += `${name}\u0001${labels[name]}\u0002`;
  return key;
}
