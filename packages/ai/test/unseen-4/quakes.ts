import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Earthquakes and the stations that hear them; asked by a student for homework and by the duty seismologist. */
export const quakes = {
  name: 'quakes',
  schemas: schemasFrom(`
    quakes: quake_id STRING, region STRING, mag FLOAT, mag_type STRING ml|mw|mb, depth_km FLOAT, n_stations INTEGER, felt_reports INTEGER, tsunami_flag BOOLEAN, reviewed BOOLEAN, origin_time TIMESTAMP
    station_health: station_code STRING, network STRING, latency_s FLOAT, gap_count INTEGER, snr_db FLOAT, clock_locked BOOLEAN, health_at TIMESTAMP
    table seismometers: station_code STRING, country STRING, sensor STRING broadband|short_period|accelerometer, elevation_m FLOAT
  `),
  cases: casesFrom(
    'quakes',
    `
    [filter]
    quakes stronger than magnitude 5 => * FROM quakes WHERE mag > 5
    shallow quakes (depth up to 10 km) with a tsunami flag => * FROM quakes WHERE depth_km <= 10 AND tsunami_flag = TRUE
    quakes in Hokkaido not yet reviewed => * FROM quakes WHERE region = 'Hokkaido' AND reviewed = FALSE
    magnitude from 3 to 4 felt by at least 50 reports => * FROM quakes WHERE mag BETWEEN 3 AND 4 AND felt_reports >= 50
    stations with an unlocked clock or a latency above 30 seconds => * FROM station_health WHERE clock_locked = FALSE OR latency_s > 30
    region and mag of all mw quakes => region, mag FROM quakes WHERE mag_type = 'mw'
    [aggregate]
    how many quakes happen in each region a day => region, COUNT(*) n FROM quakes GROUP BY region W 1d
    strongest magnitude per region every 6 hours => region, MAX(mag) v FROM quakes GROUP BY region W 6h
    For my homework: the average depth by magnitude type => mag_type, AVG(depth_km) v FROM quakes GROUP BY mag_type
    spread (standard deviation) of latency by network, hourly => network, STDDEV(latency_s) v FROM station_health GROUP BY network W 1h
    gaps per station over each 24 hours => station_code, SUM(gap_count) v FROM station_health GROUP BY station_code W 24h
    number of reviewed quakes per day => COUNT(*) n FROM quakes WHERE reviewed = TRUE W 1d
    [ratio]
    what proportion of quakes has been reviewed, per region => region, 1.0 * SUM(CASE WHEN reviewed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM quakes GROUP BY region
    [join]
    average signal to noise ratio per country, every 30 minutes => m.country, AVG(h.snr_db) v FROM station_health h JOIN seismometers m ON h.station_code = m.station_code GROUP BY m.country W 30m
    health reports with a snr below 6 from broadband stations => h.* FROM station_health h JOIN seismometers m ON h.station_code = m.station_code WHERE h.snr_db < 6 AND m.sensor = 'broadband'
    gaps by type of sensor per day => m.sensor, SUM(h.gap_count) v FROM station_health h JOIN seismometers m ON h.station_code = m.station_code GROUP BY m.sensor W 1d
    [having]
    swarm watch: regions with over 20 quakes inside an hour => region, COUNT(*) n FROM quakes GROUP BY region W 1h HAVING COUNT(*) > 20
    networks whose average latency goes beyond 12 s within 5 minutes => network, AVG(latency_s) v FROM station_health GROUP BY network W 5m HAVING AVG(latency_s) > 12
    [topn]
    3 regions with the most felt reports per week => region, SUM(felt_reports) v FROM quakes GROUP BY region W 7d ORDER BY v DESC LIMIT 3
    [session]
    aftershock sequences: quakes of one region belong together as long as no 2 hours go by without one; count them and give the largest magnitude => region, COUNT(*) n, MAX(mag) v FROM quakes GROUP BY region W session 2h
    [rows]
    moving average of snr over the last 12 health reports of each station => station_code, AVG(snr_db) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY station_code ORDER BY health_at) v FROM station_health
    [sliding]
    max magnitude over the last 24 hours by region, refreshed hourly => region, MAX(mag) v FROM quakes GROUP BY region W 24h/1h
    [edit]
    ~ SELECT region, COUNT(*) AS quakes FROM quakes GROUP BY region WINDOW TUMBLING(1d) EMIT CHANGES
    ignore everything weaker than 2.5 => region, COUNT(*) quakes FROM quakes WHERE mag >= 2.5 GROUP BY region W 1d
    and the mean depth => region, COUNT(*) quakes, AVG(depth_km) v FROM quakes GROUP BY region W 1d
    [behaviour]
    where will the next quake be => ?
    quakes by building damage => ?
    `,
  ),
};
