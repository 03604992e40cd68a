import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Orders and deliveries of a flower shop; asked by somebody in a hurry. */
export const florist = {
  name: 'florist',
  schemas: schemasFrom(`
    flower_orders: order_id STRING, bouquet STRING roses|tulips|mixed|wreath|plant, stems INTEGER, price FLOAT, channel STRING web|phone|counter, card_text STRING, gift BOOLEAN, zone STRING, ordered_at TIMESTAMP
    deliveries: order_id STRING, driver_id STRING, zone STRING north|south|centre|suburbs, minutes FLOAT, km FLOAT, late BOOLEAN, outcome STRING delivered|neighbour|returned, delivered_at TIMESTAMP
    table drivers: driver_id STRING, name STRING, vehicle STRING van|bike|car, base STRING, hired INTEGER, student BOOLEAN
  `),
  cases: casesFrom(
    'florist',
    `
    [filter]
    late deliveries over 10 km => * FROM deliveries WHERE late = TRUE AND km > 10
    wreath orders above 150 => * FROM flower_orders WHERE bouquet = 'wreath' AND price > 150
    web orders, gift, no card text => * FROM flower_orders WHERE channel = 'web' AND gift = TRUE AND card_text IS NULL
    deliveries returned or left with a neighbour => * FROM deliveries WHERE outcome IN ('returned', 'neighbour')
    deliveries zone north under 15 min => * FROM deliveries WHERE zone = 'north' AND minutes < 15
    phone or counter orders w/ 50+ stems => * FROM flower_orders WHERE channel IN ('phone', 'counter') AND stems >= 50
    [aggregate]
    sales per channel every hour => channel, SUM(price) v FROM flower_orders GROUP BY channel W 1h
    avg delivery minutes by zone, 30 min => zone, AVG(minutes) v FROM deliveries GROUP BY zone W 30m
    orders per bouquet type => bouquet, COUNT(*) n FROM flower_orders GROUP BY bouquet
    total km per driver per day => driver_id, SUM(km) v FROM deliveries GROUP BY driver_id W 1d
    cheapest and priciest order per channel => channel, MIN(price) a, MAX(price) b FROM flower_orders GROUP BY channel
    [ratio]
    late share per driver, daily => driver_id, 1.0 * SUM(CASE WHEN late = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM deliveries GROUP BY driver_id W 1d
    price per stem by bouquet, total over total => bouquet, 1.0 * SUM(price) / SUM(stems) v FROM flower_orders GROUP BY bouquet
    [join]
    km by vehicle per day => r.vehicle, SUM(d.km) v FROM deliveries d JOIN drivers r ON d.driver_id = r.driver_id GROUP BY r.vehicle W 1d
    late deliveries by student drivers => d.* FROM deliveries d JOIN drivers r ON d.driver_id = r.driver_id WHERE d.late = TRUE AND r.student = TRUE
    [having]
    zones w/ more than 40 deliveries an hour => zone, COUNT(*) n FROM deliveries GROUP BY zone W 1h HAVING COUNT(*) > 40
    drivers averaging over 35 min, per day => driver_id, AVG(minutes) v FROM deliveries GROUP BY driver_id W 1d HAVING AVG(minutes) > 35
    [topn]
    top 3 bouquets by sales every day => bouquet, SUM(price) v FROM flower_orders GROUP BY bouquet W 1d ORDER BY v DESC LIMIT 3
    5 drivers with most late deliveries => driver_id, COUNT(*) v FROM deliveries WHERE late = TRUE GROUP BY driver_id W 5m ORDER BY v DESC LIMIT 5
    [rows]
    rolling avg minutes, last 5 deliveries per driver => driver_id, AVG(minutes) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY driver_id ORDER BY delivered_at) v FROM deliveries
    [alert]
    ping me if a zone has more than 4 late deliveries in an hour => zone, COUNT(*) n FROM deliveries WHERE late = TRUE GROUP BY zone W 1h
    [edit]
    ~ SELECT channel, COUNT(*) AS n FROM flower_orders GROUP BY channel WINDOW TUMBLING(1h) EMIT CHANGES
    just roses => channel, COUNT(*) n FROM flower_orders WHERE bouquet = 'roses' GROUP BY channel W 1h
    per zone too => channel, zone, COUNT(*) n FROM flower_orders GROUP BY channel, zone W 1h
    every 15 min => channel, COUNT(*) n FROM flower_orders GROUP BY channel W 15m
    [behaviour]
    slow deliveries => ?
    buy more tulips from the wholesaler => no
    `,
  ),
};
