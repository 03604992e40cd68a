import { contextOfHeaders } from '../observability/trace-context.ts';
import type { Span, Tracing } from '../observability/tracing/tracing.ts';
import type { TraceContext } from '../protocol/studio/trace.ts';

/** A request as a span: below the one that it came with (`traceparent`), ended when there is an answer; a stream goes on behind it. */
export class RequestTrace {
  private readonly span: Span | undefined;
  private readonly came: TraceContext | undefined;

  constructor(tracing: Tracing | undefined, request: Request) {
    this.came = contextOfHeaders(request.headers);
    const { method } = request;
    const attributes = { 'http.request.method': method };
    this.span = tracing?.start(method, { attributes, ...(this.came === undefined ? {} : { parent: this.came }) });
  }

  /** What goes on within the request. */
  get context(): TraceContext | undefined {
    return this.span?.context ?? this.came;
  }

  /** The template of the path and not the path itself: ids would make every span another one. */
  route(path: string): void {
    this.span?.set({ 'http.route': path });
  }

  /** A failure is what the server could not do; what it refused is an answer. */
  end(status: number, error?: unknown): void {
    this.span?.set({ 'http.response.status_code': status });
    this.span?.end(status >= 500 ? (error ?? new Error(`HTTP ${status}`)) : undefined);
  }
}
