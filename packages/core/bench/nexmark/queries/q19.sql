-- The ten highest bids on each auction, with their place.
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS place FROM bid) b
WHERE place <= 10;
