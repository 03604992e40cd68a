import type { TraceContext } from '../trace-context.ts';

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** Absent: a trace of its own. */
  readonly parent?: TraceContext;
  readonly attributes?: SpanAttributes;
  /** When it began, ms since the epoch; now by default. */
  readonly startedAt?: number;
}

/** A piece of work that is being done. */
export interface Span {
  /** For what happens within it, here or behind a `traceparent` header. */
  readonly context: TraceContext;
  set(attributes: SpanAttributes): void;
  /** Once; with an error, the work failed. */
  end(error?: unknown): void;
}

/** Where spans go: `otlpTracing` of this package, or your own tracer. */
export interface Tracing {
  start(name: string, options?: SpanOptions): Span;
  /** One of how many batches gets a span; 0: none. */
  readonly batchEvery: number;
  /** Resolves when what has ended is sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Does something within a span; its failure is that of the span. */
export async function traced<T>(
  tracing: Tracing | undefined,
  name: string,
  options: SpanOptions,
  work: (span?: Span) => Promise<T>,
): Promise<T> {
  if (tracing === undefined) return work();
  const span = tracing.start(name, options);
  try {
    const done = await work(span);
    span.end();
    return done;
  } catch (error) {
    span.end(error);
    throw error;
  }
}
