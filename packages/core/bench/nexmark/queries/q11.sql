-- How many bids does a user make in a session, which ten seconds without a bid end?
SELECT bidder, COUNT(*) AS bid_count, _window_start AS starts, _window_end AS ends
FROM bid GROUP BY bidder WINDOW SESSION(dateTime, INTERVAL '10' SECOND) EMIT FINAL;
