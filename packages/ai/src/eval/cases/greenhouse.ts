import { casesFrom, schemasFrom } from '../case.ts';

export const greenhouse = {
  name: 'greenhouse',
  schemas: schemasFrom(`
    climate_log: house STRING, bay_no INTEGER, crop STRING, air_temp_c FLOAT, leaf_temp_c FLOAT, rel_humidity FLOAT, co2_ppm INTEGER, light_lux FLOAT, irrigation_l FLOAT, vent_position STRING closed|half|open, heater_on BOOLEAN, lamp_on BOOLEAN, fault_code STRING, pest_count INTEGER, grower STRING, logged_at TIMESTAMP
    table crops: crop STRING, variety STRING, ideal_temp_c FLOAT, greenhouse_kind STRING glass|foil
  `),
  cases: casesFrom(
    'greenhouse',
    `
    [filter]
    vents open while the heater is on => * FROM climate_log WHERE vent_position = 'open' AND heater_on = TRUE
    air temperature below 5 or above 35 => * FROM climate_log WHERE air_temp_c < 5 OR air_temp_c > 35
    lamps off and light under 2000 lux => * FROM climate_log WHERE lamp_on = FALSE AND light_lux < 2000
    co2 between 800 and 1200 ppm => * FROM climate_log WHERE co2_ppm BETWEEN 800 AND 1200
    leaf temp higher than air temp => * FROM climate_log WHERE leaf_temp_c > air_temp_c
    tomato rows with any pests => * FROM climate_log WHERE crop = 'tomato' AND pest_count > 0
    readings with a fault code => * FROM climate_log WHERE fault_code IS NOT NULL
    fault E42 in house North => * FROM climate_log WHERE fault_code = 'E42' AND house = 'North'
    bay 7 of house South => * FROM climate_log WHERE bay_no = 7 AND house = 'South'
    vents neither open nor closed => * FROM climate_log WHERE vent_position NOT IN ('open', 'closed')
    no irrigation => * FROM climate_log WHERE irrigation_l = 0
    humidity no more than 40 => * FROM climate_log WHERE rel_humidity <= 40
    [aggregate]
    average air temperature per house every 15 min => house, AVG(air_temp_c) v FROM climate_log GROUP BY house W 15m
    litres of irrigation per crop per day => crop, SUM(irrigation_l) v FROM climate_log GROUP BY crop W 1d
    highest co2 by bay hourly => bay_no, MAX(co2_ppm) v FROM climate_log GROUP BY bay_no W 1h
    how many pests were found in each house per week => house, SUM(pest_count) v FROM climate_log GROUP BY house W 7d
    min, avg and max humidity by house => house, MIN(rel_humidity) a, AVG(rel_humidity) b, MAX(rel_humidity) c FROM climate_log GROUP BY house
    latest light level in every bay => bay_no, LAST_VALUE(light_lux) v FROM climate_log GROUP BY bay_no
    difference between leaf and air temperature, averaged per crop => crop, AVG(leaf_temp_c - air_temp_c) v FROM climate_log GROUP BY crop
    number of faults per grower daily => grower, COUNT(*) n FROM climate_log WHERE fault_code IS NOT NULL GROUP BY grower W 1d
    readings with heater on, counted per house per hour => house, COUNT(*) n FROM climate_log WHERE heater_on = TRUE GROUP BY house W 1h
    hourly temperature swing per house for the air => house, MAX(air_temp_c) - MIN(air_temp_c) v FROM climate_log GROUP BY house W 1h
    [ratio]
    what share of the time is the heater on, per house => house, 1.0 * SUM(CASE WHEN heater_on = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM climate_log GROUP BY house
    percentage of readings with vents open by crop => crop, 100.0 * SUM(CASE WHEN vent_position = 'open' THEN 1 ELSE 0 END) / COUNT(*) v FROM climate_log GROUP BY crop
    share of readings warmer than 30 degrees air temperature per bay => bay_no, 1.0 * SUM(CASE WHEN air_temp_c > 30 THEN 1 ELSE 0 END) / COUNT(*) v FROM climate_log GROUP BY bay_no
    [join]
    air temperature above the ideal temperature => c.* FROM climate_log c JOIN crops k ON c.crop = k.crop WHERE c.air_temp_c > k.ideal_temp_c
    irrigation by variety per day => k.variety, SUM(c.irrigation_l) v FROM climate_log c JOIN crops k ON c.crop = k.crop GROUP BY k.variety W 1d
    average humidity in glass houses per crop => c.crop, AVG(c.rel_humidity) v FROM climate_log c JOIN crops k ON c.crop = k.crop WHERE k.greenhouse_kind = 'glass' GROUP BY c.crop
    [topn]
    5 driest bays each hour => bay_no, AVG(rel_humidity) v FROM climate_log GROUP BY bay_no W 1h ORDER BY v ASC LIMIT 5
    houses with the most pests, top 3 per week => house, SUM(pest_count) v FROM climate_log GROUP BY house W 7d ORDER BY v DESC LIMIT 3
    [having]
    houses where average co2 stays under 400 ppm for an hour => house, AVG(co2_ppm) v FROM climate_log GROUP BY house W 1h HAVING AVG(co2_ppm) < 400
    bays using more than 500 litres a day => bay_no, SUM(irrigation_l) v FROM climate_log GROUP BY bay_no W 1d HAVING SUM(irrigation_l) > 500
    [rows]
    change in air temperature from the previous reading in each house => house, logged_at, air_temp_c, air_temp_c - LAG(air_temp_c) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY house ORDER BY logged_at) v FROM climate_log
    [clarify]
    average soil ph per house => ?
    is it too humid => ?
    `,
  ),
};
