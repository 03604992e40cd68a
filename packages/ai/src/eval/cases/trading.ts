import { casesFrom, schemasFrom } from '../case.ts';

export const trading = {
  name: 'trading',
  schemas: schemasFrom(`
    trades: trade_id STRING, symbol STRING, price FLOAT, quantity INTEGER, side STRING BUY|SELL, trader_id STRING, exchange STRING NYSE|NASDAQ|LSE, event_time TIMESTAMP
    quotes: symbol STRING, bid FLOAT, ask FLOAT, bid_size INTEGER, ask_size INTEGER, ts TIMESTAMP
    table companies: symbol STRING, name STRING, sector STRING tech|energy|finance, country STRING
  `),
  cases: casesFrom(
    'trading',
    `
    [aggregate]
    vwap per symbol every 5 minutes / volume weighted average price by symbol in 5m windows => symbol, SUM(price * quantity) / SUM(quantity) v FROM trades GROUP BY symbol W 5m
    average price per symbol each minute / mean price by symbol every minute / avg px per ticker 1 minute windows => symbol, AVG(price) v FROM trades GROUP BY symbol W 1m
    trading volume by symbol every 15 minutes / total shares traded per symbol in 15-minute windows => symbol, SUM(quantity) v FROM trades GROUP BY symbol W 15m
    highest and lowest price per symbol per hour / max and min price for each stock hourly => symbol, MAX(price) a, MIN(price) b FROM trades GROUP BY symbol W 1h
    number of trades per exchange / trade count by exchange / how many trades on each exchange => exchange, COUNT(*) n FROM trades GROUP BY exchange
    standard deviation of price by symbol over 10 minutes / price volatility per symbol in 10 minute windows => symbol, STDDEV(price) v FROM trades GROUP BY symbol W 10m
    notional per trader per hour / total price times quantity by trader every hour => trader_id, SUM(price * quantity) v FROM trades GROUP BY trader_id W 1h
    price range per symbol every 30 minutes / difference between highest and lowest price by symbol in 30 minute windows => symbol, MAX(price) - MIN(price) v FROM trades GROUP BY symbol W 30m
    average spread per symbol every minute / mean bid ask spread by symbol per minute => symbol, AVG(ask - bid) v FROM quotes GROUP BY symbol W 1m
    latest price per symbol / current price of each symbol => symbol, LAST_VALUE(price) v FROM trades GROUP BY symbol
    how many different traders per symbol / unique traders by symbol => symbol, COUNT(DISTINCT trader_id) n FROM trades GROUP BY symbol
    [filter]
    trades of more than 1000 shares / trades over 1000 shares / trades with quantity above 1k => * FROM trades WHERE quantity > 1000
    AAPL trades / trades for AAPL / show me all trades in AAPL => * FROM trades WHERE symbol = 'AAPL'
    buys on NASDAQ above $500 / buy trades above 500 dollars on NASDAQ => * FROM trades WHERE side = 'BUY' AND exchange = 'NASDAQ' AND price > 500
    sells priced under 20 / sell trades with a price below 20 => * FROM trades WHERE side = 'SELL' AND price < 20
    trades in AAPL or MSFT / trades for AAPL and MSFT => * FROM trades WHERE symbol IN ('AAPL', 'MSFT')
    total volume for TSLA each minute => SUM(quantity) v FROM trades WHERE symbol = 'TSLA' W 1m
    [pivot]
    number of buys and sells per symbol every minute / count of buys and sells by symbol each minute => symbol, SUM(CASE WHEN side = 'BUY' THEN 1 ELSE 0 END) b, SUM(CASE WHEN side = 'SELL' THEN 1 ELSE 0 END) s FROM trades GROUP BY symbol W 1m
    [ratio]
    ratio of buys to sells per symbol / buy to sell ratio by symbol => symbol, 1.0 * SUM(CASE WHEN side = 'BUY' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN side = 'SELL' THEN 1 ELSE 0 END), 0) v FROM trades GROUP BY symbol
    what percentage of trades are buys on each exchange / percent of trades that are buys by exchange => exchange, 100.0 * SUM(CASE WHEN side = 'BUY' THEN 1 ELSE 0 END) / COUNT(*) v FROM trades GROUP BY exchange
    [sliding]
    rolling 10 minute average price per symbol updated every minute / average price by symbol over the last 10 minutes, every minute / 10 minute sliding window advancing by 1 minute with the average price per symbol => symbol, AVG(price) v FROM trades GROUP BY symbol W 10m/1m
    hourly volume per symbol refreshed every 5 minutes over a sliding window / total quantity per symbol in a 1 hour window sliding every 5 minutes => symbol, SUM(quantity) v FROM trades GROUP BY symbol W 1h/5m
    [rows]
    moving average of the last 20 prices per symbol / average price over the last 20 trades for each symbol / 20-trade moving average of price by symbol => symbol, event_time, price, AVG(price) OVER (ROWS WINDOW BUFFER 20 ROWS PARTITION BY symbol ORDER BY event_time) v FROM trades
    price change from the previous trade per symbol / difference in price to the previous trade by symbol => symbol, event_time, price, price - LAG(price) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY symbol ORDER BY event_time) v FROM trades
    [topn]
    top 5 symbols by volume / five symbols with the highest volume => symbol, SUM(quantity) v FROM trades GROUP BY symbol W 5m ORDER BY v DESC LIMIT 5
    top 10 most traded symbols each hour / 10 most active symbols per hour => symbol, COUNT(*) n FROM trades GROUP BY symbol W 1h ORDER BY n DESC LIMIT 10
    which trader has the highest notional every 10 minutes => trader_id, SUM(price * quantity) v FROM trades GROUP BY trader_id W 10m ORDER BY v DESC LIMIT 1
    [having]
    symbols with volume above 1M per minute / symbols trading more than 1 million shares a minute => symbol, SUM(quantity) v FROM trades GROUP BY symbol W 1m HAVING SUM(quantity) > 1000000
    traders with more than 100 trades in 5 minutes => trader_id, COUNT(*) n FROM trades GROUP BY trader_id W 5m HAVING COUNT(*) > 100
    symbols whose average price exceeds 300 per hour => symbol, AVG(price) v FROM trades GROUP BY symbol W 1h HAVING AVG(price) > 300
    [join]
    volume by sector every 5 minutes / total quantity per sector in 5 minute windows => c.sector, SUM(t.quantity) v FROM trades t JOIN companies c ON t.symbol = c.symbol GROUP BY c.sector W 5m
    average price of tech stocks per minute => AVG(t.price) v FROM trades t JOIN companies c ON t.symbol = c.symbol WHERE c.sector = 'tech' W 1m
    number of trades by company country => c.country, COUNT(*) n FROM trades t JOIN companies c ON t.symbol = c.symbol GROUP BY c.country
    [alert]
    alert when the average price per symbol exceeds 500 over 5 minutes / warn me if avg price by symbol goes above 500 in 5 minute windows => symbol, AVG(price) v FROM trades GROUP BY symbol W 5m
    alert when volume for any symbol goes above 1M in a minute => symbol, SUM(quantity) v FROM trades GROUP BY symbol W 1m
    [emit]
    final volume per symbol for each hour / volume per symbol per hour, only when the window closes => symbol, SUM(quantity) v FROM trades GROUP BY symbol W 1h EMIT FINAL
    [edit]
    ~ SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES
    make it 10 minutes / use 10 minute windows instead => symbol, AVG(price) v FROM trades GROUP BY symbol W 10m
    only for AAPL / just AAPL please => symbol, AVG(price) v FROM trades WHERE symbol = 'AAPL' GROUP BY symbol W 1m
    also show the volume / add total quantity => symbol, AVG(price) v, SUM(quantity) q FROM trades GROUP BY symbol W 1m
    only where the average is above 100 => symbol, AVG(price) v FROM trades GROUP BY symbol W 1m HAVING AVG(price) > 100
    [behaviour]
    truncate trades => no
    trades by weather => ?
    alert me when the price is unusual => ?
    `,
  ),
};
