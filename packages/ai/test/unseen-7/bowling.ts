import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Lanes and the bar of a bowling alley; asked by its chatty manager. */
export const bowling = {
  name: 'bowling',
  schemas: schemasFrom(`
    frames_played: lane STRING, player STRING, party STRING, pins INTEGER, result STRING strike|spare|open, ball_kg FLOAT, speed_kmh FLOAT, league BOOLEAN, bumpers BOOLEAN, rolled_at TIMESTAMP
    bar_orders: order_id STRING, lane STRING, item STRING, category STRING beer|soft|food|cocktail, price FLOAT, tip FLOAT, wait_min FLOAT, sent_back BOOLEAN, ordered_at TIMESTAMP
    table lanes: lane STRING, zone STRING, oil_pattern STRING, vip BOOLEAN, hourly_rate FLOAT
  `),
  cases: casesFrom(
    'bowling',
    `
    [filter]
    Hi there! Could you pull up all the strikes that were bowled faster than 30 km/h for me? => * FROM frames_played WHERE result = 'strike' AND speed_kmh > 30
    I'd love to see which food orders had people waiting longer than 25 minutes, that's just embarrassing => * FROM bar_orders WHERE category = 'food' AND wait_min > 25
    So a guest on lane L14 complained, just give me whatever was ordered there and sent back please => * FROM bar_orders WHERE lane = 'L14' AND sent_back = TRUE
    Show me the frames where somebody used the bumpers in a league game, which is of course totally against the rules! => * FROM frames_played WHERE bumpers = TRUE AND league = TRUE
    Can I have the beers and cocktails with no tip at all, the tip being zero I mean => * FROM bar_orders WHERE category IN ('beer', 'cocktail') AND tip = 0
    Just the player, the lane and the pins, please, for balls heavier than 7 kilos => player, lane, pins FROM frames_played WHERE ball_kg > 7
    [aggregate]
    What I'm really after is how much money the bar makes each hour, so the sum of the prices => SUM(price) v FROM bar_orders W 1h
    My owner always wants to know how many orders we get per category per day => category, COUNT(*) n FROM bar_orders GROUP BY category W 1d
    Tell me the average waiting time and the longest one for every lane, half hour by half hour => lane, AVG(wait_min) a, MAX(wait_min) b FROM bar_orders GROUP BY lane W 30m
    For fun, let's put up a board with the fastest ball of every player so far! => player, MAX(speed_kmh) v FROM frames_played GROUP BY player
    I wonder how many different players we have on each lane in an hour, updated every ten minutes => lane, COUNT(DISTINCT player) n FROM frames_played GROUP BY lane W 1h/10m
    [ratio]
    Okay so what share of the frames ends up as a strike, for each player? => player, 1.0 * SUM(CASE WHEN result = 'strike' THEN 1 ELSE 0 END) / COUNT(*) v FROM frames_played GROUP BY player
    I keep telling my team that tips matter, so please show me the tips divided by the prices, in total, for each category and day => category, 1.0 * SUM(tip) / SUM(price) v FROM bar_orders GROUP BY category W 1d
    [join]
    It would be great to see the bar takings (prices added up) by zone, hour by hour => l.zone, SUM(o.price) v FROM bar_orders o JOIN lanes l ON o.lane = l.lane GROUP BY l.zone W 1h
    Please find me the orders from the VIP lanes that took more than 15 minutes, those folks pay good money => o.* FROM bar_orders o JOIN lanes l ON o.lane = l.lane WHERE l.vip = TRUE AND o.wait_min > 15
    [having]
    Which parties rolled more than 10 strikes in an hour? I want to send them a round of shots => party, COUNT(*) n FROM frames_played WHERE result = 'strike' GROUP BY party W 1h HAVING COUNT(*) > 10
    Let me know the lanes that spend at least 60 on the bar within two hours, they deserve a thank you => lane, SUM(price) v FROM bar_orders GROUP BY lane W 2h HAVING SUM(price) >= 60
    [topn]
    Could you give me our five best selling items every day, by number of orders => item, COUNT(*) n FROM bar_orders GROUP BY item W 1d ORDER BY n DESC LIMIT 5
    And who are the three players with the most pins each hour? => player, SUM(pins) v FROM frames_played GROUP BY player W 1h ORDER BY v DESC LIMIT 3
    [edit]
    ~ SELECT lane, SUM(price) AS takings FROM bar_orders GROUP BY lane WINDOW TUMBLING(1h) EMIT CHANGES
    Lovely, but could we leave out whatever was sent back? => lane, SUM(price) takings FROM bar_orders WHERE sent_back = FALSE GROUP BY lane W 1h
    Great, now also show me the average tip next to it => lane, SUM(price) takings, AVG(tip) v FROM bar_orders GROUP BY lane W 1h
    Hmm, that's too jumpy, make it a whole day please => lane, SUM(price) takings FROM bar_orders GROUP BY lane W 1d
    [alert]
    Please ping me whenever the average wait on a lane goes beyond 20 minutes over a quarter of an hour => lane, AVG(wait_min) v FROM bar_orders GROUP BY lane W 15m
    [rows]
    I'd like to see a running average of the pins over the last 10 frames of each player => player, AVG(pins) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY player ORDER BY rolled_at) v FROM frames_played
    [behaviour]
    Do you think we should raise the price of a beer? => no
    Show me the players who are really slow => ?
    `,
  ),
};
