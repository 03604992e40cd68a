import { casesFrom, schemasFrom } from '../case.ts';

/** Gates and grooming of a ski resort; asked by the operations manager and by lift staff. */
export const skiing = {
  name: 'skiing',
  schemas: schemasFrom(`
    gate_scans: pass_id STRING, gate STRING, pass_type STRING day|season|child|staff, wait_min FLOAT, refused BOOLEAN, refuse_reason STRING, skier_age INTEGER, scanned_at TIMESTAMP
    slope_reports: slope STRING, difficulty STRING blue|red|black, snow_cm FLOAT, snow_temp_c FLOAT, wind_kmh FLOAT, is_open BOOLEAN, groomer STRING, reported_at TIMESTAMP
    table gate_map: gate STRING, valley STRING, altitude_m INTEGER, seats_per_chair INTEGER
  `),
  cases: casesFrom(
    'skiing',
    `
    [filter]
    refused scans of season passes => * FROM gate_scans WHERE refused = TRUE AND pass_type = 'season'
    closed black slopes with wind stronger than 70 km/h => * FROM slope_reports WHERE is_open = FALSE AND difficulty = 'black' AND wind_kmh > 70
    open slopes with 20 cm of snow or less => * FROM slope_reports WHERE is_open = TRUE AND snow_cm <= 20
    skiers aged 65 and older who had to wait more than 15 min => * FROM gate_scans WHERE skier_age >= 65 AND wait_min > 15
    scans that were refused for no stated reason => * FROM gate_scans WHERE refused = TRUE AND refuse_reason IS NULL
    everybody but staff passing gate G7 => * FROM gate_scans WHERE pass_type != 'staff' AND gate = 'G7'
    [aggregate]
    scans per gate each quarter hour => gate, COUNT(*) n FROM gate_scans GROUP BY gate W 15m
    how long do people wait on average at each gate, per half hour? => gate, AVG(wait_min) v FROM gate_scans GROUP BY gate W 30m
    how many individual passes were scanned each day, by pass type => pass_type, COUNT(DISTINCT pass_id) n FROM gate_scans GROUP BY pass_type W 1d
    thinnest snow cover per slope every 12 hours => slope, MIN(snow_cm) v FROM slope_reports GROUP BY slope W 12h
    who groomed each slope last => slope, LAST_VALUE(groomer) v FROM slope_reports GROUP BY slope
    [ratio]
    out of all scans, what percentage gets refused, gate by gate => gate, 100.0 * SUM(CASE WHEN refused = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM gate_scans GROUP BY gate
    [join]
    scans per valley and hour => m.valley, COUNT(*) n FROM gate_scans g JOIN gate_map m ON g.gate = m.gate GROUP BY m.valley W 1h
    children at gates above 2500 m => g.* FROM gate_scans g JOIN gate_map m ON g.gate = m.gate WHERE g.pass_type = 'child' AND m.altitude_m > 2500
    [having]
    gates where the mean wait climbs over 20 minutes within a half hour => gate, AVG(wait_min) v FROM gate_scans GROUP BY gate W 30m HAVING AVG(wait_min) > 20
    passes used more than 25 times on one day => pass_id, COUNT(*) n FROM gate_scans GROUP BY pass_id W 1d HAVING COUNT(*) > 25
    [topn]
    the two windiest slopes of every hour, going by the strongest wind => slope, MAX(wind_kmh) v FROM slope_reports GROUP BY slope W 1h ORDER BY v DESC LIMIT 2
    [session]
    one session per pass, closed after 45 minutes without a scan, with the number of rides => pass_id, COUNT(*) n FROM gate_scans GROUP BY pass_id W session 45m
    [alert]
    let the patrol know when wind on any slope averages more than 80 km/h over 10 minutes => slope, AVG(wind_kmh) v FROM slope_reports GROUP BY slope W 10m
    [edit]
    ~ SELECT gate, COUNT(*) AS scans FROM gate_scans GROUP BY gate WINDOW TUMBLING(1h) EMIT CHANGES
    take the staff out => gate, COUNT(*) scans FROM gate_scans WHERE pass_type != 'staff' GROUP BY gate W 1h
    what about the average wait? add it => gate, COUNT(*) scans, AVG(wait_min) v FROM gate_scans GROUP BY gate W 1h
    I only want gates that had 200 scans or more => gate, COUNT(*) scans FROM gate_scans GROUP BY gate W 1h HAVING COUNT(*) >= 200
    [clarify]
    is the avalanche risk ok => ?
    scans by hotel of the guest => ?
    `,
  ),
};
