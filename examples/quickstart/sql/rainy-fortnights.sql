-- Fortnights in Seattle with more than 150 mm of rain.
--   velo run examples/quickstart/sql/rainy-fortnights.sql --root node_modules/vega-datasets/data
CREATE STREAM weather (
  date TIMESTAMP, precipitation FLOAT, temp_max FLOAT, temp_min FLOAT, wind FLOAT, weather STRING
) WITH ('type' = 'file_source', 'path' = 'seattle-weather.csv', 'format' = 'csv');

SELECT _window_start AS starts_at,
       SUM(precipitation) AS rain_mm,
       AVG(temp_max) AS mean_high
FROM weather
WINDOW TUMBLING(date, INTERVAL '14' DAY)
HAVING SUM(precipitation) > 150
EMIT FINAL
