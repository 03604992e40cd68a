import { casesFrom, schemasFrom } from '../case.ts';

/** Air monitors of a city and complaints about smells; asked by a city councillor, parents and an environmental engineer. */
export const airquality = {
  name: 'airquality',
  schemas: schemasFrom(`
    air_samples: monitor STRING, quarter STRING, pm25 FLOAT, no2_ppb FLOAT, ozone_ppb FLOAT, temp_c FLOAT, wind_kmh FLOAT, rush_hour BOOLEAN, grade STRING good|fair|poor|severe, calibrated BOOLEAN, sampled_at TIMESTAMP
    smell_calls: quarter STRING, caller STRING, smell STRING gas|smoke|sewage|chemical, strength INTEGER, anonymous BOOLEAN, children_near BOOLEAN, inspector STRING, solved_hours FLOAT, remark STRING, called_at TIMESTAMP
    table monitors: monitor STRING, street STRING, kind STRING traffic|background|industry, owner STRING, height_m FLOAT, mobile BOOLEAN
  `),
  cases: casesFrom(
    'airquality',
    `
    [filter]
    samples with severe or poor air during rush hour => * FROM air_samples WHERE grade IN ('severe', 'poor') AND rush_hour = TRUE
    fine dust (pm25) higher than 50 in Old Town => * FROM air_samples WHERE pm25 > 50 AND quarter = 'Old Town'
    gas smells near children => * FROM smell_calls WHERE smell = 'gas' AND children_near = TRUE
    calls of strength 4 and up no inspector has been assigned to => * FROM smell_calls WHERE strength >= 4 AND inspector IS NULL
    hot and windy: over 30 degrees and more than 20 km/h of wind => * FROM air_samples WHERE temp_c > 30 AND wind_kmh > 20
    ozone 60 to 90 ppb at monitor M-11 => * FROM air_samples WHERE ozone_ppb BETWEEN 60 AND 90 AND monitor = 'M-11'
    uncalibrated samples, grade good excluded => * FROM air_samples WHERE calibrated = FALSE AND grade != 'good'
    it took us more than 3 days to solve => * FROM smell_calls WHERE solved_hours > 72
    smoke or chemical calls that are not anonymous => * FROM smell_calls WHERE smell IN ('smoke', 'chemical') AND anonymous = FALSE
    [aggregate]
    average pm25 and no2 per quarter, each hour => quarter, AVG(pm25) a, AVG(no2_ppb) b FROM air_samples GROUP BY quarter W 1h
    how many smell complaints come from each quarter per day? => quarter, COUNT(*) n FROM smell_calls GROUP BY quarter W 1d
    highest pm25 of every monitor, day by day => monitor, MAX(pm25) v FROM air_samples GROUP BY monitor W 1d
    distinct callers by smell and week => smell, COUNT(DISTINCT caller) n FROM smell_calls GROUP BY smell W 7d
    most recent grade at every monitor => monitor, LAST_VALUE(grade) v FROM air_samples GROUP BY monitor
    how long do inspectors need to solve a call, on average and per inspector => inspector, AVG(solved_hours) v FROM smell_calls GROUP BY inspector
    samples by grade and quarter, half-hourly => grade, quarter, COUNT(*) n FROM air_samples GROUP BY grade, quarter W 30m
    coldest and warmest temperature for each quarter by day => quarter, MIN(temp_c) a, MAX(temp_c) b FROM air_samples GROUP BY quarter W 1d
    median ozone, rush hour only, per monitor => monitor, MEDIAN(ozone_ppb) v FROM air_samples WHERE rush_hour = TRUE GROUP BY monitor
    [ratio]
    in which percentage of its samples is the air poor, monitor by monitor => monitor, 100.0 * SUM(CASE WHEN grade = 'poor' THEN 1 ELSE 0 END) / COUNT(*) v FROM air_samples GROUP BY monitor
    share of anonymous calls per quarter and week => quarter, 1.0 * SUM(CASE WHEN anonymous = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM smell_calls GROUP BY quarter W 7d
    how many sewage calls for each gas call, by quarter => quarter, 1.0 * SUM(CASE WHEN smell = 'sewage' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN smell = 'gas' THEN 1 ELSE 0 END), 0) v FROM smell_calls GROUP BY quarter
    part of the samples over the limit of 40 for no2, as a percentage per day => 100.0 * SUM(CASE WHEN no2_ppb > 40 THEN 1 ELSE 0 END) / COUNT(*) v FROM air_samples W 1d
    [join]
    average no2 by kind of monitor every 2 hours => m.kind, AVG(a.no2_ppb) v FROM air_samples a JOIN monitors m ON a.monitor = m.monitor GROUP BY m.kind W 2h
    samples of mobile monitors with pm25 beyond 35 => a.* FROM air_samples a JOIN monitors m ON a.monitor = m.monitor WHERE m.mobile = TRUE AND a.pm25 > 35
    which streets have how many severe samples per day => m.street, COUNT(*) n FROM air_samples a JOIN monitors m ON a.monitor = m.monitor WHERE a.grade = 'severe' GROUP BY m.street W 1d
    [having]
    quarters where pm25 is above 25 on average over 24 hours => quarter, AVG(pm25) v FROM air_samples GROUP BY quarter W 24h HAVING AVG(pm25) > 25
    quarters that complain 12 times or more a day => quarter, COUNT(*) n FROM smell_calls GROUP BY quarter W 1d HAVING COUNT(*) >= 12
    monitors where the wind averages below 10 km/h for an hour => monitor, AVG(wind_kmh) v FROM air_samples GROUP BY monitor W 1h HAVING AVG(wind_kmh) < 10
    [topn]
    the 5 cleanest quarters by average pm25, each day => quarter, AVG(pm25) v FROM air_samples GROUP BY quarter W 1d ORDER BY v ASC LIMIT 5
    who of the inspectors handles the most calls a week => inspector, COUNT(*) n FROM smell_calls GROUP BY inspector W 7d ORDER BY n DESC LIMIT 1
    2 windiest monitors on average per hour => monitor, AVG(wind_kmh) v FROM air_samples GROUP BY monitor W 1h ORDER BY v DESC LIMIT 2
    [rows]
    by how much does ozone differ from the sample before it at the same monitor => monitor, ozone_ppb - LAG(ozone_ppb) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY monitor ORDER BY sampled_at) v FROM air_samples
    pm25 as an 8 sample rolling average for every monitor => monitor, AVG(pm25) OVER (ROWS WINDOW BUFFER 8 ROWS PARTITION BY monitor ORDER BY sampled_at) v FROM air_samples
    [session]
    incidents: calls from one quarter that arrive within 40 minutes of the call before are the same incident; calls and greatest strength per incident => quarter, COUNT(*) n, MAX(strength) v FROM smell_calls GROUP BY quarter W session 40m
    [sliding]
    8 hour mean of ozone per quarter, recomputed every hour => quarter, AVG(ozone_ppb) v FROM air_samples GROUP BY quarter W 8h/1h
    [alert]
    send parents a message when pm25 in a quarter averages over 60 for an hour => quarter, AVG(pm25) v FROM air_samples GROUP BY quarter W 1h
    sound the siren if more than 8 gas calls come from one quarter in 15 minutes => quarter, COUNT(*) n FROM smell_calls WHERE smell = 'gas' GROUP BY quarter W 15m
    [edit]
    ~ SELECT quarter, AVG(pm25) AS dust FROM air_samples GROUP BY quarter WINDOW TUMBLING(1h) EMIT CHANGES
    rush hour only => quarter, AVG(pm25) dust FROM air_samples WHERE rush_hour = TRUE GROUP BY quarter W 1h
    I don't trust uncalibrated ones, kick them out => quarter, AVG(pm25) dust FROM air_samples WHERE calibrated = TRUE GROUP BY quarter W 1h
    can I have it for every monitor instead? => monitor, AVG(pm25) dust FROM air_samples GROUP BY monitor W 1h
    the highest, not the average => quarter, MAX(pm25) dust FROM air_samples GROUP BY quarter W 1h
    days instead of hours => quarter, AVG(pm25) dust FROM air_samples GROUP BY quarter W 1d
    show no2 alongside => quarter, AVG(pm25) dust, AVG(no2_ppb) v FROM air_samples GROUP BY quarter W 1h
    anything under 20 is boring, skip it => quarter, AVG(pm25) dust FROM air_samples GROUP BY quarter W 1h HAVING AVG(pm25) >= 20
    [behaviour]
    is it healthy to jog there => ?
    samples by number of cars => ?
    close the street of monitor M-11 => no
    `,
  ),
};
