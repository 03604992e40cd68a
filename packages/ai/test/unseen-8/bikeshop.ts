import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Repairs and part orders of a chain of bicycle workshops; asked by an owner whose first language is not English. */
export const bikeshop = {
  name: 'bikeshop',
  schemas: schemasFrom(`
    repairs: order_no STRING, bike_type STRING city|road|mountain|cargo|electric, mechanic STRING, part_group STRING brakes|gears|wheels|lights|battery, labour_min INTEGER, parts_cost FLOAT, warranty BOOLEAN, rating INTEGER, shop_id STRING, finished_at TIMESTAMP
    part_orders: part_no STRING, supplier STRING, quantity INTEGER, unit_price FLOAT, express BOOLEAN, shop_id STRING, ordered_at TIMESTAMP
    table shops: shop_id STRING, city STRING, boss STRING, workplaces INTEGER, opened INTEGER, sunday_open BOOLEAN
  `),
  cases: casesFrom(
    'bikeshop',
    `
    [filter]
    Please show repairs of electric bikes where the labour was over 120 minutes => * FROM repairs WHERE bike_type = 'electric' AND labour_min > 120
    I need all warranty repairs with rating less than 3 => * FROM repairs WHERE warranty = TRUE AND rating < 3
    Give me the part orders which are not express and quantity is minimum 100 => * FROM part_orders WHERE express = FALSE AND quantity >= 100
    Show me repairs of brakes and wheels with parts cost more than 80 => * FROM repairs WHERE part_group IN ('brakes', 'wheels') AND parts_cost > 80
    Which repairs have not any rating? => * FROM repairs WHERE rating IS NULL
    Part orders from supplier Shimano with unit price between 5 and 20 => * FROM part_orders WHERE supplier = 'Shimano' AND unit_price BETWEEN 5 AND 20
    [aggregate]
    How many repairs is making each mechanic in one day? => mechanic, COUNT(*) n FROM repairs GROUP BY mechanic W 1d
    Please the sum of ordered quantity for every supplier => supplier, SUM(quantity) v FROM part_orders GROUP BY supplier
    Average labour minutes for each type of bike, for every one hour => bike_type, AVG(labour_min) v FROM repairs GROUP BY bike_type W 1h
    From how many different suppliers is each shop ordering per week? => shop_id, COUNT(DISTINCT supplier) n FROM part_orders GROUP BY shop_id W 7d
    The best rating of every mechanic until now => mechanic, MAX(rating) v FROM repairs GROUP BY mechanic
    [ratio]
    What is the share of warranty repairs in all repairs, for each bike type => bike_type, 1.0 * SUM(CASE WHEN warranty = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM repairs GROUP BY bike_type
    Total parts cost divided with total labour minutes, for mechanic and day => mechanic, 1.0 * SUM(parts_cost) / SUM(labour_min) v FROM repairs GROUP BY mechanic W 1d
    [join]
    How many repairs we have in every city, per day? => s.city, COUNT(*) n FROM repairs r JOIN shops s ON r.shop_id = s.shop_id GROUP BY s.city W 1d
    Show repairs with parts cost over 100 from the shops which were opened before 2010 => r.* FROM repairs r JOIN shops s ON r.shop_id = s.shop_id WHERE r.parts_cost > 100 AND s.opened < 2010
    [having]
    Mechanics which have more than 12 repairs in a day => mechanic, COUNT(*) n FROM repairs GROUP BY mechanic W 1d HAVING COUNT(*) > 12
    Suppliers where the average unit price is over 50 => supplier, AVG(unit_price) v FROM part_orders GROUP BY supplier HAVING AVG(unit_price) > 50
    [topn]
    The 5 mechanics with most repairs for each day => mechanic, COUNT(*) v FROM repairs GROUP BY mechanic W 1d ORDER BY v DESC LIMIT 5
    3 shops with the highest sum of parts cost => shop_id, SUM(parts_cost) v FROM repairs GROUP BY shop_id W 5m ORDER BY v DESC LIMIT 3
    [session]
    For every mechanic count the repairs in one work session, the session is finished when nothing comes for 45 minutes => mechanic, COUNT(*) n FROM repairs GROUP BY mechanic W session 45m
    [alert]
    Please inform me when in one shop come more than 5 express orders in 30 minutes => shop_id, COUNT(*) n FROM part_orders WHERE express = TRUE GROUP BY shop_id W 30m
    [edit]
    ~ SELECT mechanic, AVG(labour_min) AS labour FROM repairs GROUP BY mechanic WINDOW TUMBLING(1h) EMIT CHANGES
    please only the cargo bikes => mechanic, AVG(labour_min) labour FROM repairs WHERE bike_type = 'cargo' GROUP BY mechanic W 1h
    add also the number of repairs => mechanic, AVG(labour_min) labour, COUNT(*) n FROM repairs GROUP BY mechanic W 1h
    make it for every day => mechanic, AVG(labour_min) labour FROM repairs GROUP BY mechanic W 1d
    [behaviour]
    Number of repairs by colour of the bike => ?
    Please remove all the orders from Shimano => no
    `,
  ),
};
