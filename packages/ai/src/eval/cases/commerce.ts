import { casesFrom, schemasFrom } from '../case.ts';

export const commerce = {
  name: 'commerce',
  schemas: schemasFrom(`
    orders: order_id STRING, customer_id STRING, product_id STRING, amount FLOAT, quantity INTEGER, status STRING placed|paid|shipped|refunded|cancelled, country STRING, coupon_code STRING, created_at TIMESTAMP
    table customers: customer_id STRING, name STRING, tier STRING gold|silver|bronze, email STRING, city STRING
    table products: product_id STRING, title STRING, category STRING electronics|toys|books|garden, price FLOAT
  `),
  cases: casesFrom(
    'commerce',
    `
    [aggregate]
    total order amount by country every 10 minutes / sum up what we sold per country in 10 minute buckets / sales per country, 10-minute windows => country, SUM(amount) v FROM orders GROUP BY country W 10m
    how many orders per minute / order count every minute / number of orders each minute / orders per min => COUNT(*) n FROM orders W 1m
    average order value per country hourly / what's the mean amount of an order by country for each hour / avg amount by country per hour => country, AVG(amount) v FROM orders GROUP BY country W 1h
    largest order amount per customer / max amount for each customer / what is the biggest amount by customer => customer_id, MAX(amount) v FROM orders GROUP BY customer_id
    units sold per product per day / total quantity by product daily => product_id, SUM(quantity) v FROM orders GROUP BY product_id W 1d
    count orders by status / how many orders are there per status / number of orders for each status => status, COUNT(*) n FROM orders GROUP BY status
    min, max and average amount by country / average, minimum and maximum amount per country => country, MIN(amount) a, MAX(amount) b, AVG(amount) c FROM orders GROUP BY country
    total revenue / what is our total revenue => SUM(amount) v FROM orders
    median order amount every half hour / median amount in 30 minute windows => MEDIAN(amount) v FROM orders W 30m
    how many distinct customers ordered each hour / unique customers per hour / count of different customers every hour => COUNT(DISTINCT customer_id) n FROM orders W 1h
    [filter]
    orders over $250 / show me orders above 250 dollars / orders worth more than $250 => * FROM orders WHERE amount > 250
    refunded orders / show all orders that were refunded / list the refunded orders => * FROM orders WHERE status = 'refunded'
    cancelled orders in Germany / orders from Germany that were cancelled => * FROM orders WHERE status = 'cancelled' AND country = 'Germany'
    orders with at least 5 units / orders with quantity of 5 or more => * FROM orders WHERE quantity >= 5
    orders without a coupon / orders with no coupon code => * FROM orders WHERE coupon_code IS NULL
    orders between 50 and 100 dollars / orders with an amount between 50 and 100 => * FROM orders WHERE amount BETWEEN 50 AND 100
    orders that are not cancelled or refunded / all orders except cancelled and refunded ones => * FROM orders WHERE status NOT IN ('cancelled', 'refunded')
    orders with a coupon starting with SUMMER / orders whose coupon code begins with 'SUMMER' => * FROM orders WHERE coupon_code LIKE 'SUMMER%'
    how many orders were refunded per country each day / refunded order count by country per day => country, COUNT(*) n FROM orders WHERE status = 'refunded' GROUP BY country W 1d
    [having]
    customers with more than 3 orders in an hour / which customers placed over 3 orders within an hour => customer_id, COUNT(*) n FROM orders GROUP BY customer_id W 1h HAVING COUNT(*) > 3
    customers who spent more than 1000 per day / customers spending over $1000 a day => customer_id, SUM(amount) v FROM orders GROUP BY customer_id W 1d HAVING SUM(amount) > 1000
    countries where the average order amount is below 40 => country, AVG(amount) v FROM orders GROUP BY country HAVING AVG(amount) < 40
    [topn]
    top 5 products by revenue each hour / the 5 best products by amount per hour => product_id, SUM(amount) v FROM orders GROUP BY product_id W 1h ORDER BY v DESC LIMIT 5
    top 3 customers by spend / which 3 customers spent the most => customer_id, SUM(amount) v FROM orders GROUP BY customer_id W 5m ORDER BY v DESC LIMIT 3
    10 most ordered products every day / top 10 products by number of orders per day => product_id, COUNT(*) n FROM orders GROUP BY product_id W 1d ORDER BY n DESC LIMIT 10
    [join]
    average order amount by customer tier / avg amount per tier of the customer => c.tier, AVG(o.amount) v FROM orders o JOIN customers c ON o.customer_id = c.customer_id GROUP BY c.tier
    revenue per product category every hour / total amount by category hourly => p.category, SUM(o.amount) v FROM orders o JOIN products p ON o.product_id = p.product_id GROUP BY p.category W 1h
    number of orders from gold customers per minute / how many orders do gold customers place each minute => COUNT(*) n FROM orders o JOIN customers c ON o.customer_id = c.customer_id WHERE c.tier = 'gold' W 1m
    order count by city / orders per city => c.city, COUNT(*) n FROM orders o JOIN customers c ON o.customer_id = c.customer_id GROUP BY c.city
    units of toys sold per country / quantity by country for the toys category => o.country, SUM(o.quantity) v FROM orders o JOIN products p ON o.product_id = p.product_id WHERE p.category = 'toys' GROUP BY o.country
    [ratio]
    refund rate by country / share of orders that are refunded per country / what fraction of orders get refunded in each country => country, 1.0 * SUM(CASE WHEN status = 'refunded' THEN 1 ELSE 0 END) / COUNT(*) v FROM orders GROUP BY country
    percentage of cancelled orders per hour / what percent of orders are cancelled every hour => 100.0 * SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) / COUNT(*) v FROM orders W 1h
    ratio of refunded to paid orders by country => country, 1.0 * SUM(CASE WHEN status = 'refunded' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN status = 'paid' THEN 1 ELSE 0 END), 0) v FROM orders GROUP BY country
    average number of orders per customer per country => country, 1.0 * COUNT(*) / COUNT(DISTINCT customer_id) v FROM orders GROUP BY country
    [alert]
    alert me when revenue per country drops below 100 in 10 minutes / notify us if total amount by country falls under 100 over 10 minutes => country, SUM(amount) v FROM orders GROUP BY country W 10m
    [edit]
    ~ SELECT country, SUM(amount) AS total_amount FROM orders GROUP BY country WINDOW TUMBLING(5m) EMIT CHANGES
    also by status / break it down by status too => country, status, SUM(amount) v FROM orders GROUP BY country, status W 5m
    make it hourly / change the window to 1 hour => country, SUM(amount) v FROM orders GROUP BY country W 1h
    only paid orders / just for paid ones => country, SUM(amount) v FROM orders WHERE status = 'paid' GROUP BY country W 5m
    add the number of orders / include the order count as well => country, SUM(amount) v, COUNT(*) n FROM orders GROUP BY country W 5m
    group by product instead => product_id, SUM(amount) v FROM orders GROUP BY product_id W 5m
    [behaviour]
    delete all cancelled orders / drop the orders table => no
    orders by colour / revenue per warehouse => ?
    show me the numbers / what's going on => ?
    alert me when it gets too high => ?
    tell me a joke => no
    `,
  ),
};
