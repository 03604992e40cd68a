// What a page without a build writes: find an element, hand it something, listen.
const results = document.querySelector('velo-query-results');
const topics = document.querySelector('velo-topic-list');

const engine = window.velostream.createEngine({
  sources: {
    trades: {
      schema: {
        columns: [
          { name: 'symbol', type: 'STRING' },
          { name: 'quantity', type: 'INTEGER' },
          { name: 'traded_at', type: 'TIMESTAMP' },
        ],
        eventTime: 'traded_at',
      },
    },
  },
});
results.query = engine.run(
  "SELECT symbol, SUM(quantity) AS volume, window_end FROM trades GROUP BY symbol, TUMBLING(traded_at, INTERVAL '1' SECOND)",
);
setInterval(() => {
  const symbol = ['AAPL', 'MSFT', 'NVDA'][Math.floor(Math.random() * 3)];
  engine.push('trades', { symbol, quantity: Math.ceil(Math.random() * 100), traded_at: Date.now() });
}, 20);

topics.artifact = {
  kind: 'topic-list',
  id: 'topics',
  version: 1,
  title: 'Topics',
  state: 'done',
  createdAt: Date.now(),
  actions: [{ name: 'inspect', label: 'Schema' }],
  provenance: { sources: ['broker1'], by: 'page' },
  data: {
    sources: [{ id: 'b/trades', name: 'trades', kind: 'topic', connectionId: 'b', uri: 'kafka://broker1/trades', recordCount: 1204331 }],
  },
};
document.addEventListener('velo-action', ({ detail }) => {
  document.getElementById('heard').textContent = `You asked for ${detail.name} of ${detail.subject.id}`;
});
