-- Yearly mean of five stocks, best years first.
--   velo run examples/quickstart/sql/stocks-best-year.sql --root node_modules/vega-datasets/data
SELECT symbol,
       EXTRACT(YEAR FROM TO_TIMESTAMP(date, '%b %e %Y')) AS year,
       ROUND(AVG(price), 2) AS mean,
       COUNT(*) AS months
FROM stocks
GROUP BY symbol, EXTRACT(YEAR FROM TO_TIMESTAMP(date, '%b %e %Y'))
ORDER BY mean DESC
LIMIT 5
EMIT FINAL
WITH (
  'stocks.type' = 'file_source',
  'stocks.path' = 'stocks.csv',
  'stocks.format' = 'csv'
)
