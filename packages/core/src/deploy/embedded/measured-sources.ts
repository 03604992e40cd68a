import type { ConnectorDefinition, ReadRequest, Source } from '../../connect/connector.ts';

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
