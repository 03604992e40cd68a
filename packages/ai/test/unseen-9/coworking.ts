import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Coworking spaces; asked by a community manager, an accountant and an analyst. */
export const coworking = {
  name: 'coworking',
  schemas: schemasFrom(`
    checkins: member_id STRING, location STRING, zone STRING hotdesk|office|lounge|phone_booth, guests INTEGER, stay_min INTEGER, day_pass BOOLEAN, coffees INTEGER, entered_at TIMESTAMP
    room_bookings: room STRING, location STRING, member_id STRING, seats INTEGER, hours FLOAT, price FLOAT, cancelled BOOLEAN, catering STRING none|snacks|lunch, booked_at TIMESTAMP
    table members: member_id STRING, company STRING, plan STRING flex|fixed|team|virtual, monthly_fee FLOAT, joined_year INTEGER, newsletter BOOLEAN
  `),
  cases: casesFrom(
    'coworking',
    `
    [filter]
    check-ins with a day pass and more than 2 guests => * FROM checkins WHERE day_pass = TRUE AND guests > 2
    cancelled room bookings that cost 100 or more => * FROM room_bookings WHERE cancelled = TRUE AND price >= 100
    Show check-ins to the lounge or a phone booth at the location Mitte => * FROM checkins WHERE zone IN ('lounge', 'phone_booth') AND location = 'Mitte'
    members who stayed longer than 8 hours in one check-in: member id, location and minutes => member_id, location, stay_min FROM checkins WHERE stay_min > 480
    bookings of any room except Atlas that last between 2 and 4 hours => * FROM room_bookings WHERE room != 'Atlas' AND hours BETWEEN 2 AND 4
    [aggregate]
    number of check-ins per location per hour => location, COUNT(*) n FROM checkins GROUP BY location W 1h
    How many different members visited each location every day? => location, COUNT(DISTINCT member_id) n FROM checkins GROUP BY location W 1d
    booking income by room and day, without cancelled bookings => room, SUM(price) v FROM room_bookings WHERE cancelled = FALSE GROUP BY room W 1d
    average stay per zone => zone, AVG(stay_min) v FROM checkins GROUP BY zone
    total coffees and total guests by location in 2-hour windows => location, SUM(coffees) a, SUM(guests) b FROM checkins GROUP BY location W 2h
    [join]
    count check-ins per membership plan every day => m.plan, COUNT(*) n FROM checkins c JOIN members m ON c.member_id = m.member_id GROUP BY m.plan W 1d
    room bookings by members who joined before 2020 => b.* FROM room_bookings b JOIN members m ON b.member_id = m.member_id WHERE m.joined_year < 2020
    [ratio]
    cancellation rate of room bookings per location and day => location, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM room_bookings GROUP BY location W 1d
    price per booked hour for each room, i.e. sum of price divided by sum of hours => room, 1.0 * SUM(price) / SUM(hours) v FROM room_bookings GROUP BY room
    [having]
    locations with more than 60 check-ins in an hour => location, COUNT(*) n FROM checkins GROUP BY location W 1h HAVING COUNT(*) > 60
    members who booked rooms for more than 500 in total => member_id, SUM(price) v FROM room_bookings GROUP BY member_id HAVING SUM(price) > 500
    [topn]
    top 3 rooms by number of bookings each day => room, COUNT(*) n FROM room_bookings GROUP BY room W 1d ORDER BY n DESC LIMIT 3
    the five members who drink the most coffees => member_id, SUM(coffees) v FROM checkins GROUP BY member_id W 5m ORDER BY v DESC LIMIT 5
    [alert]
    tell me when a location gets more than 40 check-ins within 15 minutes => location, COUNT(*) n FROM checkins GROUP BY location W 15m
    [session]
    check-ins per location in sessions that end after 20 minutes without a check-in => location, COUNT(*) n FROM checkins GROUP BY location W session 20m
    [edit]
    ~ SELECT location, COUNT(*) AS visits FROM checkins WHERE day_pass = TRUE GROUP BY location WINDOW TUMBLING(1h) EMIT CHANGES
    break it down by zone too => location, zone, COUNT(*) visits FROM checkins WHERE day_pass = TRUE GROUP BY location, zone W 1h
    remove the day pass filter => location, COUNT(*) visits FROM checkins GROUP BY location W 1h
    per day instead of per hour => location, COUNT(*) visits FROM checkins WHERE day_pass = TRUE GROUP BY location W 1d
    [behaviour]
    check-ins by favourite drink of the member => ?
    which members are likely to be annoying? => ?
    cancel all bookings of the room Atlas => no
    `,
  ),
};
