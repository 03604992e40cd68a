-- Who came and opened an auction within the same ten seconds?
SELECT DISTINCT p.id, p.name, _window_start AS starts
FROM person p JOIN auction a ON p.id = a.seller
WINDOW TUMBLING(INTERVAL '10' SECOND);
