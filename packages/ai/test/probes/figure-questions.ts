import { type BenchSet, casesFrom, schemasFrom } from '../../src/eval/case.ts';

const set = (name: string, schemas: string, questions: string): BenchSet => ({
  name,
  schemas: schemasFrom(schemas),
  cases: casesFrom(name, questions),
});

/** Figures, groups, ranks, shares, bounds and alerts as the people of five ordinary businesses ask for them. */
export const FIGURE_QUESTIONS: readonly BenchSet[] = [
  set(
    'mealboxes',
    `
    box_orders: order_id STRING, customer_id INTEGER, city STRING, plan STRING classic|veggie|family, boxes INTEGER, total_eur FLOAT, voucher STRING, cancelled BOOLEAN, ordered_at TIMESTAMP
    drop_offs: order_id STRING, courier STRING, depot STRING, distance_km FLOAT, minutes INTEGER, status STRING delivered|missed|damaged, tip_eur FLOAT, dropped_at TIMESTAMP
    `,
    `
    [aggregate]
    revenue per city per day => city, SUM(total_eur) v FROM box_orders GROUP BY city W 1d
    how many orders does each city place every hour => city, COUNT(*) n FROM box_orders GROUP BY city W 1h
    how many different customers ordered per plan, weekly => plan, COUNT(DISTINCT customer_id) n FROM box_orders GROUP BY plan W 7d
    avg delivery minutes by depot and status => depot, status, AVG(minutes) v FROM drop_offs GROUP BY depot, status
    number of boxes sold by plan each day => plan, SUM(boxes) v FROM box_orders GROUP BY plan W 1d
    longest and shortest distance of every courier => courier, MAX(distance_km) a, MIN(distance_km) b FROM drop_offs GROUP BY courier
    [having]
    couriers with more than 5 missed drop offs in a day => courier, COUNT(*) n FROM drop_offs WHERE status = 'missed' GROUP BY courier W 1d HAVING COUNT(*) > 5
    cities where the average order is below 30 euros, hourly => city, AVG(total_eur) v FROM box_orders GROUP BY city W 1h HAVING AVG(total_eur) < 30
    [topn]
    top 3 couriers in tips per day => courier, SUM(tip_eur) v FROM drop_offs GROUP BY courier W 1d ORDER BY v DESC LIMIT 3
    which depot is slowest on average each hour? => depot, AVG(minutes) v FROM drop_offs GROUP BY depot W 1h ORDER BY v DESC LIMIT 1
    [ratio]
    cancellation rate by plan => plan, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM box_orders GROUP BY plan
    euros per box in each city, total over total => city, 1.0 * SUM(total_eur) / SUM(boxes) v FROM box_orders GROUP BY city
    [alert]
    alert me when a depot has more than 10 damaged deliveries in an hour => depot, COUNT(*) n FROM drop_offs WHERE status = 'damaged' GROUP BY depot W 1h
    `,
  ),
  set(
    'invoicing',
    `
    invoices: invoice_no INTEGER, debtor STRING, country STRING, amount FLOAT, tax FLOAT, currency STRING EUR|USD|CHF, disputed BOOLEAN, due_days INTEGER, issued_at TIMESTAMP
    receipts: invoice_no INTEGER, debtor STRING, method STRING card|transfer|cash, paid FLOAT, days_late INTEGER, partial BOOLEAN, received_at TIMESTAMP
    table debtors: debtor STRING, segment STRING, rating INTEGER, agent STRING
    `,
    `
    [aggregate]
    total invoiced amount by country, monthly please (30 days) => country, SUM(amount) v FROM invoices GROUP BY country W 30d
    how many invoices do we issue per country a week => country, COUNT(*) n FROM invoices GROUP BY country W 7d
    average days late per payment method => method, AVG(days_late) v FROM receipts GROUP BY method
    amount and tax by currency per day, summed up => currency, SUM(amount) a, SUM(tax) b FROM invoices GROUP BY currency W 1d
    number of debtors that paid per day => COUNT(DISTINCT debtor) n FROM receipts W 1d
    [having]
    debtors who paid less than 1000 in total in a week => debtor, SUM(paid) v FROM receipts GROUP BY debtor W 7d HAVING SUM(paid) < 1000
    countries having 20 or more disputed invoices per day => country, COUNT(*) n FROM invoices WHERE disputed = TRUE GROUP BY country W 1d HAVING COUNT(*) >= 20
    [topn]
    the five biggest payers in cash each day => debtor, SUM(paid) v FROM receipts WHERE method = 'cash' GROUP BY debtor W 1d ORDER BY v DESC LIMIT 5
    worst 3 debtors by days late on average per week => debtor, AVG(days_late) v FROM receipts GROUP BY debtor W 7d ORDER BY v DESC LIMIT 3
    [ratio]
    what percentage of receipts are partial per method => method, 100.0 * SUM(CASE WHEN partial = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM receipts GROUP BY method
    tax as a percentage of amount per country => country, 100.0 * SUM(tax) / SUM(amount) v FROM invoices GROUP BY country
    [edit]
    ~ SELECT country, AVG(amount) AS mean FROM invoices GROUP BY country WINDOW TUMBLING(1d) EMIT CHANGES
    keep only countries with more than 15 invoices => country, AVG(amount) mean FROM invoices GROUP BY country W 1d HAVING COUNT(*) > 15
    `,
  ),
  set(
    'stockroom',
    `
    stock_moves: sku STRING, warehouse STRING, picker STRING, kind STRING inbound|outbound|return, qty INTEGER, ordered_qty INTEGER, unit_cost FLOAT, shelf_temp FLOAT, moved_at TIMESTAMP
    stock_counts: sku STRING, warehouse STRING, counted INTEGER, expected INTEGER, damaged INTEGER, counted_at TIMESTAMP
    `,
    `
    [aggregate]
    units moved per warehouse, 15 min windows => warehouse, SUM(qty) v FROM stock_moves GROUP BY warehouse W 15m
    how many moves has every picker made today, hour by hour => picker, COUNT(*) n FROM stock_moves GROUP BY picker W 1h
    returns per sku per week => sku, COUNT(*) n FROM stock_moves WHERE kind = 'return' GROUP BY sku W 7d
    distinct skus counted in each warehouse per day => warehouse, COUNT(DISTINCT sku) n FROM stock_counts GROUP BY warehouse W 1d
    coldest shelf in every warehouse => warehouse, MIN(shelf_temp) v FROM stock_moves GROUP BY warehouse
    [having]
    skus with over 50 damaged units in a day => sku, SUM(damaged) v FROM stock_counts GROUP BY sku W 1d HAVING SUM(damaged) > 50
    pickers that made fewer than 10 moves per hour => picker, COUNT(*) n FROM stock_moves GROUP BY picker W 1h HAVING COUNT(*) < 10
    [topn]
    ten best skus by outbound quantity, per day => sku, SUM(qty) v FROM stock_moves WHERE kind = 'outbound' GROUP BY sku W 1d ORDER BY v DESC LIMIT 10
    warehouse with the most returns each week => warehouse, COUNT(*) n FROM stock_moves WHERE kind = 'return' GROUP BY warehouse W 7d ORDER BY n DESC LIMIT 1
    [ratio]
    qty moved over qty ordered for each warehouse => warehouse, 1.0 * SUM(qty) / SUM(ordered_qty) v FROM stock_moves GROUP BY warehouse
    share of outbound in all moves, by warehouse => warehouse, 1.0 * SUM(CASE WHEN kind = 'outbound' THEN 1 ELSE 0 END) / COUNT(*) v FROM stock_moves GROUP BY warehouse
    [edit]
    ~ SELECT sku, SUM(qty) AS units FROM stock_moves GROUP BY sku WINDOW TUMBLING(1h) ORDER BY units DESC LIMIT 10 EMIT FINAL
    set the limit to 5 => sku, SUM(qty) AS units FROM stock_moves GROUP BY sku W 1h ORDER BY units DESC LIMIT 5 EMIT FINAL
    `,
  ),
  set(
    'coworking',
    `
    desk_bookings: member_id INTEGER, member_type STRING flex|fixed|guest, floor STRING, desk STRING, hours FLOAT, price FLOAT, paid FLOAT, no_show BOOLEAN, booked_at TIMESTAMP
    room_sensors: room STRING, floor STRING, co2_ppm INTEGER, temp_c FLOAT, noise_db FLOAT, people INTEGER, window_open BOOLEAN, sensed_at TIMESTAMP
    `,
    `
    [aggregate]
    bookings by floor every 4 hours => floor, COUNT(*) n FROM desk_bookings GROUP BY floor W 4h
    how many different members each floor has per day => floor, COUNT(DISTINCT member_id) n FROM desk_bookings GROUP BY floor W 1d
    peak co2 per room, every half hour => room, MAX(co2_ppm) v FROM room_sensors GROUP BY room W 30m
    hours booked by guests per floor a day => floor, SUM(hours) v FROM desk_bookings WHERE member_type = 'guest' GROUP BY floor W 1d
    95th percentile of noise for each room hourly => room, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY noise_db) v FROM room_sensors GROUP BY room W 1h
    [having]
    rooms whose mean temperature goes above 26 in a 10 minute window => room, AVG(temp_c) v FROM room_sensors GROUP BY room W 10m HAVING AVG(temp_c) > 26
    desks booked at least 4 times a day => desk, COUNT(*) n FROM desk_bookings GROUP BY desk W 1d HAVING COUNT(*) >= 4
    [topn]
    hottest 2 rooms on avg, hourly => room, AVG(temp_c) v FROM room_sensors GROUP BY room W 1h ORDER BY v DESC LIMIT 2
    3 quietest floors per hour by average noise => floor, AVG(noise_db) v FROM room_sensors GROUP BY floor W 1h ORDER BY v ASC LIMIT 3
    [ratio]
    no-show percentage for every member type => member_type, 100.0 * SUM(CASE WHEN no_show = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM desk_bookings GROUP BY member_type
    paid per hour booked, by floor => floor, 1.0 * SUM(paid) / SUM(hours) v FROM desk_bookings GROUP BY floor
    [alert]
    notify when average co2 of a room passes 1200 within 10 minutes => room, AVG(co2_ppm) v FROM room_sensors GROUP BY room W 10m
    [behaviour]
    average price by nationality => ?
    `,
  ),
  set(
    'landing',
    `
    ad_clicks: visitor STRING, campaign STRING, page STRING, device STRING phone|tablet|desktop, cost FLOAT, load_ms INTEGER, bounced BOOLEAN, clicked_at TIMESTAMP
    signups: visitor STRING, campaign STRING, tier STRING free|pro|team, seats INTEGER, monthly_fee FLOAT, trial BOOLEAN, signed_at TIMESTAMP
    `,
    `
    [aggregate]
    clicks and cost by campaign, each hour => campaign, COUNT(*) n, SUM(cost) v FROM ad_clicks GROUP BY campaign W 1h
    unique visitors per page and device daily => page, device, COUNT(DISTINCT visitor) n FROM ad_clicks GROUP BY page, device W 1d
    what do we spend on average per click on each device => device, AVG(cost) v FROM ad_clicks GROUP BY device
    seats sold per tier, per day => tier, SUM(seats) v FROM signups GROUP BY tier W 1d
    p99 load time by page, 5 minute => page, PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY load_ms) v FROM ad_clicks GROUP BY page W 5m
    [having]
    campaigns spending more than 500 per hour => campaign, SUM(cost) v FROM ad_clicks GROUP BY campaign W 1h HAVING SUM(cost) > 500
    pages with a bounce rate over 60 % each day => page, 100.0 * SUM(CASE WHEN bounced = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ad_clicks GROUP BY page W 1d HAVING 100.0 * SUM(CASE WHEN bounced = TRUE THEN 1 ELSE 0 END) / COUNT(*) > 60
    [topn]
    top 5 campaigns by signups per day => campaign, COUNT(*) n FROM signups GROUP BY campaign W 1d ORDER BY n DESC LIMIT 5
    the slowest page every 15 minutes, by average load => page, AVG(load_ms) v FROM ad_clicks GROUP BY page W 15m ORDER BY v DESC LIMIT 1
    [ratio]
    cost per click by campaign, hourly => campaign, 1.0 * SUM(cost) / COUNT(*) v FROM ad_clicks GROUP BY campaign W 1h
    proportion of mobile i.e. phone clicks per campaign => campaign, 1.0 * SUM(CASE WHEN device = 'phone' THEN 1 ELSE 0 END) / COUNT(*) v FROM ad_clicks GROUP BY campaign
    fee per seat in each tier (sum divided by sum) => tier, 1.0 * SUM(monthly_fee) / SUM(seats) v FROM signups GROUP BY tier
    [alert]
    ping me if any page has less than 20 clicks in 5 minutes => page, COUNT(*) n FROM ad_clicks GROUP BY page W 5m
    `,
  ),
];
