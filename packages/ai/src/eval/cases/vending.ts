import { casesFrom, schemasFrom } from '../case.ts';

/** Vending machines in stations and schools; asked by the route planner and by the driver who refills them. */
export const vending = {
  name: 'vending',
  schemas: schemasFrom(`
    vend_sales: machine_code STRING, slot STRING, product STRING, category STRING snack|drink|coffee|fruit, price_ct INTEGER, paid_by STRING coin|card|phone, vend_ok BOOLEAN, change_ct INTEGER, sold_ts TIMESTAMP
    machine_status: machine_code STRING, inside_temp_c FLOAT, coin_level INTEGER, empty_slots INTEGER, door_open BOOLEAN, error_text STRING, signal_dbm INTEGER, status_ts TIMESTAMP
    table machine_sites: machine_code STRING, site_name STRING, city STRING, driver STRING, model_year INTEGER
  `),
  cases: casesFrom(
    'vending',
    `
    [filter]
    card sales that failed (vend not ok) => * FROM vend_sales WHERE paid_by = 'card' AND vend_ok = FALSE
    machines with 5 empty slots or more => * FROM machine_status WHERE empty_slots >= 5
    drinks and snacks cheaper than 150 cents => * FROM vend_sales WHERE category IN ('drink', 'snack') AND price_ct < 150
    status with the door open or an inside temperature over 12 => * FROM machine_status WHERE door_open = TRUE OR inside_temp_c > 12
    coffee not paid with coins => * FROM vend_sales WHERE category = 'coffee' AND paid_by != 'coin'
    status messages where an error text is set and coin level is under 20 => * FROM machine_status WHERE error_text IS NOT NULL AND coin_level < 20
    slot A3 of machine VM-09 => * FROM vend_sales WHERE slot = 'A3' AND machine_code = 'VM-09'
    [aggregate]
    what did each machine take per day, in cents? => machine_code, SUM(price_ct) v FROM vend_sales GROUP BY machine_code W 1d
    how many coffees go out per machine per hour => machine_code, COUNT(*) n FROM vend_sales WHERE category = 'coffee' GROUP BY machine_code W 1h
    average price of what sells, for each category => category, AVG(price_ct) v FROM vend_sales GROUP BY category
    how warm does it get inside each machine, at most, in two hours => machine_code, MAX(inside_temp_c) v FROM machine_status GROUP BY machine_code W 2h
    weekly number of different products sold by machine => machine_code, COUNT(DISTINCT product) n FROM vend_sales GROUP BY machine_code W 7d
    current coin level of every machine => machine_code, LAST_VALUE(coin_level) v FROM machine_status GROUP BY machine_code
    [ratio]
    card payments as a percentage of all sales, day by day => 100.0 * SUM(CASE WHEN paid_by = 'card' THEN 1 ELSE 0 END) / COUNT(*) v FROM vend_sales W 1d
    failure rate per slot and machine (sales that are not ok) => slot, machine_code, 1.0 * SUM(CASE WHEN vend_ok = FALSE THEN 1 ELSE 0 END) / COUNT(*) v FROM vend_sales GROUP BY slot, machine_code
    [join]
    takings per city and day => s.city, SUM(v.price_ct) x FROM vend_sales v JOIN machine_sites s ON v.machine_code = s.machine_code GROUP BY s.city W 1d
    status reports with over 8 empty slots from machines whose driver is Petra => m.* FROM machine_status m JOIN machine_sites s ON m.machine_code = s.machine_code WHERE s.driver = 'Petra' AND m.empty_slots > 8
    number of fruit sales by site name each week => s.site_name, COUNT(*) n FROM vend_sales v JOIN machine_sites s ON v.machine_code = s.machine_code WHERE v.category = 'fruit' GROUP BY s.site_name W 7d
    [having]
    machines that sell fewer than 10 items a day => machine_code, COUNT(*) n FROM vend_sales GROUP BY machine_code W 1d HAVING COUNT(*) < 10
    products bringing in at least 5000 cents per day => product, SUM(price_ct) v FROM vend_sales GROUP BY product W 1d HAVING SUM(price_ct) >= 5000
    [topn]
    best seller of each day => product, COUNT(*) n FROM vend_sales GROUP BY product W 1d ORDER BY n DESC LIMIT 1
    the 6 machines with the lowest takings per week => machine_code, SUM(price_ct) v FROM vend_sales GROUP BY machine_code W 7d ORDER BY v ASC LIMIT 6
    [rows]
    how much did the coin level move from one status to the next, per machine => machine_code, coin_level - LAG(coin_level) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY machine_code ORDER BY status_ts) v FROM machine_status
    [alert]
    text me as soon as a machine's average inside temperature is above 10 over 15 minutes => machine_code, AVG(inside_temp_c) v FROM machine_status GROUP BY machine_code W 15m
    [edit]
    ~ SELECT machine_code, SUM(price_ct) AS takings FROM vend_sales GROUP BY machine_code WINDOW TUMBLING(1d) EMIT CHANGES
    coffee excluded => machine_code, SUM(price_ct) takings FROM vend_sales WHERE category != 'coffee' GROUP BY machine_code W 1d
    and split that by how they paid => machine_code, paid_by, SUM(price_ct) takings FROM vend_sales GROUP BY machine_code, paid_by W 1d
    same for a week => machine_code, SUM(price_ct) takings FROM vend_sales GROUP BY machine_code W 7d
    just machine VM-09 => machine_code, SUM(price_ct) takings FROM vend_sales WHERE machine_code = 'VM-09' GROUP BY machine_code W 1d
    [clarify]
    which machine should we move => ?
    sales by weather => ?
    refund the last coffee => no
    `,
  ),
};
