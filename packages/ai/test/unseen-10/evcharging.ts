import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Charging points for electric cars; asked by the network's operations and its product analysts. */
export const evcharging = {
  name: 'evcharging',
  schemas: schemasFrom(`
    charge_sessions: session_id STRING, station_id STRING, driver_id STRING, connector STRING CCS|CHAdeMO|Type2, energy_kwh FLOAT, duration_min FLOAT, cost_eur FLOAT, start_soc INTEGER, stop_reason STRING full|driver|fault|timeout, ended_at TIMESTAMP
    charger_status: station_id STRING, state STRING available|charging|faulted|offline, temperature_c FLOAT, load_kw FLOAT, firmware STRING, reported_at TIMESTAMP
    table stations: station_id STRING, city STRING, operator STRING, max_kw FLOAT, indoor BOOLEAN, bays INTEGER
  `),
  cases: casesFrom(
    'evcharging',
    `
    [filter]
    charging sessions that delivered more than 60 kWh => * FROM charge_sessions WHERE energy_kwh > 60
    sessions on a CCS connector that were stopped by a fault => * FROM charge_sessions WHERE connector = 'CCS' AND stop_reason = 'fault'
    chargers reporting faulted or offline => * FROM charger_status WHERE state IN ('faulted', 'offline')
    status reports with a temperature over 55 °C while charging => * FROM charger_status WHERE temperature_c > 55 AND state = 'charging'
    sessions that started with a state of charge below 10 and lasted under 20 minutes => * FROM charge_sessions WHERE start_soc < 10 AND duration_min < 20
    sessions costing between 15 and 40 euros that did not end with a full battery => * FROM charge_sessions WHERE cost_eur BETWEEN 15 AND 40 AND stop_reason != 'full'
    [aggregate]
    energy delivered per station every 15 minutes => station_id, SUM(energy_kwh) v FROM charge_sessions GROUP BY station_id W 15m
    average session duration by connector => connector, AVG(duration_min) v FROM charge_sessions GROUP BY connector
    how many distinct drivers use each station per day? => station_id, COUNT(DISTINCT driver_id) n FROM charge_sessions GROUP BY station_id W 1d
    latest state of every station => station_id, LAST_VALUE(state) v FROM charger_status GROUP BY station_id
    peak load per firmware version over a 30 minute window sliding every 10 minutes => firmware, MAX(load_kw) v FROM charger_status GROUP BY firmware W 30m/10m
    [join]
    revenue by city per hour => s.city, SUM(c.cost_eur) v FROM charge_sessions c JOIN stations s ON c.station_id = s.station_id GROUP BY s.city W 1h
    status reports where the load is above the station's max_kw => c.* FROM charger_status c JOIN stations s ON c.station_id = s.station_id WHERE c.load_kw > s.max_kw
    [ratio]
    average price per kWh for each station, i.e. total cost divided by total energy => station_id, 1.0 * SUM(cost_eur) / SUM(energy_kwh) v FROM charge_sessions GROUP BY station_id
    share of sessions that ended in a fault, by connector and hour => connector, 1.0 * SUM(CASE WHEN stop_reason = 'fault' THEN 1 ELSE 0 END) / COUNT(*) v FROM charge_sessions GROUP BY connector W 1h
    [having]
    stations with more than 5 faulted reports in 10 minutes => station_id, COUNT(*) n FROM charger_status WHERE state = 'faulted' GROUP BY station_id W 10m HAVING COUNT(*) > 5
    drivers who charged at least 200 kWh in a day => driver_id, SUM(energy_kwh) v FROM charge_sessions GROUP BY driver_id W 1d HAVING SUM(energy_kwh) >= 200
    [topn]
    the five busiest stations by number of sessions, hourly => station_id, COUNT(*) n FROM charge_sessions GROUP BY station_id W 1h ORDER BY n DESC LIMIT 5
    top 10 stations by average temperature => station_id, AVG(temperature_c) v FROM charger_status GROUP BY station_id W 5m ORDER BY v DESC LIMIT 10
    [alert]
    warn me when the average temperature of a station goes over 60 degrees in a 5 minute window => station_id, AVG(temperature_c) v FROM charger_status GROUP BY station_id W 5m
    [session]
    number of charging sessions per driver, grouped into visits that end after 2 hours of inactivity => driver_id, COUNT(*) n FROM charge_sessions GROUP BY driver_id W session 2h
    [edit]
    ~ SELECT station_id, AVG(load_kw) AS load FROM charger_status WHERE state = 'charging' GROUP BY station_id WINDOW TUMBLING(5m) EMIT CHANGES
    make it 30 minutes => station_id, AVG(load_kw) load FROM charger_status WHERE state = 'charging' GROUP BY station_id W 30m
    show the maximum instead of the average => station_id, MAX(load_kw) load FROM charger_status WHERE state = 'charging' GROUP BY station_id W 5m
    by firmware instead of by station => firmware, AVG(load_kw) load FROM charger_status WHERE state = 'charging' GROUP BY firmware W 5m
    [behaviour]
    tell me when a charger gets too hot => ?
    reboot all faulted chargers => no
    `,
  ),
};
