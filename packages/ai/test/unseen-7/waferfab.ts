import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Tools of a chip factory; asked by one terse yield analyst. */
export const waferfab = {
  name: 'waferfab',
  schemas: schemasFrom(`
    wafer_runs: tool STRING, lot STRING, recipe STRING, step STRING etch|litho|deposition|implant|clean, duration_s FLOAT, particles INTEGER, yield_pct FLOAT, rework BOOLEAN, operator STRING, finished_at TIMESTAMP
    chamber_readings: tool STRING, pressure_mtorr FLOAT, rf_watts FLOAT, gas STRING argon|oxygen|chlorine, leak BOOLEAN, read_at TIMESTAMP
    table tools: tool STRING, vendor STRING, bay STRING, max_particles INTEGER, leased BOOLEAN, installed INTEGER
  `),
  cases: casesFrom(
    'waferfab',
    `
    [filter]
    Etch runs, particles over 40. => * FROM wafer_runs WHERE step = 'etch' AND particles > 40
    Litho and implant runs with yield below 85. => * FROM wafer_runs WHERE step IN ('litho', 'implant') AND yield_pct < 85
    Reworks under 90 s, clean steps excluded. => * FROM wafer_runs WHERE rework = TRUE AND duration_s < 90 AND step <> 'clean'
    Lot A7731: tool, step, yield. => tool, step, yield_pct FROM wafer_runs WHERE lot = 'A7731'
    Chamber pressure outside 5 to 20 mtorr. => * FROM chamber_readings WHERE pressure_mtorr < 5 OR pressure_mtorr > 20
    Recipes starting with OX, yield 60 to 75. => * FROM wafer_runs WHERE recipe LIKE 'OX%' AND yield_pct BETWEEN 60 AND 75
    Chlorine leaks with RF above 200 W. => * FROM chamber_readings WHERE leak = TRUE AND gas = 'chlorine' AND rf_watts > 200
    [aggregate]
    Median yield by step, daily. => step, MEDIAN(yield_pct) v FROM wafer_runs GROUP BY step W 1d
    Distinct lots per recipe. => recipe, COUNT(DISTINCT lot) n FROM wafer_runs GROUP BY recipe
    Particles by tool: min, max, mean. 4 h windows. => tool, MIN(particles) a, MAX(particles) b, AVG(particles) c FROM wafer_runs GROUP BY tool W 4h
    Mean duration by tool, 2 h window sliding every 15 min. => tool, AVG(duration_s) v FROM wafer_runs GROUP BY tool W 2h/15m
    Total processing seconds per operator and step. => operator, step, SUM(duration_s) v FROM wafer_runs GROUP BY operator, step
    [ratio]
    Rework rate per recipe. => recipe, 1.0 * SUM(CASE WHEN rework = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM wafer_runs GROUP BY recipe
    Particles per second of processing, by tool, hourly. => tool, 1.0 * SUM(particles) / SUM(duration_s) v FROM wafer_runs GROUP BY tool W 1h
    [join]
    Mean yield by vendor, per day. => t.vendor, AVG(r.yield_pct) v FROM wafer_runs r JOIN tools t ON r.tool = t.tool GROUP BY t.vendor W 1d
    Runs whose particles exceed the tool's maximum. => r.* FROM wafer_runs r JOIN tools t ON r.tool = t.tool WHERE r.particles > t.max_particles
    [having]
    Tools with more than 5 reworks per shift of 8 h. => tool, COUNT(*) n FROM wafer_runs WHERE rework = TRUE GROUP BY tool W 8h HAVING COUNT(*) > 5
    Recipes, mean yield under 80, per day. => recipe, AVG(yield_pct) v FROM wafer_runs GROUP BY recipe W 1d HAVING AVG(yield_pct) < 80
    [topn]
    Worst 3 tools by mean particles, per day. => tool, AVG(particles) v FROM wafer_runs GROUP BY tool W 1d ORDER BY v DESC LIMIT 3
    [edit]
    ~ SELECT step, AVG(yield_pct) AS yield FROM wafer_runs GROUP BY step WINDOW TUMBLING(1h) EMIT CHANGES
    Median, not mean. => step, MEDIAN(yield_pct) yield FROM wafer_runs GROUP BY step W 1h
    No reworks. => step, AVG(yield_pct) yield FROM wafer_runs WHERE rework = FALSE GROUP BY step W 1h
    By recipe instead. => recipe, AVG(yield_pct) yield FROM wafer_runs GROUP BY recipe W 1h
    [alert]
    Alarm: any tool, mean pressure over 30 mtorr for 5 min. => tool, AVG(pressure_mtorr) v FROM chamber_readings GROUP BY tool W 5m
    [rows]
    Change in pressure vs previous reading, per tool. => tool, pressure_mtorr - LAG(pressure_mtorr) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY tool ORDER BY read_at) v FROM chamber_readings
    [behaviour]
    Cost per wafer by recipe. => ?
    Drop wafer_runs. => no
    `,
  ),
};
