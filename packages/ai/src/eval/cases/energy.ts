import { casesFrom, schemasFrom } from '../case.ts';

export const energy = {
  name: 'energy',
  schemas: schemasFrom(`
    meter_readings: meter_id STRING, household STRING, kwh FLOAT, voltage_v FLOAT, tariff STRING peak|offpeak, grid_zone STRING, read_at TIMESTAMP
    charging_sessions: charger_id STRING, vehicle STRING, energy_kwh FLOAT, duration_min INTEGER, cost_eur FLOAT, status STRING completed|interrupted|failed, plugged_in_at TIMESTAMP
    table chargers: charger_id STRING, operator STRING, max_kw FLOAT, district STRING
  `),
  cases: casesFrom(
    'energy',
    `
    [aggregate]
    total consumption per household each day / kwh used by household daily => household, SUM(kwh) v FROM meter_readings GROUP BY household W 1d
    average voltage by grid zone every 5 minutes / mean voltage per zone in 5 minute windows => grid_zone, AVG(voltage_v) v FROM meter_readings GROUP BY grid_zone W 5m
    how many charging sessions per charger every hour / charging sessions by charger hourly => charger_id, COUNT(*) n FROM charging_sessions GROUP BY charger_id W 1h
    average charging duration per charger / mean duration by charger => charger_id, AVG(duration_min) v FROM charging_sessions GROUP BY charger_id
    total cost of charging by district per day => c.district, SUM(s.cost_eur) v FROM charging_sessions s JOIN chargers c ON s.charger_id = c.charger_id GROUP BY c.district W 1d
    energy delivered per operator each hour / total energy by operator hourly => c.operator, SUM(s.energy_kwh) v FROM charging_sessions s JOIN chargers c ON s.charger_id = c.charger_id GROUP BY c.operator W 1h
    lowest and highest voltage per meter every hour => meter_id, MIN(voltage_v) a, MAX(voltage_v) b FROM meter_readings GROUP BY meter_id W 1h
    [filter]
    readings with voltage outside 220 to 240 / meter readings where the voltage is not between 220 and 240 => * FROM meter_readings WHERE voltage_v NOT BETWEEN 220 AND 240
    failed charging sessions / charging sessions that failed => * FROM charging_sessions WHERE status = 'failed'
    sessions longer than 2 hours / charging sessions that lasted more than 2 hours => * FROM charging_sessions WHERE duration_min > 120
    peak readings over 5 kWh / readings above 5 kwh in the peak tariff => * FROM meter_readings WHERE tariff = 'peak' AND kwh > 5
    [ratio]
    share of interrupted charging sessions by charger / interruption rate per charger => charger_id, 1.0 * SUM(CASE WHEN status = 'interrupted' THEN 1 ELSE 0 END) / COUNT(*) v FROM charging_sessions GROUP BY charger_id
    percentage of offpeak readings per zone each hour => grid_zone, 100.0 * SUM(CASE WHEN tariff = 'offpeak' THEN 1 ELSE 0 END) / COUNT(*) v FROM meter_readings GROUP BY grid_zone W 1h
    [topn]
    5 households with the highest consumption per day / top 5 households by kwh daily => household, SUM(kwh) v FROM meter_readings GROUP BY household W 1d ORDER BY v DESC LIMIT 5
    [having]
    chargers with more than 10 failed sessions per day => charger_id, COUNT(*) n FROM charging_sessions WHERE status = 'failed' GROUP BY charger_id W 1d HAVING COUNT(*) > 10
    households using more than 50 kwh a day / households with consumption over 50 kWh per day => household, SUM(kwh) v FROM meter_readings GROUP BY household W 1d HAVING SUM(kwh) > 50
    [sliding]
    rolling 1 hour consumption per zone every 10 minutes => grid_zone, SUM(kwh) v FROM meter_readings GROUP BY grid_zone W 1h/10m
    [alert]
    alert if the average voltage per zone drops below 210 in 5 minutes => grid_zone, AVG(voltage_v) v FROM meter_readings GROUP BY grid_zone W 5m
    [edit]
    ~ SELECT grid_zone, SUM(kwh) AS total_kwh FROM meter_readings GROUP BY grid_zone WINDOW TUMBLING(1h) EMIT CHANGES
    only the peak tariff => grid_zone, SUM(kwh) v FROM meter_readings WHERE tariff = 'peak' GROUP BY grid_zone W 1h
    change it to daily => grid_zone, SUM(kwh) v FROM meter_readings GROUP BY grid_zone W 1d
    [behaviour]
    consumption by hair colour => ?
    `,
  ),
};
