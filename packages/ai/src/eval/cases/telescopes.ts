import { casesFrom, schemasFrom } from '../case.ts';

/** Exposures and sky conditions of an observatory; asked by night assistants and visiting astronomers. */
export const telescopes = {
  name: 'telescopes',
  schemas: schemasFrom(`
    exposures: scope STRING, target STRING, filter_band STRING u|g|r|i, exp_s FLOAT, seeing_as FLOAT, airmass FLOAT, star_count INTEGER, guided BOOLEAN, rejected BOOLEAN, observer STRING, log_text STRING, shot_at TIMESTAMP
    dome_weather: dome STRING, cloud_pct FLOAT, wind_ms FLOAT, humidity_pct FLOAT, sky_temp_c FLOAT, shutter STRING open|closed|stuck, rain BOOLEAN, noted_at TIMESTAMP
    table scopes: scope STRING, mirror_m FLOAT, dome STRING, institute STRING, first_light INTEGER
  `),
  cases: casesFrom(
    'telescopes',
    `
    [filter]
    exposures of M31 in the r band => * FROM exposures WHERE target = 'M31' AND filter_band = 'r'
    rejected frames with seeing above 2.5 arcsec => * FROM exposures WHERE rejected = TRUE AND seeing_as > 2.5
    weather with the shutter stuck or rain => * FROM dome_weather WHERE shutter = 'stuck' OR rain = TRUE
    unguided exposures of five minutes and longer => * FROM exposures WHERE guided = FALSE AND exp_s >= 300
    humidity over 85% while the shutter is open => * FROM dome_weather WHERE humidity_pct > 85 AND shutter = 'open'
    airmass between 1 and 1.5, observer Lindqvist => * FROM exposures WHERE airmass BETWEEN 1 AND 1.5 AND observer = 'Lindqvist'
    log text mentions satellite => * FROM exposures WHERE log_text LIKE '%satellite%'
    everything except u and i band => * FROM exposures WHERE filter_band NOT IN ('u', 'i')
    [aggregate]
    exposures per telescope each night (use 12 h) => scope, COUNT(*) n FROM exposures GROUP BY scope W 12h
    median seeing for every hour => MEDIAN(seeing_as) v FROM exposures W 1h
    total exposure time per target => target, SUM(exp_s) v FROM exposures GROUP BY target
    best (smallest) seeing of each scope per day => scope, MIN(seeing_as) v FROM exposures GROUP BY scope W 1d
    number of distinct targets per observer, weekly => observer, COUNT(DISTINCT target) n FROM exposures GROUP BY observer W 7d
    average cloud cover and maximum wind by dome every 10 minutes => dome, AVG(cloud_pct) a, MAX(wind_ms) b FROM dome_weather GROUP BY dome W 10m
    current shutter position of every dome => dome, LAST_VALUE(shutter) v FROM dome_weather GROUP BY dome
    stars counted per band, on average => filter_band, AVG(star_count) v FROM exposures GROUP BY filter_band
    [ratio]
    rejection rate per observer and day => observer, 1.0 * SUM(CASE WHEN rejected = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM exposures GROUP BY observer W 1d
    in what percentage of the readings was it cloudier than 50, dome by dome => dome, 100.0 * SUM(CASE WHEN cloud_pct > 50 THEN 1 ELSE 0 END) / COUNT(*) v FROM dome_weather GROUP BY dome
    stars per second of exposure for each scope (total stars over total seconds) => scope, 1.0 * SUM(star_count) / SUM(exp_s) v FROM exposures GROUP BY scope
    [join]
    exposure time by institute and week => s.institute, SUM(e.exp_s) v FROM exposures e JOIN scopes s ON e.scope = s.scope GROUP BY s.institute W 7d
    exposures from telescopes with a mirror of 4 m or more => e.* FROM exposures e JOIN scopes s ON e.scope = s.scope WHERE s.mirror_m >= 4
    rejected exposures per dome every day => s.dome, COUNT(*) n FROM exposures e JOIN scopes s ON e.scope = s.scope WHERE e.rejected = TRUE GROUP BY s.dome W 1d
    [having]
    targets exposed for more than 2 hours in one day => target, SUM(exp_s) v FROM exposures GROUP BY target W 1d HAVING SUM(exp_s) > 7200
    domes where wind averages at least 12 m/s over 5 minutes => dome, AVG(wind_ms) v FROM dome_weather GROUP BY dome W 5m HAVING AVG(wind_ms) >= 12
    observers with more than 10 rejected exposures an hour => observer, COUNT(*) n FROM exposures WHERE rejected = TRUE GROUP BY observer W 1h HAVING COUNT(*) > 10
    [topn]
    6 most observed targets per week => target, COUNT(*) n FROM exposures GROUP BY target W 7d ORDER BY n DESC LIMIT 6
    cloudiest dome every hour, by average cloud cover => dome, AVG(cloud_pct) v FROM dome_weather GROUP BY dome W 1h ORDER BY v DESC LIMIT 1
    [rows]
    change in seeing from one exposure to the next, per scope => scope, seeing_as - LAG(seeing_as) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY scope ORDER BY shot_at) v FROM exposures
    rolling mean of sky temperature over 12 readings of each dome => dome, AVG(sky_temp_c) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY dome ORDER BY noted_at) v FROM dome_weather
    [session]
    observing runs: exposures of a scope less than 20 minutes apart are one run; count them and add up the exposure time => scope, COUNT(*) n, SUM(exp_s) v FROM exposures GROUP BY scope W session 20m
    [alert]
    wake me when average humidity in a dome goes past 90 over 10 minutes => dome, AVG(humidity_pct) v FROM dome_weather GROUP BY dome W 10m
    [edit]
    ~ SELECT scope, AVG(seeing_as) AS seeing FROM exposures GROUP BY scope WINDOW TUMBLING(1h) EMIT CHANGES
    guided only => scope, AVG(seeing_as) seeing FROM exposures WHERE guided = TRUE GROUP BY scope W 1h
    per band too => scope, filter_band, AVG(seeing_as) seeing FROM exposures GROUP BY scope, filter_band W 1h
    use the median => scope, MEDIAN(seeing_as) seeing FROM exposures GROUP BY scope W 1h
    without rejected ones, please => scope, AVG(seeing_as) seeing FROM exposures WHERE rejected = FALSE GROUP BY scope W 1h
    and give me the number of exposures => scope, AVG(seeing_as) seeing, COUNT(*) n FROM exposures GROUP BY scope W 1h
    make it every 20 minutes => scope, AVG(seeing_as) seeing FROM exposures GROUP BY scope W 20m
    [clarify]
    is there life on the target => ?
    exposures by camera temperature => ?
    close the dome of scope 2 => no
    `,
  ),
};
