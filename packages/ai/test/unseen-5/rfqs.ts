import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Requests for quotes in corporate bonds; asked by traders, sales and compliance. */
export const rfqs = {
  name: 'rfqs',
  schemas: schemasFrom(`
    bond_rfqs: bond STRING, client STRING, direction STRING buy|sell, size_mm FLOAT, spread_bp FLOAT, cover_bp FLOAT, outcome STRING won|covered|lost|passed, respond_s FLOAT, trader STRING, platform STRING, auto_quoted BOOLEAN, reject_text STRING, asked_at TIMESTAMP
    inventory: bond STRING, book STRING, position_mm FLOAT, pnl_usd FLOAT, hedged BOOLEAN, risk_dv01 FLOAT, marked_at TIMESTAMP
    table bonds: bond STRING, issuer STRING, rating STRING AAA|AA|BBB|junk, maturity_year INTEGER, coupon_pct FLOAT, callable BOOLEAN
  `),
  cases: casesFrom(
    'rfqs',
    `
    [filter]
    lost buys above 10 mm => * FROM bond_rfqs WHERE outcome = 'lost' AND direction = 'buy' AND size_mm > 10
    rfqs we answered slower than 30 seconds, not auto quoted => * FROM bond_rfqs WHERE respond_s > 30 AND auto_quoted = FALSE
    won or covered on platform MktX for client Alder => * FROM bond_rfqs WHERE outcome IN ('won', 'covered') AND platform = 'MktX' AND client = 'Alder'
    unhedged positions of 25 mm or larger in book HY1 => * FROM inventory WHERE hedged = FALSE AND position_mm >= 25 AND book = 'HY1'
    where was our spread wider than the cover => * FROM bond_rfqs WHERE spread_bp > cover_bp
    rfqs that came with a reject text => * FROM bond_rfqs WHERE reject_text IS NOT NULL
    [aggregate]
    total size asked per client and day => client, SUM(size_mm) v FROM bond_rfqs GROUP BY client W 1d
    avg spread by trader, hourly => trader, AVG(spread_bp) v FROM bond_rfqs GROUP BY trader W 1h
    how many distinct bonds does each client ask about in a week => client, COUNT(DISTINCT bond) n FROM bond_rfqs GROUP BY client W 7d
    latest position in every bond => bond, LAST_VALUE(position_mm) v FROM inventory GROUP BY bond
    total pnl per book per day => book, SUM(pnl_usd) v FROM inventory GROUP BY book W 1d
    rfqs by platform and outcome => platform, outcome, COUNT(*) n FROM bond_rfqs GROUP BY platform, outcome
    [ratio]
    win ratio per trader and week: won rfqs out of all => trader, 1.0 * SUM(CASE WHEN outcome = 'won' THEN 1 ELSE 0 END) / COUNT(*) v FROM bond_rfqs GROUP BY trader W 7d
    what percentage of rfqs do we quote automatically, by platform => platform, 100.0 * SUM(CASE WHEN auto_quoted = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM bond_rfqs GROUP BY platform
    buys per sell for each client => client, 1.0 * SUM(CASE WHEN direction = 'buy' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN direction = 'sell' THEN 1 ELSE 0 END), 0) v FROM bond_rfqs GROUP BY client
    [join]
    won rfqs in junk bonds => r.* FROM bond_rfqs r JOIN bonds b ON r.bond = b.bond WHERE r.outcome = 'won' AND b.rating = 'junk'
    total size by issuer, daily => b.issuer, SUM(r.size_mm) v FROM bond_rfqs r JOIN bonds b ON r.bond = b.bond GROUP BY b.issuer W 1d
    average spread of callable bonds per rating => b.rating, AVG(r.spread_bp) v FROM bond_rfqs r JOIN bonds b ON r.bond = b.bond WHERE b.callable = TRUE GROUP BY b.rating
    [having]
    clients sending more than 20 rfqs within an hour => client, COUNT(*) n FROM bond_rfqs GROUP BY client W 1h HAVING COUNT(*) > 20
    traders averaging 15 seconds or more to respond, per day => trader, AVG(respond_s) v FROM bond_rfqs GROUP BY trader W 1d HAVING AVG(respond_s) >= 15
    [topn]
    biggest 10 clients by total size each week => client, SUM(size_mm) v FROM bond_rfqs GROUP BY client W 7d ORDER BY v DESC LIMIT 10
    which trader responds fastest on average, per day => trader, AVG(respond_s) v FROM bond_rfqs GROUP BY trader W 1d ORDER BY v ASC LIMIT 1
    [rows]
    spread of each rfq against the previous rfq in the same bond, as a difference => bond, spread_bp - LAG(spread_bp) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY bond ORDER BY asked_at) v FROM bond_rfqs
    [session]
    bursts of rfqs from one client, with under a minute between them: how many rfqs and what total size in each burst => client, COUNT(*) n, SUM(size_mm) v FROM bond_rfqs GROUP BY client W session 1m
    [alert]
    shout if total pnl of a book drops below 1000 usd within 15 minutes => book, SUM(pnl_usd) v FROM inventory GROUP BY book W 15m
    [edit]
    ~ SELECT trader, AVG(respond_s) AS secs FROM bond_rfqs GROUP BY trader WINDOW TUMBLING(1d) EMIT CHANGES
    human quotes only (not auto quoted) => trader, AVG(respond_s) secs FROM bond_rfqs WHERE auto_quoted = FALSE GROUP BY trader W 1d
    median, please => trader, MEDIAN(respond_s) secs FROM bond_rfqs GROUP BY trader W 1d
    show number of rfqs too => trader, AVG(respond_s) secs, COUNT(*) n FROM bond_rfqs GROUP BY trader W 1d
    slowest traders on top => trader, AVG(respond_s) secs FROM bond_rfqs GROUP BY trader W 1d ORDER BY secs DESC
    platform instead of trader => platform, AVG(respond_s) secs FROM bond_rfqs GROUP BY platform W 1d
    [behaviour]
    should I buy this bond => ?
    rfqs by country of the client => ?
    hedge everything in HY1 => no
    `,
  ),
};
