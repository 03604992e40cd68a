import type { ChatTurn } from '../chat/chat-state.ts';

/** A message as assistant-ui takes it (`ThreadMessageLike`), as far as it is written here. */
export interface ThreadMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly content: readonly ThreadPart[];
  readonly status?: { readonly type: 'incomplete'; readonly reason: 'error'; readonly error: string };
}

export type ThreadPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool-call';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly argsText: string;
      readonly result?: unknown;
      readonly isError?: boolean;
    };

/** Tool names of the parts of an answer that are no tools: approvals, choices and notices are drawn the same way. */
export const SPECIAL_TOOLS = { approval: 'velo_approval', options: 'velo_options', notice: 'velo_notice' } as const;

/** A turn of `useChat` as a message for assistant-ui's external store: text stays text, everything else is a tool call. */
export function threadMessage({ id, role, parts, error }: ChatTurn): ThreadMessage {
  return {
    id,
    role,
    content: parts.map((part, i): ThreadPart => {
      if (part.kind === 'text') return { type: 'text', text: part.text };
      if (part.kind === 'tool') {
        const args = typeof part.input === 'object' && part.input !== null ? (part.input as Readonly<Record<string, unknown>>) : {};
        return {
          type: 'tool-call',
          toolCallId: part.callId,
          toolName: part.tool,
          args,
          argsText: JSON.stringify(args),
          ...(part.status !== 'running' && { result: { artifact: part.artifact, title: part.title, message: part.message } }),
          ...(part.status === 'failed' && { isError: true }),
        };
      }
      return { type: 'tool-call', toolCallId: `${id}:${i}`, toolName: SPECIAL_TOOLS[part.kind], args: {}, argsText: '{}', result: part };
    }),
    ...(error && { status: { type: 'incomplete' as const, reason: 'error' as const, error: error.message } }),
  };
}
