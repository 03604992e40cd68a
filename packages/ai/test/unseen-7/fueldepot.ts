import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** The loading rack of a tank farm; asked by a dispatcher in the jargon of the trade. */
export const fueldepot = {
  name: 'fueldepot',
  schemas: schemasFrom(`
    loadings: bol STRING, bay STRING, haulier STRING, product STRING diesel|petrol|jet|heating_oil, litres FLOAT, ordered_l FLOAT, temp_c FLOAT, dwell_min FLOAT, driver STRING, sealed BOOLEAN, loaded_at TIMESTAMP
    gate_events: plate STRING, haulier STRING, direction STRING in|out, weight_kg FLOAT, booked BOOLEAN, refused BOOLEAN, lane STRING, passed_at TIMESTAMP
    table hauliers: haulier STRING, home_depot STRING, adr_certified BOOLEAN, fleet_size INTEGER, credit_limit FLOAT
  `),
  cases: casesFrom(
    'fueldepot',
    `
    [filter]
    Jet loads that left unsealed => * FROM loadings WHERE product = 'jet' AND sealed = FALSE
    Dwell over 75 min at bay B4 => * FROM loadings WHERE dwell_min > 75 AND bay = 'B4'
    No-bookings turned away: trucks not booked that were refused => * FROM gate_events WHERE booked = FALSE AND refused = TRUE
    Short loads, i.e. litres below ordered => * FROM loadings WHERE litres < ordered_l
    Outbound trucks grossing 40 t and up (40000 kg) => * FROM gate_events WHERE direction = 'out' AND weight_kg >= 40000
    BOL and litres for diesel or heating oil lifted by Hansa => bol, litres FROM loadings WHERE product IN ('diesel', 'heating_oil') AND haulier = 'Hansa'
    [aggregate]
    Liftings in litres by product, day buckets => product, SUM(litres) v FROM loadings GROUP BY product W 1d
    Avg dwell per bay on an hourly basis => bay, AVG(dwell_min) v FROM loadings GROUP BY bay W 1h
    Inbound trucks per lane every 15 min => lane, COUNT(*) n FROM gate_events WHERE direction = 'in' GROUP BY lane W 15m
    Unique drivers per haulier and day => haulier, COUNT(DISTINCT driver) n FROM loadings GROUP BY haulier W 1d
    Max and min product temperature by product, whole run => product, MAX(temp_c) a, MIN(temp_c) b FROM loadings GROUP BY product
    [ratio]
    Fill rate per haulier, litres loaded over litres ordered, daily => haulier, 1.0 * SUM(litres) / SUM(ordered_l) v FROM loadings GROUP BY haulier W 1d
    Turn-away rate per lane: refused trucks as a share of all => lane, 1.0 * SUM(CASE WHEN refused = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM gate_events GROUP BY lane
    [join]
    Volume lifted by home depot of the haulier, 12 h buckets => h.home_depot, SUM(l.litres) v FROM loadings l JOIN hauliers h ON l.haulier = h.haulier GROUP BY h.home_depot W 12h
    Petrol loads taken by hauliers without ADR certification => l.* FROM loadings l JOIN hauliers h ON l.haulier = h.haulier WHERE l.product = 'petrol' AND h.adr_certified = FALSE
    Loadings with home depot and fleet size of the haulier added => l.*, h.home_depot, h.fleet_size FROM loadings l JOIN hauliers h ON l.haulier = h.haulier
    [having]
    Bays turning fewer than 4 loads an hour => bay, COUNT(*) n FROM loadings GROUP BY bay W 1h HAVING COUNT(*) < 4
    Hauliers lifting in excess of 20000 litres per day => haulier, SUM(litres) v FROM loadings GROUP BY haulier W 1d HAVING SUM(litres) > 20000
    [topn]
    Top 5 hauliers by volume, per day => haulier, SUM(litres) v FROM loadings GROUP BY haulier W 1d ORDER BY v DESC LIMIT 5
    Single slowest bay by average dwell, hour by hour => bay, AVG(dwell_min) v FROM loadings GROUP BY bay W 1h ORDER BY v DESC LIMIT 1
    [edit]
    ~ SELECT bay, AVG(dwell_min) AS dwell FROM loadings WHERE product = 'diesel' GROUP BY bay WINDOW TUMBLING(1h) EMIT CHANGES
    Same for jet => bay, AVG(dwell_min) dwell FROM loadings WHERE product = 'jet' GROUP BY bay W 1h
    Use the max dwell rather than the average => bay, MAX(dwell_min) dwell FROM loadings WHERE product = 'diesel' GROUP BY bay W 1h
    Flag only those at 60 min or worse => bay, AVG(dwell_min) dwell FROM loadings WHERE product = 'diesel' GROUP BY bay W 1h HAVING AVG(dwell_min) >= 60
    [alert]
    Shout when a bay averages over 50 degrees product temperature in a 10 min slot => bay, AVG(temp_c) v FROM loadings GROUP BY bay W 10m
    [rows]
    Weight against the previous pass of the same plate, as a difference => plate, weight_kg - LAG(weight_kg) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY plate ORDER BY passed_at) v FROM gate_events
    [behaviour]
    Demurrage owed by each haulier => ?
    Rebook truck HH-KL 220 onto bay B2 => no
    `,
  ),
};
