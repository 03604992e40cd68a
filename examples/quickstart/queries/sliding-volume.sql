-- Volume of the last five minutes, every minute:
-- each trade counts in five windows that overlap.
SELECT symbol,
       SUM(quantity) AS volume,
       COUNT(*) AS trades,
       _window_end AS window_end
FROM trades
GROUP BY symbol
WINDOW SLIDING(ts, INTERVAL '5' MINUTE, INTERVAL '1' MINUTE)
EMIT FINAL
