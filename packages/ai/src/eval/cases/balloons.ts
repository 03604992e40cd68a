import { casesFrom, schemasFrom } from '../case.ts';

/** Soundings of weather balloons and storm reports; asked by a forecaster and by a geography teacher. */
export const balloons = {
  name: 'balloons',
  schemas: schemasFrom(`
    soundings: balloon STRING, launch_site STRING, alt_m FLOAT, pressure_hpa FLOAT, air_c FLOAT, dewpoint_c FLOAT, wind_kt FLOAT, wind_dir INTEGER, icing BOOLEAN, signal_lost BOOLEAN, sent_at TIMESTAMP
    storm_reports: county STRING, storm_kind STRING hail|tornado|flood|lightning, magnitude FLOAT, injuries INTEGER, damage_usd FLOAT, source STRING spotter|police|public, confirmed BOOLEAN, narrative STRING, happened_at TIMESTAMP
    table counties: county STRING, state STRING, population INTEGER, has_siren BOOLEAN
  `),
  cases: casesFrom(
    'balloons',
    `
    [filter]
    soundings colder than minus 60 degrees => * FROM soundings WHERE air_c < -60
    unconfirmed tornado reports => * FROM storm_reports WHERE confirmed = FALSE AND storm_kind = 'tornado'
    icing above 5000 m with wind of 80 kt or stronger => * FROM soundings WHERE icing = TRUE AND alt_m > 5000 AND wind_kt >= 80
    floods and hail that did over a million dollars of damage => * FROM storm_reports WHERE storm_kind IN ('flood', 'hail') AND damage_usd > 1000000
    reports with injuries that don't come from the public => * FROM storm_reports WHERE injuries > 0 AND source != 'public'
    narrative mentions power lines => * FROM storm_reports WHERE narrative LIKE '%power lines%'
    soundings between 850 and 700 hPa from launch site Tallinn => * FROM soundings WHERE pressure_hpa BETWEEN 700 AND 850 AND launch_site = 'Tallinn'
    moments where the balloon's signal was lost => * FROM soundings WHERE signal_lost = TRUE
    [aggregate]
    how high did each balloon get? => balloon, MAX(alt_m) v FROM soundings GROUP BY balloon
    storm reports by kind for each hour => storm_kind, COUNT(*) n FROM storm_reports GROUP BY storm_kind W 1h
    mean wind per launch site every 6 hours => launch_site, AVG(wind_kt) v FROM soundings GROUP BY launch_site W 6h
    people injured per county and day => county, SUM(injuries) v FROM storm_reports GROUP BY county W 1d
    spread between air temperature and dewpoint, averaged per launch site => launch_site, AVG(air_c - dewpoint_c) v FROM soundings GROUP BY launch_site
    how many balloons are in the air per launch site and hour, each once => launch_site, COUNT(DISTINCT balloon) n FROM soundings GROUP BY launch_site W 1h
    total damage by source in dollars, weekly => source, SUM(damage_usd) v FROM storm_reports GROUP BY source W 7d
    [ratio]
    which percentage of reports gets confirmed, by source => source, 100.0 * SUM(CASE WHEN confirmed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM storm_reports GROUP BY source
    share of soundings with icing per launch site and day => launch_site, 1.0 * SUM(CASE WHEN icing = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM soundings GROUP BY launch_site W 1d
    damage per injured person by kind of storm (sums) => storm_kind, 1.0 * SUM(damage_usd) / SUM(injuries) v FROM storm_reports GROUP BY storm_kind
    [join]
    tornado reports per state each day => c.state, COUNT(*) n FROM storm_reports r JOIN counties c ON r.county = c.county WHERE r.storm_kind = 'tornado' GROUP BY c.state W 1d
    confirmed reports in counties without a siren => r.* FROM storm_reports r JOIN counties c ON r.county = c.county WHERE r.confirmed = TRUE AND c.has_siren = FALSE
    total damage in counties with a siren, per state => c.state, SUM(r.damage_usd) v FROM storm_reports r JOIN counties c ON r.county = c.county WHERE c.has_siren = TRUE GROUP BY c.state
    [having]
    counties with at least 6 hail reports in one hour => county, COUNT(*) n FROM storm_reports WHERE storm_kind = 'hail' GROUP BY county W 1h HAVING COUNT(*) >= 6
    launch sites where the wind averages 60 kt or more in 30 minutes => launch_site, AVG(wind_kt) v FROM soundings GROUP BY launch_site W 30m HAVING AVG(wind_kt) >= 60
    counties whose damage adds up to over 5000000 dollars a week => county, SUM(damage_usd) v FROM storm_reports GROUP BY county W 7d HAVING SUM(damage_usd) > 5000000
    [topn]
    the 3 worst hit counties by damage, every day => county, SUM(damage_usd) v FROM storm_reports GROUP BY county W 1d ORDER BY v DESC LIMIT 3
    balloon with the coldest reading in each 6 hours => balloon, MIN(air_c) v FROM soundings GROUP BY balloon W 6h ORDER BY v ASC LIMIT 1
    [rows]
    metres gained by each balloon since its previous sounding => balloon, alt_m - LAG(alt_m) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY balloon ORDER BY sent_at) v FROM soundings
    running mean of wind for the last 5 soundings per balloon => balloon, AVG(wind_kt) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY balloon ORDER BY sent_at) v FROM soundings
    [session]
    outbreaks: reports from a county with breaks shorter than 40 minutes are one outbreak, number of reports and injuries in it => county, COUNT(*) n, SUM(injuries) v FROM storm_reports GROUP BY county W session 40m
    [sliding]
    lightning reports of the last 20 minutes by county, every 5 minutes => county, COUNT(*) n FROM storm_reports WHERE storm_kind = 'lightning' GROUP BY county W 20m/5m
    [alert]
    warn the county desk as soon as a county has over 15 reports within half an hour => county, COUNT(*) n FROM storm_reports GROUP BY county W 30m
    [edit]
    ~ SELECT county, COUNT(*) AS reports FROM storm_reports GROUP BY county WINDOW TUMBLING(1h) EMIT CHANGES
    confirmed reports only => county, COUNT(*) reports FROM storm_reports WHERE confirmed = TRUE GROUP BY county W 1h
    lightning can go => county, COUNT(*) reports FROM storm_reports WHERE storm_kind != 'lightning' GROUP BY county W 1h
    kind of storm as well => county, storm_kind, COUNT(*) reports FROM storm_reports GROUP BY county, storm_kind W 1h
    and the total damage beside it => county, COUNT(*) reports, SUM(damage_usd) v FROM storm_reports GROUP BY county W 1h
    in 3 hour steps => county, COUNT(*) reports FROM storm_reports GROUP BY county W 3h
    nothing below 5 reports => county, COUNT(*) reports FROM storm_reports GROUP BY county W 1h HAVING COUNT(*) >= 5
    [clarify]
    will it rain on Sunday => ?
    reports by age of the spotter => ?
    launch a balloon from Tallinn => no
    `,
  ),
};
