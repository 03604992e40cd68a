-- The highest bids of each ten seconds.
SELECT b.auction, b.bidder, b.price, b.`dateTime`, b.extra
FROM bid AS b JOIN (
  SELECT MAX(price) AS most, window_start, window_end, window_time AS closes
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time
) AS m ON b.price = m.most AND b.ts BETWEEN m.closes - INTERVAL '9.999' SECOND AND m.closes;
