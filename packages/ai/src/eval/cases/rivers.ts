import { casesFrom, schemasFrom } from '../case.ts';

/** Gauges and dams along rivers; asked by a hydrologist, a mayor and volunteers with sandbags. */
export const rivers = {
  name: 'rivers',
  schemas: schemasFrom(`
    gauge_readings: gauge STRING, river STRING, level_cm FLOAT, flow_m3s FLOAT, water_c FLOAT, turbidity_ntu FLOAT, ice BOOLEAN, battery_v FLOAT, quality STRING good|suspect|bad, comment STRING, measured_at TIMESTAMP
    dam_gates: dam STRING, gate_no INTEGER, opening_pct FLOAT, release_m3s FLOAT, head_m FLOAT, mode STRING auto|manual|locked, alarm BOOLEAN, operator STRING, logged_at TIMESTAMP
    table gauges: gauge STRING, town STRING, km_to_sea FLOAT, flood_mark_cm FLOAT, staffed BOOLEAN, installed INTEGER
  `),
  cases: casesFrom(
    'rivers',
    `
    [filter]
    readings on the Elbe above 450 cm => * FROM gauge_readings WHERE river = 'Elbe' AND level_cm > 450
    suspect or bad quality while there is ice => * FROM gauge_readings WHERE quality IN ('suspect', 'bad') AND ice = TRUE
    gates run by hand (mode manual) and more than 60 % open => * FROM dam_gates WHERE mode = 'manual' AND opening_pct > 60
    battery down to 11 volts or less => * FROM gauge_readings WHERE battery_v <= 11
    locked gates that still release water => * FROM dam_gates WHERE mode = 'locked' AND release_m3s > 0
    water between 4 and 9 degrees, gauge G17 => * FROM gauge_readings WHERE water_c BETWEEN 4 AND 9 AND gauge = 'G17'
    logs of gate 3 at Stonewall dam with the alarm on => * FROM dam_gates WHERE gate_no = 3 AND dam = 'Stonewall' AND alarm = TRUE
    readings with a comment about debris => * FROM gauge_readings WHERE comment LIKE '%debris%'
    flow of at least 300 but turbidity lower than 20 => * FROM gauge_readings WHERE flow_m3s >= 300 AND turbidity_ntu < 20
    [aggregate]
    mean and peak level at each gauge per day => gauge, AVG(level_cm) a, MAX(level_cm) b FROM gauge_readings GROUP BY gauge W 1d
    total release of every dam by the hour => dam, SUM(release_m3s) v FROM dam_gates GROUP BY dam W 1h
    how warm is the water of each river on average, day by day => river, AVG(water_c) v FROM gauge_readings GROUP BY river W 1d
    latest level of all gauges => gauge, LAST_VALUE(level_cm) v FROM gauge_readings GROUP BY gauge
    number of gauges reporting per river every ten minutes => river, COUNT(DISTINCT gauge) n FROM gauge_readings GROUP BY river W 10m
    weakest battery at each gauge => gauge, MIN(battery_v) v FROM gauge_readings GROUP BY gauge
    alarms by dam and gate, daily => dam, gate_no, COUNT(*) n FROM dam_gates WHERE alarm = TRUE GROUP BY dam, gate_no W 1d
    how far does the level swing (max - min) at each gauge within 6 hours => gauge, MAX(level_cm) - MIN(level_cm) v FROM gauge_readings GROUP BY gauge W 6h
    who operated how many gates, per dam => dam, operator, COUNT(DISTINCT gate_no) n FROM dam_gates GROUP BY dam, operator
    [ratio]
    share of good readings per gauge and week => gauge, 1.0 * SUM(CASE WHEN quality = 'good' THEN 1 ELSE 0 END) / COUNT(*) v FROM gauge_readings GROUP BY gauge W 7d
    for what percentage of the log entries is a gate on automatic? per dam => dam, 100.0 * SUM(CASE WHEN mode = 'auto' THEN 1 ELSE 0 END) / COUNT(*) v FROM dam_gates GROUP BY dam
    bad readings per good reading at every gauge => gauge, 1.0 * SUM(CASE WHEN quality = 'bad' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN quality = 'good' THEN 1 ELSE 0 END), 0) v FROM gauge_readings GROUP BY gauge
    [join]
    readings where the level tops the flood mark of the gauge => r.* FROM gauge_readings r JOIN gauges g ON r.gauge = g.gauge WHERE r.level_cm > g.flood_mark_cm
    average level by town, hourly => g.town, AVG(r.level_cm) v FROM gauge_readings r JOIN gauges g ON r.gauge = g.gauge GROUP BY g.town W 1h
    highest flow at gauges that nobody staffs, each day and town => g.town, MAX(r.flow_m3s) v FROM gauge_readings r JOIN gauges g ON r.gauge = g.gauge WHERE g.staffed = FALSE GROUP BY g.town W 1d
    readings from less than 50 km to the sea with turbidity over 80 => r.* FROM gauge_readings r JOIN gauges g ON r.gauge = g.gauge WHERE g.km_to_sea < 50 AND r.turbidity_ntu > 80
    [having]
    rivers whose average flow exceeds 700 for an entire day => river, AVG(flow_m3s) v FROM gauge_readings GROUP BY river W 1d HAVING AVG(flow_m3s) > 700
    gauges that delivered fewer than 12 readings in an hour => gauge, COUNT(*) n FROM gauge_readings GROUP BY gauge W 1h HAVING COUNT(*) < 12
    dams releasing 2000 m3s or more summed up over ten minutes => dam, SUM(release_m3s) v FROM dam_gates GROUP BY dam W 10m HAVING SUM(release_m3s) >= 2000
    [topn]
    the five gauges with the highest peak level every day => gauge, MAX(level_cm) v FROM gauge_readings GROUP BY gauge W 1d ORDER BY v DESC LIMIT 5
    which river is coldest on average each week => river, AVG(water_c) v FROM gauge_readings GROUP BY river W 7d ORDER BY v ASC LIMIT 1
    8 murkiest gauges an hour, going by average turbidity => gauge, AVG(turbidity_ntu) v FROM gauge_readings GROUP BY gauge W 1h ORDER BY v DESC LIMIT 8
    [rows]
    rise of the level since the last reading of the same gauge => gauge, level_cm - LAG(level_cm) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY gauge ORDER BY measured_at) v FROM gauge_readings
    smoothed flow: mean of 6 readings per gauge => gauge, AVG(flow_m3s) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY gauge ORDER BY measured_at) v FROM gauge_readings
    highest level among the last 24 readings for each gauge => gauge, MAX(level_cm) OVER (ROWS WINDOW BUFFER 24 ROWS PARTITION BY gauge ORDER BY measured_at) v FROM gauge_readings
    [session]
    gate work per dam: entries belong to one job unless 15 minutes pass without any. entries and the widest opening of each job => dam, COUNT(*) n, MAX(opening_pct) v FROM dam_gates GROUP BY dam W session 15m
    [sliding]
    average level per river in a 2 hour window moving forward every 10 minutes => river, AVG(level_cm) v FROM gauge_readings GROUP BY river W 2h/10m
    [alert]
    phone the mayor when the mean level of a gauge is higher than 600 cm over half an hour => gauge, AVG(level_cm) v FROM gauge_readings GROUP BY gauge W 30m
    I want a warning if any dam has more than 3 alarms in 5 minutes => dam, COUNT(*) n FROM dam_gates WHERE alarm = TRUE GROUP BY dam W 5m
    [edit]
    ~ SELECT gauge, MAX(level_cm) AS peak FROM gauge_readings GROUP BY gauge WINDOW TUMBLING(1h) EMIT CHANGES
    only the Rhine => gauge, MAX(level_cm) peak FROM gauge_readings WHERE river = 'Rhine' GROUP BY gauge W 1h
    ignore bad and suspect readings => gauge, MAX(level_cm) peak FROM gauge_readings WHERE quality NOT IN ('bad', 'suspect') GROUP BY gauge W 1h
    flow, not level => gauge, MAX(flow_m3s) peak FROM gauge_readings GROUP BY gauge W 1h
    every 3 hours is fine => gauge, MAX(level_cm) peak FROM gauge_readings GROUP BY gauge W 3h
    summarise by river instead => river, MAX(level_cm) peak FROM gauge_readings GROUP BY river W 1h
    show the lowest level beside it => gauge, MAX(level_cm) peak, MIN(level_cm) low FROM gauge_readings GROUP BY gauge W 1h
    just those that went past 500 => gauge, MAX(level_cm) peak FROM gauge_readings GROUP BY gauge W 1h HAVING MAX(level_cm) > 500
    [behaviour]
    do we have to evacuate => ?
    level by rainfall of the day before => ?
    open gate 2 by another 10 percent => no
    `,
  ),
};
