-- All bids as they are: the cost of reading.
SELECT auction, bidder, price, `dateTime`, extra FROM bid;
