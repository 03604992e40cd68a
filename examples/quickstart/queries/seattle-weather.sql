-- Four years in Seattle, two weeks at a time.
SELECT AVG(high) AS mean_high,
       AVG(low) AS mean_low,
       SUM(rain) AS rain_mm,
       _window_start AS window_start
FROM weather
WINDOW TUMBLING(date, INTERVAL '14' DAY)
EMIT FINAL
