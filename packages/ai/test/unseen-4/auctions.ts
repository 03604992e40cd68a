import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** An auction house on a sale day, names in camel case; asked by the clerk at the rostrum and by a collector. */
export const auctions = {
  name: 'auctions',
  schemas: schemasFrom(`
    saleBids: lotId STRING, bidderId STRING, bidAmount FLOAT, channel STRING room|phone|web|absentee, reserveMet BOOLEAN, placedAt TIMESTAMP
    hammerEvents: lotId STRING, buyerId STRING, hammerPrice FLOAT, buyersPremium FLOAT, currency STRING EUR|USD|GBP, auctioneer STRING, soldAt TIMESTAMP
    table lots: lotId STRING, artist STRING, category STRING painting|watch|wine|car, lowEstimate FLOAT, highEstimate FLOAT, consignor STRING
  `),
  cases: casesFrom(
    'auctions',
    `
    [filter]
    phone bids over 50k => * FROM saleBids WHERE channel = 'phone' AND bidAmount > 50000
    everything bidder B-221 bid except over the web => * FROM saleBids WHERE bidderId = 'B-221' AND channel != 'web'
    lots hammered down between 1000 and 5000 GBP => * FROM hammerEvents WHERE currency = 'GBP' AND hammerPrice BETWEEN 1000 AND 5000
    absentee or phone bids where the reserve has not been met => * FROM saleBids WHERE channel IN ('absentee', 'phone') AND reserveMet = FALSE
    [aggregate]
    bids per lot per minute => lotId, COUNT(*) n FROM saleBids GROUP BY lotId W 1m
    Total hammer price by currency for each day, please. => currency, SUM(hammerPrice) v FROM hammerEvents GROUP BY currency W 1d
    how many distinct bidders does every channel bring in per hour? => channel, COUNT(DISTINCT bidderId) n FROM saleBids GROUP BY channel W 1h
    highest bid on every lot so far => lotId, MAX(bidAmount) v FROM saleBids GROUP BY lotId
    median hammer price per auctioneer, week by week => auctioneer, MEDIAN(hammerPrice) v FROM hammerEvents GROUP BY auctioneer W 7d
    [ratio]
    what fraction of the bids comes from the room, hour by hour => 1.0 * SUM(CASE WHEN channel = 'room' THEN 1 ELSE 0 END) / COUNT(*) v FROM saleBids W 1h
    total buyers premium as a percentage of the total hammer price, by currency => currency, 100.0 * SUM(buyersPremium) / SUM(hammerPrice) v FROM hammerEvents GROUP BY currency
    [join]
    sales above the high estimate => h.* FROM hammerEvents h JOIN lots l ON h.lotId = l.lotId WHERE h.hammerPrice > l.highEstimate
    number of bids per artist every half hour => l.artist, COUNT(*) n FROM saleBids b JOIN lots l ON b.lotId = l.lotId GROUP BY l.artist W 30m
    what do watches and wine hammer at in total, per consignor, daily => l.consignor, SUM(h.hammerPrice) v FROM hammerEvents h JOIN lots l ON h.lotId = l.lotId WHERE l.category IN ('watch', 'wine') GROUP BY l.consignor W 1d
    [having]
    lots that draw at least 15 bids within five minutes => lotId, COUNT(*) n FROM saleBids GROUP BY lotId W 5m HAVING COUNT(*) >= 15
    who bids on more than 3 different lots in an hour => bidderId, COUNT(DISTINCT lotId) n FROM saleBids GROUP BY bidderId W 1h HAVING COUNT(DISTINCT lotId) > 3
    [topn]
    the three bidders who bid most often in each hour => bidderId, COUNT(*) n FROM saleBids GROUP BY bidderId W 1h ORDER BY n DESC LIMIT 3
    [session]
    bidding bursts: put the bids of a lot together until 90 seconds pass without a new one, and give me their number and the highest amount => lotId, COUNT(*) n, MAX(bidAmount) v FROM saleBids GROUP BY lotId W session 90s
    [rows]
    increment of each bid over the one before on the same lot => lotId, bidAmount - LAG(bidAmount) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY lotId ORDER BY placedAt) v FROM saleBids
    [alert]
    ring me when more than 60 absentee bids come in within 5 minutes => COUNT(*) n FROM saleBids WHERE channel = 'absentee' W 5m
    [edit]
    ~ SELECT lotId, COUNT(*) AS bids FROM saleBids GROUP BY lotId WINDOW TUMBLING(5m) EMIT CHANGES
    drop the lots with fewer than ten bids => lotId, COUNT(*) bids FROM saleBids GROUP BY lotId W 5m HAVING COUNT(*) >= 10
    one line per channel too => lotId, channel, COUNT(*) bids FROM saleBids GROUP BY lotId, channel W 5m
    [behaviour]
    which lot is a bargain => ?
    place a bid of 500 on lot 12 for me => no
    `,
  ),
};
