import { contextOfHeaders, type Span, type TraceContext, type Tracing } from '@velostream/core/observability/tracing';
import { redactText } from '../guard/redact.ts';

/** What the SDK says beside a request, as far as a span needs it. */
export interface McpExtra {
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
  readonly requestInfo?: { readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> } | undefined;
}

/** The span that a request came with: `traceparent` in its `_meta`, else among the headers of HTTP. */
export function cameWith({ _meta, requestInfo }: McpExtra): TraceContext | undefined {
  const texts = (all: Readonly<Record<string, unknown>> = {}): [string, string][] =>
    Object.entries(all).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
  return contextOfHeaders(texts(_meta)) ?? contextOfHeaders(texts(requestInfo?.headers));
}

export interface McpCall {
  readonly method: 'tools/call' | 'resources/read' | 'prompts/get';
  /** Name of the tool, the kind of resource or the prompt; never a value of the caller. */
  readonly target: string;
  readonly extra: McpExtra;
}

/** A request as a span. `failed` says what of an answer is a failure: tools answer with theirs. */
export async function tracedCall<T>(
  tracing: Tracing | undefined,
  { method, target, extra }: McpCall,
  work: (trace: TraceContext | undefined) => Promise<T>,
  failed: (answer: T) => string | undefined = () => undefined,
): Promise<T> {
  const came = cameWith(extra);
  const attributes = {
    'mcp.method.name': method,
    ...(method === 'tools/call' ? { 'gen_ai.tool.name': target } : { 'mcp.target': target }),
  };
  const span: Span | undefined = tracing?.start(`${method} ${target}`, { attributes, ...(came === undefined ? {} : { parent: came }) });
  try {
    const answer = await work(span?.context ?? came);
    const problem = failed(answer);
    span?.end(problem === undefined ? undefined : new Error(problem));
    return answer;
  } catch (error) {
    span?.end(new Error(redactText(error instanceof Error ? error.message : String(error))));
    throw error;
  }
}
