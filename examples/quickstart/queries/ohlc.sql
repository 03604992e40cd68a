-- Close, high, low, open per symbol and minute.
-- EMIT FINAL: a row comes when its window closes.
SELECT symbol,
       LAST_VALUE(price) AS close,
       MAX(price) AS high,
       MIN(price) AS low,
       FIRST_VALUE(price) AS open,
       SUM(quantity) AS volume,
       _window_start AS window_start
FROM trades
GROUP BY symbol
WINDOW TUMBLING(ts, INTERVAL '1' MINUTE)
EMIT FINAL
