import { casesFrom, schemasFrom } from '../case.ts';

export const hotel = {
  name: 'hotel',
  schemas: schemasFrom(`
    stays: stay_id STRING, hotel STRING, room_type STRING single|double|suite, nights INTEGER, nightly_rate_eur FLOAT, breakfast BOOLEAN, cancelled BOOLEAN, guest_id STRING, checkin_at TIMESTAMP
    reviews: review_id STRING, hotel STRING, stars INTEGER, language STRING, verified BOOLEAN, posted_at TIMESTAMP
    table guests: guest_id STRING, loyalty STRING none|silver|gold, home_city STRING
  `),
  cases: casesFrom(
    'hotel',
    `
    [aggregate]
    for each hotel, average nightly rate over 2-hour windows => hotel, AVG(nightly_rate_eur) v FROM stays GROUP BY hotel W 2h
    how expensive is the dearest room per hotel, daily => hotel, MAX(nightly_rate_eur) v FROM stays GROUP BY hotel W 1d
    count cancelled stays by room type, 30 minute buckets => room_type, COUNT(*) n FROM stays WHERE cancelled = TRUE GROUP BY room_type W 30m
    smallest and largest star rating per hotel, each hour => hotel, MIN(stars) a, MAX(stars) b FROM reviews GROUP BY hotel W 1h
    how many nights were booked, per hotel and day => hotel, SUM(nights) v FROM stays GROUP BY hotel W 1d
    nights sold per hotel hour by hour => hotel, SUM(nights) v FROM stays GROUP BY hotel W 1h
    how often are stays cancelled, by hotel, every 6 hours => hotel, COUNT(*) n FROM stays WHERE cancelled = TRUE GROUP BY hotel W 6h
    distinct guests by hotel (unique, 1 day) => hotel, COUNT(DISTINCT guest_id) n FROM stays GROUP BY hotel W 1d
    stars average by language, per hour => language, AVG(stars) v FROM reviews GROUP BY language W 1h
    [filter]
    suites with breakfast costing more than 300 euros => * FROM stays WHERE room_type = 'suite' AND breakfast = TRUE AND nightly_rate_eur > 300
    stays that were not cancelled => * FROM stays WHERE cancelled = FALSE
    reviews that are neither German nor French => * FROM reviews WHERE language NOT IN ('German', 'French')
    single or double rooms => * FROM stays WHERE room_type IN ('single', 'double')
    stays of at least 7 nights without breakfast => * FROM stays WHERE nights >= 7 AND breakfast = FALSE
    rates outside 50 to 200 => * FROM stays WHERE nightly_rate_eur NOT BETWEEN 50 AND 200
    unverified reviews below 3 stars => * FROM reviews WHERE verified = FALSE AND stars < 3
    reviews with stars between 2 and 4 => * FROM reviews WHERE stars BETWEEN 2 AND 4
    [ratio]
    what fraction of stays is cancelled, per hotel => hotel, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM stays GROUP BY hotel
    what percent of reviews are verified, by hotel => hotel, 100.0 * SUM(CASE WHEN verified = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM reviews GROUP BY hotel
    cancellation rate per room type, daily => room_type, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM stays GROUP BY room_type W 1d
    verified rate by language in percent => language, 100.0 * SUM(CASE WHEN verified = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM reviews GROUP BY language
    [join]
    nights of gold guests per hotel each day => s.hotel, SUM(s.nights) v FROM stays s JOIN guests g ON s.guest_id = g.guest_id WHERE g.loyalty = 'gold' GROUP BY s.hotel W 1d
    [topn]
    the four hotels with the highest average stars, every hour => hotel, AVG(stars) v FROM reviews GROUP BY hotel W 1h ORDER BY v DESC LIMIT 4
    [having]
    hotels taking more than 20 stays in a 30 minute period => hotel, COUNT(*) n FROM stays GROUP BY hotel W 30m HAVING COUNT(*) > 20
    [edit]
    ~ SELECT hotel, AVG(stars) AS avg_stars FROM reviews GROUP BY hotel WINDOW TUMBLING(1h) EMIT CHANGES
    split it by language too => hotel, language, AVG(stars) v FROM reviews GROUP BY hotel, language W 1h
    leave out unverified reviews => hotel, AVG(stars) v FROM reviews WHERE verified = TRUE GROUP BY hotel W 1h
    use 15 minute windows => hotel, AVG(stars) v FROM reviews GROUP BY hotel W 15m
    `,
  ),
};
