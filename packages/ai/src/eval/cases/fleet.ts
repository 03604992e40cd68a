import { casesFrom, schemasFrom } from '../case.ts';

export const fleet = {
  name: 'fleet',
  schemas: schemasFrom(`
    flights: flight_no STRING, airport STRING, phase STRING taxi|climb|cruise, altitude_m FLOAT, delay_min INTEGER, diverted BOOLEAN, seats_sold INTEGER, ticket_eur FLOAT, carrier_code STRING, seen_at TIMESTAMP
    bags: bag_tag STRING, flight_no STRING, status STRING loaded|lost|delivered, weight_kg FLOAT, priority BOOLEAN, scanned_at TIMESTAMP
  `),
  cases: casesFrom(
    'fleet',
    `
    [filter]
    flights delayed by more than 45 minutes => * FROM flights WHERE delay_min > 45
    diverted flights at altitude below 3000 => * FROM flights WHERE diverted = TRUE AND altitude_m < 3000
    flights that were not diverted in the cruise phase => * FROM flights WHERE diverted = FALSE AND phase = 'cruise'
    bags heavier than 30 kg which were lost => * FROM bags WHERE weight_kg > 30 AND status = 'lost'
    bags lighter than 5kg => * FROM bags WHERE weight_kg < 5
    bags that are not delivered => * FROM bags WHERE status != 'delivered'
    priority bags => * FROM bags WHERE priority = TRUE
    bags without priority => * FROM bags WHERE priority = FALSE
    taxi or climb flights => * FROM flights WHERE phase IN ('taxi', 'climb')
    flights whose altitude is between 1000 and 4000 meters => * FROM flights WHERE altitude_m BETWEEN 1000 AND 4000
    altitude outside 2000 to 9000 => * FROM flights WHERE altitude_m NOT BETWEEN 2000 AND 9000
    flights selling over 150 seats with tickets cheaper than 80 euros => * FROM flights WHERE seats_sold > 150 AND ticket_eur < 80
    flights late by an hour and a half or more => * FROM flights WHERE delay_min >= 90
    flights of carrier LH => * FROM flights WHERE carrier_code = 'LH'
    flights outside FRA airport => * FROM flights WHERE airport != 'FRA'
    altitude above 10000 or below 500 => * FROM flights WHERE altitude_m > 10000 OR altitude_m < 500
    undelivered priority bags from flight 'LH12' => * FROM bags WHERE status != 'delivered' AND priority = TRUE AND flight_no = 'LH12'
    bags in lost status or over 40 kg => * FROM bags WHERE status = 'lost' OR weight_kg > 40
    flights with at most 20 seats sold => * FROM flights WHERE seats_sold <= 20
    flights except those from airport MUC => * FROM flights WHERE airport != 'MUC'
    tickets of 500 euros or more => * FROM flights WHERE ticket_eur >= 500
    losing bags, heavier than 20 kg => * FROM bags WHERE status = 'lost' AND weight_kg > 20
    flights departing within the first 10 minutes of delay => * FROM flights WHERE delay_min < 10
    [aggregate]
    seats sold per airport every 2 hours => airport, SUM(seats_sold) v FROM flights GROUP BY airport W 2h
    what is the heaviest bag on each flight, hourly => flight_no, MAX(weight_kg) v FROM bags GROUP BY flight_no W 1h
    how heavy is the heaviest bag per flight, hourly? => flight_no, MAX(weight_kg) v FROM bags GROUP BY flight_no W 1h
    ticket revenue by carrier, day by day => carrier_code, SUM(ticket_eur) v FROM flights GROUP BY carrier_code W 1d
    mean altitude for every airport over quarter-hour windows => airport, AVG(altitude_m) v FROM flights GROUP BY airport W 15m
    count lost bags by flight, 20 minute buckets => flight_no, COUNT(*) n FROM bags WHERE status = 'lost' GROUP BY flight_no W 20m
    smallest delay in each airport every 45 seconds => airport, MIN(delay_min) v FROM flights GROUP BY airport W 45s
    number of diverted flights per airport per hour => airport, COUNT(*) n FROM flights WHERE diverted = TRUE GROUP BY airport W 1h
    [pivot]
    lost vs delivered bags by flight => flight_no, SUM(CASE WHEN status = 'lost' THEN 1 ELSE 0 END) a, SUM(CASE WHEN status = 'delivered' THEN 1 ELSE 0 END) b FROM bags GROUP BY flight_no
    [ratio]
    diversion rate per airport in percent => airport, 100.0 * SUM(CASE WHEN diverted = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM flights GROUP BY airport
    loss rate of bags by flight => flight_no, 1.0 * SUM(CASE WHEN status = 'lost' THEN 1 ELSE 0 END) / COUNT(*) v FROM bags GROUP BY flight_no
    delay per seat sold for each airport, daily => airport, SUM(delay_min) / NULLIF(SUM(seats_sold), 0) v FROM flights GROUP BY airport W 1d
    `,
  ),
};
