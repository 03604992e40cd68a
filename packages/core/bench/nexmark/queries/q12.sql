-- How many bids does a user make in ten seconds of the clock?
SELECT bidder, COUNT(*) AS bid_count, _window_start AS starts, _window_end AS ends
FROM bid GROUP BY bidder WINDOW TUMBLING(PROCTIME(), INTERVAL '10' SECOND) EMIT FINAL;
