import type { ChatMessage } from '@velostream/core/protocol/studio';

const MARK = '[redacted]';

/** Whether a kept text is what somebody said: the same, or without the logins that were in it. */
function isSaid(kept: string, said: string): boolean {
  if (kept === said) return true;
  const left = kept.replaceAll(MARK, '');
  if (left.length * 2 < said.length) return false;
  let at = 0;
  for (const letter of left) {
    const found = said.indexOf(letter, at);
    if (found < 0) return false;
    at = found + letter.length;
  }
  return true;
}

export interface OwnMessages {
  readonly question: ChatMessage | undefined;
  readonly answer: ChatMessage | undefined;
}

/** Which of the messages that came since a question was asked are this question and its answer; others came from elsewhere. An approval asks nothing. */
export function ownMessages(since: readonly ChatMessage[], question: string): OwnMessages {
  const at = question === '' ? -1 : since.findIndex(({ role, text }) => role === 'user' && isSaid(text, question));
  const isAsked = question === '' || at >= 0;
  return {
    question: since[at],
    answer: isAsked ? since.slice(at + 1).find(({ role }) => role !== 'user') : undefined,
  };
}
