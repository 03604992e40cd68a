-- Which auctions have the most bids in the last ten seconds, every two seconds?
SELECT auction, num, starts, ends
FROM (
  SELECT auction, num, starts, ends, RANK() OVER (PARTITION BY ends ORDER BY num DESC) AS place
  FROM (
    SELECT auction, COUNT(*) AS num, _window_start AS starts, _window_end AS ends
    FROM bid GROUP BY auction WINDOW SLIDING(dateTime, INTERVAL '10' SECOND, INTERVAL '2' SECOND) EMIT FINAL
  ) counted
) ranked
WHERE place <= 1;
