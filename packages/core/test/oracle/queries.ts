import fc from 'fast-check';
import { type Expressions, expressions } from './expressions.ts';
import { both, joined, oneOf, pair, type SqlPair } from './sql-pair.ts';

/** A query both engines understand. `updates`: it also makes sense with EMIT CHANGES, whose last row per key must be the same. */
export interface OracleQuery extends SqlPair {
  readonly shape: string;
  /** The same query with EMIT CHANGES; null where that is another question. */
  readonly changes: string | null;
}

const deep = expressions(2);
const flat = expressions(1);
const anyOf = (e: Expressions) => fc.oneof(e.integer, e.float, e.decimal, e.text, e.boolean);
const where = fc.option(
  deep.boolean.map((p) => pair` WHERE ${p}`),
  { nil: both(''), freq: 1 },
);

const aggregate: fc.Arbitrary<SqlPair> = fc.oneof(
  oneOf('COUNT(*)'),
  anyOf(flat).map((x) => pair`COUNT(${x})`),
  fc.tuple(fc.constantFrom('SUM', 'AVG', 'MIN', 'MAX'), fc.oneof(flat.integer, flat.float, flat.decimal)).map(([f, x]) => pair`${f}(${x})`),
  fc
    .tuple(fc.constantFrom('STDDEV', 'VAR_SAMP', 'STDDEV_POP', 'VAR_POP'), fc.oneof(flat.integer, flat.float))
    .map(([f, x]) => pair`${f}(${x})`),
  fc.tuple(fc.constantFrom('MIN', 'MAX'), flat.text).map(([f, x]) => pair`${f}(${x})`),
  fc.oneof(flat.integer, flat.text).map((x) => pair`COUNT(DISTINCT ${x})`),
  flat.integer.map((x) => pair`MEDIAN(${x})`),
  deep.boolean.map((c) => pair`SUM(CASE WHEN ${c} THEN 1 ELSE 0 END)`),
  fc.tuple(flat.integer, flat.boolean).map(([x, c]) => pair`SUM(${x}) FILTER (WHERE ${c})`),
);
const aggregates = fc.array(aggregate, { minLength: 1, maxLength: 4 }).map((list) => list.map((a, i) => pair`${a} AS x${String(i)}`));
const having = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 6 }).map((n) => pair` HAVING COUNT(*) > ${String(n)}`),
    fc
      .tuple(flat.integer, fc.constantFrom('<', '>='), fc.integer({ min: -20, max: 20 }))
      .map(([x, op, n]) => pair` HAVING SUM(${x}) ${op} (${String(n)})`),
  ),
  { nil: both(''), freq: 1 },
);
const keys = fc.constantFrom(['k'], ['g'], ['k', 'g'], ['f'], ['d'], ['s', 'k']);
const list = (names: readonly string[]): SqlPair => both(names.join(', '));

const rowWise: fc.Arbitrary<OracleQuery> = fc
  .tuple(fc.array(anyOf(deep), { minLength: 1, maxLength: 4 }), where, fc.boolean())
  .map(([items, w, distinct]) => ({
    shape: distinct ? 'distinct' : 'row-wise',
    ...pair`SELECT ${distinct ? 'DISTINCT ' : ''}${joined(
      items.map((x, i) => pair`${x} AS c${String(i)}`),
      ', ',
    )} FROM t${w}`,
    changes: null,
  }));

const grouped: fc.Arbitrary<OracleQuery> = fc.tuple(keys, aggregates, where, having).map(([by, aggs, w, h]) => {
  const body = pair`SELECT ${list(by)}, ${joined(aggs, ', ')} FROM t${w} GROUP BY ${list(by)}${h}`;
  return { shape: 'grouped', ours: `${body.ours} EMIT FINAL`, theirs: body.theirs, changes: `${body.ours} EMIT CHANGES` };
});

const unionAll: fc.Arbitrary<OracleQuery> = fc
  .tuple(deep.integer, deep.text, where, deep.integer, deep.text, where)
  .map(([i1, t1, w1, i2, t2, w2]) => ({
    shape: 'union',
    ...pair`SELECT ${i1} AS c0, ${t1} AS c1 FROM t${w1} UNION ALL SELECT ${i2} AS c0, ${t2} AS c1 FROM t${w2}`,
    changes: null,
  }));

const tumbling: fc.Arbitrary<OracleQuery> = fc
  .tuple(keys, aggregates, where, having, fc.constantFrom(1000, 7000, 10_000, 60_000))
  .map(([by, aggs, w, h, size]) => {
    const items = joined(aggs, ', ').ours;
    const ours = `SELECT ${list(by).ours}, ${items}, _window_start AS ws FROM t${w.ours} GROUP BY ${list(by).ours} WINDOW TUMBLING(INTERVAL ${size} MILLISECONDS)${h.ours}`;
    const start = `CAST(floor(ts / ${size}.0) * ${size} AS BIGINT)`;
    return {
      shape: 'tumbling',
      ours: `${ours} EMIT FINAL`,
      changes: `${ours} EMIT CHANGES`,
      theirs: `SELECT ${list(by).theirs}, ${joined(aggs, ', ').theirs}, ws FROM (SELECT *, ${start} AS ws FROM t)${w.theirs} GROUP BY ${list(by).theirs}, ws${h.theirs}`,
    };
  });

const sliding: fc.Arbitrary<OracleQuery> = fc
  .tuple(keys, aggregates, where, having, fc.constantFrom([10_000, 5000], [9000, 3000], [10_000, 4000], [5000, 1000]))
  .map(([by, aggs, w, h, [size, advance]]) => {
    const ours = `SELECT ${list(by).ours}, ${joined(aggs, ', ').ours}, _window_start AS ws FROM t${w.ours} GROUP BY ${list(by).ours} WINDOW SLIDING(INTERVAL ${size} MILLISECONDS, INTERVAL ${advance} MILLISECONDS)${h.ours}`;
    const starts = `generate_series(CAST(floor((ts - ${size}) / ${advance}.0) AS BIGINT) + 1, CAST(floor(ts / ${advance}.0) AS BIGINT))`;
    return {
      shape: 'sliding',
      ours: `${ours} EMIT FINAL`,
      changes: `${ours} EMIT CHANGES`,
      theirs: `SELECT ${list(by).theirs}, ${joined(aggs, ', ').theirs}, ws FROM (SELECT *, unnest(${starts}) * ${advance} AS ws FROM t)${w.theirs} GROUP BY ${list(by).theirs}, ws${h.theirs}`,
    };
  });

const session: fc.Arbitrary<OracleQuery> = fc
  .tuple(fc.constantFrom('k', 'g'), aggregates, having, fc.constantFrom(1000, 4000, 9999))
  .map(([by, aggs, h, gap]) => {
    const ours = `SELECT ${by}, ${joined(aggs, ', ').ours}, _window_start AS ws, _window_end AS we FROM t GROUP BY ${by} WINDOW SESSION(INTERVAL ${gap} MILLISECONDS)${h.ours}`;
    const previous = `lag(ts) OVER (PARTITION BY ${by} ORDER BY ts)`;
    const marked = `SELECT *, CASE WHEN ${previous} IS NULL OR ts - ${previous} > ${gap} THEN 1 ELSE 0 END AS fresh FROM t`;
    const numbered = `SELECT *, sum(fresh) OVER (PARTITION BY ${by} ORDER BY ts ROWS UNBOUNDED PRECEDING) AS sid FROM (${marked})`;
    return {
      shape: 'session',
      ours: `${ours} EMIT FINAL`,
      changes: `${ours} EMIT CHANGES`,
      theirs: `SELECT ${by}, ${joined(aggs, ', ').theirs}, min(ts) AS ws, max(ts) + ${gap} AS we FROM (${numbered}) GROUP BY ${by}, sid${h.theirs}`,
    };
  });

const JOIN_ITEMS = 't.a AS a1, u.a AS a2, t.s AS s1, u.s AS s2';
const intervalJoin: fc.Arbitrary<OracleQuery> = fc
  .tuple(
    fc.constantFrom('JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL OUTER JOIN'),
    fc.constantFrom('k', 'g', 'd'),
    fc.constantFrom(1, 500, 5000),
    fc.option(fc.constantFrom('t.a < u.a', 't.f'), { nil: null }),
  )
  .map(([join, by, within, residual]) => {
    const on = `t.${by} = u.${by}${residual ? ` AND ${residual}` : ''}`;
    return {
      shape: 'interval-join',
      changes: null,
      ours: `SELECT ${JOIN_ITEMS} FROM t ${join} u ON ${on} WITHIN INTERVAL ${within} MILLISECONDS`,
      theirs: `SELECT ${JOIN_ITEMS} FROM t ${join} u ON ${on} AND abs(t.ts - u.ts) <= ${within}`,
    };
  });

const tableJoin: fc.Arbitrary<OracleQuery> = fc
  .tuple(fc.constantFrom('JOIN', 'LEFT JOIN'), fc.constantFrom('k', 'g'))
  .map(([join, by]) => ({
    shape: 'table-join',
    changes: null,
    ...both(`SELECT t.a AS a1, v.a AS a2, v.s AS s2 FROM t ${join} v ON t.${by} = v.${by}`),
  }));

const subquery: fc.Arbitrary<OracleQuery> = fc.tuple(fc.constantFrom('IN', 'NOT IN'), flat.integer).map(([op, x]) => ({
  shape: 'subquery',
  changes: null,
  ...pair`SELECT a, s FROM t WHERE ${x} ${op} (SELECT a FROM v)`,
}));

/** A group moves to another group above with almost every row of it. */
const nested: fc.Arbitrary<OracleQuery> = fc
  .tuple(
    fc.constantFrom('k', 'g', 'k, g', 's'),
    fc.constantFrom('n', 'low', 'n, low', 'n % 3'),
    where,
    fc.constantFrom('', ' HAVING COUNT(*) > 1'),
  )
  .map(([inner, outer, w, h]) => {
    const text = (side: 'ours' | 'theirs') =>
      `SELECT ${outer
        .split(', ')
        .map((e, i) => `${e} AS c${i}`)
        .join(
          ', ',
        )}, COUNT(*) AS c, SUM(n) AS total, MAX(low) AS high FROM (SELECT ${inner}, COUNT(*) AS n, MIN(a) AS low FROM t${w[side]} GROUP BY ${inner}) x GROUP BY ${outer}${h}`;
    return { shape: 'nested', ours: `${text('ours')} EMIT FINAL`, changes: `${text('ours')} EMIT CHANGES`, theirs: text('theirs') };
  });

export const oracleQuery: fc.Arbitrary<OracleQuery> = fc.oneof(
  { weight: 4, arbitrary: rowWise },
  { weight: 4, arbitrary: grouped },
  { weight: 3, arbitrary: tumbling },
  { weight: 2, arbitrary: sliding },
  { weight: 2, arbitrary: session },
  { weight: 2, arbitrary: nested },
  { weight: 1, arbitrary: unionAll },
  { weight: 2, arbitrary: intervalJoin },
  { weight: 1, arbitrary: tableJoin },
  { weight: 1, arbitrary: subquery },
);
