-- Mean delay per airport and week, of 20,000 flights.
--   velo run examples/quickstart/sql/flight-delays.sql --root node_modules/vega-datasets/data --set airport=ORD
SELECT origin,
       COUNT(*) AS flights,
       ROUND(AVG(delay), 1) AS mean_delay,
       MAX(delay) AS longest
FROM 'file://flights-20k.json'
WHERE origin = '${airport:-ORD}'
GROUP BY origin
EMIT FINAL
