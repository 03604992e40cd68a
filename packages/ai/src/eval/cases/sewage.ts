import { casesFrom, schemasFrom } from '../case.ts';

/** Basins and pumps of sewage works; asked by an operator on night duty, a chemist and an auditor. */
export const sewage = {
  name: 'sewage',
  schemas: schemasFrom(`
    basin_probes: works STRING, basin STRING, inflow_m3 FLOAT, nh4_mgl FLOAT, o2_mgl FLOAT, sludge_cm FLOAT, ph FLOAT, rain BOOLEAN, stage STRING screen|aeration|settling|outlet, over_limit BOOLEAN, probed_at TIMESTAMP
    blower_runs: works STRING, blower STRING, kwh FLOAT, run_min FLOAT, noise_db FLOAT, trip STRING, tariff STRING day|night, speed_pct FLOAT, manual BOOLEAN, operator STRING, ended_at TIMESTAMP
    table works_list: works STRING, county STRING, residents INTEGER, permit_nh4 FLOAT, has_digester BOOLEAN, built INTEGER
  `),
  cases: casesFrom(
    'sewage',
    `
    [filter]
    ammonium (nh4) above 8 in the outlet => * FROM basin_probes WHERE nh4_mgl > 8 AND stage = 'outlet'
    oxygen under 1.5 in aeration while it rains => * FROM basin_probes WHERE o2_mgl < 1.5 AND stage = 'aeration' AND rain = TRUE
    probes over the limit at the Riverside works => * FROM basin_probes WHERE over_limit = TRUE AND works = 'Riverside'
    ph less than 6.5 or more than 8.5 => * FROM basin_probes WHERE ph < 6.5 OR ph > 8.5
    blower runs that ended in a trip => * FROM blower_runs WHERE trip IS NOT NULL
    manual runs by operator Kai, longer than an hour and a half => * FROM blower_runs WHERE manual = TRUE AND operator = 'Kai' AND run_min > 90
    night tariff with at least 40 kwh => * FROM blower_runs WHERE tariff = 'night' AND kwh >= 40
    sludge of 120 cm and higher, screens left aside => * FROM basin_probes WHERE sludge_cm >= 120 AND stage != 'screen'
    speed in the range 30 to 50 percent, blower B-2 => * FROM blower_runs WHERE speed_pct BETWEEN 30 AND 50 AND blower = 'B-2'
    [aggregate]
    cubic metres of inflow per works per day => works, SUM(inflow_m3) v FROM basin_probes GROUP BY works W 1d
    mean ammonium by stage, every 2 h => stage, AVG(nh4_mgl) v FROM basin_probes GROUP BY stage W 2h
    power used by every blower, weekly in kwh => blower, SUM(kwh) v FROM blower_runs GROUP BY blower W 7d
    trips per blower => blower, COUNT(*) n FROM blower_runs WHERE trip IS NOT NULL GROUP BY blower
    how loud did each blower get at most, day after day => blower, MAX(noise_db) v FROM blower_runs GROUP BY blower W 1d
    what is the ph in each basin at present => basin, LAST_VALUE(ph) v FROM basin_probes GROUP BY basin
    how many blowers did every operator run in a day, each one counted once => operator, COUNT(DISTINCT blower) n FROM blower_runs GROUP BY operator W 1d
    run time in minutes by works and tariff, summed => works, tariff, SUM(run_min) v FROM blower_runs GROUP BY works, tariff
    average oxygen and its minimum for each basin per hour, one row when the hour is finished => basin, AVG(o2_mgl) a, MIN(o2_mgl) b FROM basin_probes GROUP BY basin W 1h EMIT FINAL
    [ratio]
    percentage of probes over the limit, works by works, per week => works, 100.0 * SUM(CASE WHEN over_limit = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM basin_probes GROUP BY works W 7d
    kwh per minute of running for each blower, total by total => blower, 1.0 * SUM(kwh) / SUM(run_min) v FROM blower_runs GROUP BY blower
    which part of the energy is used at night, as a share per works => works, 1.0 * SUM(CASE WHEN tariff = 'night' THEN kwh ELSE 0 END) / SUM(kwh) v FROM blower_runs GROUP BY works
    [join]
    energy by county and week => w.county, SUM(b.kwh) v FROM blower_runs b JOIN works_list w ON b.works = w.works GROUP BY w.county W 7d
    probes with more ammonium than the permit of the works allows => p.* FROM basin_probes p JOIN works_list w ON p.works = w.works WHERE p.nh4_mgl > w.permit_nh4
    daily inflow of works for fewer than 5000 residents => p.works, SUM(p.inflow_m3) v FROM basin_probes p JOIN works_list w ON p.works = w.works WHERE w.residents < 5000 GROUP BY p.works W 1d
    [having]
    blowers that use more than 900 kwh a day => blower, SUM(kwh) v FROM blower_runs GROUP BY blower W 1d HAVING SUM(kwh) > 900
    basins averaging 2 mg/l oxygen or less over half an hour => basin, AVG(o2_mgl) v FROM basin_probes GROUP BY basin W 30m HAVING AVG(o2_mgl) <= 2
    works with 3 trips or more in 12 hours => works, COUNT(*) n FROM blower_runs WHERE trip IS NOT NULL GROUP BY works W 12h HAVING COUNT(*) >= 3
    [topn]
    the 4 hungriest blowers by total kwh each week => blower, SUM(kwh) v FROM blower_runs GROUP BY blower W 7d ORDER BY v DESC LIMIT 4
    which basin has the thickest sludge on average per day => basin, AVG(sludge_cm) v FROM basin_probes GROUP BY basin W 1d ORDER BY v DESC LIMIT 1
    three quietest blowers, average noise, per day => blower, AVG(noise_db) v FROM blower_runs GROUP BY blower W 1d ORDER BY v ASC LIMIT 3
    [rows]
    ammonium now less ammonium at the probe before, basin by basin => basin, nh4_mgl - LAG(nh4_mgl) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY basin ORDER BY probed_at) v FROM basin_probes
    energy of the last 6 runs of each blower added together => blower, SUM(kwh) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY blower ORDER BY ended_at) v FROM blower_runs
    [session]
    storm events per works: probes that are never more than 25 minutes apart are one event; inflow per event => works, SUM(inflow_m3) v FROM basin_probes GROUP BY works W session 25m
    [sliding]
    inflow of the last 3 hours for every works, refreshed each 15 minutes => works, SUM(inflow_m3) v FROM basin_probes GROUP BY works W 3h/15m
    [alert]
    wake night duty if average ammonium in a basin passes 12 within an hour => basin, AVG(nh4_mgl) v FROM basin_probes GROUP BY basin W 1h
    tell the auditor whenever works have over 10 probes over the limit in a day => works, COUNT(*) n FROM basin_probes WHERE over_limit = TRUE GROUP BY works W 1d
    [edit]
    ~ SELECT works, AVG(nh4_mgl) AS nh4 FROM basin_probes GROUP BY works WINDOW TUMBLING(1h) EMIT CHANGES
    outlet only please => works, AVG(nh4_mgl) nh4 FROM basin_probes WHERE stage = 'outlet' GROUP BY works W 1h
    dry weather only, no rain => works, AVG(nh4_mgl) nh4 FROM basin_probes WHERE rain = FALSE GROUP BY works W 1h
    each basin separately instead of works => basin, AVG(nh4_mgl) nh4 FROM basin_probes GROUP BY basin W 1h
    peak values rather than means => works, MAX(nh4_mgl) nh4 FROM basin_probes GROUP BY works W 1h
    with oxygen in a second column => works, AVG(nh4_mgl) nh4, AVG(o2_mgl) v FROM basin_probes GROUP BY works W 1h
    shift length, that is 8 hours => works, AVG(nh4_mgl) nh4 FROM basin_probes GROUP BY works W 8h
    show it only when it is 5 or above => works, AVG(nh4_mgl) nh4 FROM basin_probes GROUP BY works W 1h HAVING AVG(nh4_mgl) >= 5
    [behaviour]
    does it stink today => ?
    energy by price of electricity on the market => ?
    restart blower B-2 => no
    `,
  ),
};
