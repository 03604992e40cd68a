-- Real prices: the mean of twelve months beside each.
SELECT symbol,
       AVG(price) OVER (
         PARTITION BY symbol ORDER BY date
         ROWS BETWEEN 11 PRECEDING AND CURRENT ROW
       ) AS mean_12_months,
       price,
       date
FROM stocks
