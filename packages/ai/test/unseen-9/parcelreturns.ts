import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Returns of a fashion shop on the web; asked by the returns desk, a category manager and an analyst. */
export const parcelreturns = {
  name: 'parcelreturns',
  schemas: schemasFrom(`
    returns: return_id STRING, sku STRING, warehouse STRING, reason STRING too_small|too_large|damaged|not_as_described|changed_mind, state STRING unworn|worn|broken, quantity INTEGER, refund FLOAT, days_kept INTEGER, restocked BOOLEAN, received_at TIMESTAMP
    table articles: sku STRING, title STRING, category STRING shoes|shirts|trousers|accessories, brand STRING, list_price FLOAT, outlet BOOLEAN
  `),
  cases: casesFrom(
    'parcelreturns',
    `
    [filter]
    damaged returns with a refund of more than 150 => * FROM returns WHERE reason = 'damaged' AND refund > 150
    returns kept for longer than 30 days => * FROM returns WHERE days_kept > 30
    items sent back because they were too small or too large and that are unworn => * FROM returns WHERE reason IN ('too_small', 'too_large') AND state = 'unworn'
    Show the returns at warehouse Lodz that have not been restocked => * FROM returns WHERE warehouse = 'Lodz' AND restocked = FALSE
    return id, SKU and refund of returns with a quantity of 3 or more => return_id, sku, refund FROM returns WHERE quantity >= 3
    [aggregate]
    sum of refunds per reason per day => reason, SUM(refund) v FROM returns GROUP BY reason W 1d
    How many returns arrive at each warehouse every 20 minutes? => warehouse, COUNT(*) n FROM returns GROUP BY warehouse W 20m
    average days kept by reason => reason, AVG(days_kept) v FROM returns GROUP BY reason
    highest refund per SKU in hourly windows => sku, MAX(refund) v FROM returns GROUP BY sku W 1h
    returned quantity by warehouse and state, per day => warehouse, state, SUM(quantity) v FROM returns GROUP BY warehouse, state W 1d
    [join]
    number of returns per brand and day => a.brand, COUNT(*) n FROM returns r JOIN articles a ON r.sku = a.sku GROUP BY a.brand W 1d
    returns of outlet articles with their title and refund => a.title, r.refund FROM returns r JOIN articles a ON r.sku = a.sku WHERE a.outlet = TRUE
    [ratio]
    percentage of returns that could be restocked, by warehouse, for each day => warehouse, 100.0 * SUM(CASE WHEN restocked = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM returns GROUP BY warehouse W 1d
    share of returns with the reason damaged per SKU => sku, 1.0 * SUM(CASE WHEN reason = 'damaged' THEN 1 ELSE 0 END) / COUNT(*) v FROM returns GROUP BY sku
    [having]
    SKUs that were returned more than 12 times in a day => sku, COUNT(*) n FROM returns GROUP BY sku W 1d HAVING COUNT(*) > 12
    warehouses with refunds of at least 2000 in total per hour => warehouse, SUM(refund) v FROM returns GROUP BY warehouse W 1h HAVING SUM(refund) >= 2000
    [topn]
    top 3 warehouses by returned quantity, every 12 hours => warehouse, SUM(quantity) v FROM returns GROUP BY warehouse W 12h ORDER BY v DESC LIMIT 3
    the three SKUs with the largest total refund => sku, SUM(refund) v FROM returns GROUP BY sku W 5m ORDER BY v DESC LIMIT 3
    [alert]
    tell the category manager when a SKU gets more than 8 damaged returns in 6 hours => sku, COUNT(*) n FROM returns WHERE reason = 'damaged' GROUP BY sku W 6h
    [rows]
    average refund of the last 20 returns per warehouse, updated with every return => warehouse, AVG(refund) OVER (ROWS WINDOW BUFFER 20 ROWS PARTITION BY warehouse ORDER BY received_at) v FROM returns
    [edit]
    ~ SELECT reason, COUNT(*) AS parcels FROM returns GROUP BY reason WINDOW TUMBLING(1h) ORDER BY parcels DESC LIMIT 3 EMIT CHANGES
    show the top 2 => reason, COUNT(*) parcels FROM returns GROUP BY reason W 1h ORDER BY parcels DESC LIMIT 2
    without changed_mind => reason, COUNT(*) parcels FROM returns WHERE reason != 'changed_mind' GROUP BY reason W 1h ORDER BY parcels DESC LIMIT 3
    rank by total refund => reason, SUM(refund) v FROM returns GROUP BY reason W 1h ORDER BY v DESC LIMIT 3
    [behaviour]
    returns by carrier => ?
    which articles are really ugly? => ?
    refund everything that came in this morning => no
    `,
  ),
};
