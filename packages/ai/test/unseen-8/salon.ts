import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Appointments and product sales of hairdressers; asked by a chatty manager. */
export const salon = {
  name: 'salon',
  schemas: schemasFrom(`
    appointments: booking_id STRING, stylist_id STRING, service STRING cut|colour|perm|beard|styling, client STRING, price FLOAT, duration_min INTEGER, walk_in BOOLEAN, status STRING booked|arrived|done|no_show|cancelled, starts_at TIMESTAMP
    product_sales: sale_id STRING, stylist_id STRING, brand STRING, units INTEGER, total FLOAT, paid_by STRING cash|card|voucher, discounted BOOLEAN, sold_at TIMESTAMP
    table stylists: stylist_id STRING, full_name STRING, level STRING junior|senior|master, chair INTEGER, branch STRING, apprentice BOOLEAN
  `),
  cases: casesFrom(
    'salon',
    `
    [filter]
    Hi, could you please show me all the no-shows for colour appointments? => * FROM appointments WHERE status = 'no_show' AND service = 'colour'
    I'd love to see the walk-ins that took longer than 90 minutes => * FROM appointments WHERE walk_in = TRUE AND duration_min > 90
    Can you pull up the product sales paid with a voucher where the total came to at least 40? => * FROM product_sales WHERE paid_by = 'voucher' AND total >= 40
    Let me have a look at the perms and colours that cost less than 60, thanks! => * FROM appointments WHERE service IN ('perm', 'colour') AND price < 60
    For a chat with our supplier I need the discounted sales of the brand Kerastase => * FROM product_sales WHERE discounted = TRUE AND brand = 'Kerastase'
    Please list every sale that wasn't paid by card and had more than 3 units in it => * FROM product_sales WHERE paid_by <> 'card' AND units > 3
    [aggregate]
    How much do our product sales bring in per payment method each day? => paid_by, SUM(total) v FROM product_sales GROUP BY paid_by W 1d
    I was wondering how many appointments each stylist has had so far => stylist_id, COUNT(*) n FROM appointments GROUP BY stylist_id
    Could you tell me the average price for each service, hour by hour? => service, AVG(price) v FROM appointments GROUP BY service W 1h
    It would be nice to know how many different clients each stylist has per day => stylist_id, COUNT(DISTINCT client) n FROM appointments GROUP BY stylist_id W 1d
    And what's the biggest sale total we ever had for each brand? => brand, MAX(total) v FROM product_sales GROUP BY brand
    [ratio]
    What share of our appointments ends up as a no-show, for each service, per week? => service, 1.0 * SUM(CASE WHEN status = 'no_show' THEN 1 ELSE 0 END) / COUNT(*) v FROM appointments GROUP BY service W 7d
    Among the product sales, what percentage is discounted, brand by brand? => brand, 100.0 * SUM(CASE WHEN discounted = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM product_sales GROUP BY brand
    [join]
    I'd like the appointment prices added up per branch, day by day => s.branch, SUM(a.price) v FROM appointments a JOIN stylists s ON a.stylist_id = s.stylist_id GROUP BY s.branch W 1d
    Show me the appointments of our apprentices that cost more than 100, would you? => a.* FROM appointments a JOIN stylists s ON a.stylist_id = s.stylist_id WHERE s.apprentice = TRUE AND a.price > 100
    [having]
    Which stylists had more than 4 cancelled appointments in a single day? => stylist_id, COUNT(*) n FROM appointments WHERE status = 'cancelled' GROUP BY stylist_id W 1d HAVING COUNT(*) > 4
    I want to know which brands sell fewer than 10 units a day => brand, SUM(units) v FROM product_sales GROUP BY brand W 1d HAVING SUM(units) < 10
    [topn]
    Who are our 3 busiest stylists every day, going by the number of appointments? => stylist_id, COUNT(*) v FROM appointments GROUP BY stylist_id W 1d ORDER BY v DESC LIMIT 3
    Our 5 best brands by units sold, please => brand, SUM(units) v FROM product_sales GROUP BY brand W 5m ORDER BY v DESC LIMIT 5
    [rows]
    Please give me, for each stylist, the average price over the latest 6 appointments as they come in => stylist_id, AVG(price) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY stylist_id ORDER BY starts_at) v FROM appointments
    [alert]
    Please let me know when a stylist gets more than 2 no-shows within an hour => stylist_id, COUNT(*) n FROM appointments WHERE status = 'no_show' GROUP BY stylist_id W 1h
    [edit]
    ~ SELECT service, COUNT(*) AS bookings FROM appointments GROUP BY service WINDOW TUMBLING(1h) EMIT CHANGES
    Lovely, but leave out the walk-ins please => service, COUNT(*) bookings FROM appointments WHERE walk_in = FALSE GROUP BY service W 1h
    Could we have that broken down by stylist too? => service, stylist_id, COUNT(*) bookings FROM appointments GROUP BY service, stylist_id W 1h
    Actually, just show me the services with more than 10 bookings => service, COUNT(*) bookings FROM appointments GROUP BY service W 1h HAVING COUNT(*) > 10
    [behaviour]
    Could you show me the long appointments? => ?
    Do you think I should give Maria a raise? => no
    `,
  ),
};
