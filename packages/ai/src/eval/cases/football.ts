import { casesFrom, schemasFrom } from '../case.ts';

/** Tracking and ticket gates of football matches; asked by coaches, scouts and stadium staff. */
export const football = {
  name: 'football',
  schemas: schemasFrom(`
    touches: player STRING, club STRING, fixture STRING, action STRING pass|shot|tackle|dribble, success BOOLEAN, sprint_kmh FLOAT, distance_m FLOAT, half INTEGER, foot STRING left|right, pressure BOOLEAN, xg FLOAT, touched_at TIMESTAMP
    turnstiles: stand STRING, gate STRING, fixture STRING, ticket_kind STRING season|single|vip|away, price_gbp FLOAT, denied BOOLEAN, wait_s INTEGER, steward STRING, reason_denied STRING, entered_at TIMESTAMP
    table squad: player STRING, position STRING keeper|back|mid|forward, age INTEGER, country STRING, on_loan BOOLEAN, wage_gbp FLOAT
  `),
  cases: casesFrom(
    'football',
    `
    [filter]
    missed shots with xg above 0.3 => * FROM touches WHERE action = 'shot' AND success = FALSE AND xg > 0.3
    second half sprints faster than 32 km/h => * FROM touches WHERE half = 2 AND sprint_kmh > 32
    passes or dribbles under pressure by Okoro => * FROM touches WHERE action IN ('pass', 'dribble') AND pressure = TRUE AND player = 'Okoro'
    people denied at the North stand => * FROM turnstiles WHERE denied = TRUE AND stand = 'North'
    away tickets that cost 35 pounds or less => * FROM turnstiles WHERE ticket_kind = 'away' AND price_gbp <= 35
    anyone who queued between two and five minutes => * FROM turnstiles WHERE wait_s BETWEEN 120 AND 300
    denied without a reason => * FROM turnstiles WHERE denied = TRUE AND reason_denied IS NULL
    left-footed successful tackles, not by club Rovers => * FROM touches WHERE foot = 'left' AND success = TRUE AND action = 'tackle' AND club != 'Rovers'
    [aggregate]
    metres covered by each player per 15 minutes => player, SUM(distance_m) v FROM touches GROUP BY player W 15m
    passes per club and half => club, half, COUNT(*) n FROM touches WHERE action = 'pass' GROUP BY club, half
    top speed of every player so far => player, MAX(sprint_kmh) v FROM touches GROUP BY player
    ticket income by stand and fixture => stand, fixture, SUM(price_gbp) v FROM turnstiles GROUP BY stand, fixture
    number of entries at each gate every 5 min => gate, COUNT(*) n FROM turnstiles GROUP BY gate W 5m
    how many different players touched the ball for each club, per minute => club, COUNT(DISTINCT player) n FROM touches GROUP BY club W 1m
    expected goals (xg) added up per club => club, SUM(xg) v FROM touches GROUP BY club
    average waiting time per steward, in blocks of ten minutes => steward, AVG(wait_s) v FROM turnstiles GROUP BY steward W 10m
    which action did each player do last => player, LAST_VALUE(action) v FROM touches GROUP BY player
    [ratio]
    pass accuracy in percent for each player: successful passes out of all passes => player, 100.0 * SUM(CASE WHEN success = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM touches WHERE action = 'pass' GROUP BY player
    what proportion of entries is denied at each gate => gate, 1.0 * SUM(CASE WHEN denied = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM turnstiles GROUP BY gate
    looking at shots only: total xg divided by the number of shots, by club => club, 1.0 * SUM(xg) / COUNT(*) v FROM touches WHERE action = 'shot' GROUP BY club
    passes per tackle, player by player => player, 1.0 * SUM(CASE WHEN action = 'pass' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN action = 'tackle' THEN 1 ELSE 0 END), 0) v FROM touches GROUP BY player
    [join]
    distance run by position, per half => s.position, t.half, SUM(t.distance_m) v FROM touches t JOIN squad s ON t.player = s.player GROUP BY s.position, t.half
    shots of players under 21 => t.* FROM touches t JOIN squad s ON t.player = s.player WHERE t.action = 'shot' AND s.age < 21
    average sprint speed of players younger than 23, per club => t.club, AVG(t.sprint_kmh) v FROM touches t JOIN squad s ON t.player = s.player WHERE s.age < 23 GROUP BY t.club
    [having]
    players who ran more than 1800 metres in a quarter of an hour => player, SUM(distance_m) v FROM touches GROUP BY player W 15m HAVING SUM(distance_m) > 1800
    gates with fewer than 20 entries per 5 minutes => gate, COUNT(*) n FROM turnstiles GROUP BY gate W 5m HAVING COUNT(*) < 20
    stewards with an average wait of at least 90 seconds within 10 minutes => steward, AVG(wait_s) v FROM turnstiles GROUP BY steward W 10m HAVING AVG(wait_s) >= 90
    [topn]
    top five passers, i.e. players with the most passes, every 45 minutes => player, COUNT(*) n FROM touches WHERE action = 'pass' GROUP BY player W 45m ORDER BY n DESC LIMIT 5
    which gate is the slowest (longest average wait) every 10 minutes? => gate, AVG(wait_s) v FROM turnstiles GROUP BY gate W 10m ORDER BY v DESC LIMIT 1
    laziest 3 players by metres run, each half hour => player, SUM(distance_m) v FROM touches GROUP BY player W 30m ORDER BY v ASC LIMIT 3
    [rows]
    sprint speed minus the sprint speed at the touch before, by player => player, sprint_kmh - LAG(sprint_kmh) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY player ORDER BY touched_at) v FROM touches
    xg summed over the last 5 touches of each player => player, SUM(xg) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY player ORDER BY touched_at) v FROM touches
    [session]
    spells of possession: touches by the same club with less than 8 seconds between two touches. count the touches and the metres in every spell => club, COUNT(*) n, SUM(distance_m) v FROM touches GROUP BY club W session 8s
    [pivot]
    for every club passes, shots and tackles as three columns, per 15 minutes => club, SUM(CASE WHEN action = 'pass' THEN 1 ELSE 0 END) a, SUM(CASE WHEN action = 'shot' THEN 1 ELSE 0 END) b, SUM(CASE WHEN action = 'tackle' THEN 1 ELSE 0 END) c FROM touches GROUP BY club W 15m
    [alert]
    shout when people wait more than 4 minutes on average at a gate, over 5 minutes => gate, AVG(wait_s) v FROM turnstiles GROUP BY gate W 5m
    security wants a message once a stand has over 25 denied entries within ten minutes => stand, COUNT(*) n FROM turnstiles WHERE denied = TRUE GROUP BY stand W 10m
    [edit]
    ~ SELECT player, COUNT(*) AS touches FROM touches GROUP BY player WINDOW TUMBLING(15m) EMIT CHANGES
    second half => player, COUNT(*) touches FROM touches WHERE half = 2 GROUP BY player W 15m
    shots only, and by club instead of player => club, COUNT(*) touches FROM touches WHERE action = 'shot' GROUP BY club W 15m
    how many metres was that? add it => player, COUNT(*) touches, SUM(distance_m) v FROM touches GROUP BY player W 15m
    only successful ones count => player, COUNT(*) touches FROM touches WHERE success = TRUE GROUP BY player W 15m
    give me 5 minute steps => player, COUNT(*) touches FROM touches GROUP BY player W 5m
    players with fewer than 3 don't matter => player, COUNT(*) touches FROM touches GROUP BY player W 15m HAVING COUNT(*) >= 3
    split left foot from right foot => player, foot, COUNT(*) touches FROM touches GROUP BY player, foot W 15m
    [behaviour]
    who will win on Sunday => ?
    touches by shoe brand => ?
    take Okoro off the pitch => no
    `,
  ),
};
