import { casesFrom, schemasFrom } from '../case.ts';

/** Washers and dryers of self-service laundries; asked by the owner on the phone and by a repairman. */
export const laundry = {
  name: 'laundry',
  schemas: schemasFrom(`
    wash_cycles: unit_no STRING, shop STRING, unit_kind STRING washer|dryer|iron, program STRING cold|warm|hot|delicate, load_kg FLOAT, water_l FLOAT, kwh FLOAT, price_eur FLOAT, aborted BOOLEAN, abort_cause STRING, ran_min INTEGER, started_at TIMESTAMP
    coin_box: shop STRING, unit_no STRING, inserted_eur FLOAT, kind STRING coin|note|card, jammed BOOLEAN, token_count INTEGER, paid_at TIMESTAMP
    table units: unit_no STRING, brand STRING, bought_year INTEGER, max_kg FLOAT, mechanic STRING
  `),
  cases: casesFrom(
    'laundry',
    `
    [filter]
    hot washes that got aborted => * FROM wash_cycles WHERE program = 'hot' AND aborted = TRUE
    dryers running longer than an hour => * FROM wash_cycles WHERE unit_kind = 'dryer' AND ran_min > 60
    cycles using 80 litres of water or more => * FROM wash_cycles WHERE water_l >= 80
    payments by note or card of more than 20 euros => * FROM coin_box WHERE kind IN ('note', 'card') AND inserted_eur > 20
    aborted, but nobody knows the cause => * FROM wash_cycles WHERE aborted = TRUE AND abort_cause IS NULL
    half empty: load below 3 kilos, not on delicate => * FROM wash_cycles WHERE load_kg < 3 AND program != 'delicate'
    jams in shop Riverbank => * FROM coin_box WHERE jammed = TRUE AND shop = 'Riverbank'
    [aggregate]
    how much did every shop earn per day from wash cycles => shop, SUM(price_eur) v FROM wash_cycles GROUP BY shop W 1d
    litres of water used per shop and day => shop, SUM(water_l) v FROM wash_cycles GROUP BY shop W 1d
    number of cycles by program every 2 hours => program, COUNT(*) n FROM wash_cycles GROUP BY program W 2h
    average load in kilos for each kind of unit => unit_kind, AVG(load_kg) v FROM wash_cycles GROUP BY unit_kind
    the shortest and the longest run of each unit => unit_no, MIN(ran_min) a, MAX(ran_min) b FROM wash_cycles GROUP BY unit_no
    how many units were in use per shop and hour, counting each only once => shop, COUNT(DISTINCT unit_no) n FROM wash_cycles GROUP BY shop W 1h
    cycles by hour of the day => EXTRACT(HOUR FROM started_at) h, COUNT(*) n FROM wash_cycles GROUP BY EXTRACT(HOUR FROM started_at)
    last program that ran on each unit => unit_no, LAST_VALUE(program) v FROM wash_cycles GROUP BY unit_no
    [ratio]
    what share of cycles is aborted, unit by unit => unit_no, 1.0 * SUM(CASE WHEN aborted = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM wash_cycles GROUP BY unit_no
    electricity per kilo of laundry: total kwh over total load, by program => program, 1.0 * SUM(kwh) / SUM(load_kg) v FROM wash_cycles GROUP BY program
    card payments in percent of all payments, per shop and week => shop, 100.0 * SUM(CASE WHEN kind = 'card' THEN 1 ELSE 0 END) / COUNT(*) v FROM coin_box GROUP BY shop W 7d
    [join]
    cycles per brand each week => u.brand, COUNT(*) n FROM wash_cycles w JOIN units u ON w.unit_no = u.unit_no GROUP BY u.brand W 7d
    overfilled: load heavier than the unit's max kg => w.* FROM wash_cycles w JOIN units u ON w.unit_no = u.unit_no WHERE w.load_kg > u.max_kg
    aborted cycles on units bought before 2012, per shop => w.shop, COUNT(*) n FROM wash_cycles w JOIN units u ON w.unit_no = u.unit_no WHERE w.aborted = TRUE AND u.bought_year < 2012 GROUP BY w.shop
    [having]
    units aborting 4 times or more in a day => unit_no, COUNT(*) n FROM wash_cycles WHERE aborted = TRUE GROUP BY unit_no W 1d HAVING COUNT(*) >= 4
    shops that use more than 2000 litres a day => shop, SUM(water_l) v FROM wash_cycles GROUP BY shop W 1d HAVING SUM(water_l) > 2000
    units that run fewer than 5 cycles per day => unit_no, COUNT(*) n FROM wash_cycles GROUP BY unit_no W 1d HAVING COUNT(*) < 5
    [topn]
    the four thirstiest units per week, by litres of water => unit_no, SUM(water_l) v FROM wash_cycles GROUP BY unit_no W 7d ORDER BY v DESC LIMIT 4
    which shop earned least each day (price) => shop, SUM(price_eur) v FROM wash_cycles GROUP BY shop W 1d ORDER BY v ASC LIMIT 1
    [rows]
    kwh of each cycle minus the kwh of the unit's previous cycle => unit_no, kwh - LAG(kwh) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY unit_no ORDER BY started_at) v FROM wash_cycles
    smoothed water use: average over each unit's last 4 cycles => unit_no, AVG(water_l) OVER (ROWS WINDOW BUFFER 4 ROWS PARTITION BY unit_no ORDER BY started_at) v FROM wash_cycles
    [sliding]
    cycles in the last 3 hours per shop, recalculated every half hour => shop, COUNT(*) n FROM wash_cycles GROUP BY shop W 3h/30m
    [alert]
    phone me when a shop has more than 10 aborted cycles in 4 hours => shop, COUNT(*) n FROM wash_cycles WHERE aborted = TRUE GROUP BY shop W 4h
    [edit]
    ~ SELECT shop, SUM(price_eur) AS earned FROM wash_cycles GROUP BY shop WINDOW TUMBLING(1d) EMIT CHANGES
    dryers only => shop, SUM(price_eur) earned FROM wash_cycles WHERE unit_kind = 'dryer' GROUP BY shop W 1d
    forget the aborted ones => shop, SUM(price_eur) earned FROM wash_cycles WHERE aborted = FALSE GROUP BY shop W 1d
    split it up by program => shop, program, SUM(price_eur) earned FROM wash_cycles GROUP BY shop, program W 1d
    what was the average price? I want it next to that => shop, SUM(price_eur) earned, AVG(price_eur) v FROM wash_cycles GROUP BY shop W 1d
    shops over 400 only => shop, SUM(price_eur) earned FROM wash_cycles GROUP BY shop W 1d HAVING SUM(price_eur) > 400
    per month of 30 days => shop, SUM(price_eur) earned FROM wash_cycles GROUP BY shop W 30d
    [clarify]
    should I buy new dryers => ?
    cycles by detergent => ?
    unlock washer 12 => no
    `,
  ),
};
