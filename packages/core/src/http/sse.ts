import { wireJson } from '../protocol/wire.ts';
import { wireError } from './wire-error.ts';

export interface SseEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string;
}

export const SSE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

export const sseText = ({ event, data, id }: SseEvent): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${wireJson(data)}\n\n`;

/**
 * A response that streams what `open` yields. It pulls: nothing is made that nobody takes. An error becomes a last `error` event; leaving aborts.
 */
export function sseResponse<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  toEvent: (item: T) => SseEvent,
  options: { readonly signal: AbortSignal; readonly last?: () => SseEvent },
): Response {
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, options.signal]);
  const encoder = new TextEncoder();
  const iterator = open(signal)[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (!next.done) return controller.enqueue(encoder.encode(sseText(toEvent(next.value))));
        if (options.last) controller.enqueue(encoder.encode(sseText(options.last())));
      } catch (error) {
        controller.enqueue(encoder.encode(sseText({ event: 'error', data: wireError(error, () => 'stream').body })));
      }
      controller.close();
    },
    async cancel() {
      abort.abort();
      await iterator.return?.();
    },
  });
  return new Response(body, { headers: SSE_HEADERS });
}
