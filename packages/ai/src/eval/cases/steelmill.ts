import { casesFrom, schemasFrom } from '../case.ts';

/** Heats and rolled coils of a steel mill; asked by a shift foreman, a metallurgist and a cost controller. */
export const steelmill = {
  name: 'steelmill',
  schemas: schemasFrom(`
    heats: furnace STRING, steel_grade STRING, charge_t FLOAT, scrap_t FLOAT, tap_temp_c FLOAT, carbon_pct FLOAT, power_mwh FLOAT, tap_min FLOAT, crew STRING a|b|c|d, off_spec BOOLEAN, breakout STRING, tapped_at TIMESTAMP
    coils: line STRING, steel_grade STRING, width_mm FLOAT, thickness_mm FLOAT, weight_t FLOAT, speed_mpm FLOAT, surface STRING prime|second|scrap, rework BOOLEAN, inspector STRING, defect_code STRING, rolled_at TIMESTAMP
    table furnaces: furnace STRING, hall STRING, kind STRING arc|oxygen|induction, capacity_t FLOAT, relined INTEGER, leased BOOLEAN
  `),
  cases: casesFrom(
    'steelmill',
    `
    [filter]
    off-spec heats of crew b => * FROM heats WHERE off_spec = TRUE AND crew = 'b'
    heats tapped hotter than 1650 degrees => * FROM heats WHERE tap_temp_c > 1650
    grade S355, carbon at most 0.2 % => * FROM heats WHERE steel_grade = 'S355' AND carbon_pct <= 0.2
    heats with a breakout, furnace F1 or F2 => * FROM heats WHERE breakout IS NOT NULL AND furnace IN ('F1', 'F2')
    second choice or scrap coils on line L3 => * FROM coils WHERE surface IN ('second', 'scrap') AND line = 'L3'
    coils thinner than 1.5 mm and wider than 1200 mm => * FROM coils WHERE thickness_mm < 1.5 AND width_mm > 1200
    coils sent to rework without a defect code => * FROM coils WHERE rework = TRUE AND defect_code IS NULL
    coils of 20 to 25 tonnes, not checked by Holt => * FROM coils WHERE weight_t BETWEEN 20 AND 25 AND inspector != 'Holt'
    heats with more than 60 t of scrap => * FROM heats WHERE scrap_t > 60
    [aggregate]
    tonnes rolled per line and shift of 8 h => line, SUM(weight_t) v FROM coils GROUP BY line W 8h
    MWh used by each furnace per day => furnace, SUM(power_mwh) v FROM heats GROUP BY furnace W 1d
    average tap-to-tap minutes (tap_min) by crew, weekly => crew, AVG(tap_min) v FROM heats GROUP BY crew W 7d
    number of heats per grade per day => steel_grade, COUNT(*) n FROM heats GROUP BY steel_grade W 1d
    how many different grades did every line roll in a week => line, COUNT(DISTINCT steel_grade) n FROM coils GROUP BY line W 7d
    last tap temperature of each furnace => furnace, LAST_VALUE(tap_temp_c) v FROM heats GROUP BY furnace
    breakouts by furnace, per month of 30 days => furnace, COUNT(*) n FROM heats WHERE breakout IS NOT NULL GROUP BY furnace W 30d
    top line speed per line in every 10 minutes => line, MAX(speed_mpm) v FROM coils GROUP BY line W 10m
    [ratio]
    MWh per tonne for each furnace: total power over total charge => furnace, 1.0 * SUM(power_mwh) / SUM(charge_t) v FROM heats GROUP BY furnace
    prime share of all coils, line by line, every day => line, 1.0 * SUM(CASE WHEN surface = 'prime' THEN 1 ELSE 0 END) / COUNT(*) v FROM coils GROUP BY line W 1d
    what percentage of the tonnage is reworked, by grade => steel_grade, 100.0 * SUM(CASE WHEN rework = TRUE THEN weight_t ELSE 0 END) / SUM(weight_t) v FROM coils GROUP BY steel_grade
    [join]
    power by hall and day, summed up => f.hall, SUM(h.power_mwh) v FROM heats h JOIN furnaces f ON h.furnace = f.furnace GROUP BY f.hall W 1d
    heats charged above the capacity of the furnace => h.* FROM heats h JOIN furnaces f ON h.furnace = f.furnace WHERE h.charge_t > f.capacity_t
    average carbon in arc furnaces, per grade => h.steel_grade, AVG(h.carbon_pct) v FROM heats h JOIN furnaces f ON h.furnace = f.furnace WHERE f.kind = 'arc' GROUP BY h.steel_grade
    [having]
    lines rolling less than 900 tonnes in 8 hours => line, SUM(weight_t) v FROM coils GROUP BY line W 8h HAVING SUM(weight_t) < 900
    crews with 4 off-spec heats or more a week => crew, COUNT(*) n FROM heats WHERE off_spec = TRUE GROUP BY crew W 7d HAVING COUNT(*) >= 4
    furnaces needing over 55 minutes per heat on average a day => furnace, AVG(tap_min) v FROM heats GROUP BY furnace W 1d HAVING AVG(tap_min) > 55
    [topn]
    two furnaces with the highest power use each day => furnace, SUM(power_mwh) v FROM heats GROUP BY furnace W 1d ORDER BY v DESC LIMIT 2
    which inspector passes the most prime coils a week => inspector, COUNT(*) n FROM coils WHERE surface = 'prime' GROUP BY inspector W 7d ORDER BY n DESC LIMIT 1
    [rows]
    thickness of a coil minus thickness of the coil rolled before it on the line => line, thickness_mm - LAG(thickness_mm) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY line ORDER BY rolled_at) v FROM coils
    rolling average of tap temperature, last 5 heats, each furnace => furnace, AVG(tap_temp_c) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY furnace ORDER BY tapped_at) v FROM heats
    [session]
    campaigns on a line: coils that come at most 20 minutes after each other; tonnes per campaign => line, SUM(weight_t) v FROM coils GROUP BY line W session 20m
    [alert]
    call the foreman if a line makes more than 6 scrap coils in 2 hours => line, COUNT(*) n FROM coils WHERE surface = 'scrap' GROUP BY line W 2h
    notify me if a furnace's average tap temperature falls below 1580 within 4 hours => furnace, AVG(tap_temp_c) v FROM heats GROUP BY furnace W 4h
    [edit]
    ~ SELECT line, SUM(weight_t) AS tonnes FROM coils GROUP BY line WINDOW TUMBLING(1h) EMIT CHANGES
    prime only => line, SUM(weight_t) tonnes FROM coils WHERE surface = 'prime' GROUP BY line W 1h
    by grade, and drop the line => steel_grade, SUM(weight_t) tonnes FROM coils GROUP BY steel_grade W 1h
    reworked coils don't belong in here => line, SUM(weight_t) tonnes FROM coils WHERE rework = FALSE GROUP BY line W 1h
    and the average speed => line, SUM(weight_t) tonnes, AVG(speed_mpm) v FROM coils GROUP BY line W 1h
    change the hour to a shift of 8 hours => line, SUM(weight_t) tonnes FROM coils GROUP BY line W 8h
    lines with 100 tonnes or more => line, SUM(weight_t) tonnes FROM coils GROUP BY line W 1h HAVING SUM(weight_t) >= 100
    [behaviour]
    is the steel good enough for a bridge => ?
    heats by price of iron ore => ?
    shut down furnace F2 => no
    `,
  ),
};
