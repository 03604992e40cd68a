import { type BenchSet, casesFrom, schemasFrom } from '../../src/eval/case.ts';

const set = (name: string, schema: string, cases: string): BenchSet => ({
  name,
  schemas: schemasFrom(schema),
  cases: casesFrom(name, cases),
});

/** Plain questions about ordinary businesses whose answer hangs on conditions, times, joins or the query before. */
export const PLAIN_QUESTIONS: readonly BenchSet[] = [
  set(
    'invoicing',
    `
    invoices: invoice STRING, supplier STRING, amount_eur FLOAT, discount_eur FLOAT, status STRING open|paid|disputed|cancelled, overdue_days INTEGER, reminder_sent BOOLEAN, cost_center STRING, issued_at TIMESTAMP
    payments: payment STRING, invoice STRING, amount_eur FLOAT, method STRING card|transfer|cheque|direct_debit, bounced BOOLEAN, bank STRING, paid_at TIMESTAMP
    table suppliers: supplier STRING, country STRING, credit_limit_eur FLOAT, preferred BOOLEAN, account_manager STRING
    `,
    `
    [filter]
    open invoices over 5k => * FROM invoices WHERE status = 'open' AND amount_eur > 5000
    payments by cheque or transfer of 1000 euros and up => * FROM payments WHERE method IN ('cheque', 'transfer') AND amount_eur >= 1000
    bounced payments only pls => * FROM payments WHERE bounced = TRUE
    invoices that are neither paid nor cancelled => * FROM invoices WHERE status NOT IN ('paid', 'cancelled')
    which disputed invoices have no reminder sent yet? => * FROM invoices WHERE status = 'disputed' AND reminder_sent = FALSE
    everything overdue by 30 days or worse => * FROM invoices WHERE overdue_days >= 30
    invoices for cost center CC-12B => * FROM invoices WHERE cost_center = 'CC-12B'
    suppliers with "Steel" in the name, their invoices above 200 => * FROM invoices WHERE supplier LIKE '%Steel%' AND amount_eur > 200
    invoices where the discount is larger than the amount => * FROM invoices WHERE discount_eur > amount_eur
    last 10 bounced payments => * FROM payments WHERE bounced = TRUE ORDER BY paid_at DESC LIMIT 10
    [join]
    invoices above the credit limit of their supplier => i.* FROM invoices i JOIN suppliers s ON i.supplier = s.supplier WHERE i.amount_eur > s.credit_limit_eur
    disputed invoices from preferred suppliers in Italy => i.* FROM invoices i JOIN suppliers s ON i.supplier = s.supplier WHERE i.status = 'disputed' AND s.preferred = TRUE AND s.country = 'Italy'
    [aggregate]
    total paid by card per day => SUM(amount_eur) v FROM payments WHERE method = 'card' W 1d
    `,
  ),
  set(
    'coworking',
    `
    bookings: booking STRING, room STRING, member STRING, seats INTEGER, hours FLOAT, price_usd FLOAT, status STRING confirmed|cancelled|no_show, catering BOOLEAN, note STRING, booked_at TIMESTAMP
    door_events: door STRING, member STRING, direction STRING in|out, badge STRING, denied BOOLEAN, delay_ms INTEGER, event_time TIMESTAMP
    table rooms: room STRING, floor INTEGER, capacity INTEGER, projector BOOLEAN, building STRING
    `,
    `
    [filter]
    bookings for room 4B => * FROM bookings WHERE room = '4B'
    no-shows with catering => * FROM bookings WHERE status = 'no_show' AND catering = TRUE
    give me bookings longer than 3h that were not cancelled => * FROM bookings WHERE hours > 3 AND status != 'cancelled'
    6 seaters only => * FROM bookings WHERE seats = 6
    denied entries at door North or door South => * FROM door_events WHERE denied = TRUE AND door IN ('North', 'South')
    bookings without a note => * FROM bookings WHERE note IS NULL
    badges starting with TMP => * FROM door_events WHERE badge LIKE 'TMP%'
    door events with more than half a second of delay => * FROM door_events WHERE delay_ms > 500
    bookings priced between 50 and 80 dollars => * FROM bookings WHERE price_usd BETWEEN 50 AND 80
    [join]
    bookings with more seats than the room has capacity => b.* FROM bookings b JOIN rooms r ON b.room = r.room WHERE b.seats > r.capacity
    confirmed bookings of rooms on floor 3 that have a projector => b.* FROM bookings b JOIN rooms r ON b.room = r.room WHERE b.status = 'confirmed' AND r.floor = 3 AND r.projector = TRUE
    [session]
    visits per member: a visit is over after 20 minutes without a door event, count the events => member, COUNT(*) n FROM door_events GROUP BY member W session 20m
    [edit]
    ~ SELECT room, COUNT(*) AS n FROM bookings GROUP BY room WINDOW TUMBLING(1h) EMIT CHANGES
    leave out cancelled ones => room, COUNT(*) n FROM bookings WHERE status != 'cancelled' GROUP BY room W 1h
    every 15 minutes instead => room, COUNT(*) n FROM bookings GROUP BY room W 15m
    only rooms with 5 or more => room, COUNT(*) n FROM bookings GROUP BY room W 1h HAVING COUNT(*) >= 5
    `,
  ),
  set(
    'applogs',
    `
    log_lines: service STRING, host STRING, level STRING debug|info|warn|error, message STRING, status_code INTEGER, took_ms FLOAT, user_id STRING, retried BOOLEAN, logged_at TIMESTAMP
    deploys: service STRING, version STRING, environment STRING staging|production, duration_s INTEGER, rolled_back BOOLEAN, engineer STRING, deployed_at TIMESTAMP
    table services: service STRING, team STRING, tier INTEGER, max_ms FLOAT, public BOOLEAN
    `,
    `
    [filter]
    error lines from service checkout => * FROM log_lines WHERE level = 'error' AND service = 'checkout'
    lines slower than 2 s => * FROM log_lines WHERE took_ms > 2000
    warnings and errors on host web-03 => * FROM log_lines WHERE level IN ('warn', 'error') AND host = 'web-03'
    hosts ending in .internal => * FROM log_lines WHERE host LIKE '%.internal'
    messages that mention timeout => * FROM log_lines WHERE message LIKE '%timeout%'
    5xx only i.e. status code 500 to 599 => * FROM log_lines WHERE status_code BETWEEN 500 AND 599
    production deploys that got rolled back => * FROM deploys WHERE environment = 'production' AND rolled_back = TRUE
    anything but debug and info => * FROM log_lines WHERE level NOT IN ('debug', 'info')
    deploys taking 10 minutes or more => * FROM deploys WHERE duration_s >= 600
    log lines without a user => * FROM log_lines WHERE user_id IS NULL
    the latest 20 errors => * FROM log_lines WHERE level = 'error' ORDER BY logged_at DESC LIMIT 20
    [join]
    lines that took longer than the max ms of their service => l.* FROM log_lines l JOIN services s ON l.service = s.service WHERE l.took_ms > s.max_ms
    errors of tier 1 services, per team and hour => s.team, COUNT(*) n FROM log_lines l JOIN services s ON l.service = s.service WHERE l.level = 'error' AND s.tier = 1 GROUP BY s.team W 1h
    log lines of public services owned by team Payments => l.* FROM log_lines l JOIN services s ON l.service = s.service WHERE s.public = TRUE AND s.team = 'Payments'
    [aggregate]
    errors per service in the last 5 minutes, refreshed every minute => service, COUNT(*) n FROM log_lines WHERE level = 'error' GROUP BY service W 5m/1m
    [rows]
    time taken compared with the line before on the same host => host, took_ms, took_ms - LAG(took_ms) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY host ORDER BY logged_at) v FROM log_lines
    `,
  ),
  set(
    'depot',
    `
    stock_moves: sku STRING, warehouse STRING, kind STRING inbound|outbound|return|scrap, quantity INTEGER, ordered_quantity INTEGER, shelf STRING, damaged BOOLEAN, clerk STRING, moved_at TIMESTAMP
    deliveries: delivery STRING, carrier STRING, city STRING, parcels INTEGER, weight_kg FLOAT, delay_min INTEGER, express BOOLEAN, signed_by STRING, delivered_at TIMESTAMP
    table items: sku STRING, category STRING, supplier STRING, unit_price_eur FLOAT, fragile BOOLEAN, min_quantity INTEGER
    `,
    `
    [filter]
    returns of more than 20 pieces => * FROM stock_moves WHERE kind = 'return' AND quantity > 20
    damaged goods on shelf A3 in warehouse Leipzig => * FROM stock_moves WHERE damaged = TRUE AND shelf = 'A3' AND warehouse = 'Leipzig'
    short moves, i.e. quantity below the ordered quantity => * FROM stock_moves WHERE quantity < ordered_quantity
    express deliveries to Berlin or Hamburg later than 45 minutes => * FROM deliveries WHERE express = TRUE AND city IN ('Berlin', 'Hamburg') AND delay_min > 45
    deliveries nobody signed => * FROM deliveries WHERE signed_by IS NULL
    deliveries over 30 kilos with at most 2 parcels => * FROM deliveries WHERE weight_kg > 30 AND parcels <= 2
    all moves except scrap => * FROM stock_moves WHERE kind != 'scrap'
    deliveries by carriers other than DHL => * FROM deliveries WHERE carrier != 'DHL'
    flag only deliveries delayed by an hour or more => * FROM deliveries WHERE delay_min >= 60
    [join]
    outbound moves of fragile items => m.* FROM stock_moves m JOIN items i ON m.sku = i.sku WHERE m.kind = 'outbound' AND i.fragile = TRUE
    scrap of items that cost more than 100 euros each => m.* FROM stock_moves m JOIN items i ON m.sku = i.sku WHERE m.kind = 'scrap' AND i.unit_price_eur > 100
    quantity moved per category and day, returns not counted => i.category, SUM(m.quantity) v FROM stock_moves m JOIN items i ON m.sku = i.sku WHERE m.kind != 'return' GROUP BY i.category W 1d
    [edit]
    ~ SELECT carrier, AVG(delay_min) AS delay FROM deliveries WHERE express = TRUE GROUP BY carrier WINDOW TUMBLING(1d) EMIT CHANGES
    also the non express ones => carrier, AVG(delay_min) delay FROM deliveries GROUP BY carrier W 1d
    just for Munich => carrier, AVG(delay_min) delay FROM deliveries WHERE express = TRUE AND city = 'Munich' GROUP BY carrier W 1d
    `,
  ),
  set(
    'repairs',
    `
    tickets: ticket STRING, building STRING, trade STRING plumbing|electrical|heating|lift, priority STRING low|medium|high|urgent, cost_eur FLOAT, minutes_open INTEGER, reopened BOOLEAN, tenant STRING, assignee STRING, opened_at TIMESTAMP
    visits: ticket STRING, technician STRING, duration_min INTEGER, travel_km FLOAT, parts_eur FLOAT, fixed BOOLEAN, rating INTEGER, visited_at TIMESTAMP
    table buildings: building STRING, city STRING, owner STRING, units INTEGER, built INTEGER, budget_eur FLOAT
    `,
    `
    [filter]
    urgent or high tickets nobody is assigned to => * FROM tickets WHERE priority IN ('urgent', 'high') AND assignee IS NULL
    plumbing and heating tickets costing over 300 => * FROM tickets WHERE trade IN ('plumbing', 'heating') AND cost_eur > 300
    visits under 15 min where it was not fixed => * FROM visits WHERE duration_min < 15 AND fixed = FALSE
    tickets open for longer than 2 days => * FROM tickets WHERE minutes_open > 2880
    visits rated 1 or 2 => * FROM visits WHERE rating IN (1, 2)
    reopened lift tickets in building H7 => * FROM tickets WHERE reopened = TRUE AND trade = 'lift' AND building = 'H7'
    visits where the technician drove more than 40 km or used parts above 250 euro => * FROM visits WHERE travel_km > 40 OR parts_eur > 250
    the last 5 visits of technician Okafor => * FROM visits WHERE technician = 'Okafor' ORDER BY visited_at DESC LIMIT 5
    [join]
    tickets in buildings built before 1970 => t.* FROM tickets t JOIN buildings b ON t.building = b.building WHERE b.built < 1970
    heating tickets in Leeds => t.* FROM tickets t JOIN buildings b ON t.building = b.building WHERE t.trade = 'heating' AND b.city = 'Leeds'
    tickets that cost more than the budget of the building => t.* FROM tickets t JOIN buildings b ON t.building = b.building WHERE t.cost_eur > b.budget_eur
    cost per owner and week, only buildings with over 20 units => b.owner, SUM(t.cost_eur) v FROM tickets t JOIN buildings b ON t.building = b.building WHERE b.units > 20 GROUP BY b.owner W 7d
    [session]
    group the visits of each technician into rounds with gaps of at most 3 hours and add up the km => technician, SUM(travel_km) v FROM visits GROUP BY technician W session 3h
    `,
  ),
];
