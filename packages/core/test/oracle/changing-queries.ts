import fc from 'fast-check';
import type { OracleQuery } from './queries.ts';
import { both, oneOf, pair, type SqlPair } from './sql-pair.ts';

/**
 * Queries above rows that change: groups of groups, joins of groups, top lists with ties, windows and OVER above groups, sets. Their
 * columns are `c0`, `c1`, …; every one of them is also asked with EMIT CHANGES, whose last rows must be the same.
 */

/** Groups whose rows change: `g1` and `g2` are their key, `n`, `low`, `sum`, `tx`, `mt` follow the rows. */
const inner = (table: 't' | 'u'): fc.Arbitrary<SqlPair> =>
  fc
    .tuple(
      oneOf('k, g', 's, f', 'k, f', 'g, s'),
      oneOf('', ' WHERE a > 0', ' WHERE f', " WHERE s <> 'a'", ' WHERE d IS NOT NULL'),
      oneOf('', '', ' HAVING COUNT(*) > 1', ' HAVING SUM(a) > 0', ' HAVING COUNT(DISTINCT s) < 3'),
      oneOf('MIN(a)', 'MAX(a)', 'COUNT(DISTINCT a)', 'SUM(a) FILTER (WHERE f)', 'MEDIAN(g)'),
    )
    .map(([by, where, having, low]) => {
      const [g1, g2] = by.ours.split(', ') as [string, string];
      return pair`(SELECT ${g1} AS g1, ${g2} AS g2, COUNT(*) AS n, ${low} AS low, SUM(d) AS sum, MAX(s) AS tx, MAX(ts) AS mt FROM ${table}${where} GROUP BY ${by}${having})`;
    });

const aggregate = oneOf(
  'COUNT(*)',
  'COUNT(low)',
  'COUNT(DISTINCT n)',
  'COUNT(DISTINCT tx)',
  'SUM(n)',
  'SUM(sum)',
  'MIN(sum)',
  'MAX(sum)',
  'MIN(tx)',
  'MAX(tx)',
  'MAX(low)',
  'AVG(n)',
  'SUM(DISTINCT n)',
  'STDDEV(n)',
  'MEDIAN(n)',
  'SUM(n) FILTER (WHERE low > 0)',
  'COUNT(*) FILTER (WHERE tx IS NULL)',
  'COUNT(DISTINCT low) FILTER (WHERE n > 1)',
  'MIN(n) FILTER (WHERE sum > 0)',
);
const aggregates = fc.array(aggregate, { minLength: 1, maxLength: 4 });
const listed = (parts: readonly SqlPair[]): SqlPair => both(parts.map((p, i) => `${p.ours} AS c${i + 2}`).join(', '));
const filter = oneOf('', '', ' WHERE low > 0', ' WHERE n % 2 = 1', ' WHERE sum > 0 OR tx IS NULL', " WHERE tx < 'b'");

const asked = (shape: string, { ours, theirs }: SqlPair): OracleQuery => ({
  shape,
  ours: `${ours} EMIT FINAL`,
  theirs,
  changes: `${ours} EMIT CHANGES`,
});

const groups = fc
  .tuple(
    inner('t'),
    aggregates,
    filter,
    oneOf('g1', 'g2', 'n', 'n % 2', 'low', 'tx'),
    oneOf('', '', ' HAVING COUNT(*) > 1', ' HAVING SUM(n) < 5'),
  )
  .map(([from, aggs, where, by, having]) =>
    asked('groups of groups', pair`SELECT ${by} AS c0, ${listed(aggs)} FROM ${from} x${where} GROUP BY ${by}${having}`),
  );

const whole = fc
  .tuple(inner('t'), aggregates, filter)
  // of nothing, EMIT CHANGES tells nothing
  .map(([from, aggs, where]) => ({ ...asked('all groups', pair`SELECT ${listed(aggs)} FROM ${from} x${where}`), changes: null }));

const deeper = fc
  .tuple(inner('t'), filter, oneOf('n', 'g1', 'tx'), oneOf('total', 'c', 'c % 2'))
  .map(([from, where, by, outer]) =>
    asked(
      'groups of groups of groups',
      pair`SELECT ${outer} AS c0, COUNT(*) AS c1, SUM(c) AS c2, MIN(total) AS c3, COUNT(DISTINCT high) AS c4 FROM (SELECT ${by} AS b, COUNT(*) AS c, SUM(n) AS total, MAX(tx) AS high FROM ${from} x${where} GROUP BY ${by}) y GROUP BY ${outer}`,
    ),
  );

const filtered = fc
  .tuple(inner('t'), filter)
  .map(([from, where]) =>
    asked('rows of groups', pair`SELECT g1 AS c0, g2 AS c1, n * 2 AS c2, COALESCE(tx, '-') AS c3 FROM ${from} x${where}`),
  );

const JOINS = ['JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL OUTER JOIN'];
const on = oneOf('x.g1 = y.g1', 'x.n = y.n', 'x.tx = y.tx', 'x.g1 = y.g1 AND x.g2 = y.g2', 'x.n = y.n AND x.low < y.low');
const joinedGroups = fc
  .tuple(inner('t'), inner('u'), fc.constantFrom(...JOINS), on)
  .filter(([x, y, , condition]) => condition.ours.includes('g1') === false || keysOf(x) === keysOf(y))
  .map(([x, y, join, condition]) => ({ from: pair`${x} x ${join} ${y} y ON ${condition}`, join }));
/** Keys of the groups: only like ones can be compared. */
const keysOf = (from: SqlPair): string => /SELECT (\w+) AS g1, (\w+) AS g2/.exec(from.ours)?.slice(1).join() ?? '';

const joins = joinedGroups.map(({ from }) =>
  asked('a join of groups', pair`SELECT x.n AS c0, x.tx AS c1, y.n AS c2, y.sum AS c3 FROM ${from}`),
);
const joinGroups = fc
  .tuple(joinedGroups, oneOf('x.n', 'y.tx', 'x.g2'))
  .map(([{ from }, by]) =>
    asked(
      'groups of a join of groups',
      pair`SELECT ${by} AS c0, COUNT(*) AS c1, COUNT(y.n) AS c2, SUM(x.n) AS c3, MAX(y.sum) AS c4 FROM ${from} GROUP BY ${by}`,
    ),
  );
const streamJoin = fc
  .tuple(inner('u'), fc.constantFrom(...JOINS), oneOf('t.a = y.n', 't.s = y.tx', 't.a = y.low AND t.g < y.n'))
  .map(([y, join, condition]) =>
    asked('a join of rows with groups', pair`SELECT t.k AS c0, t.a AS c1, y.n AS c2, y.tx AS c3 FROM t ${join} ${y} y ON ${condition}`),
  );
const tableJoin = fc
  .tuple(inner('t'), fc.constantFrom('JOIN', 'LEFT JOIN'), oneOf('x.n = v.a', 'x.tx = v.s'))
  .map(([x, join, condition]) =>
    asked('groups with a table', pair`SELECT x.n AS c0, x.tx AS c1, v.a AS c2, v.d AS c3 FROM ${x} x ${join} v ON ${condition}`),
  );

const rank = fc
  .tuple(
    fc.oneof(inner('t'), fc.constant(both('(SELECT k AS g1, g AS g2, a AS n, a AS low, d AS sum, s AS tx, ts AS mt FROM t)'))),
    fc.constantFrom('RANK', 'DENSE_RANK'),
    oneOf('PARTITION BY g1 ', 'PARTITION BY tx ', 'PARTITION BY n ', ''),
    fc.constantFrom('n', 'n DESC', 'low DESC, n', 'sum', 'tx, n DESC'),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([from, fn, partition, order, limit]) => {
    const nulls = (text: string): string =>
      text
        .split(', ')
        .map((part) => `${part} NULLS ${part.endsWith('DESC') ? 'FIRST' : 'LAST'}`)
        .join(', ');
    return asked(
      'the first places, with ties',
      pair`SELECT g1 AS c0, n AS c1, tx AS c2, place AS c3 FROM (SELECT *, ${fn}() OVER (${partition}ORDER BY ${nulls(order)}) AS place FROM ${from} x) y WHERE place <= ${String(limit)}`,
    );
  });

const top = fc
  .tuple(inner('t'), oneOf('n DESC', 'n', 'sum DESC', 'mt DESC', 'tx'), fc.integer({ min: 1, max: 4 }))
  .map(([from, order, limit]) =>
    asked(
      'a top list',
      pair`SELECT g1 AS c0, g2 AS c1, n AS c2 FROM ${from} x ORDER BY ${order} NULLS LAST, g1 NULLS LAST, g2 NULLS LAST LIMIT ${String(limit)}`,
    ),
  );

const sets = fc
  .tuple(inner('t'), inner('u'), oneOf('UNION', 'UNION ALL'), filter)
  .map(([x, y, union, where]) =>
    asked('a union of groups', pair`SELECT n AS c0, tx AS c1 FROM ${x} x${where} ${union} SELECT n AS c0, tx AS c1 FROM ${y} y`),
  );
const distinct = fc
  .tuple(inner('t'), oneOf('n AS c0', 'n AS c0, tx AS c1', 'low AS c0, g2 AS c1'), filter)
  .map(([from, items, where]) => asked('distinct rows of groups', pair`SELECT DISTINCT ${items} FROM ${from} x${where}`));

const over = fc
  .tuple(
    inner('t'),
    oneOf('PARTITION BY g1 ', 'PARTITION BY n ', ''),
    oneOf('SUM(n)', 'COUNT(low)', 'MIN(tx)', 'AVG(n)', 'MAX(sum)', 'LAG(n)', 'LEAD(tx)', 'FIRST_VALUE(n)', 'ROW_NUMBER()'),
    oneOf('n DESC NULLS LAST, ', 'mt NULLS LAST, ', ''),
  )
  .map(([from, partition, call, order]) =>
    asked(
      'OVER above groups',
      pair`SELECT g1 AS c0, g2 AS c1, ${call} OVER (${partition}ORDER BY ${order}g1 NULLS LAST, g2 NULLS LAST) AS c2 FROM ${from} x`,
    ),
  );

const windows = fc
  .tuple(inner('t'), aggregates, filter, oneOf('g1', 'n', 'tx'), fc.constantFrom(1000, 7000, 10_000))
  .map(([from, aggs, where, by, size]) => {
    const items = listed(aggs).ours;
    const ours = `SELECT ${by.ours} AS c0, ${items}, _window_start AS ws FROM ${from.ours} x${where.ours} GROUP BY ${by.ours} WINDOW TUMBLING(mt, INTERVAL ${size} MILLISECONDS)`;
    const theirs = `SELECT ${by.theirs} AS c0, ${items}, ws FROM (SELECT *, CAST(floor(mt / ${size}.0) * ${size} AS BIGINT) AS ws FROM ${from.theirs} x${where.theirs}) y GROUP BY ${by.theirs}, ws`;
    return asked('windows above groups', { ours, theirs });
  });

/** Every row is in each window that starts up to one size before it. */
const sliding = fc
  .tuple(
    inner('t'),
    aggregates,
    filter,
    oneOf('g1', 'n', 'tx'),
    fc.constantFrom<readonly [size: number, advance: number]>([9000, 4000], [10_000, 5000], [7000, 7000], [3000, 5000], [12_000, 1000]),
  )
  .map(([from, aggs, where, by, [size, advance]]) => {
    const items = listed(aggs).ours;
    const ours = `SELECT ${by.ours} AS c0, ${items}, _window_start AS ws FROM ${from.ours} x${where.ours} GROUP BY ${by.ours} WINDOW SLIDING(mt, INTERVAL ${size} MILLISECONDS, INTERVAL ${advance} MILLISECONDS)`;
    const last = `CAST(floor(mt / ${advance}.0) * ${advance} AS BIGINT)`;
    const starts = `SELECT *, ${last} - j * ${advance} AS ws FROM ${from.theirs} x, range(0, ${Math.ceil(size / advance)}) r(j)${where.theirs}`;
    const theirs = `SELECT ${by.theirs} AS c0, ${items}, ws FROM (${starts}) y WHERE ws > mt - ${size} GROUP BY ${by.theirs}, ws`;
    return asked('sliding windows above groups', { ours, theirs });
  });

const sessions = fc
  .tuple(inner('t'), aggregates, filter, oneOf('g1', 'n', 'tx'), fc.constantFrom(1000, 4000, 9999))
  .map(([from, aggs, where, by, gap]) => {
    const items = listed(aggs).ours;
    const ours = `SELECT ${by.ours} AS c0, ${items}, _window_start AS ws, _window_end AS we FROM ${from.ours} x${where.ours} GROUP BY ${by.ours} WINDOW SESSION(mt, INTERVAL ${gap} MILLISECONDS)`;
    const previous = `lag(mt) OVER (PARTITION BY ${by.theirs} ORDER BY mt)`;
    const marked = `SELECT *, CASE WHEN ${previous} IS NULL OR mt - ${previous} > ${gap} THEN 1 ELSE 0 END AS fresh FROM ${from.theirs} x${where.theirs}`;
    const numbered = `SELECT *, sum(fresh) OVER (PARTITION BY ${by.theirs} ORDER BY mt ROWS UNBOUNDED PRECEDING) AS sid FROM (${marked})`;
    const theirs = `SELECT ${by.theirs} AS c0, ${items}, min(mt) AS ws, max(mt) + ${gap} AS we FROM (${numbered}) GROUP BY ${by.theirs}, sid`;
    return asked('sessions above groups', { ours, theirs });
  });

export const changingQuery: fc.Arbitrary<OracleQuery> = fc.oneof(
  { weight: 4, arbitrary: groups },
  whole,
  deeper,
  filtered,
  { weight: 3, arbitrary: joins },
  { weight: 3, arbitrary: joinGroups },
  { weight: 2, arbitrary: streamJoin },
  tableJoin,
  { weight: 3, arbitrary: rank },
  { weight: 2, arbitrary: top },
  { weight: 2, arbitrary: sets },
  distinct,
  { weight: 2, arbitrary: over },
  { weight: 3, arbitrary: windows },
  { weight: 3, arbitrary: sliding },
  { weight: 3, arbitrary: sessions },
);

const emit = fc.constantFrom('EMIT FINAL', 'EMIT CHANGES');
const window = fc.constantFrom(
  'TUMBLING(INTERVAL 10 SECONDS)',
  'SLIDING(INTERVAL 9 SECONDS, INTERVAL 4 SECONDS)',
  'SESSION(INTERVAL 3 SECONDS)',
  'SESSION(INTERVAL 15 SECONDS)',
);
/** Rows that change; each keeps the time of the row that led to it. */
const changing = fc.oneof(
  inner('t').map(({ ours }) => ours),
  fc
    .tuple(fc.constantFrom('RANK', 'DENSE_RANK', 'ROW_NUMBER'), fc.constantFrom('a', 's DESC', 'd'))
    .map(
      ([fn, order]) =>
        `(SELECT k AS g1, a AS n, s AS tx FROM (SELECT *, ${fn}() OVER (PARTITION BY g ORDER BY ${order}) AS place FROM t) p WHERE place <= 2)`,
    ),
  inner('t').map(({ ours }) => `(SELECT DISTINCT g1, n, tx FROM ${ours} i)`),
  inner('t').map(({ ours }) => `(SELECT g1, tx, SUM(n) OVER (PARTITION BY g1 ORDER BY g2) AS n FROM ${ours} i)`),
  fc
    .tuple(inner('t'), inner('u'))
    .map(([x, y]) => `(SELECT tx, n, low AS g1 FROM ${x.ours} i UNION ALL SELECT tx, n, low AS g1 FROM ${y.ours} j)`),
  fc
    .tuple(inner('t'), fc.constantFrom(...JOINS), fc.constantFrom(1, 4, 20, 100))
    .map(([x, join, s]) => `(SELECT i.g1, i.n, u.s AS tx FROM ${x.ours} i ${join} u ON i.n = u.a WITHIN INTERVAL ${s} SECONDS)`),
  inner('t').map(({ ours }) => `(SELECT i.g1, i.n, v.s AS tx FROM ${ours} i LEFT JOIN v ON i.n = v.a)`),
  window.map((w) => `(SELECT k AS g1, COUNT(*) AS n, MAX(s) AS tx FROM t GROUP BY k WINDOW ${w} EMIT CHANGES)`),
);

/** Windows by event time above rows that change, and what they are above. */
export const windowsAbove: fc.Arbitrary<{ readonly rows: string; readonly sql: string }> = fc
  .tuple(changing, fc.constantFrom('g1', 'n', 'tx'), window, emit)
  .map(([rows, by, w, e]) => ({
    rows: `SELECT * FROM ${rows} x EMIT CHANGES`,
    sql: `SELECT ${by}, COUNT(*) AS c, SUM(n) AS total, COUNT(DISTINCT tx) AS texts, _window_start AS ws, _window_end AS we FROM ${rows} x GROUP BY ${by} WINDOW ${w} ${e}`,
  }));
