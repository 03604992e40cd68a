import type { ChatEvent } from '../../protocol/studio/assistant.ts';
import type { Choices } from '../../protocol/studio/notebook.ts';
import type { Notebook } from '../../protocol/studio/session.ts';

/** Passes an answer on. What it offers to be said next stays with the message that its assistant has kept of it, so that every page finds it there. */
export async function* keepChoices(answer: AsyncIterable<ChatEvent>, notebook: Notebook): AsyncGenerator<ChatEvent> {
  const before = notebook.messages.at(-1)?.id;
  let choices: Choices | undefined;
  for await (const event of answer) {
    if (event.type === 'options') choices = { question: event.question, options: event.options };
    if (event.type === 'done' && choices !== undefined && notebook.messages.at(-1)?.id !== before) await notebook.offer?.(choices);
    yield event;
  }
}
