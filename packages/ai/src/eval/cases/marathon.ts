import { casesFrom, schemasFrom } from '../case.ts';

/** Chip times and first aid of a city marathon; asked by the race director, timekeepers and a local reporter. */
export const marathon = {
  name: 'marathon',
  schemas: schemasFrom(`
    splits: bib STRING, mat STRING, km FLOAT, split_s FLOAT, pace_s_km FLOAT, heart_bpm INTEGER, wave STRING red|blue|green, shoe STRING, dropped_out BOOLEAN, passed_at TIMESTAMP
    aid_stops: station STRING, bib STRING, item STRING water|gel|banana|salt, cups INTEGER, helper STRING, ran_out BOOLEAN, injury STRING, served_at TIMESTAMP
    table runners: bib STRING, club STRING, nation STRING, sex STRING women|men, birth_year INTEGER, charity BOOLEAN
  `),
  cases: casesFrom(
    'marathon',
    `
    [filter]
    runners of the blue wave with a heart rate above 185 => * FROM splits WHERE wave = 'blue' AND heart_bpm > 185
    who dropped out after km 30? => * FROM splits WHERE dropped_out = TRUE AND km > 30
    splits slower than 360 s per km at mat M35 => * FROM splits WHERE pace_s_km > 360 AND mat = 'M35'
    gel or banana handed out by helper Rosa => * FROM aid_stops WHERE item IN ('gel', 'banana') AND helper = 'Rosa'
    aid stops with an injury => * FROM aid_stops WHERE injury IS NOT NULL
    station 7 ran out of water => * FROM aid_stops WHERE station = '7' AND ran_out = TRUE AND item = 'water'
    3 cups or more at one stop, no salt => * FROM aid_stops WHERE cups >= 3 AND item != 'salt'
    pace between four and five minutes per km => * FROM splits WHERE pace_s_km BETWEEN 240 AND 300
    bib 1042 only => * FROM splits WHERE bib = '1042'
    [aggregate]
    number of passes at each mat per minute => mat, COUNT(*) n FROM splits GROUP BY mat W 1m
    avg pace per wave, every 15 min => wave, AVG(pace_s_km) v FROM splits GROUP BY wave W 15m
    cups given out at every station in total => station, SUM(cups) v FROM aid_stops GROUP BY station
    fastest split time at each mat => mat, MIN(split_s) v FROM splits GROUP BY mat
    how many different runners stopped at each station per half hour => station, COUNT(DISTINCT bib) n FROM aid_stops GROUP BY station W 30m
    which mat has every bib reached last? => bib, LAST_VALUE(mat) v FROM splits GROUP BY bib
    drop-outs by wave and mat => wave, mat, COUNT(*) n FROM splits WHERE dropped_out = TRUE GROUP BY wave, mat
    injuries counted per station per hour => station, COUNT(*) n FROM aid_stops WHERE injury IS NOT NULL GROUP BY station W 1h
    median heart rate by shoe => shoe, MEDIAN(heart_bpm) v FROM splits GROUP BY shoe
    [ratio]
    share of stops where the station had run out, by station => station, 1.0 * SUM(CASE WHEN ran_out = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM aid_stops GROUP BY station
    what % of splits is run under 300 s per km, wave by wave each quarter of an hour => wave, 100.0 * SUM(CASE WHEN pace_s_km < 300 THEN 1 ELSE 0 END) / COUNT(*) v FROM splits GROUP BY wave W 15m
    gels per banana at every station => station, 1.0 * SUM(CASE WHEN item = 'gel' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN item = 'banana' THEN 1 ELSE 0 END), 0) v FROM aid_stops GROUP BY station
    average cups per runner, station by station: all cups divided by the number of different bibs => station, 1.0 * SUM(cups) / COUNT(DISTINCT bib) v FROM aid_stops GROUP BY station
    [join]
    average pace by nation => r.nation, AVG(s.pace_s_km) v FROM splits s JOIN runners r ON s.bib = r.bib GROUP BY r.nation
    drop-outs among women per mat => s.mat, COUNT(*) n FROM splits s JOIN runners r ON s.bib = r.bib WHERE s.dropped_out = TRUE AND r.sex = 'women' GROUP BY s.mat
    splits of charity runners born before 1960 => s.* FROM splits s JOIN runners r ON s.bib = r.bib WHERE r.charity = TRUE AND r.birth_year < 1960
    cups by club every hour => r.club, SUM(a.cups) v FROM aid_stops a JOIN runners r ON a.bib = r.bib GROUP BY r.club W 1h
    [having]
    mats with fewer than 10 passes in a minute => mat, COUNT(*) n FROM splits GROUP BY mat W 1m HAVING COUNT(*) < 10
    stations pouring more than 400 cups per quarter hour => station, SUM(cups) v FROM aid_stops GROUP BY station W 15m HAVING SUM(cups) > 400
    waves that average 330 seconds per km or faster over ten minutes => wave, AVG(pace_s_km) v FROM splits GROUP BY wave W 10m HAVING AVG(pace_s_km) <= 330
    helpers who served at least 40 times within half an hour => helper, COUNT(*) n FROM aid_stops GROUP BY helper W 30m HAVING COUNT(*) >= 40
    [topn]
    ten best bibs by average pace every half hour (lowest is best) => bib, AVG(pace_s_km) v FROM splits GROUP BY bib W 30m ORDER BY v ASC LIMIT 10
    station with most injuries each hour => station, COUNT(*) n FROM aid_stops WHERE injury IS NOT NULL GROUP BY station W 1h ORDER BY n DESC LIMIT 1
    4 thirstiest stations (total cups) per 30 minutes => station, SUM(cups) v FROM aid_stops GROUP BY station W 30m ORDER BY v DESC LIMIT 4
    [rows]
    pace at a mat minus the runner's pace at the mat before => bib, pace_s_km - LAG(pace_s_km) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY bib ORDER BY passed_at) v FROM splits
    heart rate averaged over 4 mats, runner by runner => bib, AVG(heart_bpm) OVER (ROWS WINDOW BUFFER 4 ROWS PARTITION BY bib ORDER BY passed_at) v FROM splits
    [session]
    packs at a mat: runners passing no more than 5 seconds apart form a pack; number of splits in every pack => mat, COUNT(*) n FROM splits GROUP BY mat W session 5s
    when a station is quiet for two minutes, a rush has ended. cups poured in each rush, per station => station, SUM(cups) v FROM aid_stops GROUP BY station W session 2m
    [alert]
    radio the medics if there are over 5 injuries at a station in 20 minutes => station, COUNT(*) n FROM aid_stops WHERE injury IS NOT NULL GROUP BY station W 20m
    tell me when the average heart rate of a wave climbs above 175 in five minutes => wave, AVG(heart_bpm) v FROM splits GROUP BY wave W 5m
    [edit]
    ~ SELECT mat, COUNT(*) AS passes FROM splits GROUP BY mat WINDOW TUMBLING(5m) EMIT CHANGES
    red wave, please => mat, COUNT(*) passes FROM splits WHERE wave = 'red' GROUP BY mat W 5m
    per wave and mat => wave, mat, COUNT(*) passes FROM splits GROUP BY wave, mat W 5m
    and what was the best pace at each? => mat, COUNT(*) passes, MIN(pace_s_km) v FROM splits GROUP BY mat W 5m
    5 minutes is too long, 1 minute is better => mat, COUNT(*) passes FROM splits GROUP BY mat W 1m
    without people who gave up => mat, COUNT(*) passes FROM splits WHERE dropped_out = FALSE GROUP BY mat W 5m
    show me mats having more than 200 => mat, COUNT(*) passes FROM splits GROUP BY mat W 5m HAVING COUNT(*) > 200
    busiest on top => mat, COUNT(*) passes FROM splits GROUP BY mat W 5m ORDER BY passes DESC
    [behaviour]
    who is going to win => ?
    splits by weather => ?
    disqualify bib 1042 => no
    `,
  ),
};
