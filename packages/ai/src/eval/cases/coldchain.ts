import { casesFrom, schemasFrom } from '../case.ts';

export const coldchain = {
  name: 'coldchain',
  schemas: schemasFrom(`
    cooler_readings: box_id STRING, product_name STRING, carrier STRING, from_city STRING, to_city STRING, temp_c FLOAT, humidity_pct FLOAT, battery_pct FLOAT, shock_g FLOAT, door_openings INTEGER, door_open BOOLEAN, alarm_state STRING ok|warning|critical, gps_speed_kmh FLOAT, minutes_out_of_range INTEGER, driver_remark STRING, read_at TIMESTAMP
  `),
  cases: casesFrom(
    'coldchain',
    `
    [filter]
    boxes warmer than 8 degrees / please give me boxes which are more warm than 8 degrees => * FROM cooler_readings WHERE temp_c > 8
    temperature not between 2 and 8 => * FROM cooler_readings WHERE temp_c NOT BETWEEN 2 AND 8
    colder than minus 20 => * FROM cooler_readings WHERE temp_c < -20
    battery is less than 15% and door is open => * FROM cooler_readings WHERE battery_pct < 15 AND door_open = TRUE
    boxes going from Basel to Vienna => * FROM cooler_readings WHERE from_city = 'Basel' AND to_city = 'Vienna'
    all what has critical alarm from carrier DHL => * FROM cooler_readings WHERE alarm_state = 'critical' AND carrier = 'DHL'
    readings with closed door and speed zero => * FROM cooler_readings WHERE door_open = FALSE AND gps_speed_kmh = 0
    shock above 2.5 g or humidity over 80 % => * FROM cooler_readings WHERE shock_g > 2.5 OR humidity_pct > 80
    alarms that are not ok => * FROM cooler_readings WHERE alarm_state != 'ok'
    out of range longer than half an hour => * FROM cooler_readings WHERE minutes_out_of_range > 30
    driver remark is not empty => * FROM cooler_readings WHERE driver_remark IS NOT NULL
    door opened at least 5 times => * FROM cooler_readings WHERE door_openings >= 5
    vaccine boxes with temperature under 2 / product "vaccine" under 2 degrees => * FROM cooler_readings WHERE product_name = 'vaccine' AND temp_c < 2
    [aggregate]
    average temperature for each box, every 10 minutes => box_id, AVG(temp_c) v FROM cooler_readings GROUP BY box_id W 10m
    min and max temperature by product per hour => product_name, MIN(temp_c) a, MAX(temp_c) b FROM cooler_readings GROUP BY product_name W 1h
    how many critical alarms per carrier in one day => carrier, COUNT(*) n FROM cooler_readings WHERE alarm_state = 'critical' GROUP BY carrier W 1d
    how many boxes are on the way to each city => to_city, COUNT(DISTINCT box_id) n FROM cooler_readings GROUP BY to_city
    lowest battery per box => box_id, MIN(battery_pct) v FROM cooler_readings GROUP BY box_id
    temperature range per box hourly => box_id, MAX(temp_c) - MIN(temp_c) v FROM cooler_readings GROUP BY box_id W 1h
    current temperature of every box => box_id, LAST_VALUE(temp_c) v FROM cooler_readings GROUP BY box_id
    sum of door openings by carrier and destination city daily => carrier, to_city, SUM(door_openings) v FROM cooler_readings GROUP BY carrier, to_city W 1d
    15 minute moving average of temperature per box, every 5 minutes => box_id, AVG(temp_c) v FROM cooler_readings GROUP BY box_id W 15m/5m
    warnings per product, hour by hour => product_name, COUNT(*) n FROM cooler_readings WHERE alarm_state = 'warning' GROUP BY product_name W 1h
    [ratio]
    percentage of readings above 8 degrees per carrier => carrier, 100.0 * SUM(CASE WHEN temp_c > 8 THEN 1 ELSE 0 END) / COUNT(*) v FROM cooler_readings GROUP BY carrier
    share of the readings with open door by product => product_name, 1.0 * SUM(CASE WHEN door_open = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM cooler_readings GROUP BY product_name
    critical rate by route origin city each day => from_city, 1.0 * SUM(CASE WHEN alarm_state = 'critical' THEN 1 ELSE 0 END) / COUNT(*) v FROM cooler_readings GROUP BY from_city W 1d
    [topn]
    the 5 warmest boxes every 30 minutes => box_id, MAX(temp_c) v FROM cooler_readings GROUP BY box_id W 30m ORDER BY v DESC LIMIT 5
    which carrier has the most warnings per day => carrier, COUNT(*) n FROM cooler_readings WHERE alarm_state = 'warning' GROUP BY carrier W 1d ORDER BY n DESC LIMIT 1
    [having]
    boxes with average humidity exceeding 70% in 1 hour => box_id, AVG(humidity_pct) v FROM cooler_readings GROUP BY box_id W 1h HAVING AVG(humidity_pct) > 70
    carriers with more than 20 critical readings per day => carrier, COUNT(*) n FROM cooler_readings WHERE alarm_state = 'critical' GROUP BY carrier W 1d HAVING COUNT(*) > 20
    [alert]
    alert when a box is warmer than 8 degrees for the average of 5 minutes => box_id, AVG(temp_c) v FROM cooler_readings GROUP BY box_id W 5m
    [edit]
    ~ box_id, AVG(temp_c) v FROM cooler_readings GROUP BY box_id W 10m
    also show the maximum => box_id, AVG(temp_c) v, MAX(temp_c) m FROM cooler_readings GROUP BY box_id W 10m
    only DHL => box_id, AVG(temp_c) v FROM cooler_readings WHERE carrier = 'DHL' GROUP BY box_id W 10m
    group by product instead => product_name, AVG(temp_c) v FROM cooler_readings GROUP BY product_name W 10m
    [clarify]
    is the vaccine good => ?
    notify me if it becomes too cold => ?
    `,
  ),
};
