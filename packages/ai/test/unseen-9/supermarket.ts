import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Tills of a supermarket chain; asked by a store manager, a buyer and a developer of the till software. */
export const supermarket = {
  name: 'supermarket',
  schemas: schemasFrom(`
    checkouts: receipt_id STRING, store STRING, till INTEGER, cashier STRING, items INTEGER, total FLOAT, payment STRING cash|card|voucher|app, self_service BOOLEAN, rebate FLOAT, closed_at TIMESTAMP
    scans: receipt_id STRING, store STRING, product_code STRING, quantity INTEGER, unit_price FLOAT, weighed BOOLEAN, cancelled BOOLEAN, scanned_at TIMESTAMP
    table products: product_code STRING, title STRING, department STRING bakery|dairy|produce|meat|household, vat_rate FLOAT, supplier STRING, private_label BOOLEAN
  `),
  cases: casesFrom(
    'supermarket',
    `
    [filter]
    Show me all checkouts paid in cash with a total above 200 => * FROM checkouts WHERE payment = 'cash' AND total > 200
    self-service checkouts with more than 30 items => * FROM checkouts WHERE self_service = TRUE AND items > 30
    Which scans were cancelled and had a unit price of at least 50? => * FROM scans WHERE cancelled = TRUE AND unit_price >= 50
    checkouts at tills 4, 5 and 6 of the store Leeds => * FROM checkouts WHERE till IN (4, 5, 6) AND store = 'Leeds'
    receipt id, cashier and total of every checkout with a rebate over 20 => receipt_id, cashier, total FROM checkouts WHERE rebate > 20
    list checkouts that were not paid by card and whose total is between 10 and 25 => * FROM checkouts WHERE payment != 'card' AND total BETWEEN 10 AND 25
    [aggregate]
    total revenue per store every 15 minutes => store, SUM(total) v FROM checkouts GROUP BY store W 15m
    How many checkouts does each cashier handle per hour? => cashier, COUNT(*) n FROM checkouts GROUP BY cashier W 1h
    average number of items, self-service versus staffed tills => self_service, AVG(items) v FROM checkouts GROUP BY self_service
    largest single receipt of each store, per day => store, MAX(total) v FROM checkouts GROUP BY store W 1d
    number of different products scanned per store in the last hour, refreshed every 10 minutes => store, COUNT(DISTINCT product_code) n FROM scans GROUP BY store W 1h/10m
    [join]
    Quantity sold by department for each hour, leaving out cancelled scans => p.department, SUM(s.quantity) v FROM scans s JOIN products p ON s.product_code = p.product_code WHERE s.cancelled = FALSE GROUP BY p.department W 1h
    scans of dairy products with a unit price above 10 => s.* FROM scans s JOIN products p ON s.product_code = p.product_code WHERE p.department = 'dairy' AND s.unit_price > 10
    [ratio]
    What share of the checkouts in each store is self-service, hour by hour? => store, 1.0 * SUM(CASE WHEN self_service = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM checkouts GROUP BY store W 1h
    percentage of cancelled scans by store and day => store, 100.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM scans GROUP BY store W 1d
    [having]
    cashiers with more than 40 checkouts within an hour => cashier, COUNT(*) n FROM checkouts GROUP BY cashier W 1h HAVING COUNT(*) > 40
    stores where the average receipt total is below 15 in a half-hour window => store, AVG(total) v FROM checkouts GROUP BY store W 30m HAVING AVG(total) < 15
    [topn]
    the 5 products with the highest scanned quantity each day => product_code, SUM(quantity) v FROM scans GROUP BY product_code W 1d ORDER BY v DESC LIMIT 5
    top 3 cashiers by revenue => cashier, SUM(total) v FROM checkouts GROUP BY cashier W 5m ORDER BY v DESC LIMIT 3
    [alert]
    Alert me when a store has more than 10 cancelled scans in 5 minutes => store, COUNT(*) n FROM scans WHERE cancelled = TRUE GROUP BY store W 5m
    [rows]
    moving average of the receipt total over the last 10 checkouts of each store => store, AVG(total) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY store ORDER BY closed_at) v FROM checkouts
    [edit]
    ~ SELECT store, SUM(total) AS revenue FROM checkouts GROUP BY store WINDOW TUMBLING(1h) EMIT CHANGES
    only card payments => store, SUM(total) revenue FROM checkouts WHERE payment = 'card' GROUP BY store W 1h
    also show the number of checkouts => store, SUM(total) revenue, COUNT(*) n FROM checkouts GROUP BY store W 1h
    make it 30 minute windows => store, SUM(total) revenue FROM checkouts GROUP BY store W 30m
    [behaviour]
    notify me when a basket is too big => ?
    delete all receipts of the store Leeds => no
    `,
  ),
};
