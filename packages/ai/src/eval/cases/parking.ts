import { casesFrom, schemasFrom } from '../case.ts';

export const parking = {
  name: 'parking',
  schemas: schemasFrom(`
    prk_sessions: sess_id STRING, garage STRING, lvl_no INTEGER, plate STRING, veh_class STRING car|van|motorbike|truck, entry_gate STRING, stay_min INTEGER, fee_eur FLOAT, paid BOOLEAN, pay_type STRING app|coin|card, is_subscriber BOOLEAN, ev_charging BOOLEAN, kwh_charged FLOAT, violation STRING, exit_ts TIMESTAMP
    table garages: garage STRING, district STRING, spots_total INTEGER, has_ev BOOLEAN, operator STRING
  `),
  cases: casesFrom(
    'parking',
    `
    [filter]
    unpaid sessions / sessions that haven't been paid => * FROM prk_sessions WHERE paid = FALSE
    stays longer than 24 hours => * FROM prk_sessions WHERE stay_min > 1440
    vans and trucks in garage G7 => * FROM prk_sessions WHERE veh_class IN ('van', 'truck') AND garage = 'G7'
    ev charging sessions with over 30 kwh => * FROM prk_sessions WHERE ev_charging = TRUE AND kwh_charged > 30
    any violation / sessions with a violation => * FROM prk_sessions WHERE violation IS NOT NULL
    non subscribers who paid more than 25 euros => * FROM prk_sessions WHERE is_subscriber = FALSE AND fee_eur > 25
    plate is "B-XY 123" => * FROM prk_sessions WHERE plate = 'B-XY 123'
    plates starting with HH => * FROM prk_sessions WHERE plate LIKE 'HH%'
    cars that stayed between 1 and 3 hours => * FROM prk_sessions WHERE veh_class = 'car' AND stay_min BETWEEN 60 AND 180
    paid by app or card => * FROM prk_sessions WHERE pay_type IN ('app', 'card')
    fee 0 => * FROM prk_sessions WHERE fee_eur = 0
    subscribers or fee below 2 => * FROM prk_sessions WHERE is_subscriber = TRUE OR fee_eur < 2
    all but motorbikes => * FROM prk_sessions WHERE veh_class != 'motorbike'
    level 3 sessions => * FROM prk_sessions WHERE lvl_no = 3
    entry gate N1 with a stay of at most 15 minutes => * FROM prk_sessions WHERE entry_gate = 'N1' AND stay_min <= 15
    [aggregate]
    fees per garage per hour / how much did each garage earn hourly => garage, SUM(fee_eur) v FROM prk_sessions GROUP BY garage W 1h
    average stay by vehicle class => veh_class, AVG(stay_min) v FROM prk_sessions GROUP BY veh_class
    number of cars per garage every 20 minutes => garage, COUNT(*) n FROM prk_sessions WHERE veh_class = 'car' GROUP BY garage W 20m
    energy charged per garage daily => garage, SUM(kwh_charged) v FROM prk_sessions GROUP BY garage W 1d
    how many unique plates per garage per week => garage, COUNT(DISTINCT plate) n FROM prk_sessions GROUP BY garage W 7d
    violations by type => violation, COUNT(*) n FROM prk_sessions GROUP BY violation
    sessions per payment type each day => pay_type, COUNT(*) n FROM prk_sessions GROUP BY pay_type W 1d
    min and max fee per garage => garage, MIN(fee_eur) a, MAX(fee_eur) b FROM prk_sessions GROUP BY garage
    average fee of unpaid sessions by garage => garage, AVG(fee_eur) v FROM prk_sessions WHERE paid = FALSE GROUP BY garage
    sessions by hour of day => EXTRACT(HOUR FROM exit_ts) h, COUNT(*) n FROM prk_sessions GROUP BY EXTRACT(HOUR FROM exit_ts)
    [ratio]
    share of subscribers per garage => garage, 1.0 * SUM(CASE WHEN is_subscriber = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM prk_sessions GROUP BY garage
    what percentage of sessions is unpaid per payment type => pay_type, 100.0 * SUM(CASE WHEN paid = FALSE THEN 1 ELSE 0 END) / COUNT(*) v FROM prk_sessions GROUP BY pay_type
    fee per session by garage per day => garage, SUM(fee_eur) / COUNT(*) v FROM prk_sessions GROUP BY garage W 1d
    [pivot]
    subscribers vs non-subscribers per garage => garage, SUM(CASE WHEN is_subscriber = TRUE THEN 1 ELSE 0 END) a, SUM(CASE WHEN is_subscriber = FALSE THEN 1 ELSE 0 END) b FROM prk_sessions GROUP BY garage
    [join]
    fees by district daily => g.district, SUM(s.fee_eur) v FROM prk_sessions s JOIN garages g ON s.garage = g.garage GROUP BY g.district W 1d
    sessions in garages with more than 500 spots => s.* FROM prk_sessions s JOIN garages g ON s.garage = g.garage WHERE g.spots_total > 500
    kwh charged per operator => g.operator, SUM(s.kwh_charged) v FROM prk_sessions s JOIN garages g ON s.garage = g.garage GROUP BY g.operator
    truck sessions in the Altona district => s.* FROM prk_sessions s JOIN garages g ON s.garage = g.garage WHERE s.veh_class = 'truck' AND g.district = 'Altona'
    [topn]
    five busiest garages per hour => garage, COUNT(*) n FROM prk_sessions GROUP BY garage W 1h ORDER BY n DESC LIMIT 5
    top 10 plates by total fee per week => plate, SUM(fee_eur) v FROM prk_sessions GROUP BY plate W 7d ORDER BY v DESC LIMIT 10
    [having]
    plates entering more than 5 times a day => plate, COUNT(*) n FROM prk_sessions GROUP BY plate W 1d HAVING COUNT(*) > 5
    garages with an average stay over 4 hours => garage, AVG(stay_min) v FROM prk_sessions GROUP BY garage HAVING AVG(stay_min) > 240
    [edit]
    ~ garage, SUM(fee_eur) fees FROM prk_sessions GROUP BY garage W 1h
    only cars => garage, SUM(fee_eur) fees FROM prk_sessions WHERE veh_class = 'car' GROUP BY garage W 1h
    average instead of sum => garage, AVG(fee_eur) v FROM prk_sessions GROUP BY garage W 1h
    also split by vehicle class => garage, veh_class, SUM(fee_eur) fees FROM prk_sessions GROUP BY garage, veh_class W 1h
    [clarify]
    parking by favourite song => ?
    `,
  ),
};
