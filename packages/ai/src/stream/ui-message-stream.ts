import type { ChatEvent } from '@velostream/core/protocol/assist';

export const uiStreamHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream',
  'x-vercel-ai-ui-message-stream': 'v1',
  'x-accel-buffering': 'no',
  'cache-control': 'no-cache',
};

const STOPS: Readonly<Record<string, string>> = { end: 'stop', approval: 'tool-calls', limit: 'length', aborted: 'other', error: 'error' };

/** Our events as chunks of the AI SDK's UI message stream, version 1. */
export async function* toUiChunks(events: AsyncIterable<ChatEvent>, messageId = 'msg'): AsyncGenerator<Record<string, unknown>> {
  yield { type: 'start', messageId };
  yield { type: 'start-step' };
  let text: string | undefined;
  let texts = 0;
  const inputs = new Map<string, unknown>();
  let usage: unknown;
  const names = new Map<string, string>();
  const close = function* (): Generator<Record<string, unknown>> {
    if (text !== undefined) yield { type: 'text-end', id: text };
    text = undefined;
  };
  for await (const event of events) {
    if (event.type !== 'text') yield* close();
    switch (event.type) {
      case 'text':
        if (text === undefined) {
          text = `text_${++texts}`;
          yield { type: 'text-start', id: text };
        }
        yield { type: 'text-delta', id: text, delta: event.delta };
        break;
      case 'tool_start':
        names.set(event.callId, event.tool);
        yield { type: 'tool-input-start', toolCallId: event.callId, toolName: event.tool };
        break;
      case 'tool_input':
        inputs.set(event.callId, event.partial);
        break;
      case 'tool_result':
        yield {
          type: 'tool-input-available',
          toolCallId: event.callId,
          toolName: names.get(event.callId) ?? 'tool',
          input: inputs.get(event.callId) ?? {},
        };
        if (event.ok)
          yield { type: 'tool-output-available', toolCallId: event.callId, output: event.artifact ?? { message: event.message ?? 'done' } };
        else yield { type: 'tool-output-error', toolCallId: event.callId, errorText: event.message ?? 'failed' };
        if (event.artifact) yield { type: 'data-artifact', id: event.artifact.id, data: event.artifact };
        break;
      case 'approval_required':
        yield { type: 'data-approval', id: event.approval.approvalId, data: event.approval };
        break;
      case 'options':
        yield { type: 'data-options', data: { question: event.question, options: event.options } };
        break;
      case 'suggestions':
        yield { type: 'data-suggestions', data: event.items, transient: true };
        break;
      case 'usage':
        usage = event.usage;
        break;
      case 'notice':
        yield { type: 'data-notice', data: { code: event.code, message: event.message }, transient: true };
        break;
      case 'error':
        yield event.error.code === 'aborted'
          ? { type: 'abort', reason: event.error.message }
          : { type: 'error', errorText: event.error.message };
        break;
      case 'done':
        yield { type: 'finish-step' };
        yield {
          type: 'finish',
          finishReason: STOPS[event.stop] ?? 'other',
          ...(usage === undefined ? {} : { messageMetadata: { usage } }),
        };
        break;
    }
  }
}

/** The same as bytes of server-sent events; send them with `uiStreamHeaders`. */
export function toUiMessageStream(events: AsyncIterable<ChatEvent>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks = toUiChunks(events);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) {
        controller.enqueue(encoder.encode('data: [DONE]\n\n'));
        controller.close();
      } else controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
