import { createStudio } from '@velostream/core';
import type { Assistant, ChatEvent } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';

const START = 1_700_000_000_000;
const SYMBOLS = ['AAPL', 'MSFT', 'NVDA'];

export const TRADES = Array.from({ length: 240 }, (_, i) => ({
  trade_id: `t${i}`,
  symbol: SYMBOLS[i % 3] as string,
  price: 100 + (i % 17),
  quantity: 1 + (i % 9),
  order_id: `o${i % 40}`,
  event_time: START + i * 1000,
}));
export const ORDERS = Array.from({ length: 40 }, (_, i) => ({ order_id: `o${i}`, customer: `c${i % 7}`, order_time: START + i * 5000 }));

/** A studio over two streams with an assistant, and one session of it. */
export async function thread(
  make: (studio: Studio) => Assistant,
  sources: 'trades' | 'none' = 'trades',
): Promise<{ studio: Studio; session: Session; assistant: Assistant }> {
  const studio = createStudio({
    assistant: make,
    sources:
      sources === 'none'
        ? {}
        : {
            trades: {
              input: TRADES,
              schema: {
                eventTime: 'event_time',
                columns: [
                  { name: 'trade_id', type: 'STRING' },
                  { name: 'symbol', type: 'STRING' },
                  { name: 'price', type: 'FLOAT' },
                  { name: 'quantity', type: 'INTEGER' },
                  { name: 'order_id', type: 'STRING' },
                  { name: 'event_time', type: 'TIMESTAMP' },
                ],
              },
            },
            orders: {
              input: ORDERS,
              schema: {
                eventTime: 'order_time',
                columns: [
                  { name: 'order_id', type: 'STRING' },
                  { name: 'customer', type: 'STRING' },
                  { name: 'order_time', type: 'TIMESTAMP' },
                ],
              },
            },
          },
  });
  const session = await studio.sessions.create({ name: 'thread' });
  return { studio, session, assistant: studio.assistant as Assistant };
}

/** All events of one turn. */
export async function turn(
  assistant: Assistant,
  session: Session,
  text: string,
  approvals?: { approvalId: string; approved: boolean }[],
  signal?: AbortSignal,
): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  const request = { session, text, history: session.notebook.messages, ...(approvals ? { approvals } : {}) };
  for await (const event of assistant.chat(request, signal ? { signal } : {})) events.push(event);
  return events;
}

export const artifactsOf = (events: readonly ChatEvent[]): string[] =>
  events.flatMap((e) => (e.type === 'tool_result' && e.artifact ? [e.artifact.kind] : []));
export const toolsOf = (events: readonly ChatEvent[]): string[] => events.flatMap((e) => (e.type === 'tool_start' ? [e.tool] : []));
export const textOfEvents = (events: readonly ChatEvent[]): string => events.flatMap((e) => (e.type === 'text' ? [e.delta] : [])).join('');
export const stopOf = (events: readonly ChatEvent[]): string => events.flatMap((e) => (e.type === 'done' ? [e.stop] : [])).at(-1) ?? 'none';
