import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Orders to suppliers and what arrives of them; asked by buyers and a quality manager. */
export const procurement = {
  name: 'procurement',
  schemas: schemasFrom(`
    purchase_orders: po_number STRING, supplier_id STRING, buyer STRING, material STRING, quantity INTEGER, unit_price FLOAT, currency STRING EUR|USD|GBP, rush BOOLEAN, approved BOOLEAN, ordered_at TIMESTAMP
    goods_receipts: receipt_id STRING, supplier_id STRING, material STRING, received_qty INTEGER, damaged_qty INTEGER, days_late INTEGER, dock STRING, inspector STRING, received_at TIMESTAMP
    table suppliers: supplier_id STRING, region STRING EMEA|APAC|AMER, certified BOOLEAN, payment_terms_days INTEGER, account_manager STRING, since_year INTEGER
  `),
  cases: casesFrom(
    'procurement',
    `
    [filter]
    rush orders that are not approved yet => * FROM purchase_orders WHERE rush = TRUE AND approved = FALSE
    purchase orders in USD or GBP with a unit price over 250 => * FROM purchase_orders WHERE currency IN ('USD', 'GBP') AND unit_price > 250
    goods receipts that were more than 7 days late => * FROM goods_receipts WHERE days_late > 7
    receipts at dock D2 with damaged goods (damaged quantity above 0) => * FROM goods_receipts WHERE dock = 'D2' AND damaged_qty > 0
    orders of fewer than 10 pieces placed by buyer Meyer => * FROM purchase_orders WHERE quantity < 10 AND buyer = 'Meyer'
    orders whose total, quantity times unit price, exceeds 5000 => * FROM purchase_orders WHERE (quantity * unit_price) > 5000
    [aggregate]
    quantity ordered per material each day => material, SUM(quantity) v FROM purchase_orders GROUP BY material W 1d
    number of orders by currency => currency, COUNT(*) n FROM purchase_orders GROUP BY currency
    average unit price for each material in 6 hour windows => material, AVG(unit_price) v FROM purchase_orders GROUP BY material W 6h
    maximum and minimum days late per supplier => supplier_id, MAX(days_late) a, MIN(days_late) b FROM goods_receipts GROUP BY supplier_id
    order value (quantity × unit price) per buyer and hour => buyer, SUM(quantity * unit_price) v FROM purchase_orders GROUP BY buyer W 1h
    [join]
    pieces received by supplier region every day => s.region, SUM(g.received_qty) v FROM goods_receipts g JOIN suppliers s ON g.supplier_id = s.supplier_id GROUP BY s.region W 1d
    purchase orders with suppliers that are not certified => p.* FROM purchase_orders p JOIN suppliers s ON p.supplier_id = s.supplier_id WHERE s.certified = FALSE
    [ratio]
    damage rate per supplier: damaged quantity divided by received quantity => supplier_id, 1.0 * SUM(damaged_qty) / SUM(received_qty) v FROM goods_receipts GROUP BY supplier_id
    fraction of rush orders for each buyer, daily => buyer, 1.0 * SUM(CASE WHEN rush = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM purchase_orders GROUP BY buyer W 1d
    [having]
    suppliers whose deliveries are on average at least 14 days late => supplier_id, AVG(days_late) v FROM goods_receipts GROUP BY supplier_id HAVING AVG(days_late) >= 14
    buyers that place more than 15 orders in an hour => buyer, COUNT(*) n FROM purchase_orders GROUP BY buyer W 1h HAVING COUNT(*) > 15
    [topn]
    top 3 suppliers by damaged quantity => supplier_id, SUM(damaged_qty) v FROM goods_receipts GROUP BY supplier_id W 5m ORDER BY v DESC LIMIT 3
    each day, the 10 materials with the highest quantity ordered => material, SUM(quantity) v FROM purchase_orders GROUP BY material W 1d ORDER BY v DESC LIMIT 10
    [alert]
    let me know if a dock receives more than 200 damaged pieces in 4 hours => dock, SUM(damaged_qty) v FROM goods_receipts GROUP BY dock W 4h
    [rows]
    average unit price over the last 5 orders of every material => material, AVG(unit_price) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY material ORDER BY ordered_at) v FROM purchase_orders
    [edit]
    ~ SELECT supplier_id, COUNT(*) AS orders FROM purchase_orders WHERE approved = TRUE GROUP BY supplier_id WINDOW TUMBLING(1d) EMIT CHANGES
    add the total quantity => supplier_id, COUNT(*) orders, SUM(quantity) q FROM purchase_orders WHERE approved = TRUE GROUP BY supplier_id W 1d
    remove the filter => supplier_id, COUNT(*) orders FROM purchase_orders GROUP BY supplier_id W 1d
    only suppliers with more than 20 orders => supplier_id, COUNT(*) orders FROM purchase_orders WHERE approved = TRUE GROUP BY supplier_id W 1d HAVING COUNT(*) > 20
    [behaviour]
    Which supplier is the nicest to work with? => ?
    drop the purchase_orders stream => no
    `,
  ),
};
