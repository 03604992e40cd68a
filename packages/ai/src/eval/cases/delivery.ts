import { casesFrom, schemasFrom } from '../case.ts';

export const delivery = {
  name: 'delivery',
  schemas: schemasFrom(`
    food_orders: orderRef STRING, restaurantId STRING, courierId STRING, cityZone STRING, basketTotal DECIMAL(10,2), deliveryFee DECIMAL(8,2), tip DECIMAL(8,2), itemsCount INTEGER, prepMinutes INTEGER, deliveryMinutes INTEGER, distanceKm FLOAT, payMethod STRING card|cash|voucher, orderState STRING placed|cooking|picked_up|delivered|cancelled, isFirstOrder BOOLEAN, promoCode STRING, starRating INTEGER, orderedAt TIMESTAMP
    table restaurants: restaurantId STRING, restaurantName STRING, cuisine STRING, priceBand STRING cheap|medium|fancy, isPartner BOOLEAN
  `),
  cases: casesFrom(
    'delivery',
    `
    [filter]
    cancelled orders with a basket above 50 euros => * FROM food_orders WHERE orderState = 'cancelled' AND basketTotal > 50
    orders delivered in under 20 min => * FROM food_orders WHERE orderState = 'delivered' AND deliveryMinutes < 20
    either paid in cash or with a voucher => * FROM food_orders WHERE payMethod IN ('cash', 'voucher')
    first-time orders using a promo code => * FROM food_orders WHERE isFirstOrder = TRUE AND promoCode IS NOT NULL
    one or two star orders / orders rated 2 stars or less => * FROM food_orders WHERE starRating <= 2
    orders w/ no tip / tip of zero => * FROM food_orders WHERE tip = 0
    more than 8 km away or over an hour delivery time => * FROM food_orders WHERE distanceKm > 8 OR deliveryMinutes > 60
    still cooking after 45 minutes of prep => * FROM food_orders WHERE orderState = 'cooking' AND prepMinutes > 45
    tip is higher than the delivery fee => * FROM food_orders WHERE tip > deliveryFee
    promo code WELCOME10 => * FROM food_orders WHERE promoCode = 'WELCOME10'
    orders from zone Z4 excluding cancelled ones => * FROM food_orders WHERE cityZone = 'Z4' AND orderState != 'cancelled'
    orders of 5 to 10 items => * FROM food_orders WHERE itemsCount BETWEEN 5 AND 10
    repeat orders, so not the first one => * FROM food_orders WHERE isFirstOrder = FALSE
    which orders were not rated => * FROM food_orders WHERE starRating IS NULL
    [aggregate]
    revenue per zone every hour (basket totals) => cityZone, SUM(basketTotal) v FROM food_orders GROUP BY cityZone W 1h
    avg delivery time per courier per day => courierId, AVG(deliveryMinutes) v FROM food_orders GROUP BY courierId W 1d
    orders per restaurant in 15-minute slots => restaurantId, COUNT(*) n FROM food_orders GROUP BY restaurantId W 15m
    how much did couriers get in tips today, per courier per day => courierId, SUM(tip) v FROM food_orders GROUP BY courierId W 1d
    average basket by payment method => payMethod, AVG(basketTotal) v FROM food_orders GROUP BY payMethod
    average rating per restaurant => restaurantId, AVG(starRating) v FROM food_orders GROUP BY restaurantId
    number of couriers active in each zone per hour => cityZone, COUNT(DISTINCT courierId) n FROM food_orders GROUP BY cityZone W 1h
    total of fees and tips by zone => cityZone, SUM(deliveryFee + tip) v FROM food_orders GROUP BY cityZone
    cancelled orders per zone daily => cityZone, COUNT(*) n FROM food_orders WHERE orderState = 'cancelled' GROUP BY cityZone W 1d
    km driven by every courier per day => courierId, SUM(distanceKm) v FROM food_orders GROUP BY courierId W 1d
    largest basket of each restaurant per day => restaurantId, MAX(basketTotal) v FROM food_orders GROUP BY restaurantId W 1d
    [ratio]
    cancellation rate by restaurant => restaurantId, 1.0 * SUM(CASE WHEN orderState = 'cancelled' THEN 1 ELSE 0 END) / COUNT(*) v FROM food_orders GROUP BY restaurantId
    % of orders with promo code per zone => cityZone, 100.0 * SUM(CASE WHEN promoCode IS NOT NULL THEN 1 ELSE 0 END) / COUNT(*) v FROM food_orders GROUP BY cityZone
    tips as a percentage of basket total by payment method => payMethod, 100.0 * SUM(tip) / NULLIF(SUM(basketTotal), 0) v FROM food_orders GROUP BY payMethod
    orders per courier by zone each hour => cityZone, 1.0 * COUNT(*) / COUNT(DISTINCT courierId) v FROM food_orders GROUP BY cityZone W 1h
    [join]
    orders by cuisine per hour => r.cuisine, COUNT(*) n FROM food_orders o JOIN restaurants r ON o.restaurantId = r.restaurantId GROUP BY r.cuisine W 1h
    average prep time of fancy restaurants => AVG(o.prepMinutes) v FROM food_orders o JOIN restaurants r ON o.restaurantId = r.restaurantId WHERE r.priceBand = 'fancy'
    sushi orders over 40 euros => o.* FROM food_orders o JOIN restaurants r ON o.restaurantId = r.restaurantId WHERE r.cuisine = 'sushi' AND o.basketTotal > 40
    basket total by price band and zone daily => r.priceBand, o.cityZone, SUM(o.basketTotal) v FROM food_orders o JOIN restaurants r ON o.restaurantId = r.restaurantId GROUP BY r.priceBand, o.cityZone W 1d
    [topn]
    top 3 restaurants by revenue per day => restaurantId, SUM(basketTotal) v FROM food_orders GROUP BY restaurantId W 1d ORDER BY v DESC LIMIT 3
    5 couriers with the most deliveries per hour => courierId, COUNT(*) n FROM food_orders WHERE orderState = 'delivered' GROUP BY courierId W 1h ORDER BY n DESC LIMIT 5
    [having]
    couriers with more than 4 orders in 30 minutes => courierId, COUNT(*) n FROM food_orders GROUP BY courierId W 30m HAVING COUNT(*) > 4
    restaurants whose average prep time is above 25 minutes => restaurantId, AVG(prepMinutes) v FROM food_orders GROUP BY restaurantId HAVING AVG(prepMinutes) > 25
    zones that made less than 200 in a day => cityZone, SUM(basketTotal) v FROM food_orders GROUP BY cityZone W 1d HAVING SUM(basketTotal) < 200
    [edit]
    ~ cityZone, COUNT(*) orders FROM food_orders GROUP BY cityZone W 1h
    drop the cancelled ones => cityZone, COUNT(*) orders FROM food_orders WHERE orderState != 'cancelled' GROUP BY cityZone W 1h
    show the average basket too => cityZone, COUNT(*) orders, AVG(basketTotal) v FROM food_orders GROUP BY cityZone W 1h
    top 3 only => cityZone, COUNT(*) orders FROM food_orders GROUP BY cityZone W 1h ORDER BY orders DESC LIMIT 3
    [clarify]
    show me the best => ?
    translate "bon appetit" to German => no
    `,
  ),
};
