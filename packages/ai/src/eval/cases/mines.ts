import { casesFrom, schemasFrom } from '../case.ts';

/** Haul trucks, drills and air of an underground mine; asked by a shift boss and a safety engineer. */
export const mines = {
  name: 'mines',
  schemas: schemasFrom(`
    haul_loads: load_no STRING, truck STRING, shovel STRING, material STRING ore|waste|coal, tonnes FLOAT, grade_pct FLOAT, cycle_min FLOAT, overload BOOLEAN, operator STRING, dumped_at TIMESTAMP
    gas_readings: level STRING, sensor STRING, methane_pct FLOAT, co_ppm FLOAT, airflow_ms FLOAT, fan_on BOOLEAN, people_below INTEGER, remark STRING, taken_at TIMESTAMP
    table trucks: truck STRING, maker STRING, capacity_t FLOAT, year_built INTEGER, crew STRING red|blue|green
  `),
  cases: casesFrom(
    'mines',
    `
    [filter]
    overloaded ore loads => * FROM haul_loads WHERE overload = TRUE AND material = 'ore'
    methane at 1% or more with the fan off => * FROM gas_readings WHERE methane_pct >= 1 AND fan_on = FALSE
    loads of 200 tonnes and up that took over half an hour per cycle => * FROM haul_loads WHERE tonnes >= 200 AND cycle_min > 30
    readings on level 5 or level 6 while somebody is below => * FROM gas_readings WHERE level IN ('5', '6') AND people_below > 0
    waste or coal hauled by truck HT-07 => * FROM haul_loads WHERE material IN ('waste', 'coal') AND truck = 'HT-07'
    readings nobody wrote a remark for and with carbon monoxide beyond 25 ppm => * FROM gas_readings WHERE remark IS NULL AND co_ppm > 25
    ore graded from 1.5 to 3 percent => * FROM haul_loads WHERE material = 'ore' AND grade_pct BETWEEN 1.5 AND 3
    [aggregate]
    tonnes moved by each shovel per 12-hour shift => shovel, SUM(tonnes) v FROM haul_loads GROUP BY shovel W 12h
    average cycle time per truck, hourly => truck, AVG(cycle_min) v FROM haul_loads GROUP BY truck W 1h
    peak methane on every level in 10 minute steps => level, MAX(methane_pct) v FROM gas_readings GROUP BY level W 10m
    number of loads by material for each day => material, COUNT(*) n FROM haul_loads GROUP BY material W 1d
    how many trucks worked with every shovel per day => shovel, COUNT(DISTINCT truck) n FROM haul_loads GROUP BY shovel W 1d
    where are people right now? latest number of people below per level => level, LAST_VALUE(people_below) v FROM gas_readings GROUP BY level
    lowest airflow ever measured by each sensor => sensor, MIN(airflow_ms) v FROM gas_readings GROUP BY sensor
    [ratio]
    percentage of loads that were overloaded, per operator => operator, 100.0 * SUM(CASE WHEN overload = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM haul_loads GROUP BY operator
    tonnes per minute of cycle for each truck, day by day (totals) => truck, 1.0 * SUM(tonnes) / SUM(cycle_min) v FROM haul_loads GROUP BY truck W 1d
    how many loads of waste do we move for every load of ore, per day => 1.0 * SUM(CASE WHEN material = 'waste' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN material = 'ore' THEN 1 ELSE 0 END), 0) v FROM haul_loads W 1d
    [join]
    tonnes by crew and day => t.crew, SUM(h.tonnes) v FROM haul_loads h JOIN trucks t ON h.truck = t.truck GROUP BY t.crew W 1d
    loads heavier than what the truck's capacity allows => h.* FROM haul_loads h JOIN trucks t ON h.truck = t.truck WHERE h.tonnes > t.capacity_t
    average cycle minutes of trucks built before 2015, by maker => t.maker, AVG(h.cycle_min) v FROM haul_loads h JOIN trucks t ON h.truck = t.truck WHERE t.year_built < 2015 GROUP BY t.maker
    [having]
    shovels that loaded less than 3000 tonnes in a 12 hour shift => shovel, SUM(tonnes) v FROM haul_loads GROUP BY shovel W 12h HAVING SUM(tonnes) < 3000
    levels whose co averages 15 ppm or more for 5 minutes => level, AVG(co_ppm) v FROM gas_readings GROUP BY level W 5m HAVING AVG(co_ppm) >= 15
    operators with three overloads or more in one day => operator, COUNT(*) n FROM haul_loads WHERE overload = TRUE GROUP BY operator W 1d HAVING COUNT(*) >= 3
    [topn]
    which two operators moved the most tonnes per day => operator, SUM(tonnes) v FROM haul_loads GROUP BY operator W 1d ORDER BY v DESC LIMIT 2
    level with the worst (lowest) average airflow every hour => level, AVG(airflow_ms) v FROM gas_readings GROUP BY level W 1h ORDER BY v ASC LIMIT 1
    [rows]
    jump in methane between one reading and the next, per sensor => sensor, methane_pct - LAG(methane_pct) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY sensor ORDER BY taken_at) v FROM gas_readings
    mean cycle over the five most recent loads of each truck => truck, AVG(cycle_min) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY truck ORDER BY dumped_at) v FROM haul_loads
    [alert]
    sound the alarm if average methane on a level is over 1.2 for 2 minutes => level, AVG(methane_pct) v FROM gas_readings GROUP BY level W 2m
    the shift boss must be told when a truck carries more than 6 overloads in an hour => truck, COUNT(*) n FROM haul_loads WHERE overload = TRUE GROUP BY truck W 1h
    [edit]
    ~ SELECT shovel, SUM(tonnes) AS tonnes FROM haul_loads GROUP BY shovel WINDOW TUMBLING(1h) EMIT CHANGES
    ore only => shovel, SUM(tonnes) tonnes FROM haul_loads WHERE material = 'ore' GROUP BY shovel W 1h
    show the number of loads as well => shovel, SUM(tonnes) tonnes, COUNT(*) n FROM haul_loads GROUP BY shovel W 1h
    for a whole shift of 12 hours instead => shovel, SUM(tonnes) tonnes FROM haul_loads GROUP BY shovel W 12h
    skip overloaded ones => shovel, SUM(tonnes) tonnes FROM haul_loads WHERE overload = FALSE GROUP BY shovel W 1h
    [clarify]
    is level 5 safe to enter => ?
    loads by weather => ?
    stop the fan on level 3 => no
    `,
  ),
};
