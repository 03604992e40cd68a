import { casesFrom, schemasFrom } from '../case.ts';

export const factory = {
  name: 'factory',
  schemas: schemasFrom(`
    f_machine_telemetry: f_machine STRING, f_line STRING, f_shift STRING early|late|night, f_temp_c FLOAT, f_vibration_mm_s FLOAT, f_rpm INTEGER, f_units_produced INTEGER, f_units_scrapped INTEGER, f_energy_kwh FLOAT, f_state STRING running|idle|down|setup, f_operator STRING, f_error_code STRING, f_cycle_ms INTEGER, f_event_time TIMESTAMP
    table f_machines: f_machine STRING, f_vendor STRING, f_hall STRING, f_built_year INTEGER
  `),
  cases: casesFrom(
    'factory',
    `
    [filter]
    machines that are down / machine state down => * FROM f_machine_telemetry WHERE f_state = 'down'
    hotter than 80 degrees or vibrating more than 7 => * FROM f_machine_telemetry WHERE f_temp_c > 80 OR f_vibration_mm_s > 7
    idle or in setup on line L3 => * FROM f_machine_telemetry WHERE f_state IN ('idle', 'setup') AND f_line = 'L3'
    rows with an error code / where there is an error code => * FROM f_machine_telemetry WHERE f_error_code IS NOT NULL
    error code starts with E4 => * FROM f_machine_telemetry WHERE f_error_code LIKE 'E4%'
    cycles slower than 1.5 seconds => * FROM f_machine_telemetry WHERE f_cycle_ms > 1500
    cycle time at most half a second => * FROM f_machine_telemetry WHERE f_cycle_ms <= 500
    running machines with rpm below 900 in the night shift => * FROM f_machine_telemetry WHERE f_state = 'running' AND f_rpm < 900 AND f_shift = 'night'
    not running => * FROM f_machine_telemetry WHERE f_state != 'running'
    more scrap than good units / units scrapped greater than units produced => * FROM f_machine_telemetry WHERE f_units_scrapped > f_units_produced
    telemetry of machine M-17 or M-18 outside the early shift => * FROM f_machine_telemetry WHERE f_machine IN ('M-17', 'M-18') AND f_shift != 'early'
    operator unknown => * FROM f_machine_telemetry WHERE f_operator IS NULL
    temperature from 60 to 75 => * FROM f_machine_telemetry WHERE f_temp_c BETWEEN 60 AND 75
    machine, rpm and temperature when vibration is over 5 => f_machine, f_rpm, f_temp_c FROM f_machine_telemetry WHERE f_vibration_mm_s > 5
    [aggregate]
    units produced per line every hour / hourly output by line => f_line, SUM(f_units_produced) v FROM f_machine_telemetry GROUP BY f_line W 1h
    average temperature per machine in 5 minute buckets => f_machine, AVG(f_temp_c) v FROM f_machine_telemetry GROUP BY f_machine W 5m
    total scrap by shift per day => f_shift, SUM(f_units_scrapped) v FROM f_machine_telemetry GROUP BY f_shift W 1d
    energy used by each line daily => f_line, SUM(f_energy_kwh) v FROM f_machine_telemetry GROUP BY f_line W 1d
    peak vibration per machine each minute => f_machine, MAX(f_vibration_mm_s) v FROM f_machine_telemetry GROUP BY f_machine W 1m
    how many machines are down per line? => f_line, COUNT(DISTINCT f_machine) n FROM f_machine_telemetry WHERE f_state = 'down' GROUP BY f_line
    average cycle time and rpm by machine => f_machine, AVG(f_cycle_ms) a, AVG(f_rpm) b FROM f_machine_telemetry GROUP BY f_machine
    count rows by state and shift => f_state, f_shift, COUNT(*) n FROM f_machine_telemetry GROUP BY f_state, f_shift
    current state of each machine => f_machine, LAST_VALUE(f_state) v FROM f_machine_telemetry GROUP BY f_machine
    standard deviation of the temperature, by line, every 30 minutes => f_line, STDDEV(f_temp_c) v FROM f_machine_telemetry GROUP BY f_line W 30m
    [ratio]
    scrap rate per line: scrapped divided by produced => f_line, 1.0 * SUM(f_units_scrapped) / NULLIF(SUM(f_units_produced), 0) v FROM f_machine_telemetry GROUP BY f_line
    percentage of time down, i.e. share of rows in state down, per machine => f_machine, 100.0 * SUM(CASE WHEN f_state = 'down' THEN 1 ELSE 0 END) / COUNT(*) v FROM f_machine_telemetry GROUP BY f_machine
    kwh per unit produced by line per day => f_line, SUM(f_energy_kwh) / NULLIF(SUM(f_units_produced), 0) v FROM f_machine_telemetry GROUP BY f_line W 1d
    [join]
    units produced by vendor => m.f_vendor, SUM(t.f_units_produced) v FROM f_machine_telemetry t JOIN f_machines m ON t.f_machine = m.f_machine GROUP BY m.f_vendor
    avg vibration of machines built before 2005 per hall => m.f_hall, AVG(t.f_vibration_mm_s) v FROM f_machine_telemetry t JOIN f_machines m ON t.f_machine = m.f_machine WHERE m.f_built_year < 2005 GROUP BY m.f_hall
    [topn]
    3 hottest machines every 10 minutes => f_machine, MAX(f_temp_c) v FROM f_machine_telemetry GROUP BY f_machine W 10m ORDER BY v DESC LIMIT 3
    bottom 4 lines by output per hour => f_line, SUM(f_units_produced) v FROM f_machine_telemetry GROUP BY f_line W 1h ORDER BY v ASC LIMIT 4
    [having]
    lines that produced less than 500 units in an hour => f_line, SUM(f_units_produced) v FROM f_machine_telemetry GROUP BY f_line W 1h HAVING SUM(f_units_produced) < 500
    machines with an average temperature over 85 in the last 5 minutes => f_machine, AVG(f_temp_c) v FROM f_machine_telemetry GROUP BY f_machine W 5m HAVING AVG(f_temp_c) > 85
    [edit]
    ~ f_line, SUM(f_units_produced) units FROM f_machine_telemetry GROUP BY f_line W 1h
    only the night shift => f_line, SUM(f_units_produced) units FROM f_machine_telemetry WHERE f_shift = 'night' GROUP BY f_line W 1h
    per machine as well => f_line, f_machine, SUM(f_units_produced) units FROM f_machine_telemetry GROUP BY f_line, f_machine W 1h
    change the window to 15 minutes => f_line, SUM(f_units_produced) units FROM f_machine_telemetry GROUP BY f_line W 15m
    [clarify]
    something is off with the machines => ?
    output by supplier mood => ?
    `,
  ),
};
