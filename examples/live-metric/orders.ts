/** Orders as they come in: in a real page, a WebSocket, a fetch, or a topic. */
export const orders = {
  schema: {
    columns: [
      { name: 'amount', type: 'FLOAT' },
      { name: 'placed_at', type: 'TIMESTAMP' },
    ],
    eventTime: 'placed_at',
  },
  rows: (async function* () {
    for (;;) {
      await new Promise((go) => setTimeout(go, 20));
      yield { amount: Math.round(Math.random() * 10_000) / 100, placed_at: Date.now() };
    }
  })(),
};
