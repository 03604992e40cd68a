import { casesFrom, schemasFrom } from '../case.ts';

export const kitchen = {
  name: 'kitchen',
  schemas: schemasFrom(`
    meal_orders: order_no STRING, table_no INTEGER, dish_name STRING, course STRING starter|main|dessert|drink, waiter STRING, guests INTEGER, prep_seconds INTEGER, bill_amount FLOAT, tip FLOAT, order_status STRING placed|cooking|served|sent_back, allergy_note STRING, takeaway BOOLEAN, vegan BOOLEAN, ordered_at TIMESTAMP
  `),
  cases: casesFrom(
    'kitchen',
    `
    [filter]
    dishes sent back => * FROM meal_orders WHERE order_status = 'sent_back'
    orders over 100 => * FROM meal_orders WHERE bill_amount > 100
    starters and desserts that took longer than 20 minutes => * FROM meal_orders WHERE course IN ('starter', 'dessert') AND prep_seconds > 1200
    tables of 8 or more guests => * FROM meal_orders WHERE guests >= 8
    no tip => * FROM meal_orders WHERE tip = 0
    vegan mains not for takeaway => * FROM meal_orders WHERE vegan = TRUE AND course = 'main' AND takeaway = FALSE
    orders having an allergy note => * FROM meal_orders WHERE allergy_note IS NOT NULL
    allergy note mentions peanut => * FROM meal_orders WHERE allergy_note LIKE '%peanut%'
    tipped more than a fifth of the bill => * FROM meal_orders WHERE tip > 0.2 * bill_amount
    bills outside 20 to 200 => * FROM meal_orders WHERE bill_amount NOT BETWEEN 20 AND 200
    drinks at table 12 => * FROM meal_orders WHERE course = 'drink' AND table_no = 12
    orders still cooking after 30 min => * FROM meal_orders WHERE order_status = 'cooking' AND prep_seconds > 1800
    [aggregate]
    how long do mains take on average, per dish => dish_name, AVG(prep_seconds) v FROM meal_orders WHERE course = 'main' GROUP BY dish_name
    guests served by each waiter every hour => waiter, SUM(guests) v FROM meal_orders WHERE order_status = 'served' GROUP BY waiter W 1h
    takings per hour => SUM(bill_amount) v FROM meal_orders W 1h
    tips by waiter, daily => waiter, SUM(tip) v FROM meal_orders GROUP BY waiter W 1d
    count of desserts every half hour => COUNT(*) n FROM meal_orders WHERE course = 'dessert' W 30m
    number of distinct dishes ordered per table => table_no, COUNT(DISTINCT dish_name) n FROM meal_orders GROUP BY table_no
    biggest bill and smallest bill per waiter => waiter, MAX(bill_amount) a, MIN(bill_amount) b FROM meal_orders GROUP BY waiter
    p95 of preparation time by course per 15 minutes => course, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY prep_seconds) v FROM meal_orders GROUP BY course W 15m
    what is the average spend per guest by course => course, 1.0 * SUM(bill_amount) / SUM(guests) v FROM meal_orders GROUP BY course
    [ratio]
    percentage of takeaway orders per day => 100.0 * SUM(CASE WHEN takeaway = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM meal_orders W 1d
    send back rate by dish => dish_name, 1.0 * SUM(CASE WHEN order_status = 'sent_back' THEN 1 ELSE 0 END) / COUNT(*) v FROM meal_orders GROUP BY dish_name
    tips as a percentage of the bill by waiter => waiter, 100.0 * SUM(tip) / SUM(bill_amount) v FROM meal_orders GROUP BY waiter
    [topn]
    most ordered dish every hour => dish_name, COUNT(*) n FROM meal_orders GROUP BY dish_name W 1h ORDER BY n DESC LIMIT 1
    bottom 3 waiters by tips per day => waiter, SUM(tip) v FROM meal_orders GROUP BY waiter W 1d ORDER BY v ASC LIMIT 3
    [having]
    waiters who served at least 50 guests in an hour => waiter, SUM(guests) v FROM meal_orders WHERE order_status = 'served' GROUP BY waiter W 1h HAVING SUM(guests) >= 50
    dishes sent back more than twice a day => dish_name, COUNT(*) n FROM meal_orders WHERE order_status = 'sent_back' GROUP BY dish_name W 1d HAVING COUNT(*) > 2
    [rows]
    how did the bill change from the previous order per table => table_no, ordered_at, bill_amount, bill_amount - LAG(bill_amount) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY table_no ORDER BY ordered_at) v FROM meal_orders
    last dish ordered at each table => table_no, LAST_VALUE(dish_name) v FROM meal_orders GROUP BY table_no
    [clarify]
    which dish tastes best => ?
    show me the reservations => ?
    `,
  ),
};
