-- A generated market: mean price per symbol and second, without any file.
--   velo run examples/quickstart/sql/live-trades.sql --limit 16
SELECT symbol,
       AVG(price) AS mean,
       COUNT(*) AS trades,
       _window_start AS starts_at
FROM trades
GROUP BY symbol
WINDOW TUMBLING(ts, INTERVAL '1' SECOND)
EMIT FINAL
WITH (
  'trades.type' = 'datagen_source',
  'trades.preset' = 'trades',
  'trades.rows' = 1000
)
