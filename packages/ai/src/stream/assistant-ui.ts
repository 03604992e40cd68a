import type { Assistant } from '@velostream/core/protocol/assist';
import type { Session } from '@velostream/core/protocol/studio';

/** One step of a message as assistant-ui's `ChatModelAdapter` yields it. Structural: nothing of assistant-ui is imported. */
export interface AdapterResult {
  readonly content: readonly (
    | { readonly type: 'text'; readonly text: string }
    | {
        readonly type: 'tool-call';
        readonly toolCallId: string;
        readonly toolName: string;
        readonly args: unknown;
        readonly argsText: string;
        readonly result?: unknown;
        readonly artifact?: unknown;
        readonly isError?: boolean;
      }
  )[];
}

interface AdapterInput {
  readonly messages: readonly { readonly role: string; readonly content: readonly { readonly type: string; readonly text?: string }[] }[];
  readonly abortSignal: AbortSignal;
}

/** A `ChatModelAdapter` over an assistant: for `useLocalRuntime`, with no server in between. */
export function chatModelAdapter(assistant: Assistant, session: Session): { run(input: AdapterInput): AsyncGenerator<AdapterResult> } {
  return {
    async *run({ messages, abortSignal }) {
      const last = messages.findLast((m) => m.role === 'user');
      const text = last?.content.map((c) => c.text ?? '').join('') ?? '';
      let said = '';
      const calls = new Map<string, AdapterResult['content'][number] & { readonly type: 'tool-call' }>();
      const result = (): AdapterResult => ({
        content: [...calls.values(), ...(said === '' ? [] : [{ type: 'text' as const, text: said }])],
      });
      for await (const event of assistant.chat({ session, text, history: session.notebook.messages }, { signal: abortSignal })) {
        if (event.type === 'text') said += event.delta;
        else if (event.type === 'tool_start')
          calls.set(event.callId, { type: 'tool-call', toolCallId: event.callId, toolName: event.tool, args: {}, argsText: '{}' });
        else if (event.type === 'tool_input') {
          const call = calls.get(event.callId);
          if (call) calls.set(event.callId, { ...call, args: event.partial, argsText: JSON.stringify(event.partial) });
        } else if (event.type === 'tool_result') {
          const call = calls.get(event.callId);
          if (call)
            calls.set(event.callId, {
              ...call,
              result: event.message ?? 'done',
              isError: !event.ok,
              ...(event.artifact ? { artifact: event.artifact } : {}),
            });
        } else if (event.type === 'options') said += `${said === '' ? '' : ' '}${event.question}`;
        else if (event.type === 'error') said += `${said === '' ? '' : ' '}${event.error.message}`;
        else continue;
        yield result();
      }
    },
  };
}
