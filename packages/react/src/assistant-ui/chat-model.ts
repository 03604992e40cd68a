import type { Assistant } from '@velostream/core/protocol/assist';
import type { Session } from '@velostream/core/protocol/studio';
import { afterEvent, type ChatState, NO_CHAT } from '../chat/chat-state.ts';
import { type ThreadPart, threadMessage } from './thread-message.ts';

/** What assistant-ui hands to a model: its `ChatModelRunOptions`, as far as it is read here. */
interface RunOptions {
  readonly messages: readonly {
    readonly role: string;
    readonly content: readonly { readonly type: string; readonly text?: string }[];
  }[];
  readonly abortSignal: AbortSignal;
}

/** Fits assistant-ui's `ChatModelAdapter` for `useLocalRuntime`. */
export interface ChatModel {
  run(options: RunOptions): AsyncGenerator<{ readonly content: readonly ThreadPart[] }, void>;
}

/**
 * The studio's assistant as a model of assistant-ui.
 *
 * @example const runtime = useLocalRuntime(chatModel(assistant, session));
 */
export function chatModel(assistant: Assistant, session: Session): ChatModel {
  return {
    async *run({ messages, abortSignal }) {
      const asked = messages.findLast(({ role }) => role === 'user');
      const text = (asked?.content ?? [])
        .flatMap((part) => (part.type === 'text' && part.text !== undefined ? [part.text] : []))
        .join('\n');
      let state: ChatState = { ...NO_CHAT, turns: [{ id: 'answer', role: 'assistant', parts: [] }] };
      for await (const event of assistant.chat({ session, text, history: session.notebook.messages }, { signal: abortSignal })) {
        state = afterEvent(state, event);
        const turn = state.turns[0];
        if (turn?.error) throw new Error(turn.error.message);
        if (turn) yield { content: threadMessage(turn).content };
      }
    },
  };
}
