export { contextOfHeaders, type TraceContext } from '../trace-context.ts';
export { type OtlpOptions, otlpTracing } from './otlp-tracing.ts';
export { type Span, type SpanAttributes, type SpanOptions, type Tracing, traced } from './tracing.ts';
