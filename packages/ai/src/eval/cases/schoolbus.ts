import { casesFrom, schemasFrom } from '../case.ts';

/** School buses and the children on them; asked by parents, a driver and the school office. */
export const schoolbus = {
  name: 'schoolbus',
  schemas: schemasFrom(`
    boardings: busNo STRING, stopName STRING, pupilId STRING, grade INTEGER, direction STRING to_school|home, seatbelt BOOLEAN, lateMin FLOAT, guardian STRING, noteText STRING, boardedAt TIMESTAMP
    busPings: busNo STRING, driver STRING, speedKmh FLOAT, pupilsOnBoard INTEGER, fuelL FLOAT, doorOpen BOOLEAN, zone STRING town|village|highway, pingAt TIMESTAMP
    table buses: busNo STRING, company STRING, seats INTEGER, builtYear INTEGER, hasRamp BOOLEAN
  `),
  cases: casesFrom(
    'schoolbus',
    `
    [filter]
    buses driving faster than 80 in a village => * FROM busPings WHERE speedKmh > 80 AND zone = 'village'
    boardings without a seatbelt on the way home => * FROM boardings WHERE seatbelt = FALSE AND direction = 'home'
    first and second graders (grade 1 and 2) => * FROM boardings WHERE grade IN (1, 2)
    the door is open although the bus moves (speed above 0) => * FROM busPings WHERE doorOpen = TRUE AND speedKmh > 0
    stop Mill Lane, at least 10 minutes late => * FROM boardings WHERE stopName = 'Mill Lane' AND lateMin >= 10
    nobody on board outside of the highway => * FROM busPings WHERE pupilsOnBoard = 0 AND zone != 'highway'
    boardings that have no guardian => * FROM boardings WHERE guardian IS NULL
    fuel below 15 litres on bus B4 => * FROM busPings WHERE fuelL < 15 AND busNo = 'B4'
    [aggregate]
    how late is each bus on average per day => busNo, AVG(lateMin) v FROM boardings GROUP BY busNo W 1d
    number of boardings at every stop, daily => stopName, COUNT(*) n FROM boardings GROUP BY stopName W 1d
    how many different children use each bus per week => busNo, COUNT(DISTINCT pupilId) n FROM boardings GROUP BY busNo W 7d
    top speed of every driver per hour => driver, MAX(speedKmh) v FROM busPings GROUP BY driver W 1h
    boardings by grade and direction => grade, direction, COUNT(*) n FROM boardings GROUP BY grade, direction
    last known number of pupils on board, per bus => busNo, LAST_VALUE(pupilsOnBoard) v FROM busPings GROUP BY busNo
    average speed in each zone every 15 minutes => zone, AVG(speedKmh) v FROM busPings GROUP BY zone W 15m
    longest delay at each stop so far => stopName, MAX(lateMin) v FROM boardings GROUP BY stopName
    [ratio]
    what percentage of children wear the seatbelt, bus by bus and week by week => busNo, 100.0 * SUM(CASE WHEN seatbelt = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM boardings GROUP BY busNo W 7d
    share of pings over 50 km/h in villages, per driver: only village pings count => driver, 1.0 * SUM(CASE WHEN speedKmh > 50 THEN 1 ELSE 0 END) / COUNT(*) v FROM busPings WHERE zone = 'village' GROUP BY driver
    punctuality: fraction of boardings less than 3 minutes late, by stop => stopName, 1.0 * SUM(CASE WHEN lateMin < 3 THEN 1 ELSE 0 END) / COUNT(*) v FROM boardings GROUP BY stopName
    [join]
    average delay by bus company, weekly => b.company, AVG(d.lateMin) v FROM boardings d JOIN buses b ON d.busNo = b.busNo GROUP BY b.company W 7d
    pings with more pupils on board than the bus has seats => p.* FROM busPings p JOIN buses b ON p.busNo = b.busNo WHERE p.pupilsOnBoard > b.seats
    boardings on buses with a ramp, per stop and day => d.stopName, COUNT(*) n FROM boardings d JOIN buses b ON d.busNo = b.busNo WHERE b.hasRamp = TRUE GROUP BY d.stopName W 1d
    [having]
    stops with more than 40 boardings within half an hour => stopName, COUNT(*) n FROM boardings GROUP BY stopName W 30m HAVING COUNT(*) > 40
    drivers whose average speed is 70 or more over ten minutes => driver, AVG(speedKmh) v FROM busPings GROUP BY driver W 10m HAVING AVG(speedKmh) >= 70
    buses that were late by more than 5 minutes on average in a day => busNo, AVG(lateMin) v FROM boardings GROUP BY busNo W 1d HAVING AVG(lateMin) > 5
    [topn]
    the three busiest stops of each day => stopName, COUNT(*) n FROM boardings GROUP BY stopName W 1d ORDER BY n DESC LIMIT 3
    which bus is the latest on average, per week => busNo, AVG(lateMin) v FROM boardings GROUP BY busNo W 7d ORDER BY v DESC LIMIT 1
    [rows]
    how much fuel did each bus use between pings: fuel now minus fuel at the previous ping => busNo, fuelL - LAG(fuelL) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY busNo ORDER BY pingAt) v FROM busPings
    average of the last 5 speeds of every bus => busNo, AVG(speedKmh) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY busNo ORDER BY pingAt) v FROM busPings
    [session]
    tours of a bus: boardings with no break longer than 30 minutes, with the number of boardings in each tour => busNo, COUNT(*) n FROM boardings GROUP BY busNo W session 30m
    [alert]
    tell the school office if a bus is more than 12 minutes late on average within an hour => busNo, AVG(lateMin) v FROM boardings GROUP BY busNo W 1h
    [edit]
    ~ SELECT stopName, COUNT(*) AS boardings FROM boardings GROUP BY stopName WINDOW TUMBLING(1d) EMIT CHANGES
    only the way to school => stopName, COUNT(*) boardings FROM boardings WHERE direction = 'to_school' GROUP BY stopName W 1d
    for each bus instead of each stop => busNo, COUNT(*) boardings FROM boardings GROUP BY busNo W 1d
    children, not boardings: count every pupil once => stopName, COUNT(DISTINCT pupilId) n FROM boardings GROUP BY stopName W 1d
    with the average delay as an extra column => stopName, COUNT(*) boardings, AVG(lateMin) v FROM boardings GROUP BY stopName W 1d
    skip stops with under 5 => stopName, COUNT(*) boardings FROM boardings GROUP BY stopName W 1d HAVING COUNT(*) >= 5
    every hour rather than every day => stopName, COUNT(*) boardings FROM boardings GROUP BY stopName W 1h
    [clarify]
    is the driver nice => ?
    boardings by hair colour => ?
    send the bus to Mill Lane => no
    `,
  ),
};
