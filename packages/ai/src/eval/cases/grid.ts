import { casesFrom, schemasFrom } from '../case.ts';

export const grid = {
  name: 'grid',
  schemas: schemasFrom(`
    meter_readings: meter_id STRING, consumption_kwh FLOAT, voltage FLOAT, feeder STRING, is_estimated BOOLEAN, tariff STRING peak|offpeak|night, read_at TIMESTAMP
    outages: outage_id STRING, feeder STRING, cause STRING storm|equipment|animal|planned, customers_affected INTEGER, duration_min INTEGER, started_at TIMESTAMP
    table meters: meter_id STRING, district STRING, meter_model STRING, customer_kind STRING household|business
  `),
  cases: casesFrom(
    'grid',
    `
    [aggregate]
    sum up consumption by feeder in 15-minute slices => feeder, SUM(consumption_kwh) v FROM meter_readings GROUP BY feeder W 15m
    lowest and highest voltage per feeder, each 5 min => feeder, MIN(voltage) a, MAX(voltage) b FROM meter_readings GROUP BY feeder W 5m
    how many customers were affected by outages, per cause and day => cause, SUM(customers_affected) v FROM outages GROUP BY cause W 1d
    number of distinct meters reporting per feeder hourly => feeder, COUNT(DISTINCT meter_id) n FROM meter_readings GROUP BY feeder W 1h
    [filter]
    readings that are not estimated during the night tariff => * FROM meter_readings WHERE is_estimated = FALSE AND tariff = 'night'
    voltage outside 210 to 250 => * FROM meter_readings WHERE voltage NOT BETWEEN 210 AND 250
    outages of at least 2 hours caused by a storm => * FROM outages WHERE duration_min >= 120 AND cause = 'storm'
    unplanned outages affecting over 500 customers => * FROM outages WHERE cause != 'planned' AND customers_affected > 500
    [ratio]
    percentage of estimated readings for each feeder => feeder, 100.0 * SUM(CASE WHEN is_estimated = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM meter_readings GROUP BY feeder
    [pivot]
    peak vs night consumption by feeder => feeder, SUM(CASE WHEN tariff = 'peak' THEN consumption_kwh ELSE 0 END) a, SUM(CASE WHEN tariff = 'night' THEN consumption_kwh ELSE 0 END) b FROM meter_readings GROUP BY feeder
    [join]
    consumption of business customers by district every hour => m.district, SUM(r.consumption_kwh) v FROM meter_readings r JOIN meters m ON r.meter_id = m.meter_id WHERE m.customer_kind = 'business' GROUP BY m.district W 1h
    mean voltage per meter model => m.meter_model, AVG(r.voltage) v FROM meter_readings r JOIN meters m ON r.meter_id = m.meter_id GROUP BY m.meter_model
    [rows]
    rolling mean of voltage over the past 8 readings of every meter => meter_id, read_at, voltage, AVG(voltage) OVER (ROWS WINDOW BUFFER 8 ROWS PARTITION BY meter_id ORDER BY read_at) v FROM meter_readings
    [sliding]
    last 30 minutes of consumption per feeder, refreshed each 5 minutes => feeder, SUM(consumption_kwh) v FROM meter_readings GROUP BY feeder W 30m/5m
    [behaviour]
    consumption by mood => ?
    drop the meters table => no
    `,
  ),
};
