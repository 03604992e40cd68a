import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Lifts and ski passes of a few resorts; asked by somebody who writes in questions. */
export const skilifts = {
  name: 'skilifts',
  schemas: schemasFrom(`
    lift_status: lift STRING, resort STRING, queue_len INTEGER, wait_min FLOAT, speed_ms FLOAT, gust_kmh FLOAT, stopped BOOLEAN, stop_reason STRING wind|technical|rescue|power, status_at TIMESTAMP
    pass_scans: pass_id STRING, lift STRING, pass_type STRING day|week|season|staff, rides_today INTEGER, price_paid FLOAT, rejected BOOLEAN, scanned_at TIMESTAMP
    table lifts: lift STRING, lift_kind STRING chair|gondola|drag, capacity_h INTEGER, altitude_m INTEGER, opened_year INTEGER, heated BOOLEAN
  `),
  cases: casesFrom(
    'skilifts',
    `
    [filter]
    Can I see the status messages from the resort Arlberg with a wait of more than 20 minutes? => * FROM lift_status WHERE wait_min > 20 AND resort = 'Arlberg'
    Which scans of season or staff passes were rejected? => * FROM pass_scans WHERE pass_type IN ('season', 'staff') AND rejected = TRUE
    Could you show the status of lifts that are not stopped although the gusts reach 60 km/h or more? => * FROM lift_status WHERE stopped = FALSE AND gust_kmh >= 60
    Which pass ids already have more than 30 rides today? => pass_id FROM pass_scans WHERE rides_today > 30
    Is there any status of lift G3 with an empty queue? => * FROM lift_status WHERE queue_len = 0 AND lift = 'G3'
    [aggregate]
    How long is the average wait per resort in every quarter of an hour? => resort, AVG(wait_min) v FROM lift_status GROUP BY resort W 15m
    How many different passes were scanned at each lift per hour? => lift, COUNT(DISTINCT pass_id) n FROM pass_scans GROUP BY lift W 1h
    What is the strongest gust that each lift has seen, day by day? => lift, MAX(gust_kmh) v FROM lift_status GROUP BY lift W 1d
    How many scans were there per pass type? => pass_type, COUNT(*) n FROM pass_scans GROUP BY pass_type
    What is the average queue of every lift in the last 10 minutes, updated every minute? => lift, AVG(queue_len) v FROM lift_status GROUP BY lift W 10m/1m
    [ratio]
    What share of the scans is rejected at each lift per hour? => lift, 1.0 * SUM(CASE WHEN rejected = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM pass_scans GROUP BY lift W 1h
    What percentage of status messages says stopped, by resort? => resort, 100.0 * SUM(CASE WHEN stopped = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM lift_status GROUP BY resort
    [join]
    How many scans do gondolas, chairs and drag lifts get per hour, each kind for itself? => l.lift_kind, COUNT(*) n FROM pass_scans s JOIN lifts l ON s.lift = l.lift GROUP BY l.lift_kind W 1h
    What is the status of the lifts above 2500 m of altitude? => s.* FROM lift_status s JOIN lifts l ON s.lift = l.lift WHERE l.altitude_m > 2500
    [having]
    Which lifts had more than 100 rejected scans in an hour? => lift, COUNT(*) n FROM pass_scans WHERE rejected = TRUE GROUP BY lift W 1h HAVING COUNT(*) > 100
    Which resorts have an average wait below 5 minutes per half hour? => resort, AVG(wait_min) v FROM lift_status GROUP BY resort W 30m HAVING AVG(wait_min) < 5
    [topn]
    Which 5 lifts have the longest average queue every hour? => lift, AVG(queue_len) v FROM lift_status GROUP BY lift W 1h ORDER BY v DESC LIMIT 5
    What are the three lifts with the fewest scans per day? => lift, COUNT(*) n FROM pass_scans GROUP BY lift W 1d ORDER BY n ASC LIMIT 3
    [session]
    How many scans does a pass have per session, if a session ends after 45 minutes without a scan? => pass_id, COUNT(*) n FROM pass_scans GROUP BY pass_id W session 45m
    [alert]
    Can you alert me if a lift's highest gust is above 80 km/h within 5 minutes? => lift, MAX(gust_kmh) v FROM lift_status GROUP BY lift W 5m
    [edit]
    ~ SELECT lift, COUNT(*) AS scans FROM pass_scans GROUP BY lift WINDOW TUMBLING(1h) EMIT CHANGES
    Can you do that without staff passes? => lift, COUNT(*) scans FROM pass_scans WHERE pass_type <> 'staff' GROUP BY lift W 1h
    And what about every 10 minutes? => lift, COUNT(*) scans FROM pass_scans GROUP BY lift W 10m
    Could you break it down by pass type too? => lift, pass_type, COUNT(*) scans FROM pass_scans GROUP BY lift, pass_type W 1h
    [behaviour]
    Which lifts have long queues? => ?
    How deep is the snow at each lift? => ?
    Who will win the downhill race on Sunday? => no
    `,
  ),
};
