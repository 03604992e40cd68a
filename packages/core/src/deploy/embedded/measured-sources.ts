import type { ConnectorDefinition, ReadRequest, Source } from '../../connect/connector.ts';
import type { SourceInput } from '../../engine/api.ts';
import type { RecordBatch } from '../../values/record-batch.ts';

/** What is measured where a job reads. */
export interface SourceMeter {
  /** Rows of one batch, and how long the job took to take them in, ms. */
  taken(rows: number, ms: number): void;
  /** A source that can tell how far it is behind. */
  opened?(lag: () => number | undefined): void;
}

/** The same connectors, with a stopwatch from the handing over of a batch until the job asks for the next. */
export function measuredConnectors(
  connectors: readonly ConnectorDefinition[],
  meter: SourceMeter,
  elapsed: () => number,
): readonly ConnectorDefinition[] {
  return connectors.map((definition) => {
    const { source } = definition;
    if (source === undefined) return definition;
    return Object.freeze({
      ...definition,
      source: (options: never, host) => measured(source.call(definition, options, host), meter, elapsed),
    } as ConnectorDefinition);
  });
}

function measured(source: Source, meter: SourceMeter, elapsed: () => number): Source {
  const { acknowledge, close, lag } = source;
  if (lag !== undefined) meter.opened?.(() => lag.call(source));
  return {
    describe: (signal, hint) => source.describe(signal, hint),
    read: (request) => stopwatch(source, request, meter, elapsed),
    ...(acknowledge === undefined ? {} : { acknowledge: (position) => acknowledge.call(source, position) }),
    ...(lag === undefined ? {} : { lag: () => lag.call(source) }),
    ...(close === undefined ? {} : { close: () => close.call(source) }),
  };
}

async function* stopwatch(source: Source, request: ReadRequest, meter: SourceMeter, elapsed: () => number) {
  for await (const item of source.read(request)) {
    const rows = item.batch.length;
    const start = elapsed();
    yield item;
    meter.taken(rows, elapsed() - start);
  }
}

type LiveRows = AsyncIterable<object | readonly object[] | RecordBatch>;

const isLive = (rows: unknown): rows is LiveRows => typeof rows === 'object' && rows !== null && Symbol.asyncIterator in rows;

/** The same inputs; rows that come as they arise in this process are timed like those of connectors. Arrays are read in one go and end. */
export function measuredRows(
  inputs: Readonly<Record<string, SourceInput>>,
  meter: SourceMeter,
  elapsed: () => number,
): Readonly<Record<string, SourceInput>> {
  const timed = (input: SourceInput): SourceInput => {
    if (isLive(input)) return timedRows(input, meter, elapsed);
    if ('rows' in input && isLive(input.rows)) return { ...input, rows: timedRows(input.rows, meter, elapsed) } as SourceInput;
    return input;
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, timed(input)]));
}

const timedRows = (rows: LiveRows, meter: SourceMeter, elapsed: () => number): LiveRows => ({
  async *[Symbol.asyncIterator]() {
    for await (const item of rows) {
      const start = elapsed();
      yield item;
      meter.taken(rowsIn(item), elapsed() - start);
    }
  },
});

function rowsIn(item: object | readonly object[] | RecordBatch): number {
  if (Array.isArray(item)) return item.length;
  return 'columns' in item && 'meta' in item && 'length' in item ? Number(item.length) : 1;
}
