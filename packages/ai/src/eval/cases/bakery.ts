import { casesFrom, schemasFrom } from '../case.ts';

/** Ovens and counters of a chain of bakeries; asked by a baker at 4 in the morning, shop managers and head office. */
export const bakery = {
  name: 'bakery',
  schemas: schemasFrom(`
    oven_batches: shop STRING, oven STRING, dough STRING rye|wheat|spelt|brioche, loaves INTEGER, burnt INTEGER, bake_min FLOAT, core_c FLOAT, flour_kg FLOAT, steam BOOLEAN, baker STRING, out_at TIMESTAMP
    counter_sales: shop STRING, product STRING, pieces INTEGER, total_eur FLOAT, tip_eur FLOAT, paid STRING cash|card|voucher, to_go BOOLEAN, allergy_asked BOOLEAN, clerk STRING, coupon_text STRING, sold_at TIMESTAMP
    table shops: shop STRING, town STRING, region STRING, seats INTEGER, franchise BOOLEAN, opened_year INTEGER
  `),
  cases: casesFrom(
    'bakery',
    `
    [filter]
    rye batches with burnt loaves => * FROM oven_batches WHERE dough = 'rye' AND burnt > 0
    batches that came out with a core below 93 degrees => * FROM oven_batches WHERE core_c < 93
    sales paid by voucher over 20 euro => * FROM counter_sales WHERE paid = 'voucher' AND total_eur > 20
    somebody asked about allergies at shop Markt => * FROM counter_sales WHERE allergy_asked = TRUE AND shop = 'Markt'
    wheat or spelt baked without steam => * FROM oven_batches WHERE dough IN ('wheat', 'spelt') AND steam = FALSE
    pretzel sales of ten pieces and more, not to go => * FROM counter_sales WHERE product = 'pretzel' AND pieces >= 10 AND to_go = FALSE
    no tip at all, card payments => * FROM counter_sales WHERE tip_eur = 0 AND paid = 'card'
    baking time outside 20 to 60 minutes => * FROM oven_batches WHERE bake_min NOT BETWEEN 20 AND 60
    sales with a coupon => * FROM counter_sales WHERE coupon_text IS NOT NULL
    [aggregate]
    revenue per shop per hour => shop, SUM(total_eur) v FROM counter_sales GROUP BY shop W 1h
    how many loaves does each oven bake a day => oven, SUM(loaves) v FROM oven_batches GROUP BY oven W 1d
    flour used by dough, weekly => dough, SUM(flour_kg) v FROM oven_batches GROUP BY dough W 7d
    average sale value by way of payment => paid, AVG(total_eur) v FROM counter_sales GROUP BY paid
    tips each clerk got per day => clerk, SUM(tip_eur) v FROM counter_sales GROUP BY clerk W 1d
    number of products sold at every shop, each product counted once, daily => shop, COUNT(DISTINCT product) n FROM counter_sales GROUP BY shop W 1d
    pieces of every product sold in 30 minute blocks => product, SUM(pieces) v FROM counter_sales GROUP BY product W 30m
    mean and max baking time per dough => dough, AVG(bake_min) a, MAX(bake_min) b FROM oven_batches GROUP BY dough
    batches of each baker per shift of 8 hours => baker, COUNT(*) n FROM oven_batches GROUP BY baker W 8h
    what did each oven bake last (dough)? => oven, LAST_VALUE(dough) v FROM oven_batches GROUP BY oven
    [ratio]
    burnt loaves as a percentage of all loaves, per oven and day => oven, 100.0 * SUM(burnt) / SUM(loaves) v FROM oven_batches GROUP BY oven W 1d
    what share of sales is to go, shop by shop => shop, 1.0 * SUM(CASE WHEN to_go = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM counter_sales GROUP BY shop
    how many loaves do we get out of a kilo of flour, by dough? total loaves by total kilos => dough, 1.0 * SUM(loaves) / SUM(flour_kg) v FROM oven_batches GROUP BY dough
    percentage of the turnover that is paid in cash, per shop and week => shop, 100.0 * SUM(CASE WHEN paid = 'cash' THEN total_eur ELSE 0 END) / SUM(total_eur) v FROM counter_sales GROUP BY shop W 7d
    [join]
    turnover by region and week => s.region, SUM(c.total_eur) v FROM counter_sales c JOIN shops s ON c.shop = s.shop GROUP BY s.region W 7d
    sales above 50 euro in franchise shops => c.* FROM counter_sales c JOIN shops s ON c.shop = s.shop WHERE c.total_eur > 50 AND s.franchise = TRUE
    loaves baked per town a day, only shops opened before 2010 => s.town, SUM(o.loaves) v FROM oven_batches o JOIN shops s ON o.shop = s.shop WHERE s.opened_year < 2010 GROUP BY s.town W 1d
    average tip in shops with no seats, per shop => c.shop, AVG(c.tip_eur) v FROM counter_sales c JOIN shops s ON c.shop = s.shop WHERE s.seats = 0 GROUP BY c.shop
    [having]
    shops that take in less than 800 euros a day => shop, SUM(total_eur) v FROM counter_sales GROUP BY shop W 1d HAVING SUM(total_eur) < 800
    bakers burning 15 loaves or more in one day => baker, SUM(burnt) v FROM oven_batches GROUP BY baker W 1d HAVING SUM(burnt) >= 15
    products bought more than 60 times in an hour => product, COUNT(*) n FROM counter_sales GROUP BY product W 1h HAVING COUNT(*) > 60
    ovens whose core temperature averages under 92 over 4 hours => oven, AVG(core_c) v FROM oven_batches GROUP BY oven W 4h HAVING AVG(core_c) < 92
    [topn]
    five best selling products by pieces, every day => product, SUM(pieces) v FROM counter_sales GROUP BY product W 1d ORDER BY v DESC LIMIT 5
    the clerk who gets the highest tips in total each week => clerk, SUM(tip_eur) v FROM counter_sales GROUP BY clerk W 7d ORDER BY v DESC LIMIT 1
    three ovens burning the fewest loaves a week => oven, SUM(burnt) v FROM oven_batches GROUP BY oven W 7d ORDER BY v ASC LIMIT 3
    [pivot]
    cash, card and voucher takings per shop in separate columns, by day => shop, SUM(CASE WHEN paid = 'cash' THEN total_eur ELSE 0 END) a, SUM(CASE WHEN paid = 'card' THEN total_eur ELSE 0 END) b, SUM(CASE WHEN paid = 'voucher' THEN total_eur ELSE 0 END) c FROM counter_sales GROUP BY shop W 1d
    [rows]
    core temperature difference between this batch and the last one out of the same oven => oven, core_c - LAG(core_c) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY oven ORDER BY out_at) v FROM oven_batches
    sum of the 50 latest sales at each shop, sliding => shop, SUM(total_eur) OVER (ROWS WINDOW BUFFER 50 ROWS PARTITION BY shop ORDER BY sold_at) v FROM counter_sales
    [session]
    queues: sales of a shop that are at most 45 seconds apart belong to one queue. sales and money per queue please => shop, COUNT(*) n, SUM(total_eur) v FROM counter_sales GROUP BY shop W session 45s
    [sliding]
    money earned over the last 60 minutes per shop, new figure every 10 minutes => shop, SUM(total_eur) v FROM counter_sales GROUP BY shop W 60m/10m
    [alert]
    wake the baker if an oven burns over 20 loaves in two hours => oven, SUM(burnt) v FROM oven_batches GROUP BY oven W 2h
    inform head office when a shop makes less than 50 euros in an hour => shop, SUM(total_eur) v FROM counter_sales GROUP BY shop W 1h
    [edit]
    ~ SELECT shop, SUM(total_eur) AS turnover FROM counter_sales GROUP BY shop WINDOW TUMBLING(1d) EMIT CHANGES
    cash sales only => shop, SUM(total_eur) turnover FROM counter_sales WHERE paid = 'cash' GROUP BY shop W 1d
    what about tips? add them => shop, SUM(total_eur) turnover, SUM(tip_eur) v FROM counter_sales GROUP BY shop W 1d
    now for products instead of shops => product, SUM(total_eur) turnover FROM counter_sales GROUP BY product W 1d
    vouchers aren't real money, leave them out => shop, SUM(total_eur) turnover FROM counter_sales WHERE paid != 'voucher' GROUP BY shop W 1d
    hourly => shop, SUM(total_eur) turnover FROM counter_sales GROUP BY shop W 1h
    only shops that made 2000 or more => shop, SUM(total_eur) turnover FROM counter_sales GROUP BY shop W 1d HAVING SUM(total_eur) >= 2000
    just give me the three weakest => shop, SUM(total_eur) turnover FROM counter_sales GROUP BY shop W 1d ORDER BY turnover ASC LIMIT 3
    [behaviour]
    is our bread tasty => ?
    sales per customer age => ?
    order 50 kg of flour => no
    `,
  ),
};
