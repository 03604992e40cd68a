import { casesFrom, schemasFrom } from '../case.ts';

/** Fills and quotes of a trading desk, px and qty; asked by a trader in the words of the trade. */
export const perps = {
  name: 'perps',
  schemas: schemasFrom(`
    fills: fill_id STRING, acct STRING, sym STRING, side STRING buy|sell, px FLOAT, qty FLOAT, fee_usd FLOAT, is_maker BOOLEAN, venue STRING, fill_ts TIMESTAMP
    quotes: sym STRING, venue STRING, bid_px FLOAT, ask_px FLOAT, bid_sz FLOAT, ask_sz FLOAT, quote_ts TIMESTAMP
    table accts: acct STRING, desk STRING macro|arb|options, max_pos FLOAT
  `),
  cases: casesFrom(
    'perps',
    `
    [aggregate]
    vwap by sym, 5m => sym, SUM(px * qty) / NULLIF(SUM(qty), 0) v FROM fills GROUP BY sym W 5m
    avg bid ask spread by sym on quotes, 10s buckets => sym, AVG(ask_px - bid_px) v FROM quotes GROUP BY sym W 10s
    high and low fill px per sym, 1 minute bars => sym, MAX(px) h, MIN(px) l FROM fills GROUP BY sym W 1m
    fees per acct, daily => acct, SUM(fee_usd) v FROM fills GROUP BY acct W 1d
    last fill px for each sym every minute => sym, LAST_VALUE(px) v FROM fills GROUP BY sym W 1m
    [filter]
    BTC-PERP sells with qty over 5 => * FROM fills WHERE sym = 'BTC-PERP' AND side = 'sell' AND qty > 5
    maker fills on binance or okx => * FROM fills WHERE is_maker = TRUE AND venue IN ('binance', 'okx')
    crossed quotes, i.e. bid at or above ask => * FROM quotes WHERE bid_px >= ask_px
    fills that paid more than $25 in fees, anywhere but deribit => * FROM fills WHERE fee_usd > 25 AND venue != 'deribit'
    [ratio]
    pct of fills that are maker by venue, 1h => venue, 100.0 * SUM(CASE WHEN is_maker = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM fills GROUP BY venue W 1h
    [pivot]
    buy qty and sell qty side by side per sym, 15m => sym, SUM(CASE WHEN side = 'buy' THEN qty ELSE 0 END) b, SUM(CASE WHEN side = 'sell' THEN qty ELSE 0 END) s FROM fills GROUP BY sym W 15m
    [join]
    number of fills by desk, 1h => a.desk, COUNT(*) n FROM fills f JOIN accts a ON f.acct = a.acct GROUP BY a.desk W 1h
    fees of the arb desk per venue per day => f.venue, SUM(f.fee_usd) v FROM fills f JOIN accts a ON f.acct = a.acct WHERE a.desk = 'arb' GROUP BY f.venue W 1d
    [having]
    accts doing 100+ fills in a minute => acct, COUNT(*) n FROM fills GROUP BY acct W 1m HAVING COUNT(*) >= 100
    [topn]
    top 10 syms by qty traded, hourly => sym, SUM(qty) v FROM fills GROUP BY sym W 1h ORDER BY v DESC LIMIT 10
    [rows]
    px change vs the previous fill, for each sym => sym, fill_ts, px, px - LAG(px) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY sym ORDER BY fill_ts) v FROM fills
    [edit]
    ~ SELECT sym, SUM(qty) AS vol FROM fills GROUP BY sym WINDOW TUMBLING(5m) EMIT CHANGES
    by side as well => sym, side, SUM(qty) v FROM fills GROUP BY sym, side W 5m
    [behaviour]
    tell me when px looks off => ?
    cancel every order on okx => no
    `,
  ),
};
