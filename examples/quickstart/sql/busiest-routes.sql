-- The busiest routes from one airport.
--   velo run examples/quickstart/sql/busiest-routes.sql --root node_modules/vega-datasets/data --set airport=ATL
SELECT destination,
       SUM(count) AS flights
FROM 'file://flights-airport.csv'
WHERE origin = '${airport:-ORD}'
GROUP BY destination
ORDER BY flights DESC, destination
LIMIT 5
EMIT FINAL
