import type { ChatEvent } from '@velostream/core/protocol/assist';
import { onTestFinished } from 'vitest';
import { market } from './market.fixture.ts';
import { turn } from './thread.fixture.ts';

/** A conversation in a studio of its own, closed with the test: `say` gives the events of the last line. */
export async function talk() {
  const made = await market();
  onTestFinished(() => made.studio.close());
  const say = async (...lines: string[]): Promise<ChatEvent[]> => {
    let events: ChatEvent[] = [];
    for (const line of lines) events = await turn(made.assistant, made.session, line);
    return events;
  };
  return { ...made, say };
}

export const optionsOf = (events: readonly ChatEvent[]): string[] =>
  events.flatMap((e) => (e.type === 'options' ? e.options.map((o) => o.prompt) : []));
