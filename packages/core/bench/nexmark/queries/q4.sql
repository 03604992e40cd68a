-- The mean price at which the auctions of each category close.
SELECT category, AVG(final) AS mean
FROM (
  SELECT a.id, a.category, MAX(b.price) AS final
  FROM auction a JOIN bid b ON a.id = b.auction
  WHERE b.dateTime BETWEEN a.dateTime AND a.expires
  GROUP BY a.id, a.category
) q
GROUP BY category;
