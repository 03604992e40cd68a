/**
 * What each query asks, as DuckDB says it over the same rows at rest. Written apart from the queries of the engine: other functions, other
 * joins, no streams. Column lists are those of the engine's results.
 */
const VIEWS = `
  CREATE OR REPLACE VIEW person AS SELECT * FROM nexmark WHERE event_type = 0;
  CREATE OR REPLACE VIEW auction AS SELECT * FROM nexmark WHERE event_type = 1;
  CREATE OR REPLACE VIEW bid AS SELECT * FROM nexmark WHERE event_type = 2;`;

const AUCTION = ['id', 'itemName', 'description', 'initialBid', 'reserve', 'dateTime', 'expires', 'seller', 'category', 'extra'];
const auctionColumns = AUCTION.map((name) => `a.${name}`).join(', ');
const WON = `SELECT a.id, a.seller, a.category, a.expires, max(b.price) AS final FROM auction a, bid b
  WHERE a.id = b.auction AND b.dateTime >= a.dateTime AND b.dateTime <= a.expires GROUP BY ALL`;
const band = (count: string) =>
  `${count}, ${count} FILTER (price < 10000), ${count} FILTER (price BETWEEN 10000 AND 999999), ${count} FILTER (price >= 1000000)`;
const bands = ['count(*)', 'count(DISTINCT bidder)', 'count(DISTINCT auction)'].map(band).join(', ');
const day = `strftime(make_timestamp_ms(dateTime), '%Y-%m-%d')`;
const minute = `strftime(make_timestamp_ms(dateTime), '%H:%M')`;
const channelId = `nullif(regexp_extract(url, 'channel_id=([^&]*)', 1), '')`;
/** NULL where the address has none, and not an empty text. */
const channel = `CASE lower(channel) WHEN 'apple' THEN '0' WHEN 'google' THEN '1' WHEN 'facebook' THEN '2' WHEN 'baidu' THEN '3' ELSE ${channelId} END`;
const HOPS = `SELECT auction, count(*) AS num, w AS starts, w + 10000 AS ends FROM (
  SELECT auction, unnest(generate_series((dateTime // 2000) * 2000 - 8000, (dateTime // 2000) * 2000, 2000)) AS w FROM bid) GROUP BY auction, w`;
const SESSIONS = `SELECT bidder, count(*), min(dateTime), max(dateTime) + 10000 FROM (
  SELECT *, sum(fresh) OVER (PARTITION BY bidder ORDER BY dateTime, n) AS session FROM (
    SELECT *, coalesce(dateTime - lag(dateTime) OVER (PARTITION BY bidder ORDER BY dateTime, n) > 10000, false)::INT AS fresh FROM bid)) GROUP BY bidder, session`;

export const ORACLE: Readonly<Record<string, string>> = {
  q0: 'SELECT auction, bidder, price, dateTime, extra FROM bid',
  q1: 'SELECT auction, bidder, (price * 0.908::DECIMAL(4,3))::VARCHAR, dateTime, extra FROM bid',
  q2: 'SELECT auction, price FROM bid WHERE auction % 123 = 0',
  q3: `SELECT p.name, p.city, p.state, a.id FROM person p, auction a WHERE p.id = a.seller AND a.category = 10 AND p.state IN ('OR', 'ID', 'CA')`,
  q4: `SELECT category, avg(final) FROM (${WON}) GROUP BY category`,
  q5: `SELECT auction, num, starts, ends FROM (${HOPS}) QUALIFY num = max(num) OVER (PARTITION BY ends)`,
  q6: `SELECT seller, id, avg(final) OVER (PARTITION BY seller ORDER BY expires, id ROWS 9 PRECEDING) FROM (${WON})`,
  q7: 'SELECT auction, bidder, price, dateTime, extra FROM bid QUALIFY price = max(price) OVER (PARTITION BY dateTime // 10000)',
  q8: `SELECT DISTINCT p.id, p.name, (p.dateTime // 10000) * 10000 FROM person p, auction a WHERE p.id = a.seller AND p.dateTime // 10000 = a.dateTime // 10000`,
  q9: `SELECT ${auctionColumns}, b.auction, b.bidder, b.price, b.dateTime AS bid_time, b.extra AS bid_extra FROM auction a JOIN bid b ON a.id = b.auction
    AND b.dateTime BETWEEN a.dateTime AND a.expires QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.dateTime, b.n) = 1`,
  q10: `SELECT auction, bidder, price, dateTime, extra, ${day}, ${minute} FROM bid`,
  q11: SESSIONS,
  q12: 'SELECT bidder, count(*) FROM bid GROUP BY bidder',
  q13: 'SELECT b.auction, b.bidder, b.price, b.dateTime, s.value FROM bid b, side_input s WHERE b.auction % 10000 = s.key',
  q14: `SELECT auction, bidder, (price * 0.908::DECIMAL(4,3))::VARCHAR, CASE WHEN h >= 8 AND h <= 18 THEN 'dayTime' WHEN h <= 6 OR h >= 20 THEN 'nightTime' ELSE 'otherTime' END,
    dateTime, extra, len(list_filter(string_split(extra, ''), c -> c = 'c')) FROM (SELECT *, (dateTime // 3600000) % 24 AS h FROM bid) WHERE price * 0.908 > 1000000 AND price * 0.908 < 50000000`,
  q15: `SELECT ${day}, ${bands} FROM bid GROUP BY ALL`,
  q16: `SELECT channel, ${day}, max(${minute}), ${bands} FROM bid GROUP BY ALL`,
  q17: `SELECT auction, ${day}, ${band('count(*)')}, min(price), max(price), avg(price), sum(price) FROM bid GROUP BY ALL`,
  q18: `SELECT auction, bidder, price, channel, url, dateTime, extra FROM bid QUALIFY row_number() OVER (PARTITION BY bidder, auction ORDER BY dateTime DESC, n) = 1`,
  q19: `SELECT auction, bidder, price, channel, url, dateTime, extra, row_number() OVER (PARTITION BY auction ORDER BY price DESC, n) AS place FROM bid QUALIFY place <= 10`,
  q20: `SELECT b.auction, b.bidder, b.price, b.channel, b.url, b.dateTime, b.extra, a.itemName, a.description, a.initialBid, a.reserve, a.dateTime AS auction_time,
    a.expires, a.seller, a.category, a.extra AS auction_extra FROM bid b, auction a WHERE b.auction = a.id AND a.category = 10`,
  q21: `SELECT auction, bidder, price, channel, ${channel} AS c FROM bid WHERE c IS NOT NULL`,
  q22: `SELECT auction, bidder, price, channel, split_part(url, '/', 4), split_part(url, '/', 5), split_part(url, '/', 6) FROM bid`,
};

export { VIEWS as ORACLE_VIEWS };
