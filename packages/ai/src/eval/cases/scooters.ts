import { casesFrom, schemasFrom } from '../case.ts';

export const scooters = {
  name: 'scooters',
  schemas: schemasFrom(`
    scooter_trips: trip_id STRING, scooter_id STRING, rider_id STRING, start_zone STRING, end_zone STRING, distance_km FLOAT, duration_min FLOAT, fare_eur FLOAT, battery_start_pct INTEGER, battery_end_pct INTEGER, payment_method STRING card|wallet|pass, trip_status STRING completed|aborted|stolen, helmet_worn BOOLEAN, rating INTEGER, promo_code STRING, ended_at TIMESTAMP
    table scooter_fleet: scooter_id STRING, model STRING, vendor STRING, range_km FLOAT, purchased_year INTEGER
  `),
  cases: casesFrom(
    'scooters',
    `
    [filter]
    trips over 10 km => * FROM scooter_trips WHERE distance_km > 10
    rides longer than an hour paid by pass => * FROM scooter_trips WHERE duration_min > 60 AND payment_method = 'pass'
    stolen ones in Kreuzberg => * FROM scooter_trips WHERE trip_status = 'stolen' AND start_zone = 'Kreuzberg'
    trips from Mitte to Wedding => * FROM scooter_trips WHERE start_zone = 'Mitte' AND end_zone = 'Wedding'
    without a helmet and more than 5 km => * FROM scooter_trips WHERE helmet_worn = FALSE AND distance_km > 5
    rated 1 or 2 stars => * FROM scooter_trips WHERE rating IN (1, 2)
    trips with a promo code that cost nothing => * FROM scooter_trips WHERE promo_code IS NOT NULL AND fare_eur = 0
    battery below 10 percent at the end => * FROM scooter_trips WHERE battery_end_pct < 10
    aborted trips that lasted less than 2 minutes => * FROM scooter_trips WHERE trip_status = 'aborted' AND duration_min < 2
    trips not completed => * FROM scooter_trips WHERE trip_status != 'completed'
    fares between 3 and 7 euros => * FROM scooter_trips WHERE fare_eur BETWEEN 3 AND 7
    start zone same as end zone => * FROM scooter_trips WHERE start_zone = end_zone
    [aggregate]
    rides per zone per hour => start_zone, COUNT(*) n FROM scooter_trips GROUP BY start_zone W 1h
    revenue per day => SUM(fare_eur) v FROM scooter_trips W 1d
    total km driven by each scooter => scooter_id, SUM(distance_km) v FROM scooter_trips GROUP BY scooter_id
    average trip length in km by payment method => payment_method, AVG(distance_km) v FROM scooter_trips GROUP BY payment_method
    how many different riders used each scooter per week => scooter_id, COUNT(DISTINCT rider_id) n FROM scooter_trips GROUP BY scooter_id W 7d
    thefts per start zone daily => start_zone, COUNT(*) n FROM scooter_trips WHERE trip_status = 'stolen' GROUP BY start_zone W 1d
    how long is the typical ride per end zone => end_zone, AVG(duration_min) v FROM scooter_trips GROUP BY end_zone
    average battery drop per trip by scooter: battery start minus battery end => scooter_id, AVG(battery_start_pct - battery_end_pct) v FROM scooter_trips GROUP BY scooter_id
    mean rating per zone, every 30 minutes, only completed trips => start_zone, AVG(rating) v FROM scooter_trips WHERE trip_status = 'completed' GROUP BY start_zone W 30m
    most recent end zone of every scooter => scooter_id, LAST_VALUE(end_zone) v FROM scooter_trips GROUP BY scooter_id
    [ratio]
    what percentage of trips are aborted per zone => start_zone, 100.0 * SUM(CASE WHEN trip_status = 'aborted' THEN 1 ELSE 0 END) / COUNT(*) v FROM scooter_trips GROUP BY start_zone
    helmet usage rate by day => 1.0 * SUM(CASE WHEN helmet_worn = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM scooter_trips W 1d
    fare per km by payment method => payment_method, 1.0 * SUM(fare_eur) / SUM(distance_km) v FROM scooter_trips GROUP BY payment_method
    share of trips with a promo code per zone => start_zone, 1.0 * SUM(CASE WHEN promo_code IS NOT NULL THEN 1 ELSE 0 END) / COUNT(*) v FROM scooter_trips GROUP BY start_zone
    [join]
    revenue by vendor per day => f.vendor, SUM(t.fare_eur) v FROM scooter_trips t JOIN scooter_fleet f ON t.scooter_id = f.scooter_id GROUP BY f.vendor W 1d
    trips on scooters purchased before 2020 => t.* FROM scooter_trips t JOIN scooter_fleet f ON t.scooter_id = f.scooter_id WHERE f.purchased_year < 2020
    average distance per model => f.model, AVG(t.distance_km) v FROM scooter_trips t JOIN scooter_fleet f ON t.scooter_id = f.scooter_id GROUP BY f.model
    [topn]
    top 5 riders by distance each week => rider_id, SUM(distance_km) v FROM scooter_trips GROUP BY rider_id W 7d ORDER BY v DESC LIMIT 5
    the zone with the fewest trips per hour => start_zone, COUNT(*) n FROM scooter_trips GROUP BY start_zone W 1h ORDER BY n ASC LIMIT 1
    [having]
    scooters with more than 15 trips a day => scooter_id, COUNT(*) n FROM scooter_trips GROUP BY scooter_id W 1d HAVING COUNT(*) > 15
    riders who spent over 50 euros in a week => rider_id, SUM(fare_eur) v FROM scooter_trips GROUP BY rider_id W 7d HAVING SUM(fare_eur) > 50
    zones whose average rating is under 3 => start_zone, AVG(rating) v FROM scooter_trips GROUP BY start_zone HAVING AVG(rating) < 3
    [clarify]
    trips by weather => ?
    which zone is the coolest => ?
    `,
  ),
};
