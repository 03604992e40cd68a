import { casesFrom, schemasFrom } from '../case.ts';

export const solar = {
  name: 'solar',
  schemas: schemasFrom(`
    inverter_metrics: inverterSerial STRING, plantCode STRING, acPowerKw FLOAT, dcVoltage FLOAT, energyKwh FLOAT, panelTempC FLOAT, irradianceWm2 FLOAT, efficiencyPct FLOAT, faultCode INTEGER, mode STRING producing|standby|fault|curtailed, gridConnected BOOLEAN, firmware STRING, restartCount INTEGER, sampledAt TIMESTAMP
    table plants: plantCode STRING, plantName STRING, country STRING, capacityMw FLOAT, hasBattery BOOLEAN, contractor STRING
  `),
  cases: casesFrom(
    'solar',
    `
    [filter]
    inverters in fault mode / mode is fault => * FROM inverter_metrics WHERE mode = 'fault'
    panels hotter than 65 °C or efficiency below 12% => * FROM inverter_metrics WHERE panelTempC > 65 OR efficiencyPct < 12
    not connected to the grid / off-grid samples, i.e. not grid connected => * FROM inverter_metrics WHERE gridConnected = FALSE
    standby or curtailed inverters of plant PV-03 => * FROM inverter_metrics WHERE mode IN ('standby', 'curtailed') AND plantCode = 'PV-03'
    fault code 17 => * FROM inverter_metrics WHERE faultCode = 17
    ac power of at least 50 kW => * FROM inverter_metrics WHERE acPowerKw >= 50
    dc voltage not between 600 and 900 => * FROM inverter_metrics WHERE dcVoltage NOT BETWEEN 600 AND 900
    firmware 2.1.7 or 2.1.8 => * FROM inverter_metrics WHERE firmware IN ('2.1.7', '2.1.8')
    everything but standby => * FROM inverter_metrics WHERE mode != 'standby'
    samples where irradiance exceeds 800 yet power stays under 5 kW => * FROM inverter_metrics WHERE irradianceWm2 > 800 AND acPowerKw < 5
    serial, power and temperature of producing inverters => inverterSerial, acPowerKw, panelTempC FROM inverter_metrics WHERE mode = 'producing'
    restarted more than 3 times => * FROM inverter_metrics WHERE restartCount > 3
    [aggregate]
    energy per plant per day / how many kwh did every plant make each day => plantCode, SUM(energyKwh) v FROM inverter_metrics GROUP BY plantCode W 1d
    avg power by inverter in 5 min windows => inverterSerial, AVG(acPowerKw) v FROM inverter_metrics GROUP BY inverterSerial W 5m
    max panel temp by plant hourly => plantCode, MAX(panelTempC) v FROM inverter_metrics GROUP BY plantCode W 1h
    number of inverters in fault per plant every 15 minutes => plantCode, COUNT(DISTINCT inverterSerial) n FROM inverter_metrics WHERE mode = 'fault' GROUP BY plantCode W 15m
    mean efficiency and irradiance per plant => plantCode, AVG(efficiencyPct) a, AVG(irradianceWm2) b FROM inverter_metrics GROUP BY plantCode
    samples by mode => mode, COUNT(*) n FROM inverter_metrics GROUP BY mode
    last reported mode of each inverter => inverterSerial, LAST_VALUE(mode) v FROM inverter_metrics GROUP BY inverterSerial
    median dc voltage by firmware version => firmware, MEDIAN(dcVoltage) v FROM inverter_metrics GROUP BY firmware
    peak power per plant and inverter per day => plantCode, inverterSerial, MAX(acPowerKw) v FROM inverter_metrics GROUP BY plantCode, inverterSerial W 1d
    [ratio]
    fault rate per plant => plantCode, 1.0 * SUM(CASE WHEN mode = 'fault' THEN 1 ELSE 0 END) / COUNT(*) v FROM inverter_metrics GROUP BY plantCode
    % of samples with efficiency under 15 by plant per hour => plantCode, 100.0 * SUM(CASE WHEN efficiencyPct < 15 THEN 1 ELSE 0 END) / COUNT(*) v FROM inverter_metrics GROUP BY plantCode W 1h
    [pivot]
    producing vs standby samples per plant => plantCode, SUM(CASE WHEN mode = 'producing' THEN 1 ELSE 0 END) a, SUM(CASE WHEN mode = 'standby' THEN 1 ELSE 0 END) b FROM inverter_metrics GROUP BY plantCode
    [join]
    energy by country daily => p.country, SUM(i.energyKwh) v FROM inverter_metrics i JOIN plants p ON i.plantCode = p.plantCode GROUP BY p.country W 1d
    average efficiency of plants with a battery => AVG(i.efficiencyPct) v FROM inverter_metrics i JOIN plants p ON i.plantCode = p.plantCode WHERE p.hasBattery = TRUE
    samples from plants with less than 10 MW capacity => i.* FROM inverter_metrics i JOIN plants p ON i.plantCode = p.plantCode WHERE p.capacityMw < 10
    [topn]
    3 plants producing the most energy per day => plantCode, SUM(energyKwh) v FROM inverter_metrics GROUP BY plantCode W 1d ORDER BY v DESC LIMIT 3
    five hottest inverters every 10 minutes => inverterSerial, MAX(panelTempC) v FROM inverter_metrics GROUP BY inverterSerial W 10m ORDER BY v DESC LIMIT 5
    [having]
    plants with average efficiency under 14 in an hour => plantCode, AVG(efficiencyPct) v FROM inverter_metrics GROUP BY plantCode W 1h HAVING AVG(efficiencyPct) < 14
    inverters with at least 2 faults per hour => inverterSerial, COUNT(*) n FROM inverter_metrics WHERE mode = 'fault' GROUP BY inverterSerial W 1h HAVING COUNT(*) >= 2
    [edit]
    ~ plantCode, AVG(acPowerKw) avg_kw FROM inverter_metrics GROUP BY plantCode W 1h
    every 5 minutes please => plantCode, AVG(acPowerKw) avg_kw FROM inverter_metrics GROUP BY plantCode W 5m
    only while producing => plantCode, AVG(acPowerKw) avg_kw FROM inverter_metrics WHERE mode = 'producing' GROUP BY plantCode W 1h
    [clarify]
    alert me if the output is low => ?
    `,
  ),
};
