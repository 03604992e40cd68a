import { casesFrom, schemasFrom } from '../case.ts';

export const meters = {
  name: 'meters',
  schemas: schemasFrom(`
    meter_reads: meter_id STRING, cust_no STRING, kwh FLOAT, volt FLOAT, pf FLOAT, peak_kw FLOAT, tariff_cd STRING day|night|weekend, is_estimated BOOLEAN, read_status STRING, feeder STRING, zone_nm STRING, tamper_flag BOOLEAN, read_ts TIMESTAMP
    table meter_info: meter_id STRING, meter_type STRING smart|analog|prepaid, install_year INTEGER, town STRING, owner_email STRING
  `),
  cases: casesFrom(
    'meters',
    `
    [filter]
    estimated reads / reads that were estimated / only the estimated ones please => * FROM meter_reads WHERE is_estimated = TRUE
    reads where voltage dropped under 210 or the tamper flag is set / voltage below 210 or tampered => * FROM meter_reads WHERE volt < 210 OR tamper_flag = TRUE
    reads with a voltage not between 215 and 245 / voltage outside of 215 to 245 => * FROM meter_reads WHERE volt NOT BETWEEN 215 AND 245
    actual reads (not estimated) on the night tariff / night tariff reads that aren't estimated => * FROM meter_reads WHERE tariff_cd = 'night' AND is_estimated = FALSE
    show me everything from feeder F-12 / all readings on feeder F-12 => * FROM meter_reads WHERE feeder = 'F-12'
    reads from feeder F-12 or F-14 / feeders F-12 and F-14 only => * FROM meter_reads WHERE feeder IN ('F-12', 'F-14')
    which readings used no more than 3 kwh => * FROM meter_reads WHERE kwh <= 3
    consumption between 10 and 20 kWh on weekend tariff => * FROM meter_reads WHERE kwh BETWEEN 10 AND 20 AND tariff_cd = 'weekend'
    reads whose status is REJECTED / where read status = REJECTED => * FROM meter_reads WHERE read_status = 'REJECTED'
    rejected reads => * FROM meter_reads WHERE read_status = 'rejected'
    power factor lower than 0.8 => * FROM meter_reads WHERE pf < 0.8
    anything that isn't on the day tariff / reads with any tariff other than day => * FROM meter_reads WHERE tariff_cd != 'day'
    meter id, kwh and voltage of tampered meters => meter_id, kwh, volt FROM meter_reads WHERE tamper_flag = TRUE
    meters with id starting with "MX" => * FROM meter_reads WHERE meter_id LIKE 'MX%'
    reads with no zone / zone missing => * FROM meter_reads WHERE zone_nm IS NULL
    [aggregate]
    how much energy was used per feeder every quarter of an hour / kWh by feeder, 15 min buckets => feeder, SUM(kwh) v FROM meter_reads GROUP BY feeder W 15m
    avg voltage by zone each hour / what is the mean voltage per zone, hourly? => zone_nm, AVG(volt) v FROM meter_reads GROUP BY zone_nm W 1h
    lowest voltage seen on each feeder => feeder, MIN(volt) v FROM meter_reads GROUP BY feeder
    min, max and average voltage per feeder per hour => feeder, MIN(volt) a, MAX(volt) b, AVG(volt) c FROM meter_reads GROUP BY feeder W 1h
    how many meters reported per zone every 30 minutes / number of distinct meters by zone in half hour windows => zone_nm, COUNT(DISTINCT meter_id) n FROM meter_reads GROUP BY zone_nm W 30m
    count of estimated reads per feeder per day => feeder, COUNT(*) n FROM meter_reads WHERE is_estimated = TRUE GROUP BY feeder W 1d
    95th percentile of peak kw by tariff => tariff_cd, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY peak_kw) v FROM meter_reads GROUP BY tariff_cd
    latest voltage of every meter / most recent voltage per meter => meter_id, LAST_VALUE(volt) v FROM meter_reads GROUP BY meter_id
    night tariff consumption per customer per day => cust_no, SUM(kwh) v FROM meter_reads WHERE tariff_cd = 'night' GROUP BY cust_no W 1d
    [ratio]
    percentage of estimated reads per zone / what % of reads are estimated, by zone => zone_nm, 100.0 * SUM(CASE WHEN is_estimated = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM meter_reads GROUP BY zone_nm
    kwh per meter by feeder every hour => feeder, SUM(kwh) / COUNT(DISTINCT meter_id) v FROM meter_reads GROUP BY feeder W 1h
    [pivot]
    day vs night consumption per zone => zone_nm, SUM(CASE WHEN tariff_cd = 'day' THEN kwh ELSE 0 END) a, SUM(CASE WHEN tariff_cd = 'night' THEN kwh ELSE 0 END) b FROM meter_reads GROUP BY zone_nm
    [join]
    total kwh by meter type per hour => i.meter_type, SUM(r.kwh) v FROM meter_reads r JOIN meter_info i ON r.meter_id = i.meter_id GROUP BY i.meter_type W 1h
    average voltage of smart meters by town => i.town, AVG(r.volt) v FROM meter_reads r JOIN meter_info i ON r.meter_id = i.meter_id WHERE i.meter_type = 'smart' GROUP BY i.town
    reads over 50 kwh from prepaid meters => r.* FROM meter_reads r JOIN meter_info i ON r.meter_id = i.meter_id WHERE r.kwh > 50 AND i.meter_type = 'prepaid'
    consumption of meters installed before 2015 by town => i.town, SUM(r.kwh) v FROM meter_reads r JOIN meter_info i ON r.meter_id = i.meter_id WHERE i.install_year < 2015 GROUP BY i.town
    [topn]
    top 5 feeders by consumption each hour / 5 feeders with the highest usage per hour => feeder, SUM(kwh) v FROM meter_reads GROUP BY feeder W 1h ORDER BY v DESC LIMIT 5
    three zones with the lowest average voltage every 10 minutes => zone_nm, AVG(volt) v FROM meter_reads GROUP BY zone_nm W 10m ORDER BY v ASC LIMIT 3
    [having]
    feeders with more than 20 tampered reads in an hour => feeder, COUNT(*) n FROM meter_reads WHERE tamper_flag = TRUE GROUP BY feeder W 1h HAVING COUNT(*) > 20
    zones whose average voltage falls below 220 over 15 minutes => zone_nm, AVG(volt) v FROM meter_reads GROUP BY zone_nm W 15m HAVING AVG(volt) < 220
    [edit]
    ~ feeder, SUM(kwh) total_kwh FROM meter_reads GROUP BY feeder W 1h
    make it every 10 minutes => feeder, SUM(kwh) total_kwh FROM meter_reads GROUP BY feeder W 10m
    without the estimated ones => feeder, SUM(kwh) total_kwh FROM meter_reads WHERE is_estimated = FALSE GROUP BY feeder W 1h
    by zone instead => zone_nm, SUM(kwh) total_kwh FROM meter_reads GROUP BY zone_nm W 1h
    [clarify]
    usage by colour => ?
    alert me when voltage is weird => ?
    drop table meter_reads => no
    `,
  ),
};
