import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Turbines of wind parks; asked by service technicians, a grid trader and a bird protection officer. */
export const windfarm = {
  name: 'windfarm',
  schemas: schemasFrom(`
    turbine_data: turbine STRING, park STRING, wind_ms FLOAT, power_kw FLOAT, rotor_rpm FLOAT, gear_temp_c FLOAT, yaw_deg FLOAT, iced BOOLEAN, curtailed BOOLEAN, fault_code STRING, recorded_at TIMESTAMP
    bird_radar: park STRING, species STRING, flock_size INTEGER, height_m FLOAT, heading STRING north|east|south|west, night BOOLEAN, shutdown BOOLEAN, spotted_at TIMESTAMP
    table turbines: turbine STRING, model STRING, hub_m FLOAT, commissioned INTEGER, offshore BOOLEAN, crew STRING
  `),
  cases: casesFrom(
    'windfarm',
    `
    [filter]
    iced turbines that still produce more than 100 kW => * FROM turbine_data WHERE iced = TRUE AND power_kw > 100
    gear temperature of 80 degrees or higher in park Nordsee => * FROM turbine_data WHERE gear_temp_c >= 80 AND park = 'Nordsee'
    storm: wind above 25 m/s and the rotor turning (rpm over 0) => * FROM turbine_data WHERE wind_ms > 25 AND rotor_rpm > 0
    data with a fault code but without curtailment => * FROM turbine_data WHERE fault_code IS NOT NULL AND curtailed = FALSE
    flocks of at least 50 flying lower than 200 m at night => * FROM bird_radar WHERE flock_size >= 50 AND height_m < 200 AND night = TRUE
    birds heading south or west that caused a shutdown => * FROM bird_radar WHERE heading IN ('south', 'west') AND shutdown = TRUE
    [aggregate]
    mean wind speed and mean power per turbine each ten minutes => turbine, AVG(wind_ms) a, AVG(power_kw) b FROM turbine_data GROUP BY turbine W 10m
    how many birds (flock sizes added up) per species and day => species, SUM(flock_size) v FROM bird_radar GROUP BY species W 1d
    how many turbines of each park reported within every minute => park, COUNT(DISTINCT turbine) n FROM turbine_data GROUP BY park W 1m
    hottest gear so far, turbine by turbine => turbine, MAX(gear_temp_c) v FROM turbine_data GROUP BY turbine
    last fault code of every turbine => turbine, LAST_VALUE(fault_code) v FROM turbine_data GROUP BY turbine
    [ratio]
    share of curtailed readings by park and day => park, 1.0 * SUM(CASE WHEN curtailed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM turbine_data GROUP BY park W 1d
    kilowatts per m/s of wind for every turbine, i.e. total power divided by total wind => turbine, 1.0 * SUM(power_kw) / SUM(wind_ms) v FROM turbine_data GROUP BY turbine
    [join]
    average power by model, per hour => t.model, AVG(d.power_kw) v FROM turbine_data d JOIN turbines t ON d.turbine = t.turbine GROUP BY t.model W 1h
    readings of offshore turbines with less than 3 m/s of wind => d.* FROM turbine_data d JOIN turbines t ON d.turbine = t.turbine WHERE t.offshore = TRUE AND d.wind_ms < 3
    [having]
    turbines averaging 75 degrees gear temperature or more for a quarter of an hour => turbine, AVG(gear_temp_c) v FROM turbine_data GROUP BY turbine W 15m HAVING AVG(gear_temp_c) >= 75
    parks with fewer than 30 readings per minute => park, COUNT(*) n FROM turbine_data GROUP BY park W 1m HAVING COUNT(*) < 30
    [topn]
    the 4 turbines producing the most on average, each hour => turbine, AVG(power_kw) v FROM turbine_data GROUP BY turbine W 1h ORDER BY v DESC LIMIT 4
    [rows]
    power: moving average over 15 readings for each turbine => turbine, AVG(power_kw) OVER (ROWS WINDOW BUFFER 15 ROWS PARTITION BY turbine ORDER BY recorded_at) v FROM turbine_data
    [alert]
    notify the crew when a turbine has more than 3 readings with a fault code in half an hour => turbine, COUNT(*) n FROM turbine_data WHERE fault_code IS NOT NULL GROUP BY turbine W 30m
    [edit]
    ~ SELECT park, AVG(power_kw) AS power FROM turbine_data GROUP BY park WINDOW TUMBLING(10m) EMIT CHANGES
    exclude iced turbines => park, AVG(power_kw) power FROM turbine_data WHERE iced = FALSE GROUP BY park W 10m
    an hour instead of ten minutes => park, AVG(power_kw) power FROM turbine_data GROUP BY park W 1h
    split it by turbine as well => park, turbine, AVG(power_kw) power FROM turbine_data GROUP BY park, turbine W 10m
    only parks above 2000 => park, AVG(power_kw) power FROM turbine_data GROUP BY park W 10m HAVING AVG(power_kw) > 2000
    [behaviour]
    power by owner of the land => ?
    switch off turbine T9 => no
    `,
  ),
};
