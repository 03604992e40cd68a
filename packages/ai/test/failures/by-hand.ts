import type { Assertion } from '@velostream/core/protocol/explore';

/** A real query with one mistake that people make by hand. */
export interface Mistake {
  /** `template/query` or the name of a query of the examples. */
  readonly query: string;
  /** What was done, in words; each is another way to go wrong. */
  readonly mistake: string;
  /** The right words and what was written instead. Absent: the query is right. */
  readonly wrote?: readonly [right: string, wrong: string];
  /** Absent: the count of rows and every figure of the right query. */
  readonly asks?: (right: readonly Assertion[]) => readonly Assertion[];
}

const vwap = 'trading-analytics/VWAP Calculator';
const movement = 'trading-analytics/Price Movement Tracker';
const spikes = 'trading-analytics/Volume Spike Detector';
const revenue = 'ecommerce-funnel/revenue-by-region';
const products = 'ecommerce-funnel/top-products';
const cart = 'ecommerce-funnel/cart-tracking';
const velocity = 'fraud-detection/velocity-check';
const geo = 'fraud-detection/geo-velocity';
const fence = 'fraud-detection/geo-fence';
const latency = 'ai-agent-monitoring/agent-latency';
const rate = 'api-monitoring/request-rate';
const errors = 'api-monitoring/error-rate';
const sessions = 'clickstream/sessions';
const engagement = 'clickstream/engagement';
const maintenance = 'iot-sensor-monitoring/predictive-maintenance';
const fleet = 'iot-sensor-monitoring/fleet-health';
const patterns = 'log-analytics/pattern-detection';
const replicate = 'change-data-capture/replicate';
const changes = 'change-data-capture/change-counts';
const lag = 'change-data-capture/replication-lag';

const asks = (a: object) => (right: readonly Assertion[]) => [...right, a as Assertion];
/** The count of the rows asked for in another way. */
const counts = (change: (expected: number) => object) => (right: readonly Assertion[]) =>
  right.map((a) => (a.type === 'record_count' ? ({ type: 'record_count', ...change(Number(a['expected'])) } as Assertion) : a));

/** A figure asked for to one place behind the point. */
const rounded = (field: string) => (right: readonly Assertion[]) =>
  right.map((a) => (a['field'] === field ? ({ ...a, expected: Math.round(Number(a['expected'])), tolerance: 0 } as Assertion) : a));

export const MISTAKES: readonly Mistake[] = [
  // words
  { query: vwap, mistake: 'SELECT lacks a letter', wrote: ['SELECT', 'SELEC'] },
  { query: movement, mistake: 'FROM has two letters swapped', wrote: ['FROM', 'FORM'] },
  { query: revenue, mistake: 'GROUP has two letters swapped', wrote: ['GROUP BY', 'GRUOP BY'] },
  { query: velocity, mistake: 'BY is missing', wrote: ['GROUP BY user_id', 'GROUP user_id'] },
  { query: fence, mistake: 'WHERE is misspelt', wrote: ['WHERE', 'WEHRE'] },
  { query: products, mistake: 'ORDER is misspelt', wrote: ['ORDER BY', 'ODER BY'] },
  { query: spikes, mistake: 'HAVING is misspelt', wrote: ['HAVING', 'HAVNG'] },
  { query: rate, mistake: 'EMIT is misspelt', wrote: ['EMIT FINAL', 'EMTI FINAL'] },
  { query: sessions, mistake: 'FINAL is misspelt', wrote: ['EMIT FINAL', 'EMIT FINLA'] },
  { query: maintenance, mistake: 'TUMBLING is misspelt', wrote: ['TUMBLING', 'TUMBLNG'] },
  { query: latency, mistake: 'WINDOW is misspelt', wrote: ['WINDOW', 'WINDWO'] },
  { query: engagement, mistake: 'DISTINCT is misspelt', wrote: ['DISTINCT user_id', 'DISTINT user_id'] },
  { query: cart, mistake: 'THEN is missing', wrote: ["'add_to_cart' THEN quantity ELSE", "'add_to_cart' quantity ELSE"] },
  { query: changes, mistake: 'END is missing', wrote: ["'insert' THEN 1 ELSE 0 END", "'insert' THEN 1 ELSE 0"] },
  { query: geo, mistake: 'JOIN has no ON', wrote: ['later ON earlier', 'later earlier'] },
  { query: patterns, mistake: 'LIKE is misspelt', wrote: ["LIKE '%timeout%'", "LIEK '%timeout%'"] },
  // signs
  { query: vwap, mistake: 'a comma is missing between items', wrote: ['AS volume,', 'AS volume'] },
  { query: rate, mistake: 'a comma too many before FROM', wrote: ['AS per_second', 'AS per_second,'] },
  { query: maintenance, mistake: 'a comma is missing in GROUP BY', wrote: ['GROUP BY device_id, site', 'GROUP BY device_id site'] },
  { query: movement, mistake: 'a parenthesis is not closed', wrote: ['STDDEV(price) /', 'STDDEV(price /'] },
  { query: revenue, mistake: 'a parenthesis too many', wrote: ['AVG(quantity * price)', 'AVG(quantity * price))'] },
  { query: products, mistake: 'a quote is not closed', wrote: ["'purchase'", "'purchase"] },
  { query: cart, mistake: 'curly quotes of a word processor', wrote: ["IN ('add_to_cart', '", "IN (‘add_to_cart’, '"] },
  { query: revenue, mistake: 'a value without quotes', wrote: ["event_type = 'purchase'", 'event_type = purchase'] },
  { query: products, mistake: 'a value in back-ticks', wrote: ["event_type = 'purchase'", 'event_type = `purchase`'] },
  { query: errors, mistake: 'two signs of equality', wrote: ['status_code >= 500 THEN 1 ', 'status_code => 500 THEN 1 '] },
  { query: replicate, mistake: 'a double equals sign', wrote: ["(operation = 'delete'", "(operation == 'delete'"] },
  { query: replicate, mistake: 'AND as ampersands', wrote: ['IS NOT NULL AND', 'IS NOT NULL &&'] },
  { query: lag, mistake: 'a closing and no opening parenthesis', wrote: ['AVG(DATEDIFF(', 'AVG DATEDIFF('] },
  // order and place
  {
    query: fence,
    mistake: 'WHERE after GROUP BY',
    wrote: [
      "WHERE country IS NOT NULL AND country != 'US'\nGROUP BY country",
      "GROUP BY country\nWHERE country IS NOT NULL AND country != 'US'",
    ],
  },
  { query: products, mistake: 'LIMIT before ORDER BY', wrote: ['ORDER BY revenue DESC\nLIMIT 10', 'LIMIT 10\nORDER BY revenue DESC'] },
  {
    query: spikes,
    mistake: 'an aggregate in WHERE',
    wrote: [
      'GROUP BY symbol\nWINDOW TUMBLING(timestamp, 1m)\nHAVING SUM(quantity) > 1',
      'WHERE SUM(quantity) > 1\nGROUP BY symbol\nWINDOW TUMBLING(timestamp, 1m)',
    ],
  },
  {
    query: velocity,
    mistake: 'the name of a figure in WHERE',
    wrote: [
      'GROUP BY user_id\nWINDOW TUMBLING(timestamp, 1m)\nHAVING COUNT(*) > 1',
      'WHERE transaction_count > 1\nGROUP BY user_id\nWINDOW TUMBLING(timestamp, 1m)',
    ],
  },
  { query: maintenance, mistake: 'a selected column is not grouped', wrote: ['GROUP BY device_id, site', 'GROUP BY device_id'] },
  { query: fence, mistake: 'no GROUP BY at all', wrote: ['GROUP BY country\n', ''] },
  {
    query: cart,
    mistake: 'a condition of rows in HAVING',
    wrote: [
      "WHERE event_type IN ('add_to_cart', 'remove_from_cart')\nGROUP BY region\nWINDOW TUMBLING(timestamp, 1m)",
      "GROUP BY region\nWINDOW TUMBLING(timestamp, 1m)\nHAVING event_type IN ('add_to_cart', 'remove_from_cart')",
    ],
  },
  // names
  { query: revenue, mistake: 'a misspelt column', wrote: ['SUM(quantity * price)', 'SUM(quantiy * price)'] },
  { query: vwap, mistake: 'a column by another word', wrote: ['SUM(quantity) AS volume', 'SUM(qty) AS volume'] },
  { query: latency, mistake: 'a misspelt function', wrote: ['AVG(latency_ms)', 'AVRG(latency_ms)'] },
  { query: geo, mistake: 'an alias that nothing has', wrote: ['earlier.country AS from_country', 'earler.country AS from_country'] },
  { query: geo, mistake: 'a column that both sides have', wrote: ['later.transaction_id AS transaction_id', 'transaction_id'] },
  {
    query: products,
    mistake: 'a figure under another name than asked for',
    wrote: ['SUM(quantity) AS pieces', 'SUM(quantity) AS total_quantity'],
  },
  { query: engagement, mistake: 'a figure that is not made', wrote: ['\n       COUNT(*) AS views,', ''] },
  { query: sessions, mistake: 'a figure without its name', wrote: ['COUNT(*) AS pages', 'COUNT(*)'] },
  { query: spikes, mistake: 'the source is plural', wrote: ['FROM `trades`', 'FROM `trade`'] },
  { query: cart, mistake: 'the source has another separator', wrote: ['FROM `shop-events`', 'FROM shop_events'] },
  {
    query: movement,
    mistake: 'a unit of time that is none',
    wrote: ['TUMBLING(timestamp, 5m)', "TUMBLING(timestamp, INTERVAL '5' MINUTS)"],
  },
  // meaning
  { query: rate, mistake: 'minutes written as seconds', wrote: ['1m)', '1s)'] },
  { query: latency, mistake: 'minutes written as hours', wrote: ['5m)', '5h)'] },
  { query: revenue, mistake: 'compared with a pattern', wrote: ["event_type = 'purchase'", "event_type = 'purch%'"] },
  { query: fence, mistake: 'compared with NULL', wrote: ['country IS NOT NULL', 'country != NULL'] },
  { query: geo, mistake: 'joined by another column', wrote: ['earlier.user_id = later.user_id', 'earlier.user_id = later.transaction_id'] },
  { query: errors, mistake: 'a number compared as a text', wrote: ['status_code >= 500 THEN 1 ', "status_code >= '500' THEN 1 "] },
  { query: changes, mistake: 'a text compared as a number', wrote: ["operation = 'insert'", 'operation = 1'] },
  { query: products, mistake: 'the sign of a product', wrote: ['SUM(quantity * price)', 'SUM(quantity + price)'] },
  { query: sessions, mistake: 'a window that slides instead of a session', wrote: ['SESSION(timestamp, 30m)', 'TUMBLING(timestamp, 30m)'] },
  { query: vwap, mistake: 'every change instead of the result', wrote: ['EMIT FINAL', 'EMIT CHANGES'] },
  { query: fleet, mistake: 'a function of another dialect', wrote: ['AVG(temperature)', 'AVERAGE(temperature)'] },
  { query: products, mistake: 'fewer rows than asked for', wrote: ['LIMIT 10', 'LIMIT 1'] },
  {
    query: lag,
    mistake: 'the earlier and the later are swapped',
    wrote: ["AVG(DATEDIFF('milliseconds', committed_at, received_at))", "AVG(DATEDIFF('milliseconds', received_at, committed_at))"],
  },
  { query: changes, mistake: 'THEN and ELSE are swapped', wrote: ["'insert' THEN 1 ELSE 0", "'insert' THEN 0 ELSE 1"] },
  { query: patterns, mistake: 'stars in a pattern', wrote: ["LIKE '%timeout%'", "LIKE '*timeout*'"] },
  { query: engagement, mistake: 'readers are not counted once', wrote: ['COUNT(DISTINCT user_id)', 'COUNT(user_id)'] },
  { query: lag, mistake: 'windows by the other time', wrote: ['TUMBLING(received_at', 'TUMBLING(committed_at'] },
  { query: revenue, mistake: 'IS for equals', wrote: ["event_type = 'purchase'", "event_type IS 'purchase'"] },
  {
    query: cart,
    mistake: 'a list without parentheses',
    wrote: ["IN ('add_to_cart', 'remove_from_cart')", "IN 'add_to_cart', 'remove_from_cart'"],
  },
  { query: fence, mistake: 'IS is missing', wrote: ['country IS NOT NULL', 'country NOT NULL'] },
  { query: maintenance, mistake: 'a comma for AND', wrote: ['WHERE vibration IS NOT NULL', 'WHERE vibration IS NOT NULL, vibration > 0'] },
  { query: spikes, mistake: 'an alias that is not given', wrote: ['SELECT symbol,', 'SELECT t.symbol,'] },
  { query: movement, mistake: 'a semicolon too early', wrote: ['FROM `trades`\n', 'FROM `trades`;\n'] },
  { query: rate, mistake: 'two words run together', wrote: ['GROUP BY service', 'GROUPBY service'] },
  { query: movement, mistake: 'the least for the most', wrote: ['MAX(timestamp)', 'MIN(timestamp)'] },
  { query: latency, mistake: 'a percentage for a share', wrote: ['0.95', '95'] },
  { query: fence, mistake: 'the sign of a condition is turned round', wrote: ["country != 'US'", "country = 'US'"] },
  {
    query: cart,
    mistake: 'OR for a list',
    wrote: ["event_type IN ('add_to_cart', 'remove_from_cart')", "event_type = 'add_to_cart' AND event_type = 'remove_from_cart'"],
  },
  {
    query: engagement,
    mistake: 'three mistakes at once',
    wrote: [
      'SELECT page,\n       COUNT(*) AS views,\n       COUNT(DISTINCT',
      'SELCT page,\n       COUNT(*) AS views\n       COUNT(DISTNCT',
    ],
  },
  {
    query: cart,
    mistake: 'values in other letters',
    wrote: ["IN ('add_to_cart', 'remove_from_cart')", "IN ('ADD_TO_CART', 'REMOVE_FROM_CART')"],
  },
  { query: revenue, mistake: 'a value with a typing error', wrote: ["'purchase'", "'purchse'"] },
  // the assertion
  { query: velocity, mistake: 'one row too few is expected', asks: counts((n) => ({ equals: n - 1 })) },
  { query: latency, mistake: 'fewer than what comes are expected', asks: counts((n) => ({ operator: 'less_than', expected: n })) },
  {
    query: maintenance,
    mistake: 'the operator is turned round',
    asks: asks({ type: 'field_values', field: 'readings', operator: 'less_than', value: 1 }),
  },
  { query: engagement, mistake: 'the assertion names a column that is misspelt', asks: asks({ type: 'no_nulls', fields: ['raeders'] }) },
  {
    query: fleet,
    mistake: 'an operator that there is not',
    asks: asks({ type: 'field_values', field: 'active_devices', operator: 'greater_then', value: 0 }),
  },
  { query: fleet, mistake: 'a rounded figure without a tolerance', asks: rounded('avg_temperature') },
  { query: vwap, mistake: 'an assertion that there is not', asks: asks({ type: 'no_nuls', fields: ['vwap'] }) },
  // more of each
  { query: vwap, mistake: 'AS has its letters swapped', wrote: ['AS vwap', 'SA vwap'] },
  {
    query: revenue,
    mistake: 'EMIT before WINDOW',
    wrote: ['GROUP BY region\nWINDOW TUMBLING(timestamp, 5m)\nEMIT FINAL', 'EMIT FINAL\nGROUP BY region\nWINDOW TUMBLING(timestamp, 5m)'],
  },
  { query: products, mistake: 'DESC is misspelt', wrote: ['revenue DESC', 'revenue DECS'] },
  { query: products, mistake: 'a word behind LIMIT', wrote: ['LIMIT 10', 'LIMIT 10 ROWS'] },
  { query: cart, mistake: 'ELSE is missing', wrote: ["'add_to_cart' THEN quantity ELSE 0 END", "'add_to_cart' THEN quantity 0 END"] },
  {
    query: changes,
    mistake: 'IF for WHEN',
    wrote: ["SUM(CASE WHEN operation = 'insert' THEN 1 ELSE 0 END)", "SUM(CASE IF operation = 'insert' THEN 1 ELSE 0 END)"],
  },
  { query: velocity, mistake: 'a misspelt aggregate in HAVING', wrote: ['HAVING COUNT(*)', 'HAVING CUONT(*)'] },
  { query: velocity, mistake: 'a threshold ten times too high', wrote: ['HAVING COUNT(*) > 1', 'HAVING COUNT(*) > 10'] },
  { query: fence, mistake: 'a space within a sign', wrote: ["!= 'US'", "! = 'US'"] },
  { query: fence, mistake: 'NOT and an equals sign', wrote: ["country != 'US'", "country NOT = 'US'"] },
  { query: fleet, mistake: 'an aggregate without parentheses', wrote: ['COUNT(DISTINCT device_id)', 'COUNT DISTINCT device_id'] },
  { query: fleet, mistake: 'a point for a comma', wrote: ['AS active_devices,', 'AS active_devices.'] },
  { query: fleet, mistake: 'the highest for the lowest', wrote: ['MIN(battery)', 'MAX(battery)'] },
  { query: maintenance, mistake: 'WINDOWS for WINDOW', wrote: ['WINDOW TUMBLING', 'WINDOWS TUMBLING'] },
  { query: maintenance, mistake: 'a time that there is not', wrote: ['TUMBLING(timestamp, 15m)', 'TUMBLING(time, 15m)'] },
  { query: patterns, mistake: 'a sub-query that is not closed', wrote: [') troubled', ' troubled'] },
  { query: patterns, mistake: 'a pattern in capitals', wrote: ["LOWER(message) LIKE '%timeout%'", "message LIKE '%TIMEOUT%'"] },
  { query: latency, mistake: 'a name in two words', wrote: ['AS avg_latency_ms', 'AS avg latency_ms'] },
  { query: rate, mistake: 'a sign of the school for division', wrote: ['/ 60.0', '÷ 60.0'] },
  { query: sessions, mistake: 'a pause of seconds for one of minutes', wrote: ['SESSION(timestamp, 30m)', 'SESSION(timestamp, 30s)'] },
  { query: geo, mistake: 'AND is misspelt', wrote: ['AND earlier.country', 'ADN earlier.country'] },
  { query: geo, mistake: 'WITHIN is misspelt', wrote: ['WITHIN 10m', 'WITHN 10m'] },
  { query: geo, mistake: 'JOIN is misspelt', wrote: ['JOIN `transactions` later', 'LEFT JION `transactions` later'] },
  { query: replicate, mistake: 'NULL is misspelt', wrote: ['row_key IS NOT NULL', 'row_key IS NOT NUL'] },
  {
    query: replicate,
    mistake: 'the last parenthesis is missing',
    wrote: ["(operation = 'delete' OR row_data IS NOT NULL)", "(operation = 'delete' OR row_data IS NOT NULL"],
  },
  { query: engagement, mistake: 'the mean of a text', wrote: ['AVG(duration_ms)', 'AVG(page)'] },
  { query: engagement, mistake: 'a comment that is not closed', wrote: ['SELECT page,', 'SELECT page, /* the page'] },
  { query: lag, mistake: 'a misspelt unit of a function', wrote: ["AVG(DATEDIFF('milliseconds'", "AVG(DATEDIFF('millisecnds'"] },
  { query: lag, mistake: 'a hundred for a thousand', wrote: ['/ 1000.0 AS avg', '/ 100.0 AS avg'] },
  {
    query: vwap,
    mistake: 'an operator as people say it',
    asks: asks({ type: 'field_values', field: 'trade_count', operator: 'at_least', value: 1 }),
  },
  {
    query: vwap,
    mistake: 'a range with its ends swapped',
    asks: asks({ type: 'field_values', field: 'trade_count', operator: 'between', min: 1000, max: 1 }),
  },
  { query: cart, mistake: 'a range that is too narrow', asks: asks({ type: 'record_count', between: [0, 1] }) },
];
