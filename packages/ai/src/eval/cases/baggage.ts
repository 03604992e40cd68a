import { casesFrom, schemasFrom } from '../case.ts';

export const baggage = {
  name: 'baggage',
  schemas: schemasFrom(`
    bag_scans: bag_tag STRING, flight_no STRING, origin_airport STRING, destination_airport STRING, scan_point STRING, scan_result STRING loaded|missed|rerouted|damaged, weight_kg FLOAT, belt_speed_mps FLOAT, transfer_min INTEGER, is_priority BOOLEAN, handler_id STRING, remark STRING, scanned_at TIMESTAMP
    table handlers: handler_id STRING, team STRING, shift STRING early|late|night, years_employed INTEGER
  `),
  cases: casesFrom(
    'baggage',
    `
    [filter]
    heavy bags over 32 kg => * FROM bag_scans WHERE weight_kg > 32
    bags above 23 => ?
    missed ones from Lisbon => * FROM bag_scans WHERE scan_result = 'missed' AND origin_airport = 'Lisbon'
    bags flying from OSL to CDG => * FROM bag_scans WHERE origin_airport = 'OSL' AND destination_airport = 'CDG'
    priority bags that got damaged or missed => * FROM bag_scans WHERE is_priority = TRUE AND scan_result IN ('damaged', 'missed')
    everything except loaded => * FROM bag_scans WHERE scan_result != 'loaded'
    scans without any remark => * FROM bag_scans WHERE remark IS NULL
    bags with half an hour or less to transfer => * FROM bag_scans WHERE transfer_min <= 30
    non-priority bags between 10 and 20 kilos => * FROM bag_scans WHERE is_priority = FALSE AND weight_kg BETWEEN 10 AND 20
    rerouted bags, not headed to FRA => * FROM bag_scans WHERE scan_result = 'rerouted' AND destination_airport != 'FRA'
    [aggregate]
    how many bags were missed per scan point, hourly => scan_point, COUNT(*) n FROM bag_scans WHERE scan_result = 'missed' GROUP BY scan_point W 1h
    number of different flights seen at each scan point every 10 minutes => scan_point, COUNT(DISTINCT flight_no) n FROM bag_scans GROUP BY scan_point W 10m
    total weight loaded onto each flight => flight_no, SUM(weight_kg) v FROM bag_scans WHERE scan_result = 'loaded' GROUP BY flight_no
    misses per destination => destination_airport, COUNT(*) n FROM bag_scans WHERE scan_result = 'missed' GROUP BY destination_airport
    heaviest bag per flight => flight_no, MAX(weight_kg) v FROM bag_scans GROUP BY flight_no
    median transfer time for rerouted bags by origin => origin_airport, MEDIAN(transfer_min) v FROM bag_scans WHERE scan_result = 'rerouted' GROUP BY origin_airport
    average weight of priority versus normal bags => is_priority, AVG(weight_kg) v FROM bag_scans GROUP BY is_priority
    [ratio]
    share of bags missed per origin => origin_airport, 1.0 * SUM(CASE WHEN scan_result = 'missed' THEN 1 ELSE 0 END) / COUNT(*) v FROM bag_scans GROUP BY origin_airport
    what percent of priority bags got rerouted each hour => 100.0 * SUM(CASE WHEN scan_result = 'rerouted' THEN 1 ELSE 0 END) / COUNT(*) v FROM bag_scans WHERE is_priority = TRUE W 1h
    [join]
    damage per team per day => h.team, COUNT(*) n FROM bag_scans b JOIN handlers h ON b.handler_id = h.handler_id WHERE b.scan_result = 'damaged' GROUP BY h.team W 1d
    bags scanned by the night shift => b.* FROM bag_scans b JOIN handlers h ON b.handler_id = h.handler_id WHERE h.shift = 'night'
    missed bags handled by people with less than 1 year employed => b.* FROM bag_scans b JOIN handlers h ON b.handler_id = h.handler_id WHERE b.scan_result = 'missed' AND h.years_employed < 1
    [topn]
    3 flights with the most misses per hour => flight_no, COUNT(*) n FROM bag_scans WHERE scan_result = 'missed' GROUP BY flight_no W 1h ORDER BY n DESC LIMIT 3
    which five scan points are busiest in every 15 min => scan_point, COUNT(*) n FROM bag_scans GROUP BY scan_point W 15m ORDER BY n DESC LIMIT 5
    [having]
    flights missing more than 10 bags in an hour => flight_no, COUNT(*) n FROM bag_scans WHERE scan_result = 'missed' GROUP BY flight_no W 1h HAVING COUNT(*) > 10
    scan points where the average transfer is below 25 minutes => scan_point, AVG(transfer_min) v FROM bag_scans GROUP BY scan_point HAVING AVG(transfer_min) < 25
    [clarify]
    which handler is lazy => ?
    bags by colour => ?
    alert when bags are too heavy => ?
    `,
  ),
};
