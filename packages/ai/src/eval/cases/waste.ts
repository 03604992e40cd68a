import { casesFrom, schemasFrom } from '../case.ts';

/** Bins and collection trucks of a city; asked by the dispatcher and by the city council's controller. */
export const waste = {
  name: 'waste',
  schemas: schemasFrom(`
    bin_levels: bin_id STRING, street STRING, fraction STRING paper|glass|bio|residual, fill_pct FLOAT, weight_kg FLOAT, tilt_alarm BOOLEAN, battery_mv INTEGER, smell_index FLOAT, measured TIMESTAMP
    pickups: bin_id STRING, truck STRING, crew STRING, collected_kg FLOAT, minutes_at_stop FLOAT, missed BOOLEAN, miss_reason STRING blocked|too_heavy|not_out, picked_up TIMESTAMP
    table bins: bin_id STRING, ward STRING, volume_l INTEGER, customer STRING household|business|school
  `),
  cases: casesFrom(
    'waste',
    `
    [filter]
    bins that are more than 90 percent full => * FROM bin_levels WHERE fill_pct > 90
    glass bins with a tilt alarm => * FROM bin_levels WHERE fraction = 'glass' AND tilt_alarm = TRUE
    pickups missed because the way was blocked => * FROM pickups WHERE missed = TRUE AND miss_reason = 'blocked'
    neither paper nor glass, and smelling worse than 7 => * FROM bin_levels WHERE fraction NOT IN ('paper', 'glass') AND smell_index > 7
    pickups of truck T-12 where the stop took 6 minutes or longer => * FROM pickups WHERE truck = 'T-12' AND minutes_at_stop >= 6
    battery nearly empty, i.e. lower than 2900 mV => * FROM bin_levels WHERE battery_mv < 2900
    bins in Elm Street between half full (50%) and 80% => * FROM bin_levels WHERE street = 'Elm Street' AND fill_pct BETWEEN 50 AND 80
    [aggregate]
    tonnage: sum of collected kilos per crew and day => crew, SUM(collected_kg) v FROM pickups GROUP BY crew W 1d
    how full are the bins on average, by fraction, every 4 hours => fraction, AVG(fill_pct) v FROM bin_levels GROUP BY fraction W 4h
    number of bins emptied by each truck per day, don't count a bin twice => truck, COUNT(DISTINCT bin_id) n FROM pickups GROUP BY truck W 1d
    most recent fill level for each bin => bin_id, LAST_VALUE(fill_pct) v FROM bin_levels GROUP BY bin_id
    for every street the heaviest and the lightest bin reading => street, MAX(weight_kg) a, MIN(weight_kg) b FROM bin_levels GROUP BY street
    missed pickups by reason and week => miss_reason, COUNT(*) n FROM pickups WHERE missed = TRUE GROUP BY miss_reason W 7d
    [ratio]
    miss rate per truck, weekly => truck, 1.0 * SUM(CASE WHEN missed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM pickups GROUP BY truck W 7d
    kilos collected per minute at the stop, by crew => crew, 1.0 * SUM(collected_kg) / SUM(minutes_at_stop) v FROM pickups GROUP BY crew
    what percentage of the readings says fuller than 75, per fraction => fraction, 100.0 * SUM(CASE WHEN fill_pct > 75 THEN 1 ELSE 0 END) / COUNT(*) v FROM bin_levels GROUP BY fraction
    [join]
    collected weight by ward for each week => b.ward, SUM(p.collected_kg) v FROM pickups p JOIN bins b ON p.bin_id = b.bin_id GROUP BY b.ward W 7d
    tilt alarms at schools => l.* FROM bin_levels l JOIN bins b ON l.bin_id = b.bin_id WHERE l.tilt_alarm = TRUE AND b.customer = 'school'
    missed pickups at businesses per truck, daily => p.truck, COUNT(*) n FROM pickups p JOIN bins b ON p.bin_id = b.bin_id WHERE p.missed = TRUE AND b.customer = 'business' GROUP BY p.truck W 1d
    [having]
    trucks that missed 5 pickups or more on a day => truck, COUNT(*) n FROM pickups WHERE missed = TRUE GROUP BY truck W 1d HAVING COUNT(*) >= 5
    streets with an average fill of over 70 percent in an hour => street, AVG(fill_pct) v FROM bin_levels GROUP BY street W 1h HAVING AVG(fill_pct) > 70
    [topn]
    the four crews that collected the least per day => crew, SUM(collected_kg) v FROM pickups GROUP BY crew W 1d ORDER BY v ASC LIMIT 4
    smelliest street of every day by mean smell index => street, AVG(smell_index) v FROM bin_levels GROUP BY street W 1d ORDER BY v DESC LIMIT 1
    [rows]
    how many percentage points did each bin fill up since its previous reading => bin_id, fill_pct - LAG(fill_pct) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY bin_id ORDER BY measured) v FROM bin_levels
    [session]
    tours: a truck's pickups with pauses of no more than 25 minutes form one tour; give me pickups and kilos of each tour => truck, COUNT(*) n, SUM(collected_kg) v FROM pickups GROUP BY truck W session 25m
    [alert]
    inform the dispatcher when a crew misses more than 10 pickups within 2 hours => crew, COUNT(*) n FROM pickups WHERE missed = TRUE GROUP BY crew W 2h
    [edit]
    ~ SELECT truck, SUM(collected_kg) AS kg FROM pickups GROUP BY truck WINDOW TUMBLING(1d) EMIT CHANGES
    same thing per crew => crew, SUM(collected_kg) kg FROM pickups GROUP BY crew W 1d
    keep only trucks above 8000 => truck, SUM(collected_kg) kg FROM pickups GROUP BY truck W 1d HAVING SUM(collected_kg) > 8000
    average rather than sum => truck, AVG(collected_kg) kg FROM pickups GROUP BY truck W 1d
    and the number of pickups too => truck, SUM(collected_kg) kg, COUNT(*) n FROM pickups GROUP BY truck W 1d
    [clarify]
    is the city clean? => ?
    pickups per political party => ?
    empty bin 77 now => no
    `,
  ),
};
