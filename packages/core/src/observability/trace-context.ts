import type { TraceContext } from '../protocol/studio/trace.ts';

export type { TraceContext };

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Reads a `traceparent` header; undefined for anything that the recommendation forbids. Later versions are read as version 00. */
export function parseTraceparent(header: string, state?: string): TraceContext | undefined {
  const match = FORM.exec(header.trim().toLowerCase());
  if (match === null) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', more] = match;
  if (version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId) || (version === '00' && more !== undefined)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1, ...(state === undefined ? {} : { state }) };
}

export const formatTraceparent = ({ traceId, spanId, sampled }: TraceContext): string => `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** Randomness in [0, 1). */
export type Random = () => number;

const hex = (random: Random, digits: number): string => {
  let text = '';
  while (text.length < digits) text += Math.floor(random() * 16).toString(16);
  return /^0+$/.test(text) ? `${text.slice(1)}1` : text;
};

/** The context of a span below another, or of a new trace. */
export function childContext(parent: TraceContext | undefined, random: Random, sampled = true): TraceContext {
  const spanId = hex(random, 16);
  if (parent === undefined) return { traceId: hex(random, 32), spanId, sampled };
  return { ...parent, spanId };
}

/** The context in the headers of a record; names are compared without regard to case. */
export function contextOfHeaders(headers: Iterable<readonly [string, string]>): TraceContext | undefined {
  let parent: string | undefined;
  let state: string | undefined;
  for (const [name, value] of headers) {
    if (name.toLowerCase() === 'traceparent') parent = value;
    if (name.toLowerCase() === 'tracestate') state = value;
  }
  return parent === undefined ? undefined : parseTraceparent(parent, state);
}

/** Headers with this context in place of any other. */
export function withContext(headers: Iterable<readonly [string, string]>, context: TraceContext): [string, string][] {
  const kept = [...headers]
    .filter(([name]) => !/^trace(parent|state)$/i.test(name))
    .map(([name, value]): [string, string] => [name, value]);
  kept.push(['traceparent', formatTraceparent(context)]);
  if (context.state !== undefined) kept.push(['tracestate', context.state]);
  return kept;
}
