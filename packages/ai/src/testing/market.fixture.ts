import { createStudio } from '@velostream/core';
import type { Assistant } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { createOfflineAssistant } from '../offline-assistant.ts';

const START = Date.UTC(2026, 0, 5, 9, 30);
/** The hour that the assistant takes it to be: two hours after the newest trade. */
const NOW = START + 120_000 + 2 * 3_600_000;

const TRADES = Array.from({ length: 121 }, (_, i) => ({
  order_id: `o${i % 40}`,
  symbol: ['AURA', 'BOLT', 'CINO'][i % 3] as string,
  price: 100 + (i % 17),
  quantity: 1 + (i % 9),
  side: i % 2 === 0 ? 'buy' : 'sell',
  event_time: START + i * 1000,
}));
const ORDERS = Array.from({ length: 60 }, (_, i) => ({
  order_id: `o${i}`,
  customer: ['Ann', 'Ben', 'Cleo', 'Dara'][i % 4] as string,
  amount: 20 + ((i * 37) % 400),
  status: ['paid', 'paid', 'refunded'][i % 3] as string,
  order_time: START + i * 2000,
}));
const COMPANIES = [
  { symbol: 'AURA', company: 'Aurora Solar' },
  { symbol: 'BOLT', company: 'Bolt Motors' },
  { symbol: 'CINO', company: 'Cinoa Foods' },
];

const columns = (text: string) =>
  text.split(', ').map((column) => {
    const [name = '', type = 'STRING'] = column.split(' ');
    return { name, type };
  });

/** A studio as a newcomer finds it: trades and orders whose values nobody has listed, a table of companies, the offline assistant. */
export async function market(): Promise<{ studio: Studio; session: Session; assistant: Assistant }> {
  const studio = createStudio({
    assistant: (made) => createOfflineAssistant({ studio: made, now: () => NOW }),
    sources: {
      trades: {
        input: TRADES,
        schema: {
          eventTime: 'event_time',
          columns: columns('order_id STRING, symbol STRING, price FLOAT, quantity INTEGER, side STRING, event_time TIMESTAMP'),
        },
      },
      orders: {
        input: ORDERS,
        schema: {
          eventTime: 'order_time',
          columns: columns('order_id STRING, customer STRING, amount FLOAT, status STRING, order_time TIMESTAMP'),
        },
      },
      companies: { input: COMPANIES, schema: { kind: 'table', key: ['symbol'], columns: columns('symbol STRING, company STRING') } },
    },
  });
  const session = await studio.sessions.create({ name: 'thread' });
  return { studio, session, assistant: studio.assistant as Assistant };
}
