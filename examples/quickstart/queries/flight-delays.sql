-- 20,000 flights: mean delay per airport and week.
SELECT origin,
       AVG(delay) AS mean_delay,
       COUNT(*) AS flights,
       COUNT(*) FILTER (WHERE delay > 60) AS very_late,
       _window_start AS window_start
FROM flights
WHERE origin IN ('ATL', 'DEN', 'DFW', 'LAX', 'ORD')
GROUP BY origin
WINDOW TUMBLING(date, INTERVAL '7' DAY)
EMIT FINAL
