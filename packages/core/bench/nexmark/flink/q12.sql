-- How many bids does a user make in ten seconds of the clock?
SELECT bidder, COUNT(*) AS bid_count, window_start, window_end
FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(clock), INTERVAL '10' SECOND))
GROUP BY bidder, window_start, window_end;
