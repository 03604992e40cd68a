import fc from 'fast-check';

/** Windowed and stateful queries over `t`, for laws that need no second engine. */
const AGGREGATES =
  'COUNT(*) AS n, SUM(a) AS total, MIN(s) AS first_text, SUM(d) AS money, AVG(b) AS mean, STDDEV(b) AS spread, COUNT(DISTINCT s) AS texts';
const emit = fc.constantFrom('EMIT FINAL', 'EMIT CHANGES');
const by = fc.constantFrom('k', 'g', 'k, g', 's');
const window = fc.constantFrom(
  'TUMBLING(INTERVAL 10 SECONDS)',
  'TUMBLING(INTERVAL 700 MILLISECONDS)',
  'SLIDING(INTERVAL 10 SECONDS, INTERVAL 5 SECONDS)',
  'SLIDING(INTERVAL 9 SECONDS, INTERVAL 4 SECONDS)',
  'SESSION(INTERVAL 3 SECONDS)',
);
const having = fc.constantFrom('', ' HAVING COUNT(*) > 2', ' HAVING SUM(a) < 5');

export const windowed: fc.Arbitrary<string> = fc
  .tuple(by, window, having, emit)
  .map(([k, w, h, e]) => `SELECT ${k}, ${AGGREGATES}, _window_start AS ws, _window_end AS we FROM t GROUP BY ${k} WINDOW ${w}${h} ${e}`);

const others = fc.constantFrom(
  `SELECT ${AGGREGATES} FROM t EMIT CHANGES`,
  `SELECT k, ${AGGREGATES} FROM t GROUP BY k HAVING COUNT(*) % 2 = 1 EMIT CHANGES`,
  `SELECT k, ${AGGREGATES} FROM t GROUP BY k EMIT FINAL`,
  'SELECT DISTINCT k, g FROM t',
  'SELECT k, a, LAG(a) OVER (PARTITION BY k ORDER BY ts) AS was, AVG(b) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS smooth FROM t',
  'SELECT k, a, ROW_NUMBER() OVER (ROWS WINDOW BUFFER 3 ROWS PARTITION BY k ORDER BY ts) AS rn, SUM(a) OVER (PARTITION BY g) AS running FROM t',
  'SELECT k, a, ts FROM t ORDER BY a DESC LIMIT 3 EMIT CHANGES',
  'SELECT k, a, ts FROM t ORDER BY a, ts LIMIT 5',
  'SELECT k, a FROM t WHERE a > 0 LIMIT 4',
  'SELECT l.k, l.a, r.a AS other FROM t l JOIN u r ON l.k = r.k WITHIN INTERVAL 4 SECONDS',
  'SELECT l.k, l.a, r.a AS other FROM t l LEFT JOIN u r ON l.k = r.k AND r.f WITHIN INTERVAL 2 SECONDS',
  'SELECT l.k, l.a, r.a AS other FROM t l FULL OUTER JOIN u r ON l.g = r.g WITHIN INTERVAL 1 SECOND',
  'SELECT k, a FROM t UNION ALL SELECT k, a FROM u',
  'SELECT k, a FROM t UNION SELECT k, a FROM u',
  'SELECT t.k, t.a, v.a AS other FROM t LEFT JOIN v ON t.k = v.k',
  'SELECT x.k, SUM(x.n) AS m FROM (SELECT k, g, COUNT(*) AS n FROM t GROUP BY k, g EMIT CHANGES) x GROUP BY x.k EMIT CHANGES',
);

export const streamingQuery: fc.Arbitrary<string> = fc.oneof({ weight: 3, arbitrary: windowed }, { weight: 2, arbitrary: others });
