-- All bids with the day and the minute by which files of a log are parted.
SELECT auction, bidder, price, `dateTime`, extra, DATE_FORMAT(ts, 'yyyy-MM-dd') AS dt, DATE_FORMAT(ts, 'HH:mm') AS hm FROM bid;
