-- One row per symbol that changes with every trade.
-- EMIT CHANGES: nothing closes, each record updates its group.
SELECT symbol,
       SUM(price * quantity) / SUM(quantity) AS vwap,
       COUNT(*) AS trades
FROM trades
GROUP BY symbol
EMIT CHANGES
