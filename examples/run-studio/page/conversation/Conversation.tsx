import { AssistantRuntimeProvider, ThreadPrimitive, useExternalStoreRuntime } from '@assistant-ui/react';
import type { ChatTurn, useChat } from '@velostream/react';
import { type ReactNode, useMemo } from 'react';
import { Composer } from './Composer.tsx';
import { ChatContext } from './chat-context.ts';
import { AssistantMessage, UserMessage } from './messages.tsx';
import { Opening } from './Opening.tsx';
import { toThreadMessage } from './to-thread-message.ts';

export interface ConversationProps {
  readonly chat: ReturnType<typeof useChat>;
  /** Artifact on the stage. */
  readonly shownId: string | undefined;
  readonly onShow: (id: string) => void;
  /** Stands above the composer. */
  readonly banner: ReactNode;
  /** `null` until they are known. */
  readonly sourceNames: readonly string[] | null;
}

const COMPONENTS = { UserMessage, AssistantMessage };

/** The left side. assistant-ui holds the list, scrolling and the composer; turns and artifacts are ours. */
export function Conversation({ chat, shownId, onShow, banner, sourceNames }: ConversationProps): ReactNode {
  const { turns, send, stop } = chat;
  const runtime = useExternalStoreRuntime<ChatTurn>({
    messages: turns as ChatTurn[],
    isRunning: chat.status === 'running',
    convertMessage: toThreadMessage,
    onNew: async (message) => {
      const text = message.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
      send?.(text);
    },
    onCancel: async () => stop?.(),
  });
  const context = useMemo(() => ({ chat, shownId, onShow }), [chat, shownId, onShow]);
  return (
    <ChatContext.Provider value={context}>
      <AssistantRuntimeProvider runtime={runtime}>
        <ThreadPrimitive.Root className="studio-conversation" role="region" aria-label="Conversation">
          <ThreadPrimitive.Viewport className="studio-messages" tabIndex={0} role="log" aria-label="Messages">
            {turns.length === 0 && <Opening onAsk={send} sourceNames={sourceNames} />}
            <ThreadPrimitive.Messages components={COMPONENTS} />
            {chat.status === 'running' && <p className="studio-thinking velo-muted">Working…</p>}
            {chat.status === 'failed' && chat.retry && (
              <button type="button" className="velo-option" onClick={chat.retry}>
                Try again
              </button>
            )}
          </ThreadPrimitive.Viewport>
          <div className="studio-below">
            {banner}
            <Composer sourceNames={sourceNames ?? []} isBusy={chat.status === 'running'} />
          </div>
        </ThreadPrimitive.Root>
      </AssistantRuntimeProvider>
    </ChatContext.Provider>
  );
}
