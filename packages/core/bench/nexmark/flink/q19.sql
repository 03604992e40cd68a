-- The ten highest bids on each auction, with their place.
SELECT auction, bidder, price, channel, url, `dateTime`, extra, place
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS place FROM bid)
WHERE place <= 10;
