-- A stream joins a table: each trade finds its company.
SELECT c.sector,
       SUM(t.price * t.quantity) AS turnover,
       COUNT(*) AS trades,
       _window_start AS window_start
FROM trades t
JOIN companies c ON t.symbol = c.symbol
GROUP BY c.sector
WINDOW TUMBLING(t.ts, INTERVAL '2' MINUTE)
EMIT FINAL
