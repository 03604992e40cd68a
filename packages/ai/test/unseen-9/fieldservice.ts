import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Visits of a plumbing and heating company; asked by a dispatcher, the owner and a data analyst. */
export const fieldservice = {
  name: 'fieldservice',
  schemas: schemasFrom(`
    visits: technician STRING, trade STRING plumbing|heating|electrical|appliance, postcode STRING, travel_min INTEGER, work_min INTEGER, parts_cost FLOAT, billed FLOAT, fixed BOOLEAN, warranty BOOLEAN, finished_at TIMESTAMP
    table technicians: technician STRING, depot STRING, hourly_rate FLOAT, apprentice BOOLEAN, vehicle STRING van|car|bike, hired_year INTEGER
  `),
  cases: casesFrom(
    'fieldservice',
    `
    [filter]
    warranty visits where the parts cost more than 80 => * FROM visits WHERE warranty = TRUE AND parts_cost > 80
    heating or plumbing visits that were not fixed => * FROM visits WHERE trade IN ('heating', 'plumbing') AND fixed = FALSE
    Visits with more travel time than working time => * FROM visits WHERE travel_min > work_min
    visits in postcodes starting with 10 that billed at least 300 => * FROM visits WHERE postcode LIKE '10%' AND billed >= 300
    show technician, trade and billed amount for visits that took under 15 minutes of work => technician, trade, billed FROM visits WHERE work_min < 15
    [aggregate]
    visits per trade and day => trade, COUNT(*) n FROM visits GROUP BY trade W 1d
    average work time by technician => technician, AVG(work_min) v FROM visits GROUP BY technician
    What is the total billed amount of each trade in every 4-hour window? => trade, SUM(billed) v FROM visits GROUP BY trade W 4h
    longest travel time per postcode so far => postcode, MAX(travel_min) v FROM visits GROUP BY postcode
    number of technicians who worked in each postcode per day => postcode, COUNT(DISTINCT technician) n FROM visits GROUP BY postcode W 1d
    [join]
    total billed by depot, per day => t.depot, SUM(v.billed) total FROM visits v JOIN technicians t ON v.technician = t.technician GROUP BY t.depot W 1d
    visits done by apprentices that were not fixed => v.* FROM visits v JOIN technicians t ON v.technician = t.technician WHERE t.apprentice = TRUE AND v.fixed = FALSE
    [ratio]
    fraction of visits that were fixed, by technician, in windows of one day => technician, 1.0 * SUM(CASE WHEN fixed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM visits GROUP BY technician W 1d
    total parts cost divided by total billed amount for each trade => trade, 1.0 * SUM(parts_cost) / SUM(billed) v FROM visits GROUP BY trade
    [having]
    technicians with fewer than 6 visits in a day => technician, COUNT(*) n FROM visits GROUP BY technician W 1d HAVING COUNT(*) < 6
    postcodes where the average travel time is 45 minutes or more => postcode, AVG(travel_min) v FROM visits GROUP BY postcode HAVING AVG(travel_min) >= 45
    [topn]
    the two technicians with the highest billed total every day => technician, SUM(billed) v FROM visits GROUP BY technician W 1d ORDER BY v DESC LIMIT 2
    bottom 5 postcodes by number of visits => postcode, COUNT(*) n FROM visits GROUP BY postcode W 5m ORDER BY n ASC LIMIT 5
    [alert]
    let the dispatcher know when a technician has more than 2 unfixed visits within 8 hours => technician, COUNT(*) n FROM visits WHERE fixed = FALSE GROUP BY technician W 8h
    [rows]
    change of the billed amount compared with the previous visit of the same technician => technician, billed - LAG(billed) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY technician ORDER BY finished_at) v FROM visits
    [edit]
    ~ SELECT trade, AVG(billed) AS average FROM visits WHERE warranty = FALSE GROUP BY trade WINDOW TUMBLING(1d) EMIT CHANGES
    only visits with at least 60 minutes of work => trade, AVG(billed) average FROM visits WHERE warranty = FALSE AND work_min >= 60 GROUP BY trade W 1d
    the total instead of the average => trade, SUM(billed) average FROM visits WHERE warranty = FALSE GROUP BY trade W 1d
    per technician rather than per trade => technician, AVG(billed) average FROM visits WHERE warranty = FALSE GROUP BY technician W 1d
    [behaviour]
    visits by type of heating boiler => ?
    let me know when travel takes too long => ?
    send a technician to postcode 10115 => no
    `,
  ),
};
