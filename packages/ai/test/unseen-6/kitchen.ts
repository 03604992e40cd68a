import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Served dishes and fridge probes of a restaurant; asked by its chatty manager. */
export const kitchen = {
  name: 'kitchen',
  schemas: schemasFrom(`
    served_dishes: ticket INTEGER, dish STRING, station STRING grill|fryer|pastry|cold, qty INTEGER, price FLOAT, prep_s INTEGER, takeaway BOOLEAN, sent_back BOOLEAN, waiter STRING, served_at TIMESTAMP
    fridge_probes: fridge STRING, temp_c FLOAT, door_open BOOLEAN, humidity_pct FLOAT, compressor STRING off|low|high, measured_at TIMESTAMP
    table waiters: waiter STRING, full_name STRING, section STRING terrace|hall|lounge, trainee BOOLEAN, shift STRING early|late, hourly_wage FLOAT
  `),
  cases: casesFrom(
    'kitchen',
    `
    [filter]
    Hi there, could you show me every dish that guests sent back and that took longer than 900 seconds to prepare? => * FROM served_dishes WHERE sent_back = TRUE AND prep_s > 900
    I'd love to see just the takeaway things coming from the grill or the fryer, please => * FROM served_dishes WHERE takeaway = TRUE AND station IN ('grill', 'fryer')
    Chef keeps talking about the tiramisu, so please give me all tiramisu that were not sent back => * FROM served_dishes WHERE dish = 'tiramisu' AND sent_back = FALSE
    For the accountant: ticket, dish and price of anything that costs 40 or more => ticket, dish, price FROM served_dishes WHERE price >= 40
    Any fridge whose compressor runs on high while it is already colder than 1 degree, show me those readings please => * FROM fridge_probes WHERE compressor = 'high' AND temp_c < 1
    [aggregate]
    Can you tell me how many dishes each station has served, hour by hour? I mean the quantities added together => station, SUM(qty) v FROM served_dishes GROUP BY station W 1h
    I was wondering about the average preparation time at every station in 30 minute steps => station, AVG(prep_s) v FROM served_dishes GROUP BY station W 30m
    Just so I know, what's the warmest and the coldest each fridge got per day? => fridge, MAX(temp_c) a, MIN(temp_c) b FROM fridge_probes GROUP BY fridge W 1d
    It would be nice to see how many different tickets every waiter handled each day => waiter, COUNT(DISTINCT ticket) n FROM served_dishes GROUP BY waiter W 1d
    And our daily revenue please, that's price times quantity, for takeaway only => SUM(price * qty) v FROM served_dishes WHERE takeaway = TRUE W 1d
    [ratio]
    What fraction of what we serve gets sent back, station by station, every day? => station, 1.0 * SUM(CASE WHEN sent_back = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM served_dishes GROUP BY station W 1d
    I'd like the percentage of probe readings with an open door for each fridge per hour, thanks! => fridge, 100.0 * SUM(CASE WHEN door_open = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM fridge_probes GROUP BY fridge W 1h
    [join]
    Could we look at the number of sent back dishes by section, per day? => w.section, COUNT(*) n FROM served_dishes d JOIN waiters w ON d.waiter = w.waiter WHERE d.sent_back = TRUE GROUP BY w.section W 1d
    Show me everything our trainees served that cost more than 25, if you'd be so kind => d.* FROM served_dishes d JOIN waiters w ON d.waiter = w.waiter WHERE w.trainee = TRUE AND d.price > 25
    [having]
    Which dishes got sent back more than 5 times in one day? That would really bother me => dish, COUNT(*) n FROM served_dishes WHERE sent_back = TRUE GROUP BY dish W 1d HAVING COUNT(*) > 5
    Only the fridges please whose average temperature is above 5 over 10 minutes => fridge, AVG(temp_c) v FROM fridge_probes GROUP BY fridge W 10m HAVING AVG(temp_c) > 5
    [topn]
    What are our ten best sellers by quantity each day? => dish, SUM(qty) v FROM served_dishes GROUP BY dish W 1d ORDER BY v DESC LIMIT 10
    And the three slowest dishes on average, over everything we have => dish, AVG(prep_s) v FROM served_dishes GROUP BY dish ORDER BY v DESC LIMIT 3
    [rows]
    For every fridge I'd like the temperature averaged over its last 6 readings, so it doesn't jump around so much => fridge, AVG(temp_c) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY fridge ORDER BY measured_at) v FROM fridge_probes
    [alert]
    Please give me a shout when the average temperature of a fridge goes over 8 degrees in 5 minutes => fridge, AVG(temp_c) v FROM fridge_probes GROUP BY fridge W 5m
    [edit]
    ~ SELECT station, AVG(prep_s) AS prep FROM served_dishes GROUP BY station WINDOW TUMBLING(30m) EMIT CHANGES
    Lovely, but could you leave the takeaway out? => station, AVG(prep_s) prep FROM served_dishes WHERE takeaway = FALSE GROUP BY station W 30m
    Hmm, I'd rather see it per day => station, AVG(prep_s) prep FROM served_dishes GROUP BY station W 1d
    Could I have the longest instead of the average, please? => station, MAX(prep_s) prep FROM served_dishes GROUP BY station W 30m
    [behaviour]
    Do you think we should fire the slowest waiter? => no
    How much did guests tip, per waiter? => ?
    Show me the dishes that are too expensive => ?
    `,
  ),
};
