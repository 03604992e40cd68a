import { casesFrom, schemasFrom } from '../case.ts';

export const shop = {
  name: 'shop',
  schemas: schemasFrom(`
    cart_events: evtId STRING, visitorId STRING, sku STRING, action STRING view|add_to_cart|remove|checkout|purchase, qty INTEGER, unitPriceGbp FLOAT, discountGbp FLOAT, couponCode STRING, pageUrl STRING, referrerHost STRING, deviceKind STRING phone|desktop|tablet, isLoggedIn BOOLEAN, loadTimeMs INTEGER, shippingCountry STRING, occurredOn TIMESTAMP
    table products: sku STRING, title STRING, category STRING, brand STRING, stockLevel INTEGER, discontinued BOOLEAN
  `),
  cases: casesFrom(
    'shop',
    `
    [filter]
    purchases of more than 3 pieces / purchases with a quantity over 3 => * FROM cart_events WHERE action = 'purchase' AND qty > 3
    views that loaded slower than 2 seconds or came from a tablet => * FROM cart_events WHERE action = 'view' AND (loadTimeMs > 2000 OR deviceKind = 'tablet')
    anonymous checkouts (not logged in) => * FROM cart_events WHERE isLoggedIn = FALSE AND action = 'checkout'
    add to cart events on phones => * FROM cart_events WHERE action = 'add_to_cart' AND deviceKind = 'phone'
    events with a coupon code => * FROM cart_events WHERE couponCode IS NOT NULL
    coupon SAVE20 or VIP50 => * FROM cart_events WHERE couponCode IN ('SAVE20', 'VIP50')
    page url contains "sale" => * FROM cart_events WHERE pageUrl LIKE '%sale%'
    discount higher than the unit price => * FROM cart_events WHERE discountGbp > unitPriceGbp
    everything from google.com that isn't a view => * FROM cart_events WHERE referrerHost = 'google.com' AND action != 'view'
    shipping to Ireland or Norway => * FROM cart_events WHERE shippingCountry IN ('Ireland', 'Norway')
    unit price between £10 and £20 => * FROM cart_events WHERE unitPriceGbp BETWEEN 10 AND 20
    neither views nor removes => * FROM cart_events WHERE action NOT IN ('view', 'remove')
    events without a referrer => * FROM cart_events WHERE referrerHost IS NULL
    [aggregate]
    purchases per hour by device => deviceKind, COUNT(*) n FROM cart_events WHERE action = 'purchase' GROUP BY deviceKind W 1h
    visitors per country daily / how many visitors per shipping country per day => shippingCountry, COUNT(DISTINCT visitorId) n FROM cart_events GROUP BY shippingCountry W 1d
    total discount by coupon code => couponCode, SUM(discountGbp) v FROM cart_events GROUP BY couponCode
    average page load time per device every 10 minutes => deviceKind, AVG(loadTimeMs) v FROM cart_events GROUP BY deviceKind W 10m
    units purchased per sku per day => sku, SUM(qty) v FROM cart_events WHERE action = 'purchase' GROUP BY sku W 1d
    revenue (unit price times quantity) per country => shippingCountry, SUM(unitPriceGbp * qty) v FROM cart_events GROUP BY shippingCountry
    p95 load time of views by device => deviceKind, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY loadTimeMs) v FROM cart_events WHERE action = 'view' GROUP BY deviceKind
    number of actions by type each minute => action, COUNT(*) n FROM cart_events GROUP BY action W 1m
    events per visitor session, sessions close after 20 minutes of inactivity => visitorId, COUNT(*) n FROM cart_events GROUP BY visitorId W session 20m
    [ratio]
    purchases divided by views per sku => sku, 1.0 * SUM(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN action = 'view' THEN 1 ELSE 0 END), 0) v FROM cart_events GROUP BY sku
    percentage of events from logged in visitors by device => deviceKind, 100.0 * SUM(CASE WHEN isLoggedIn = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM cart_events GROUP BY deviceKind
    [pivot]
    views, checkouts and purchases by device per hour => deviceKind, SUM(CASE WHEN action = 'view' THEN 1 ELSE 0 END) a, SUM(CASE WHEN action = 'checkout' THEN 1 ELSE 0 END) b, SUM(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) c FROM cart_events GROUP BY deviceKind W 1h
    [join]
    purchases by category per day => p.category, COUNT(*) n FROM cart_events e JOIN products p ON e.sku = p.sku WHERE e.action = 'purchase' GROUP BY p.category W 1d
    views of discontinued products => e.* FROM cart_events e JOIN products p ON e.sku = p.sku WHERE e.action = 'view' AND p.discontinued = TRUE
    total quantity of brand Acme by device => e.deviceKind, SUM(e.qty) v FROM cart_events e JOIN products p ON e.sku = p.sku WHERE p.brand = 'Acme' GROUP BY e.deviceKind
    purchases of products with a stock level below 5 => e.* FROM cart_events e JOIN products p ON e.sku = p.sku WHERE e.action = 'purchase' AND p.stockLevel < 5
    [topn]
    top 10 skus by purchases per day => sku, COUNT(*) n FROM cart_events WHERE action = 'purchase' GROUP BY sku W 1d ORDER BY n DESC LIMIT 10
    the 5 most viewed pages each hour => pageUrl, COUNT(*) n FROM cart_events WHERE action = 'view' GROUP BY pageUrl W 1h ORDER BY n DESC LIMIT 5
    [having]
    visitors with more than 10 views in 5 minutes => visitorId, COUNT(*) n FROM cart_events WHERE action = 'view' GROUP BY visitorId W 5m HAVING COUNT(*) > 10
    devices with an average load time above 3 s => deviceKind, AVG(loadTimeMs) v FROM cart_events GROUP BY deviceKind HAVING AVG(loadTimeMs) > 3000
    [edit]
    ~ deviceKind, COUNT(*) n FROM cart_events GROUP BY deviceKind W 1h
    only purchases => deviceKind, COUNT(*) n FROM cart_events WHERE action = 'purchase' GROUP BY deviceKind W 1h
    per country instead => shippingCountry, COUNT(*) n FROM cart_events GROUP BY shippingCountry W 1h
    without logged in users => deviceKind, COUNT(*) n FROM cart_events WHERE isLoggedIn = FALSE GROUP BY deviceKind W 1h
    [clarify]
    purchases by shoe size of the customer => ?
    insert a purchase for visitor 5 => no
    `,
  ),
};
