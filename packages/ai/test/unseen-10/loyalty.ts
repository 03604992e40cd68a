import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** The points of a retailer's loyalty programme; asked by marketing analysts and the fraud team. */
export const loyalty = {
  name: 'loyalty',
  schemas: schemasFrom(`
    point_movements: movement_id STRING, member_id STRING, store STRING, kind STRING earn|redeem|expire|adjust, points INTEGER, basket_value FLOAT, channel STRING app|till|web, bonus BOOLEAN, campaign STRING, moved_at TIMESTAMP
    table members: member_id STRING, tier STRING bronze|silver|gold, country STRING, joined_year INTEGER, opted_in BOOLEAN, age INTEGER
  `),
  cases: casesFrom(
    'loyalty',
    `
    [filter]
    redemptions of more than 5000 points => * FROM point_movements WHERE kind = 'redeem' AND points > 5000
    movements in the app or on the web => * FROM point_movements WHERE channel IN ('app', 'web')
    bonus points earned with campaign SUMMER25 => * FROM point_movements WHERE bonus = TRUE AND kind = 'earn' AND campaign = 'SUMMER25'
    movements that belong to no campaign => * FROM point_movements WHERE campaign IS NULL
    adjustments of member M-88 => * FROM point_movements WHERE kind = 'adjust' AND member_id = 'M-88'
    baskets of 200 or more paid at the till without a bonus => * FROM point_movements WHERE basket_value >= 200 AND channel = 'till' AND bonus = FALSE
    [aggregate]
    points earned per store each hour => store, SUM(points) v FROM point_movements WHERE kind = 'earn' GROUP BY store W 1h
    average basket value by channel per day => channel, AVG(basket_value) v FROM point_movements GROUP BY channel W 1d
    How many members are active in each store every day? => store, COUNT(DISTINCT member_id) n FROM point_movements GROUP BY store W 1d
    total points by kind => kind, SUM(points) v FROM point_movements GROUP BY kind
    number of movements by hour of the day => EXTRACT(HOUR FROM moved_at) h, COUNT(*) n FROM point_movements GROUP BY EXTRACT(HOUR FROM moved_at)
    [join]
    points redeemed by tier and day => m.tier, SUM(p.points) v FROM point_movements p JOIN members m ON p.member_id = m.member_id WHERE p.kind = 'redeem' GROUP BY m.tier W 1d
    movements of gold members who have not opted in => p.* FROM point_movements p JOIN members m ON p.member_id = m.member_id WHERE m.tier = 'gold' AND m.opted_in = FALSE
    [ratio]
    points per unit of basket value for each store: total points divided by total basket value => store, 1.0 * SUM(points) / SUM(basket_value) v FROM point_movements GROUP BY store
    percentage of movements that come from the app, per store and hour => store, 100.0 * SUM(CASE WHEN channel = 'app' THEN 1 ELSE 0 END) / COUNT(*) v FROM point_movements GROUP BY store W 1h
    [having]
    members with more than 3 redemptions in an hour => member_id, COUNT(*) n FROM point_movements WHERE kind = 'redeem' GROUP BY member_id W 1h HAVING COUNT(*) > 3
    stores whose basket value adds up to at least 10000 in an hour => store, SUM(basket_value) v FROM point_movements GROUP BY store W 1h HAVING SUM(basket_value) >= 10000
    [topn]
    top 10 members by points earned, per day => member_id, SUM(points) v FROM point_movements WHERE kind = 'earn' GROUP BY member_id W 1d ORDER BY v DESC LIMIT 10
    the 5 stores with the lowest average basket value => store, AVG(basket_value) v FROM point_movements GROUP BY store W 5m ORDER BY v ASC LIMIT 5
    [alert]
    alert when a member redeems more than 20000 points within 30 minutes => member_id, SUM(points) v FROM point_movements WHERE kind = 'redeem' GROUP BY member_id W 30m
    [rows]
    sum of points over the last 20 movements of each member => member_id, SUM(points) OVER (ROWS WINDOW BUFFER 20 ROWS PARTITION BY member_id ORDER BY moved_at) v FROM point_movements
    [edit]
    ~ SELECT store, SUM(points) AS points FROM point_movements WHERE kind = 'earn' GROUP BY store WINDOW TUMBLING(1h) EMIT CHANGES
    redeemed instead of earned points => store, SUM(points) points FROM point_movements WHERE kind = 'redeem' GROUP BY store W 1h
    without bonus points => store, SUM(points) points FROM point_movements WHERE kind = 'earn' AND bonus = FALSE GROUP BY store W 1h
    by channel as well => store, channel, SUM(points) points FROM point_movements WHERE kind = 'earn' GROUP BY store, channel W 1h
    [behaviour]
    points by favourite colour of the member => ?
    give every gold member 500 points => no
    `,
  ),
};
