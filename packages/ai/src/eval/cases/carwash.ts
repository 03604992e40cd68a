import { casesFrom, schemasFrom } from '../case.ts';

/** Tunnels of a car wash chain; asked by the franchisee, a maintenance crew and a marketing trainee. */
export const carwash = {
  name: 'carwash',
  schemas: schemasFrom(`
    washes: tunnel STRING, programme STRING basic|shine|wax|premium, plate STRING, price_eur FLOAT, water_l FLOAT, foam_ml FLOAT, duration_s INTEGER, member BOOLEAN, aborted BOOLEAN, damage_note STRING, car_type STRING sedan|suv|van, washed_at TIMESTAMP
    brush_state: tunnel STRING, brush_no INTEGER, motor_amp FLOAT, wear_pct FLOAT, water_c FLOAT, blocked BOOLEAN, technician STRING, fault STRING, checked_at TIMESTAMP
    table tunnels: tunnel STRING, town STRING, franchisee STRING, lanes INTEGER, recycles_water BOOLEAN, built_year INTEGER
  `),
  cases: casesFrom(
    'carwash',
    `
    [filter]
    premium washes of vans => * FROM washes WHERE programme = 'premium' AND car_type = 'van'
    aborted washes by members => * FROM washes WHERE aborted = TRUE AND member = TRUE
    washes using 200 litres of water or more => * FROM washes WHERE water_l >= 200
    somebody noted a damage at tunnel T4 => * FROM washes WHERE damage_note IS NOT NULL AND tunnel = 'T4'
    price from 9 to 14 euro but no wax => * FROM washes WHERE price_eur BETWEEN 9 AND 14 AND programme != 'wax'
    brushes worn beyond 80 percent => * FROM brush_state WHERE wear_pct > 80
    blocked brushes, brush number 2 => * FROM brush_state WHERE blocked = TRUE AND brush_no = 2
    motors drawing more than 30 amp although not blocked => * FROM brush_state WHERE motor_amp > 30 AND blocked = FALSE
    washes that lasted over six minutes, suv or van => * FROM washes WHERE duration_s > 360 AND car_type IN ('suv', 'van')
    [aggregate]
    sales per tunnel per day, in euro => tunnel, SUM(price_eur) v FROM washes GROUP BY tunnel W 1d
    litres of water used by each programme per hour => programme, SUM(water_l) v FROM washes GROUP BY programme W 1h
    average duration by car type => car_type, AVG(duration_s) v FROM washes GROUP BY car_type
    how many different cars (plates) does each tunnel wash in a week => tunnel, COUNT(DISTINCT plate) n FROM washes GROUP BY tunnel W 7d
    faults of each tunnel per day => tunnel, COUNT(*) n FROM brush_state WHERE fault IS NOT NULL GROUP BY tunnel W 1d
    current wear of every brush in every tunnel => tunnel, brush_no, LAST_VALUE(wear_pct) v FROM brush_state GROUP BY tunnel, brush_no
    washes counted by programme and membership, daily => programme, member, COUNT(*) n FROM washes GROUP BY programme, member W 1d
    maximum motor current per tunnel every 5 min => tunnel, MAX(motor_amp) v FROM brush_state GROUP BY tunnel W 5m
    [ratio]
    share of members among the washes of each tunnel, weekly => tunnel, 1.0 * SUM(CASE WHEN member = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM washes GROUP BY tunnel W 7d
    litres per euro for each programme, all litres over all euros => programme, 1.0 * SUM(water_l) / SUM(price_eur) v FROM washes GROUP BY programme
    how many percent of washes are aborted, by tunnel => tunnel, 100.0 * SUM(CASE WHEN aborted = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM washes GROUP BY tunnel
    [join]
    revenue by franchisee and week => t.franchisee, SUM(w.price_eur) v FROM washes w JOIN tunnels t ON w.tunnel = t.tunnel GROUP BY t.franchisee W 7d
    total water of tunnels that don't recycle, per town a day => t.town, SUM(w.water_l) v FROM washes w JOIN tunnels t ON w.tunnel = t.tunnel WHERE t.recycles_water = FALSE GROUP BY t.town W 1d
    blocked brushes in tunnels built before 2005 => b.* FROM brush_state b JOIN tunnels t ON b.tunnel = t.tunnel WHERE b.blocked = TRUE AND t.built_year < 2005
    [having]
    tunnels with fewer than 15 washes an hour => tunnel, COUNT(*) n FROM washes GROUP BY tunnel W 1h HAVING COUNT(*) < 15
    programmes that bring in 700 euros or more a day => programme, SUM(price_eur) v FROM washes GROUP BY programme W 1d HAVING SUM(price_eur) >= 700
    tunnels whose average wear goes above 65 in a week => tunnel, AVG(wear_pct) v FROM brush_state GROUP BY tunnel W 7d HAVING AVG(wear_pct) > 65
    [topn]
    three tunnels that use the most water per day => tunnel, SUM(water_l) v FROM washes GROUP BY tunnel W 1d ORDER BY v DESC LIMIT 3
    the least popular programme every week => programme, COUNT(*) n FROM washes GROUP BY programme W 7d ORDER BY n ASC LIMIT 1
    [rows]
    difference in motor current between a check and the check before, per tunnel => tunnel, motor_amp - LAG(motor_amp) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY tunnel ORDER BY checked_at) v FROM brush_state
    average price of the last 25 washes in every tunnel => tunnel, AVG(price_eur) OVER (ROWS WINDOW BUFFER 25 ROWS PARTITION BY tunnel ORDER BY washed_at) v FROM washes
    [session]
    busy periods of a tunnel: washes with less than 10 minutes from one to the next. number of washes and euros per period => tunnel, COUNT(*) n, SUM(price_eur) v FROM washes GROUP BY tunnel W session 10m
    [alert]
    tell maintenance when a tunnel has more than 4 aborted washes in one hour => tunnel, COUNT(*) n FROM washes WHERE aborted = TRUE GROUP BY tunnel W 1h
    alarm please if the average motor current of a tunnel is over 35 in 10 minutes => tunnel, AVG(motor_amp) v FROM brush_state GROUP BY tunnel W 10m
    [edit]
    ~ SELECT tunnel, SUM(price_eur) AS sales FROM washes GROUP BY tunnel WINDOW TUMBLING(1d) EMIT CHANGES
    members only => tunnel, SUM(price_eur) sales FROM washes WHERE member = TRUE GROUP BY tunnel W 1d
    aborted washes must not be in there => tunnel, SUM(price_eur) sales FROM washes WHERE aborted = FALSE GROUP BY tunnel W 1d
    how much water was it? show that too => tunnel, SUM(price_eur) sales, SUM(water_l) v FROM washes GROUP BY tunnel W 1d
    one line for each programme, not tunnel => programme, SUM(price_eur) sales FROM washes GROUP BY programme W 1d
    week by week => tunnel, SUM(price_eur) sales FROM washes GROUP BY tunnel W 7d
    under 300 euros is what interests me => tunnel, SUM(price_eur) sales FROM washes GROUP BY tunnel W 1d HAVING SUM(price_eur) < 300
    [behaviour]
    will it rain tomorrow => ?
    washes by colour of the car => ?
    start tunnel T4 => no
    `,
  ),
};
