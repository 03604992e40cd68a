-- Delays of 20,000 flights, by airport.
--   velo run examples/quickstart/sql/flight-delays.sql --root node_modules/vega-datasets/data
SELECT origin,
       COUNT(*) AS flights,
       ROUND(AVG(delay), 1) AS mean_delay,
       MAX(delay) AS longest
FROM 'file://flights-20k.json'
GROUP BY origin
HAVING COUNT(*) > 800
ORDER BY flights DESC
EMIT FINAL
