import { casesFrom, schemasFrom } from '../case.ts';

export const pumps = {
  name: 'pumps',
  schemas: schemasFrom(`
    pump_sales: sale_id STRING, station STRING, pump_no INTEGER, fuel STRING diesel|petrol|lpg|electric, litres FLOAT, price_per_litre FLOAT, total_eur FLOAT, paid_by STRING cash|card|app, loyalty_id STRING, car_wash BOOLEAN, drive_off BOOLEAN, shop_items INTEGER, cashier STRING, sold_at TIMESTAMP
    table stations: station STRING, brand STRING, county STRING, motorway BOOLEAN, pumps INTEGER
  `),
  cases: casesFrom(
    'pumps',
    `
    [filter]
    diesel sales over 80 litres => * FROM pump_sales WHERE fuel = 'diesel' AND litres > 80
    drive offs at station Eastgate => * FROM pump_sales WHERE drive_off = TRUE AND station = 'Eastgate'
    sales paid by app with a car wash => * FROM pump_sales WHERE paid_by = 'app' AND car_wash = TRUE
    petrol or lpg below 1.50 per litre => * FROM pump_sales WHERE fuel IN ('petrol', 'lpg') AND price_per_litre < 1.5
    sales without a loyalty id and total above 100 euros => * FROM pump_sales WHERE loyalty_id IS NULL AND total_eur > 100
    pump 4 => * FROM pump_sales WHERE pump_no = 4
    not paid in cash => * FROM pump_sales WHERE paid_by != 'cash'
    3 or more shop items => * FROM pump_sales WHERE shop_items >= 3
    electric sales of up to 30 euros => * FROM pump_sales WHERE fuel = 'electric' AND total_eur <= 30
    [aggregate]
    litres sold per station per hour => station, SUM(litres) v FROM pump_sales GROUP BY station W 1h
    turnover by fuel per day => fuel, SUM(total_eur) v FROM pump_sales GROUP BY fuel W 1d
    average price per litre by fuel => fuel, AVG(price_per_litre) v FROM pump_sales GROUP BY fuel
    car washes per station daily => station, COUNT(*) n FROM pump_sales WHERE car_wash = TRUE GROUP BY station W 1d
    how many drive offs did each station have per week => station, COUNT(*) n FROM pump_sales WHERE drive_off = TRUE GROUP BY station W 7d
    biggest sale per cashier => cashier, MAX(total_eur) v FROM pump_sales GROUP BY cashier
    unique loyalty ids per station per day => station, COUNT(DISTINCT loyalty_id) n FROM pump_sales GROUP BY station W 1d
    sales by hour of day => EXTRACT(HOUR FROM sold_at) h, COUNT(*) n FROM pump_sales GROUP BY EXTRACT(HOUR FROM sold_at)
    latest diesel price at every station => station, LAST_VALUE(price_per_litre) v FROM pump_sales WHERE fuel = 'diesel' GROUP BY station
    [ratio]
    share of sales paid by card per station => station, 1.0 * SUM(CASE WHEN paid_by = 'card' THEN 1 ELSE 0 END) / COUNT(*) v FROM pump_sales GROUP BY station
    drive off percentage by station each week => station, 100.0 * SUM(CASE WHEN drive_off = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM pump_sales GROUP BY station W 7d
    shop items per sale by cashier => cashier, 1.0 * SUM(shop_items) / COUNT(*) v FROM pump_sales GROUP BY cashier
    [join]
    litres by brand per day => t.brand, SUM(s.litres) v FROM pump_sales s JOIN stations t ON s.station = t.station GROUP BY t.brand W 1d
    drive offs at motorway stations => s.* FROM pump_sales s JOIN stations t ON s.station = t.station WHERE s.drive_off = TRUE AND t.motorway = TRUE
    average total of diesel sales by county => t.county, AVG(s.total_eur) v FROM pump_sales s JOIN stations t ON s.station = t.station WHERE s.fuel = 'diesel' GROUP BY t.county
    [topn]
    3 stations selling the most litres per hour => station, SUM(litres) v FROM pump_sales GROUP BY station W 1h ORDER BY v DESC LIMIT 3
    least popular fuel per day => fuel, COUNT(*) n FROM pump_sales GROUP BY fuel W 1d ORDER BY n ASC LIMIT 1
    [having]
    stations selling less than 500 litres an hour => station, SUM(litres) v FROM pump_sales GROUP BY station W 1h HAVING SUM(litres) < 500
    cashiers with more than 2 drive offs in a day => cashier, COUNT(*) n FROM pump_sales WHERE drive_off = TRUE GROUP BY cashier W 1d HAVING COUNT(*) > 2
    [clarify]
    sales by driver height => ?
    is diesel too cheap => ?
    `,
  ),
};
