import type { Tracing } from '../observability/tracing/tracing.ts';

/** Spans to the receiver of `--otlp`, with the token of OTLP_TOKEN; undefined where none was named. */
export async function tracingTo(url: string | undefined, service: string): Promise<Tracing | undefined> {
  if (url === undefined) return undefined;
  const { otlpTracing } = await import('../observability/tracing/otlp-tracing.ts');
  const token = process.env['OTLP_TOKEN'];
  return otlpTracing({ url, service, ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) });
}
