import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Water and visitors of public baths; asked in haste, in lower-case fragments. */
export const pools = {
  name: 'pools',
  schemas: schemasFrom(`
    water_tests: pool STRING, chlorine_mgl FLOAT, ph FLOAT, water_c FLOAT, turbidity FLOAT, sensor_ok BOOLEAN, method STRING probe|strip|lab, tester STRING, sampled_at TIMESTAMP
    admissions: ticket STRING, pool STRING, kind STRING adult|child|senior|school, paid FLOAT, pass_holder BOOLEAN, minutes_stayed INTEGER, gate STRING, entered_at TIMESTAMP
    table pools: pool STRING, district STRING, volume_m3 INTEGER, heated BOOLEAN, max_bathers INTEGER, outdoor BOOLEAN
  `),
  cases: casesFrom(
    'pools',
    `
    [filter]
    chlorine under 0.3, lab only => * FROM water_tests WHERE chlorine_mgl < 0.3 AND method = 'lab'
    ph not between 6.8 and 7.6 => * FROM water_tests WHERE ph NOT BETWEEN 6.8 AND 7.6
    kids or seniors, stayed 3h+ (180 min) => * FROM admissions WHERE kind IN ('child', 'senior') AND minutes_stayed >= 180
    broken sensor readings lido pool => * FROM water_tests WHERE sensor_ok = FALSE AND pool = 'lido'
    adults w/o pass who paid nothing => * FROM admissions WHERE kind = 'adult' AND pass_holder = FALSE AND paid = 0
    just pool, water temp, time - above 30 deg => pool, water_c, sampled_at FROM water_tests WHERE water_c > 30
    [aggregate]
    visitors per pool per hr => pool, COUNT(*) n FROM admissions GROUP BY pool W 1h
    avg ph + avg chlorine by pool, 30 min => pool, AVG(ph) a, AVG(chlorine_mgl) b FROM water_tests GROUP BY pool W 30m
    takings by kind, daily sum of paid => kind, SUM(paid) v FROM admissions GROUP BY kind W 1d
    latest water temp each pool => pool, LAST_VALUE(water_c) v FROM water_tests GROUP BY pool
    longest stay by gate, overall => gate, MAX(minutes_stayed) v FROM admissions GROUP BY gate
    nr of tests per tester and method => tester, method, COUNT(*) n FROM water_tests GROUP BY tester, method
    [ratio]
    share of pass holders per pool per day => pool, 1.0 * SUM(CASE WHEN pass_holder = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM admissions GROUP BY pool W 1d
    paid per minute stayed, by kind (sum over sum) => kind, 1.0 * SUM(paid) / SUM(minutes_stayed) v FROM admissions GROUP BY kind
    [join]
    admissions by district, hourly => p.district, COUNT(*) n FROM admissions a JOIN pools p ON a.pool = p.pool GROUP BY p.district W 1h
    water tests in outdoor pools w/ turbidity over 0.5 => w.* FROM water_tests w JOIN pools p ON w.pool = p.pool WHERE p.outdoor = TRUE AND w.turbidity > 0.5
    [having]
    pools w/ 200+ visitors an hour => pool, COUNT(*) n FROM admissions GROUP BY pool W 1h HAVING COUNT(*) >= 200
    gates taking less than 50 in 2h => gate, SUM(paid) v FROM admissions GROUP BY gate W 2h HAVING SUM(paid) < 50
    [topn]
    top 5 pools by visitors, daily => pool, COUNT(*) n FROM admissions GROUP BY pool W 1d ORDER BY n DESC LIMIT 5
    coldest 2 pools on avg, every hour => pool, AVG(water_c) v FROM water_tests GROUP BY pool W 1h ORDER BY v ASC LIMIT 2
    [edit]
    ~ SELECT pool, COUNT(*) AS visitors FROM admissions GROUP BY pool WINDOW TUMBLING(1h) EMIT CHANGES
    minus schools => pool, COUNT(*) visitors FROM admissions WHERE kind <> 'school' GROUP BY pool W 1h
    every 20 min pls => pool, COUNT(*) visitors FROM admissions GROUP BY pool W 20m
    + split by kind => pool, kind, COUNT(*) visitors FROM admissions GROUP BY pool, kind W 1h
    only top 3 => pool, COUNT(*) visitors FROM admissions GROUP BY pool W 1h ORDER BY visitors DESC LIMIT 3
    [alert]
    ping me if avg turbidity of a pool > 1, 10 min => pool, AVG(turbidity) v FROM water_tests GROUP BY pool W 10m
    [rows]
    moving avg chlorine, last 6 tests, per pool => pool, AVG(chlorine_mgl) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY pool ORDER BY sampled_at) v FROM water_tests
    [behaviour]
    warm pools => ?
    wipe all old tickets => no
    `,
  ),
};
