import { casesFrom, schemasFrom } from '../case.ts';

/** Screens, snacks and seats of cinemas; asked by a cinema manager, a distributor and a student worker. */
export const cinemas = {
  name: 'cinemas',
  schemas: schemasFrom(`
    admissions: house STRING, film STRING, seat_class STRING stalls|balcony|lounge, price_usd FLOAT, booked_by STRING app|counter|kiosk, is_3d BOOLEAN, no_show BOOLEAN, promo_code STRING, entered_at TIMESTAMP
    snack_bar: house STRING, item STRING popcorn|nachos|soda|beer, qty INTEGER, spend_usd FLOAT, queue_sec INTEGER, upsold BOOLEAN, cashier STRING, bought_at TIMESTAMP
    table films: film STRING, distributor STRING, genre STRING comedy|drama|horror, runtime_min INTEGER, age_limit INTEGER
  `),
  cases: casesFrom(
    'cinemas',
    `
    [filter]
    3d tickets sold for 18 dollars or more => * FROM admissions WHERE is_3d = TRUE AND price_usd >= 18
    lounge or balcony seats that stayed empty (no show) => * FROM admissions WHERE seat_class IN ('lounge', 'balcony') AND no_show = TRUE
    customers who queued longer than three minutes for popcorn => * FROM snack_bar WHERE queue_sec > 180 AND item = 'popcorn'
    tickets with a promo code that were not booked by app => * FROM admissions WHERE promo_code IS NOT NULL AND booked_by != 'app'
    snack sales of over $25 by cashier Milo => * FROM snack_bar WHERE spend_usd > 25 AND cashier = 'Milo'
    film title contains "Moon" => * FROM admissions WHERE film LIKE '%Moon%'
    house Rex, everything sold at the snack bar but beer => * FROM snack_bar WHERE house = 'Rex' AND item != 'beer'
    [aggregate]
    tickets per film per day => film, COUNT(*) n FROM admissions GROUP BY film W 1d
    box office: ticket revenue by house, daily => house, SUM(price_usd) v FROM admissions GROUP BY house W 1d
    how long do people queue at the snack bar on average, per house and half hour => house, AVG(queue_sec) v FROM snack_bar GROUP BY house W 30m
    portions (qty) sold of each item, in 6-hour blocks => item, SUM(qty) v FROM snack_bar GROUP BY item W 6h
    number of different films shown in every house per week => house, COUNT(DISTINCT film) n FROM admissions GROUP BY house W 7d
    priciest ticket of each seat class => seat_class, MAX(price_usd) v FROM admissions GROUP BY seat_class
    average snack spend by house => house, AVG(spend_usd) v FROM snack_bar GROUP BY house
    [ratio]
    no-show rate per film => film, 1.0 * SUM(CASE WHEN no_show = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM admissions GROUP BY film
    what percentage of snack purchases was upsold, by cashier and day => cashier, 100.0 * SUM(CASE WHEN upsold = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM snack_bar GROUP BY cashier W 1d
    dollars spent per portion, per item: total spend over total quantity => item, 1.0 * SUM(spend_usd) / SUM(qty) v FROM snack_bar GROUP BY item
    kiosk bookings as % of all bookings, weekly => 100.0 * SUM(CASE WHEN booked_by = 'kiosk' THEN 1 ELSE 0 END) / COUNT(*) v FROM admissions W 7d
    [join]
    revenue per distributor each week => f.distributor, SUM(a.price_usd) v FROM admissions a JOIN films f ON a.film = f.film GROUP BY f.distributor W 7d
    tickets for horror films, by house and day => a.house, COUNT(*) n FROM admissions a JOIN films f ON a.film = f.film WHERE f.genre = 'horror' GROUP BY a.house W 1d
    no-shows of films running longer than 150 minutes => a.* FROM admissions a JOIN films f ON a.film = f.film WHERE a.no_show = TRUE AND f.runtime_min > 150
    [having]
    films that sold no more than 30 tickets in a day => film, COUNT(*) n FROM admissions GROUP BY film W 1d HAVING COUNT(*) <= 30
    cashiers who took in at least 800 dollars per day => cashier, SUM(spend_usd) v FROM snack_bar GROUP BY cashier W 1d HAVING SUM(spend_usd) >= 800
    houses with queues averaging more than 4 minutes within an hour => house, AVG(queue_sec) v FROM snack_bar GROUP BY house W 1h HAVING AVG(queue_sec) > 240
    [topn]
    top 5 films by revenue for each week => film, SUM(price_usd) v FROM admissions GROUP BY film W 7d ORDER BY v DESC LIMIT 5
    the house that sold the fewest tickets, day by day => house, COUNT(*) n FROM admissions GROUP BY house W 1d ORDER BY n ASC LIMIT 1
    [pivot]
    app, counter and kiosk bookings per house side by side, daily => house, SUM(CASE WHEN booked_by = 'app' THEN 1 ELSE 0 END) a, SUM(CASE WHEN booked_by = 'counter' THEN 1 ELSE 0 END) b, SUM(CASE WHEN booked_by = 'kiosk' THEN 1 ELSE 0 END) c FROM admissions GROUP BY house W 1d
    [rows]
    difference in queue seconds between each sale and the one before it at the same house => house, queue_sec - LAG(queue_sec) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY house ORDER BY bought_at) v FROM snack_bar
    [sliding]
    tickets in the last two hours by house, updated every 15 minutes => house, COUNT(*) n FROM admissions GROUP BY house W 2h/15m
    [alert]
    message the manager if more than 50 people fail to show up for a film within a day => film, COUNT(*) n FROM admissions WHERE no_show = TRUE GROUP BY film W 1d
    [edit]
    ~ SELECT film, COUNT(*) AS tickets FROM admissions GROUP BY film WINDOW TUMBLING(1d) EMIT CHANGES
    3d screenings only => film, COUNT(*) tickets FROM admissions WHERE is_3d = TRUE GROUP BY film W 1d
    also break it down by seat class => film, seat_class, COUNT(*) tickets FROM admissions GROUP BY film, seat_class W 1d
    and what they earned => film, COUNT(*) tickets, SUM(price_usd) v FROM admissions GROUP BY film W 1d
    throw out the no-shows => film, COUNT(*) tickets FROM admissions WHERE no_show = FALSE GROUP BY film W 1d
    only films with 100 tickets or more => film, COUNT(*) tickets FROM admissions GROUP BY film W 1d HAVING COUNT(*) >= 100
    [clarify]
    which film should we show next week => ?
    tickets by haircut of the customer => ?
    book two seats for me tonight => no
    `,
  ),
};
