-- All bids with the day and the minute by which files of a log are parted.
SELECT auction, bidder, price, dateTime, extra, DATE_FORMAT(dateTime, '%Y-%m-%d') AS dt, DATE_FORMAT(dateTime, '%H:%M') AS hm FROM bid;
