import type { Context, Span as OtelSpan } from '@opentelemetry/api';
import { tracingFailed } from '../../diagnostics/codes/deploy.ts';
import { missingPeer } from '../../diagnostics/codes/engine.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { TraceContext } from '../trace-context.ts';
import type { Span, Tracing } from './tracing.ts';

export interface OtlpOptions {
  /** Of an OTLP/HTTP receiver, such as `http://tempo:4318`; `/v1/traces` is added where no path is given. */
  readonly url: string;
  /** Sent with each request, a token for example; never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `service.name` of the spans; `velostream` by default. */
  readonly service?: string;
  /** Further attributes of the resource. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Share of the traces that is kept, from 0 to 1; all by default. What comes with a context follows its decision. */
  readonly sampleRatio?: number;
  /** One of how many batches gets a span; 100 by default, 0 for none. */
  readonly batchEvery?: number;
  /** Time between two requests, ms; 5000 by default. */
  readonly everyMs?: number;
}

const load = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    throw missingPeer(name, cause);
  }
};

/**
 * Sends spans over OTLP/HTTP as JSON, with the SDK of OpenTelemetry: `@opentelemetry/api`, `sdk-trace`, `resources` and
 * `exporter-trace-otlp-http` have to be installed. At most 2048 spans wait; the rest is dropped. A receiver that is away costs its spans, and no job
 * waits for it.
 *
 * @throws {VeloError} `missing-peer`; `tracing` for an address that is none.
 * @example
 * const tracing = await otlpTracing({ url: 'http://tempo:4318', service: 'orders' });
 * const target = embedded({ connectors: [kafka()], tracing });
 */
export async function otlpTracing(options: OtlpOptions): Promise<Tracing> {
  const url = tracesUrl(options.url);
  const api = await load('@opentelemetry/api', () => import('@opentelemetry/api'));
  const sdk = await load('@opentelemetry/sdk-trace', () => import('@opentelemetry/sdk-trace'));
  const { resourceFromAttributes } = await load('@opentelemetry/resources', () => import('@opentelemetry/resources'));
  const { OTLPTraceExporter } = await load(
    '@opentelemetry/exporter-trace-otlp-http',
    () => import('@opentelemetry/exporter-trace-otlp-http'),
  );
  const exporter = new OTLPTraceExporter({ url, ...(options.headers ? { headers: { ...options.headers } } : {}) });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service ?? 'velostream', ...options.attributes }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(options.sampleRatio ?? 1) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, scheduledDelayMillis: options.everyMs ?? 5000 })],
  });
  const tracer = provider.getTracer('@velostream/core');
  const within = (parent: TraceContext): Context =>
    api.trace.setSpanContext(api.ROOT_CONTEXT, {
      traceId: parent.traceId,
      spanId: parent.spanId,
      traceFlags: parent.sampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE,
      isRemote: true,
      ...(parent.state === undefined ? {} : { traceState: api.createTraceState(parent.state) }),
    });
  return {
    batchEvery: options.batchEvery ?? 100,
    start(name, { parent, attributes, startedAt } = {}) {
      const from = parent === undefined ? api.ROOT_CONTEXT : within(parent);
      const span = tracer.startSpan(
        name,
        { ...(attributes ? { attributes: { ...attributes } } : {}), ...(startedAt === undefined ? {} : { startTime: startedAt }) },
        from,
      );
      return spanOf(span, api.SpanStatusCode.ERROR);
    },
    flush: () => provider.forceFlush().catch(() => {}),
    close: () => provider.shutdown().catch(() => {}),
  };
}

function spanOf(span: OtelSpan, errorStatus: number): Span {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const state = traceState?.serialize();
  return {
    context: { traceId, spanId, sampled: (traceFlags & 1) === 1, ...(state ? { state } : {}) },
    set: (attributes) => void span.setAttributes({ ...attributes }),
    end(error) {
      if (error !== undefined) {
        const message = error instanceof Error ? error.message : String(error);
        if (VeloError.is(error)) span.setAttribute('error.type', error.code);
        span.setStatus({ code: errorStatus, message });
      }
      span.end();
    },
  };
}

function tracesUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw tracingFailed();
  const url = new URL(text);
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/v1/traces';
  return url.href;
}
