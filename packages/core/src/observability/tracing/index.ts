export type { TraceContext } from '../trace-context.ts';
export { type OtlpOptions, otlpTracing } from './otlp-tracing.ts';
export type { Span, SpanAttributes, SpanOptions, Tracing } from './tracing.ts';
