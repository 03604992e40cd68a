-- One row per symbol, anew with every trade.
-- EMIT CHANGES: each record updates its group.
SELECT symbol,
       SUM(price * quantity) / SUM(quantity) AS vwap,
       COUNT(*) AS trades
FROM trades
GROUP BY symbol
EMIT CHANGES
