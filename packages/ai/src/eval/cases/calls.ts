import { casesFrom, schemasFrom } from '../case.ts';

export const calls = {
  name: 'calls',
  schemas: schemasFrom(`
    cdr: call_id STRING, a_number STRING, b_number STRING, cell_id STRING, direction STRING inbound|outbound, call_type STRING voice|sms|data, dur_s INTEGER, setup_ms INTEGER, bytes_up BIGINT, bytes_down BIGINT, roaming BOOLEAN, dropped BOOLEAN, term_cause STRING, charge_ct INTEGER, tech STRING, country_cd STRING, start_ts TIMESTAMP
    table cells: cell_id STRING, site STRING, region STRING, vendor STRING, band_mhz INTEGER, indoor BOOLEAN
  `),
  cases: casesFrom(
    'calls',
    `
    [filter]
    dropped voice calls / voice calls which were dropped => * FROM cdr WHERE dropped = TRUE AND call_type = 'voice'
    calls over 10 minutes => * FROM cdr WHERE dur_s > 600
    roaming or outbound calls => * FROM cdr WHERE roaming = TRUE OR direction = 'outbound'
    data sessions with more than 1 GB down => * FROM cdr WHERE call_type = 'data' AND bytes_down > 1000000000
    setup slower than 3 s => * FROM cdr WHERE setup_ms > 3000
    charge of at least 5 dollars => * FROM cdr WHERE charge_ct >= 500
    calls from a number 4915112345 => * FROM cdr WHERE a_number = '4915112345'
    termination cause is not NORMAL => * FROM cdr WHERE term_cause != 'NORMAL'
    termination cause missing => * FROM cdr WHERE term_cause IS NULL
    inbound sms in country FR => * FROM cdr WHERE direction = 'inbound' AND call_type = 'sms' AND country_cd = 'FR'
    everything on 5G that isn't data => * FROM cdr WHERE tech = '5G' AND call_type != 'data'
    domestic calls (no roaming) that dropped => * FROM cdr WHERE roaming = FALSE AND dropped = TRUE
    upload bigger than download => * FROM cdr WHERE bytes_up > bytes_down
    calls lasting between 30 and 90 seconds => * FROM cdr WHERE dur_s BETWEEN 30 AND 90
    caller, callee number and duration of dropped calls => a_number, b_number, dur_s FROM cdr WHERE dropped = TRUE
    [aggregate]
    calls per cell per minute => cell_id, COUNT(*) n FROM cdr GROUP BY cell_id W 1m
    total download volume per cell every 15 minutes / bytes down by cell, quarter-hourly => cell_id, SUM(bytes_down) v FROM cdr GROUP BY cell_id W 15m
    average call duration by direction => direction, AVG(dur_s) v FROM cdr GROUP BY direction
    how many dropped calls per cell per hour => cell_id, COUNT(*) n FROM cdr WHERE dropped = TRUE GROUP BY cell_id W 1h
    p95 setup time by technology => tech, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY setup_ms) v FROM cdr GROUP BY tech
    distinct callers per country per day => country_cd, COUNT(DISTINCT a_number) n FROM cdr GROUP BY country_cd W 1d
    total upload and download per technology => tech, SUM(bytes_up) a, SUM(bytes_down) b FROM cdr GROUP BY tech
    charges by country daily => country_cd, SUM(charge_ct) v FROM cdr GROUP BY country_cd W 1d
    number of sms by direction per hour => direction, COUNT(*) n FROM cdr WHERE call_type = 'sms' GROUP BY direction W 1h
    sliding 10 minute count of dropped calls per cell, updated each minute => cell_id, COUNT(*) n FROM cdr WHERE dropped = TRUE GROUP BY cell_id W 10m/1m
    [ratio]
    drop rate per cell every hour / fraction of calls that dropped by cell each hour => cell_id, 1.0 * SUM(CASE WHEN dropped = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM cdr GROUP BY cell_id W 1h
    percentage of roaming calls by country => country_cd, 100.0 * SUM(CASE WHEN roaming = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM cdr GROUP BY country_cd
    ratio of upload to download by technology => tech, 1.0 * SUM(bytes_up) / NULLIF(SUM(bytes_down), 0) v FROM cdr GROUP BY tech
    [pivot]
    inbound versus outbound calls per cell => cell_id, SUM(CASE WHEN direction = 'inbound' THEN 1 ELSE 0 END) a, SUM(CASE WHEN direction = 'outbound' THEN 1 ELSE 0 END) b FROM cdr GROUP BY cell_id
    [join]
    dropped calls by region per hour => k.region, COUNT(*) n FROM cdr c JOIN cells k ON c.cell_id = k.cell_id WHERE c.dropped = TRUE GROUP BY k.region W 1h
    download per vendor daily => k.vendor, SUM(c.bytes_down) v FROM cdr c JOIN cells k ON c.cell_id = k.cell_id GROUP BY k.vendor W 1d
    calls in indoor cells => c.* FROM cdr c JOIN cells k ON c.cell_id = k.cell_id WHERE k.indoor = TRUE
    average setup time on cells of vendor Nokia, by site => k.site, AVG(c.setup_ms) v FROM cdr c JOIN cells k ON c.cell_id = k.cell_id WHERE k.vendor = 'Nokia' GROUP BY k.site
    [topn]
    top 5 cells by dropped calls per hour => cell_id, COUNT(*) n FROM cdr WHERE dropped = TRUE GROUP BY cell_id W 1h ORDER BY n DESC LIMIT 5
    ten callers with the longest total duration per day => a_number, SUM(dur_s) v FROM cdr GROUP BY a_number W 1d ORDER BY v DESC LIMIT 10
    [having]
    cells with over 10 dropped calls in 5 minutes => cell_id, COUNT(*) n FROM cdr WHERE dropped = TRUE GROUP BY cell_id W 5m HAVING COUNT(*) > 10
    countries where total charges exceed 10000 per day => country_cd, SUM(charge_ct) v FROM cdr GROUP BY country_cd W 1d HAVING SUM(charge_ct) > 10000
    [edit]
    ~ cell_id, COUNT(*) n FROM cdr GROUP BY cell_id W 1m
    only 5G => cell_id, COUNT(*) n FROM cdr WHERE tech = '5G' GROUP BY cell_id W 1m
    without sms => cell_id, COUNT(*) n FROM cdr WHERE call_type != 'sms' GROUP BY cell_id W 1m
    sum up the duration as well => cell_id, COUNT(*) n, SUM(dur_s) v FROM cdr GROUP BY cell_id W 1m
    [clarify]
    alert me if something unusual happens => ?
    truncate cdr => no
    `,
  ),
};
