-- Open, high, low, close per symbol and minute.
-- EMIT FINAL: a row comes when the watermark closes its window.
SELECT symbol,
       FIRST_VALUE(price) AS open,
       MAX(price) AS high,
       MIN(price) AS low,
       LAST_VALUE(price) AS close,
       SUM(quantity) AS volume,
       _window_start AS window_start
FROM trades
GROUP BY symbol
WINDOW TUMBLING(ts, INTERVAL '1' MINUTE)
EMIT FINAL
