-- The highest bids of each ten seconds.
SELECT auction, bidder, price, dateTime, extra
FROM (
  SELECT auction, bidder, price, dateTime, extra, RANK() OVER (PARTITION BY ends ORDER BY price DESC) AS place
  FROM (SELECT auction, bidder, price, dateTime, extra, _window_end AS ends FROM bid WINDOW TUMBLING(dateTime, INTERVAL '10' SECOND) EMIT CHANGES) b
) ranked
WHERE place <= 1;
