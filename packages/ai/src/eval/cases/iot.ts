import { casesFrom, schemasFrom } from '../case.ts';

export const iot = {
  name: 'iot',
  schemas: schemasFrom(`
    sensor_readings: sensor_id STRING, metric STRING temperature|humidity|pressure|vibration, value FLOAT, site STRING, ts TIMESTAMP
    machine_events: machine_id STRING, state STRING running|idle|stopped|fault, duration_s INTEGER, power_kw FLOAT, temp_c FLOAT, is_anomaly BOOLEAN, at TIMESTAMP
    table machines: machine_id STRING, model STRING, line STRING, plant STRING
  `),
  cases: casesFrom(
    'iot',
    `
    [tall]
    average temperature per sensor every 5 minutes / mean temperature by sensor in 5 minute windows / avg temp for each sensor every 5 min => sensor_id, AVG(value) v FROM sensor_readings WHERE metric = 'temperature' GROUP BY sensor_id W 5m
    max humidity by site per hour / highest humidity at each site hourly => site, MAX(value) v FROM sensor_readings WHERE metric = 'humidity' GROUP BY site W 1h
    average temperature and humidity by site every 10 minutes => site, AVG(CASE WHEN metric = 'temperature' THEN value END) t, AVG(CASE WHEN metric = 'humidity' THEN value END) h FROM sensor_readings GROUP BY site W 10m
    temperature readings above 80 / readings where temperature exceeds 80 / temperatures over 80 => * FROM sensor_readings WHERE metric = 'temperature' AND value > 80
    pressure readings below 950 at site berlin => * FROM sensor_readings WHERE metric = 'pressure' AND value < 950 AND site = 'berlin'
    difference between max and min temperature per site every hour / temperature range by site hourly => site, MAX(value) - MIN(value) v FROM sensor_readings WHERE metric = 'temperature' GROUP BY site W 1h
    number of readings per sensor per minute / how many readings does each sensor send a minute => sensor_id, COUNT(*) n FROM sensor_readings GROUP BY sensor_id W 1m
    3 hottest sensors each hour / top 3 sensors by temperature every hour (max) => sensor_id, MAX(value) v FROM sensor_readings WHERE metric = 'temperature' GROUP BY sensor_id W 1h ORDER BY v DESC LIMIT 3
    sensors whose average vibration is above 7 over 10 minutes => sensor_id, AVG(value) v FROM sensor_readings WHERE metric = 'vibration' GROUP BY sensor_id W 10m HAVING AVG(value) > 7
    readings from sensor s-17 => * FROM sensor_readings WHERE sensor_id = 's-17'
    [aggregate]
    average power per machine every 15 minutes / mean power draw by machine in 15 minute windows => machine_id, AVG(power_kw) v FROM machine_events GROUP BY machine_id W 15m
    total idle time per machine per day => machine_id, SUM(duration_s) v FROM machine_events WHERE state = 'idle' GROUP BY machine_id W 1d
    number of faults by machine each hour / how many faults per machine every hour => machine_id, COUNT(*) n FROM machine_events WHERE state = 'fault' GROUP BY machine_id W 1h
    peak power by plant / maximum power per plant => m.plant, MAX(e.power_kw) v FROM machine_events e JOIN machines m ON e.machine_id = m.machine_id GROUP BY m.plant
    events per line every minute / count machine events by line per minute => m.line, COUNT(*) n FROM machine_events e JOIN machines m ON e.machine_id = m.machine_id GROUP BY m.line W 1m
    95th percentile of power per model => m.model, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY e.power_kw) v FROM machine_events e JOIN machines m ON e.machine_id = m.machine_id GROUP BY m.model
    [filter]
    anomalies / anomalous machine events / show machine events that are anomalies => * FROM machine_events WHERE is_anomaly = TRUE
    machine events with power above 50 kW / events drawing more than 50 kW => * FROM machine_events WHERE power_kw > 50
    stopped machines for longer than 10 minutes / machine events in state stopped lasting more than 10 minutes => * FROM machine_events WHERE state = 'stopped' AND duration_s > 600
    machines hotter than 90 degrees / machine events with temp above 90°C => * FROM machine_events WHERE temp_c > 90
    [ratio]
    fault rate per machine / share of events that are faults by machine => machine_id, 1.0 * SUM(CASE WHEN state = 'fault' THEN 1 ELSE 0 END) / COUNT(*) v FROM machine_events GROUP BY machine_id
    percentage of anomalies per machine every hour / what percent of machine events are anomalies by machine each hour => machine_id, 100.0 * SUM(CASE WHEN is_anomaly = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM machine_events GROUP BY machine_id W 1h
    [alert]
    alert when temperature of any sensor goes above 95 => * FROM sensor_readings WHERE metric = 'temperature'
    page me if the average power per machine is over 80 kW for 5 minute windows => machine_id, AVG(power_kw) v FROM machine_events GROUP BY machine_id W 5m
    [sliding]
    rolling 1 hour average power by machine every 10 minutes => machine_id, AVG(power_kw) v FROM machine_events GROUP BY machine_id W 1h/10m
    [rows]
    average of the last 5 power values per machine => machine_id, at, power_kw, AVG(power_kw) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY machine_id ORDER BY at) v FROM machine_events
    [emit]
    one row per hour with the average power, final results only => AVG(power_kw) v FROM machine_events W 1h EMIT FINAL
    [edit]
    ~ SELECT machine_id, AVG(power_kw) AS avg_power_kw FROM machine_events GROUP BY machine_id WINDOW TUMBLING(5m) EMIT CHANGES
    add the peak power / also show the max power => machine_id, AVG(power_kw) v, MAX(power_kw) m FROM machine_events GROUP BY machine_id W 5m
    exclude idle machines / without the idle ones => machine_id, AVG(power_kw) v FROM machine_events WHERE state != 'idle' GROUP BY machine_id W 5m
    top 5 => machine_id, AVG(power_kw) v FROM machine_events GROUP BY machine_id W 5m ORDER BY v DESC LIMIT 5
    [behaviour]
    readings by colour => ?
    erase all readings => no
    `,
  ),
};
