import { casesFrom, schemasFrom } from '../case.ts';

export const rides = {
  name: 'rides',
  schemas: schemasFrom(`
    trips: tripId STRING, driverId STRING, riderId STRING, cityName STRING, distanceKm FLOAT, fareAmount FLOAT, tipAmount FLOAT, waitSeconds INTEGER, rating INTEGER, paymentType STRING cash|card|wallet, completed BOOLEAN, requestedAt TIMESTAMP
    table drivers: driverId STRING, vehicleType STRING sedan|suv|bike, homeCity STRING
  `),
  cases: casesFrom(
    'rides',
    `
    [aggregate]
    average fare per city every 15 minutes / mean fare by city in 15 min windows => cityName, AVG(fareAmount) v FROM trips GROUP BY cityName W 15m
    number of trips per city each minute / trips by city every minute / how many trips are there per city per minute => cityName, COUNT(*) n FROM trips GROUP BY cityName W 1m
    total tips per driver per day / sum of tips by driver daily => driverId, SUM(tipAmount) v FROM trips GROUP BY driverId W 1d
    average wait time by city / mean wait per city => cityName, AVG(waitSeconds) v FROM trips GROUP BY cityName
    longest trip distance by city hourly / max distance per city each hour => cityName, MAX(distanceKm) v FROM trips GROUP BY cityName W 1h
    total fare plus tip by city / sum of fare + tip per city => cityName, SUM(fareAmount + tipAmount) v FROM trips GROUP BY cityName
    avg ratng per drver / average rating by driver => driverId, AVG(rating) v FROM trips GROUP BY driverId
    unique riders per city per day => cityName, COUNT(DISTINCT riderId) n FROM trips GROUP BY cityName W 1d
    [filter]
    trips over 20 km / trips longer than 20 kilometers => * FROM trips WHERE distanceKm > 20
    cash trips in Lisbon / trips in Lisbon paid by cash => * FROM trips WHERE paymentType = 'cash' AND cityName = 'Lisbon'
    trips with a rating of 1 or 2 / trips rated 2 or lower => * FROM trips WHERE rating <= 2
    trips where the wait was more than 10 minutes / trips with a wait time over 10 minutes => * FROM trips WHERE waitSeconds > 600
    uncompleted trips / trips that were not completed => * FROM trips WHERE completed = FALSE
    trips where the tip exceeds the fare / trips with tip greater than fare => * FROM trips WHERE tipAmount > fareAmount
    [ratio]
    completion rate by city every hour / share of completed trips per city each hour => cityName, 1.0 * SUM(CASE WHEN completed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM trips GROUP BY cityName W 1h
    percentage of trips paid by card per city => cityName, 100.0 * SUM(CASE WHEN paymentType = 'card' THEN 1 ELSE 0 END) / COUNT(*) v FROM trips GROUP BY cityName
    ratio of total tips to total fares by driver => driverId, SUM(tipAmount) / NULLIF(SUM(fareAmount), 0) v FROM trips GROUP BY driverId
    [join]
    average fare by vehicle type / avg fare per vehicle type => d.vehicleType, AVG(t.fareAmount) v FROM trips t JOIN drivers d ON t.driverId = d.driverId GROUP BY d.vehicleType
    trips by bike drivers per hour => COUNT(*) n FROM trips t JOIN drivers d ON t.driverId = d.driverId WHERE d.vehicleType = 'bike' W 1h
    [topn]
    top 10 drivers by total fare per day / 10 drivers who earned the most fare each day => driverId, SUM(fareAmount) v FROM trips GROUP BY driverId W 1d ORDER BY v DESC LIMIT 10
    [having]
    drivers with fewer than 3 trips per hour => driverId, COUNT(*) n FROM trips GROUP BY driverId W 1h HAVING COUNT(*) < 3
    cities where average wait is above 5 minutes every 10 minutes => cityName, AVG(waitSeconds) v FROM trips GROUP BY cityName W 10m HAVING AVG(waitSeconds) > 300
    [edit]
    ~ SELECT cityName, AVG(fareAmount) AS avg_fareamount FROM trips GROUP BY cityName WINDOW TUMBLING(1h) EMIT CHANGES
    only completed trips => cityName, AVG(fareAmount) v FROM trips WHERE completed = TRUE GROUP BY cityName W 1h
    add average tip => cityName, AVG(fareAmount) v, AVG(tipAmount) t FROM trips GROUP BY cityName W 1h
    top 3 by average fare => cityName, AVG(fareAmount) v FROM trips GROUP BY cityName W 1h ORDER BY v DESC LIMIT 3
    [behaviour]
    trips by shoe size => ?
    `,
  ),
};
