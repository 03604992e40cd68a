import { casesFrom, schemasFrom } from '../case.ts';

/** Concert tickets, camelCase; asked by a manager in whole sentences. */
export const concerts = {
  name: 'concerts',
  schemas: schemasFrom(`
    ticketSales: saleId STRING, eventName STRING, venueId STRING, seatTier STRING floor|balcony|vip, totalUsd FLOAT, ticketCount INTEGER, couponCode STRING, isRefunded BOOLEAN, soldAt TIMESTAMP
    gateScans: scanId STRING, venueId STRING, gateName STRING, waitSeconds INTEGER, wasRejected BOOLEAN, scannedAt TIMESTAMP
    table venues: venueId STRING, cityName STRING, venueKind STRING club|arena|theatre, capacity INTEGER
  `),
  cases: casesFrom(
    'concerts',
    `
    [aggregate]
    How much money did we take per event each day? => eventName, SUM(totalUsd) v FROM ticketSales GROUP BY eventName W 1d
    I'd like to see the average waiting time at every gate, in 10-minute intervals => gateName, AVG(waitSeconds) v FROM gateScans GROUP BY gateName W 10m
    Number of tickets sold by seat tier for every hour => seatTier, SUM(ticketCount) v FROM ticketSales GROUP BY seatTier W 1h
    What was the largest single sale in dollars for each venue, day by day? => venueId, MAX(totalUsd) v FROM ticketSales GROUP BY venueId W 1d
    [filter]
    Show me the refunded VIP sales => * FROM ticketSales WHERE isRefunded = TRUE AND seatTier = 'vip'
    Sales over 500 dollars that have no coupon code => * FROM ticketSales WHERE totalUsd > 500 AND couponCode IS NULL
    Please list all scans where people waited longer than two minutes or were rejected => * FROM gateScans WHERE waitSeconds > 120 OR wasRejected = TRUE
    Balcony sales of between 2 and 4 tickets => * FROM ticketSales WHERE seatTier = 'balcony' AND ticketCount BETWEEN 2 AND 4
    [ratio]
    What percentage of sales gets refunded for each event? => eventName, 100.0 * SUM(CASE WHEN isRefunded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ticketSales GROUP BY eventName
    Dollars taken per ticket sold, by seat tier, every day => seatTier, SUM(totalUsd) / NULLIF(SUM(ticketCount), 0) v FROM ticketSales GROUP BY seatTier W 1d
    [join]
    Total sales in dollars by city, each day => v.cityName, SUM(t.totalUsd) s FROM ticketSales t JOIN venues v ON t.venueId = v.venueId GROUP BY v.cityName W 1d
    How many scans were rejected at arenas, per hour? => COUNT(*) n FROM gateScans g JOIN venues v ON g.venueId = v.venueId WHERE g.wasRejected = TRUE AND v.venueKind = 'arena' W 1h
    [having]
    Gates with an average wait above 90 seconds in a quarter of an hour => gateName, AVG(waitSeconds) v FROM gateScans GROUP BY gateName W 15m HAVING AVG(waitSeconds) > 90
    [topn]
    Which five events sold the most tickets each day? => eventName, SUM(ticketCount) v FROM ticketSales GROUP BY eventName W 1d ORDER BY v DESC LIMIT 5
    [edit]
    ~ SELECT gateName, AVG(waitSeconds) AS avgWait FROM gateScans GROUP BY gateName WINDOW TUMBLING(10m) EMIT CHANGES
    Could you also show the number of scans? => gateName, AVG(waitSeconds) v, COUNT(*) n FROM gateScans GROUP BY gateName W 10m
    [behaviour]
    Which sales look bad to you? => ?
    Give me the sales broken down by musical taste of the buyer => ?
    `,
  ),
};
