-- The mean price at which the auctions of each category close.
SELECT category, AVG(CAST(final AS DOUBLE)) AS mean
FROM (
  SELECT a.id, a.category, MAX(b.price) AS final
  FROM auction AS a, bid AS b
  WHERE a.id = b.auction AND b.ts BETWEEN a.ts AND a.ends
  GROUP BY a.id, a.category
)
GROUP BY category;
