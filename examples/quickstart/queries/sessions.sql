-- Bursts of large trades: a session ends when
-- twenty seconds pass without another one.
SELECT symbol,
       COUNT(*) AS trades,
       SUM(quantity) AS shares,
       _window_start AS window_start,
       _window_end - _window_start AS length_ms
FROM trades
WHERE quantity > 450
GROUP BY symbol
WINDOW SESSION(ts, INTERVAL '20' SECOND)
HAVING COUNT(*) > 1
EMIT FINAL
