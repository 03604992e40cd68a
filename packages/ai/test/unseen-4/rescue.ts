import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** A fire and rescue control room; asked by dispatchers on shift and by the chief for a report. */
export const rescue = {
  name: 'rescue',
  schemas: schemasFrom(`
    incidents: incident_no STRING, station STRING, kind STRING fire|medical|crash|false_alarm, district STRING, priority INTEGER, crew_size INTEGER, response_sec INTEGER, injured INTEGER, mutual_aid BOOLEAN, caller_note STRING, alarmed_at TIMESTAMP
    unit_reports: unit STRING, station STRING, status STRING available|enroute|on_scene|out_of_service, fuel_pct FLOAT, water_l INTEGER, km_driven FLOAT, reported_at TIMESTAMP
    table stations: station STRING, chief STRING, volunteers INTEGER, region STRING north|south|east|west
  `),
  cases: casesFrom(
    'rescue',
    `
    [filter]
    fires with injured people => * FROM incidents WHERE kind = 'fire' AND injured > 0
    incidents that took us longer than ten minutes to respond to => * FROM incidents WHERE response_sec > 600
    priority 1 in the Harbour district, no false alarms => * FROM incidents WHERE priority = 1 AND district = 'Harbour' AND kind != 'false_alarm'
    units on scene with less than 500 litres of water left => * FROM unit_reports WHERE status = 'on_scene' AND water_l < 500
    caller note mentions smoke => * FROM incidents WHERE caller_note LIKE '%smoke%'
    incidents without a caller note where mutual aid was called => * FROM incidents WHERE caller_note IS NULL AND mutual_aid = TRUE
    [aggregate]
    incidents by kind per shift of 12 hours => kind, COUNT(*) n FROM incidents GROUP BY kind W 12h
    average response time per station, every day => station, AVG(response_sec) v FROM incidents GROUP BY station W 1d
    total number of injured persons in each district per week => district, SUM(injured) v FROM incidents GROUP BY district W 7d
    how far did each unit drive, hour by hour => unit, SUM(km_driven) v FROM unit_reports GROUP BY unit W 1h
    last reported status of every unit => unit, LAST_VALUE(status) v FROM unit_reports GROUP BY unit
    incidents by hour of the day => EXTRACT(HOUR FROM alarmed_at) h, COUNT(*) n FROM incidents GROUP BY EXTRACT(HOUR FROM alarmed_at)
    [ratio]
    false alarm rate per district => district, 1.0 * SUM(CASE WHEN kind = 'false_alarm' THEN 1 ELSE 0 END) / COUNT(*) v FROM incidents GROUP BY district
    percentage of incidents with a response under 8 minutes, by station per month of 30 days => station, 100.0 * SUM(CASE WHEN response_sec < 480 THEN 1 ELSE 0 END) / COUNT(*) v FROM incidents GROUP BY station W 30d
    [join]
    medical incidents per region for each hour => s.region, COUNT(*) n FROM incidents i JOIN stations s ON i.station = s.station WHERE i.kind = 'medical' GROUP BY s.region W 1h
    crashes at stations with fewer than 20 volunteers => i.* FROM incidents i JOIN stations s ON i.station = s.station WHERE i.kind = 'crash' AND s.volunteers < 20
    [having]
    stations that had 3 or more fires on one day => station, COUNT(*) n FROM incidents WHERE kind = 'fire' GROUP BY station W 1d HAVING COUNT(*) >= 3
    [topn]
    4 slowest stations by average response seconds, weekly => station, AVG(response_sec) v FROM incidents GROUP BY station W 7d ORDER BY v DESC LIMIT 4
    [alert]
    alarm me if a district gets more than 8 incidents in 30 minutes => district, COUNT(*) n FROM incidents GROUP BY district W 30m
    [edit]
    ~ SELECT station, COUNT(*) AS incidents FROM incidents GROUP BY station WINDOW TUMBLING(1d) EMIT CHANGES
    now without the false alarms => station, COUNT(*) incidents FROM incidents WHERE kind != 'false_alarm' GROUP BY station W 1d
    and how many were injured in total? => station, COUNT(*) incidents, SUM(injured) v FROM incidents GROUP BY station W 1d
    [behaviour]
    are we prepared for tonight => ?
    incidents by cost of the damage => ?
    `,
  ),
};
