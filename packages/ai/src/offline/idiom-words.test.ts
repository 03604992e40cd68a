import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const FIELDS = {
  jobs: schemasFrom(`
    job_runs: job_id STRING, queue STRING, worker STRING, status STRING succeeded|failed|cancelled, run_ms INTEGER, error STRING, finished_at TIMESTAMP
    queue_samples: queue STRING, depth INTEGER, paused BOOLEAN, region STRING, sampled_at TIMESTAMP
  `),
  florist: schemasFrom(`
    flower_orders: order_id STRING, bouquet STRING roses|tulips|wreath, stems INTEGER, price FLOAT, state STRING open|no_show|cancelled, paid_by STRING cash|card, ordered_at TIMESTAMP
    deliveries: order_id STRING, driver STRING, km FLOAT, minutes FLOAT, late BOOLEAN, delivered_at TIMESTAMP
    inspections: shop STRING, inspector STRING, cold_seen BOOLEAN, rating INTEGER, gap_count INTEGER, injured INTEGER, response_hours FLOAT, inspected_at TIMESTAMP
  `),
  bank: schemasFrom(`
    payments: id STRING, payer STRING, amount FLOAT, currency STRING EUR|USD, method STRING card|cash, city STRING, disputed BOOLEAN, bytes_in INTEGER, bytes_out INTEGER, paid_at TIMESTAMP
    queries: fingerprint STRING, db STRING, rows_sent INTEGER, sql_error STRING, dur_ms FLOAT, locked BOOLEAN, mag FLOAT, mag_type STRING ml|mw, depth_km FLOAT, logged_at TIMESTAMP
    table payers: payer STRING, manager STRING
  `),
  market: schemasFrom(`
    checkouts: receipt_id STRING, store STRING, till INTEGER, cashier STRING, total FLOAT, rebate FLOAT, closed_at TIMESTAMP
    scans: receipt_id STRING, store STRING, product_code STRING, quantity INTEGER, unit_price FLOAT, scanned_at TIMESTAMP
    table products: product_code STRING, title STRING, department STRING bakery|dairy|produce
    point_movements: movement_id STRING, member_id STRING, store STRING, kind STRING earn|redeem|adjust, points INTEGER, basket_value FLOAT, moved_at TIMESTAMP
    logins: user_id STRING, country STRING, ip STRING, success BOOLEAN, logged_at TIMESTAMP
    shifts: employee_id STRING, site STRING, hours FLOAT, overtime FLOAT, break_min INTEGER, wage FLOAT, ended_at TIMESTAMP
  `),
  office: schemasFrom(`
    deal_updates: deal_id STRING, rep_id STRING, stage STRING demo|won|lost, value_usd FLOAT, product STRING, updated_at TIMESTAMP
    expense_lines: line_id STRING, employee_id STRING, category STRING travel|meals, amount_eur FLOAT, submitted_at TIMESTAMP
    invoices: invoice_no STRING, customer_id STRING, amount FLOAT, reminders INTEGER, issued_at TIMESTAMP
    pipeline_runs: run_id STRING, pipeline_id STRING, status STRING succeeded|failed, rows_in INTEGER, rows_out INTEGER, error_class STRING, finished_at TIMESTAMP
    door_events: badge_id STRING, door_id STRING, result STRING granted|denied, swiped_at TIMESTAMP
  `),
};

const asked = (field: keyof typeof FIELDS, prompt: string, previousSql?: string): string => {
  const answer = translate({ prompt, schemas: FIELDS[field], ...(previousSql === undefined ? {} : { previousSql }) });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

describe('phrases and what they say', () => {
  test.each([
    ['jobs', 'runs that still carry an error', 'WHERE error IS NOT NULL'],
    ['jobs', 'queues in eu-west-1', "WHERE region = 'eu-west-1'"],
    ['jobs', '10 workers with the most failed runs', "WHERE status = 'failed' GROUP BY worker"],
    ['jobs', 'workers with fewer than 10 runs per 5 minutes', 'HAVING COUNT(*) < 10'],
    ['jobs', 'mean run time per queue, all 2 hours', "WINDOW TUMBLING(INTERVAL '2' HOUR)"],
    ['florist', 'no-shows for wreath orders', "state = 'no_show' AND bouquet = 'wreath'"],
    ['florist', 'price of flower orders per payment method', 'GROUP BY paid_by'],
    ['florist', 'top 3 bouquets by sales every day', 'ORDER BY total_price DESC LIMIT 3'],
    ['florist', 'wreath orders above 150', "WHERE bouquet = 'wreath' AND price > 150"],
    ['florist', 'late deliveries over 10 km', 'WHERE late = TRUE AND km > 10'],
    ['florist', 'km per driver per day', 'SUM(km)'],
    ['florist', 'best rating of every inspector until now', 'MAX(rating)'],
    ['florist', 'inspections that have not any rating', 'WHERE rating IS NULL'],
    ['florist', 'which inspectors need 24 hours or more on average to respond', 'GROUP BY inspector HAVING AVG(response_hours) >= 24'],
    ['florist', 'inspections where nobody saw the cold', 'WHERE cold_seen = FALSE'],
    ['florist', 'inspections with injuries', 'WHERE injured > 0'],
    ['florist', 'inspections with gaps', 'WHERE gap_count > 0'],
    ['florist', 'inspectors with 3 or more inspections on one day', "WINDOW TUMBLING(INTERVAL '1' DAY) HAVING COUNT(*) >= 3"],
    ['florist', 'inspections Meyer inspected', "WHERE inspector = 'Meyer'"],
    ['bank', 'payments that Meyer manages', ".manager = 'Meyer'"],
    ['bank', 'payments over 100 EUR', "WHERE currency = 'EUR' AND amount > 100"],
    ['bank', 'payments over $100', 'WHERE amount > 100 EMIT'],
    ['bank', 'payments except by card', "WHERE method != 'card'"],
    ['bank', 'payments except those over 100', 'WHERE amount <= 100'],
    ['bank', 'payments with more bytes out than in', 'WHERE bytes_out > bytes_in'],
    ['bank', 'payments not disputed or over 100', 'WHERE disputed = FALSE OR amount > 100'],
    ['bank', 'amount per distinct payer for each city', 'SUM(amount) / COUNT(DISTINCT payer)'],
    ['bank', 'failed queries', 'WHERE sql_error IS NOT NULL'],
    ['bank', 'queries that sent no rows', 'WHERE rows_sent = 0'],
    ['bank', 'queries on db billing', "WHERE db = 'billing'"],
    ['bank', 'queries on db orders_v2', "WHERE db = 'orders_v2'"],
    ['bank', 'queries above magnitude 5', 'WHERE mag > 5'],
    ['bank', 'queries neither locked nor deeper than 40 km', 'WHERE locked = FALSE AND depth_km <= 40'],
    ['market', 'checkouts at tills 4, 5 and 6 of the store Leeds', 'till IN (4, 5, 6)'],
    ['market', 'receipt id, cashier and total of every checkout with a rebate over 20', 'SELECT receipt_id, cashier, total FROM checkouts'],
    ['market', 'largest single receipt of each store, per day', 'MAX(total)'],
    ['market', 'number of different products scanned per store', 'COUNT(DISTINCT product_code)'],
    ['market', 'the 5 products with the highest quantity each day', 'SUM(quantity)'],
    ['market', 'number of different users in the logins of each country', 'COUNT(DISTINCT user_id)'],
    ['market', 'IP addresses with 15 or more logins within 10 minutes', 'SELECT ip,'],
    ['market', 'points earned per store', "SUM(points) AS total_points FROM point_movements WHERE kind = 'earn'"],
    ['market', 'redemptions of more than 5000 points', "SELECT * FROM point_movements WHERE kind = 'redeem' AND points > 5000"],
    ['market', 'shifts of 6 hours or more with a break under 30 minutes', 'WHERE hours >= 6 AND break_min < 30'],
    ['market', 'shifts with overtime between 1 and 3 hours', 'overtime BETWEEN 1 AND 3'],
    ['market', 'wages paid per site and day', 'SUM(wage)'],
    ['office', 'value of won deals per product', "SUM(value_usd) AS total_value_usd FROM deal_updates WHERE stage = 'won'"],
    ['office', 'sum of expenses by employee', 'SUM(amount_eur)'],
    ['office', 'number, customer id and amount of all invoices with at least 3 reminders', 'SELECT invoice_no, customer_id, amount FROM'],
    ['office', 'customers whose invoices add up to more than 100000 in 30 days', 'HAVING SUM(amount) > 100000'],
    ['office', 'rows written per pipeline every hour', 'SUM(rows_out)'],
    ['office', 'runs that wrote fewer rows than they read', 'WHERE rows_out < rows_in'],
    ['office', 'denial rate per door', "SUM(CASE WHEN result = 'denied' THEN 1 ELSE 0 END) / COUNT(*)"],
    ['office', 'top 3 error classes by number of failed runs', 'GROUP BY error_class'],
    ['bank', 'spread (standard deviation) of amount by city', 'STDDEV(amount)'],
  ] as const)('%s: %s', (field, prompt, part) => {
    expect(asked(field, prompt)).toContain(part);
  });
});

describe('changes of a query', () => {
  const COUNTED = 'SELECT city, COUNT(*) AS n FROM payments GROUP BY city WINDOW TUMBLING(5m) EMIT CHANGES';
  test.each([
    ['bank', COUNTED, 'only cities Bonn and Kiel', "WHERE city IN ('Bonn', 'Kiel')"],
    ['bank', COUNTED, 'without cities Bonn and Kiel', "WHERE city NOT IN ('Bonn', 'Kiel')"],
    ['bank', COUNTED, 'slide it by 1 minute', "SLIDING(INTERVAL '5' MINUTE, INTERVAL '1' MINUTE)"],
    [
      'bank',
      'SELECT db, COUNT(*) AS n FROM queries GROUP BY db EMIT CHANGES',
      'ignore everything deeper than 10km',
      'WHERE depth_km <= 10',
    ],
    ['bank', 'SELECT db, COUNT(*) AS n FROM queries GROUP BY db EMIT CHANGES', 'only those deeper than 10km', 'WHERE depth_km > 10'],
    ['bank', 'SELECT db, COUNT(*) AS n FROM queries GROUP BY db EMIT CHANGES', 'without those below magnitude 3', 'WHERE mag >= 3'],
    [
      'market',
      'SELECT store, COUNT(*) AS n FROM checkouts GROUP BY store WINDOW TUMBLING(1h) ORDER BY n DESC LIMIT 3 EMIT CHANGES',
      'rank by total rebate',
      'ORDER BY total_rebate DESC LIMIT 3',
    ],
    ['bank', 'SELECT db, AVG(dur_ms) AS d FROM queries GROUP BY db EMIT CHANGES', 'better the median', 'MEDIAN(dur_ms)'],
  ] as const)('%s, %s: %s', (field, before, prompt, part) => {
    expect(asked(field, prompt, before)).toContain(part);
  });
});

test.each([
  'write off all open orders',
  'write a follow-up email to the customer',
  'give every gold member 500 points',
  'buy more tulips from the wholesaler',
  'place a bid of 500 on lot 12 for me',
  'do you consider the price fair?',
])('%s is refused', (prompt) => {
  expect(asked('florist', prompt)).toBe('refused');
});
