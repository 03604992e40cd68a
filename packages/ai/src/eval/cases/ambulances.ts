import { casesFrom, schemasFrom } from '../case.ts';

/** Dispatches of ambulances and what crews measure on the way; asked by dispatchers, medics and the health authority. */
export const ambulances = {
  name: 'ambulances',
  schemas: schemasFrom(`
    dispatches: unit_no STRING, district STRING, reason STRING fall|cardiac|crash|stroke|other, priority INTEGER, response_min FLOAT, distance_km FLOAT, siren BOOLEAN, cancelled BOOLEAN, caller_lang STRING, note STRING, called_at TIMESTAMP
    crew_vitals: unit_no STRING, patient_age INTEGER, pulse INTEGER, spo2 FLOAT, pain_score INTEGER, conscious BOOLEAN, hospital STRING, medic STRING, taken_at TIMESTAMP
    table units: unit_no STRING, station STRING, kind STRING basic|advanced|helicopter, bought_year INTEGER, crew_size INTEGER
  `),
  cases: casesFrom(
    'ambulances',
    `
    [filter]
    strokes we needed more than 12 minutes for => * FROM dispatches WHERE reason = 'stroke' AND response_min > 12
    priority 1 without the siren => * FROM dispatches WHERE priority = 1 AND siren = FALSE
    dispatches in Harbour or Northside that have been cancelled => * FROM dispatches WHERE district IN ('Harbour', 'Northside') AND cancelled = TRUE
    patients over 80 with a pulse below 50 => * FROM crew_vitals WHERE patient_age > 80 AND pulse < 50
    unconscious patients on the way to St. Mary => * FROM crew_vitals WHERE conscious = FALSE AND hospital = 'St. Mary'
    oxygen saturation (spo2) of 90 or lower, or pain 8 and above => * FROM crew_vitals WHERE spo2 <= 90 OR pain_score >= 8
    calls where somebody left a note => * FROM dispatches WHERE note IS NOT NULL
    which dispatches went further than 15 km but no further than 40? => * FROM dispatches WHERE distance_km > 15 AND distance_km <= 40
    neither falls nor cardiac cases, unit A-12 => * FROM dispatches WHERE reason NOT IN ('fall', 'cardiac') AND unit_no = 'A-12'
    [aggregate]
    average response time by district for every hour => district, AVG(response_min) v FROM dispatches GROUP BY district W 1h
    how many emergencies of each reason do we get per day => reason, COUNT(*) n FROM dispatches GROUP BY reason W 1d
    kilometres driven by every unit in a week => unit_no, SUM(distance_km) v FROM dispatches GROUP BY unit_no W 7d
    lowest saturation measured by each medic, per 12h shift => medic, MIN(spo2) v FROM crew_vitals GROUP BY medic W 12h
    median age of patients by hospital => hospital, MEDIAN(patient_age) v FROM crew_vitals GROUP BY hospital
    calls at each hour of the day => EXTRACT(HOUR FROM called_at) h, COUNT(*) n FROM dispatches GROUP BY EXTRACT(HOUR FROM called_at)
    to how many different hospitals does each unit drive, daily => unit_no, COUNT(DISTINCT hospital) n FROM crew_vitals GROUP BY unit_no W 1d
    what pulse did every unit report last => unit_no, LAST_VALUE(pulse) v FROM crew_vitals GROUP BY unit_no
    slowest and fastest response per priority => priority, MAX(response_min) a, MIN(response_min) b FROM dispatches GROUP BY priority
    [ratio]
    on time means 8 minutes or less: percentage on time per district and day => district, 100.0 * SUM(CASE WHEN response_min <= 8 THEN 1 ELSE 0 END) / COUNT(*) v FROM dispatches GROUP BY district W 1d
    proportion of cancelled dispatches for every caller language => caller_lang, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM dispatches GROUP BY caller_lang
    minutes per kilometre for each unit: total minutes over total kilometres => unit_no, 1.0 * SUM(response_min) / SUM(distance_km) v FROM dispatches GROUP BY unit_no
    [join]
    response time on average, by kind of unit, weekly => u.kind, AVG(d.response_min) v FROM dispatches d JOIN units u ON d.unit_no = u.unit_no GROUP BY u.kind W 7d
    helicopter dispatches under 10 km => d.* FROM dispatches d JOIN units u ON d.unit_no = u.unit_no WHERE u.kind = 'helicopter' AND d.distance_km < 10
    number of crashes per station a day => u.station, COUNT(*) n FROM dispatches d JOIN units u ON d.unit_no = u.unit_no WHERE d.reason = 'crash' GROUP BY u.station W 1d
    how far do units bought before 2018 drive, in total, per station => u.station, SUM(d.distance_km) v FROM dispatches d JOIN units u ON d.unit_no = u.unit_no WHERE u.bought_year < 2018 GROUP BY u.station
    [having]
    districts where we are slower than 10 minutes on average over half a day => district, AVG(response_min) v FROM dispatches GROUP BY district W 12h HAVING AVG(response_min) > 10
    units with six or more dispatches in 4 hours => unit_no, COUNT(*) n FROM dispatches GROUP BY unit_no W 4h HAVING COUNT(*) >= 6
    medics whose patients are in pain of at least 6 on average per shift (12 h) => medic, AVG(pain_score) v FROM crew_vitals GROUP BY medic W 12h HAVING AVG(pain_score) >= 6
    [topn]
    five districts with the most cardiac calls, every day => district, COUNT(*) n FROM dispatches WHERE reason = 'cardiac' GROUP BY district W 1d ORDER BY n DESC LIMIT 5
    which unit covers the longest total distance each week => unit_no, SUM(distance_km) v FROM dispatches GROUP BY unit_no W 7d ORDER BY v DESC LIMIT 1
    the 2 districts we reach quickest on average, per day => district, AVG(response_min) v FROM dispatches GROUP BY district W 1d ORDER BY v ASC LIMIT 2
    [rows]
    pulse now minus pulse at the measurement before, unit by unit => unit_no, pulse - LAG(pulse) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY unit_no ORDER BY taken_at) v FROM crew_vitals
    moving average of response time, 10 dispatches at a time, per district => district, AVG(response_min) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY district ORDER BY called_at) v FROM dispatches
    [session]
    busy spells of a district: calls that follow one another with at most 10 minutes between them. How many calls has each spell? => district, COUNT(*) n FROM dispatches GROUP BY district W session 10m
    [sliding]
    dispatches per district over the past hour, updated every 5 minutes => district, COUNT(*) n FROM dispatches GROUP BY district W 1h/5m
    [alert]
    call the duty officer as soon as the average response in a district is above 14 minutes for an hour => district, AVG(response_min) v FROM dispatches GROUP BY district W 1h
    let me know when one unit gets more than 4 priority 1 calls in two hours => unit_no, COUNT(*) n FROM dispatches WHERE priority = 1 GROUP BY unit_no W 2h
    [edit]
    ~ SELECT district, AVG(response_min) AS resp FROM dispatches GROUP BY district WINDOW TUMBLING(1h) EMIT CHANGES
    cancelled ones shouldn't count => district, AVG(response_min) resp FROM dispatches WHERE cancelled = FALSE GROUP BY district W 1h
    worst instead of average => district, MAX(response_min) resp FROM dispatches GROUP BY district W 1h
    break it down by reason as well => district, reason, AVG(response_min) resp FROM dispatches GROUP BY district, reason W 1h
    and how many dispatches were that? => district, AVG(response_min) resp, COUNT(*) n FROM dispatches GROUP BY district W 1h
    one value per day is enough => district, AVG(response_min) resp FROM dispatches GROUP BY district W 1d
    slowest districts first => district, AVG(response_min) resp FROM dispatches GROUP BY district W 1h ORDER BY resp DESC
    [behaviour]
    will the patient survive => ?
    dispatches per insurance company => ?
    send unit A-12 to Harbour => no
    `,
  ),
};
