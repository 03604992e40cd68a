-- For each seller the mean price of the last ten auctions that closed. Flink has frames of rows over rows that change in batch mode only.
SELECT seller, id, AVG(CAST(final AS DOUBLE)) OVER (PARTITION BY seller ORDER BY closed, id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS mean
FROM (
  SELECT a.id, a.seller, MAX(a.expires) AS closed, MAX(b.price) AS final
  FROM auction AS a, bid AS b
  WHERE a.id = b.auction AND b.ts BETWEEN a.ts AND a.ends
  GROUP BY a.id, a.seller
);
