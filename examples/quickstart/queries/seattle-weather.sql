-- Four years in Seattle, two weeks at a time.
SELECT MAX(high) AS hottest,
       AVG(high) AS mean_high,
       AVG(low) AS mean_low,
       MIN(low) AS coldest,
       _window_start AS window_start
FROM weather
WINDOW TUMBLING(date, INTERVAL '14' DAY)
EMIT FINAL
