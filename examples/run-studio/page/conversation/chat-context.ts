import type { useChat } from '@velostream/react';
import { createContext, useContext } from 'react';

interface ChatPlace {
  readonly chat: ReturnType<typeof useChat>;
  readonly shownId: string | undefined;
  readonly onShow: (id: string) => void;
}

export const ChatContext = createContext<ChatPlace | null>(null);

/** The conversation around, for parts of its messages. */
export function useChatPlace(): ChatPlace {
  const place = useContext(ChatContext);
  if (!place) throw new Error('a part of a message stands outside of a conversation');
  return place;
}
