import { casesFrom, schemasFrom } from '../case.ts';

export const gaming = {
  name: 'gaming',
  schemas: schemasFrom(`
    match_events: match_id STRING, player_id STRING, event STRING kill|death|assist|win, weapon STRING, points INTEGER, map_name STRING, occurred_at TIMESTAMP
    purchases: player_id STRING, item STRING, item_type STRING skin|boost|pass, price_usd FLOAT, platform STRING pc|console|mobile, purchased_at TIMESTAMP
    table players: player_id STRING, nickname STRING, rank STRING rookie|veteran|legend, region STRING
  `),
  cases: casesFrom(
    'gaming',
    `
    [aggregate]
    kills per player every 10 minutes / number of kills by player in 10 minute windows => player_id, COUNT(*) n FROM match_events WHERE event = 'kill' GROUP BY player_id W 10m
    total points per map each hour / points by map hourly => map_name, SUM(points) v FROM match_events GROUP BY map_name W 1h
    revenue by platform per day / total purchase value by platform daily => platform, SUM(price_usd) v FROM purchases GROUP BY platform W 1d
    average purchase price per item type / mean price by item type => item_type, AVG(price_usd) v FROM purchases GROUP BY item_type
    how many players are active per map every minute / unique players by map each minute => map_name, COUNT(DISTINCT player_id) n FROM match_events GROUP BY map_name W 1m
    [filter]
    skin purchases over $20 / purchases of skins above 20 dollars => * FROM purchases WHERE item_type = 'skin' AND price_usd > 20
    kills with the weapon railgun / kills where weapon is railgun => * FROM match_events WHERE event = 'kill' AND weapon = 'railgun'
    mobile purchases / purchases made on mobile => * FROM purchases WHERE platform = 'mobile'
    [pivot]
    count of kills and deaths per player / kills and deaths by player => player_id, SUM(CASE WHEN event = 'kill' THEN 1 ELSE 0 END) a, SUM(CASE WHEN event = 'death' THEN 1 ELSE 0 END) b FROM match_events GROUP BY player_id
    [ratio]
    ratio of kills to deaths per player / kill to death ratio by player => player_id, 1.0 * SUM(CASE WHEN event = 'kill' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN event = 'death' THEN 1 ELSE 0 END), 0) v FROM match_events GROUP BY player_id
    share of console purchases per item type => item_type, 1.0 * SUM(CASE WHEN platform = 'console' THEN 1 ELSE 0 END) / COUNT(*) v FROM purchases GROUP BY item_type
    [join]
    points by player rank every hour / total points per rank hourly => p.rank, SUM(m.points) v FROM match_events m JOIN players p ON m.player_id = p.player_id GROUP BY p.rank W 1h
    purchase revenue per region / total spend by region => p.region, SUM(x.price_usd) v FROM purchases x JOIN players p ON x.player_id = p.player_id GROUP BY p.region
    how many purchases do legend players make per day => COUNT(*) n FROM purchases x JOIN players p ON x.player_id = p.player_id WHERE p.rank = 'legend' W 1d
    [topn]
    top 10 players by points every 5 minutes / 10 players with the most points per 5 minutes => player_id, SUM(points) v FROM match_events GROUP BY player_id W 5m ORDER BY v DESC LIMIT 10
    most popular item each day / most purchased item per day => item, COUNT(*) n FROM purchases GROUP BY item W 1d ORDER BY n DESC LIMIT 1
    [having]
    players with more than 15 kills in 10 minutes => player_id, COUNT(*) n FROM match_events WHERE event = 'kill' GROUP BY player_id W 10m HAVING COUNT(*) > 15
    players who spent over $100 per day => player_id, SUM(price_usd) v FROM purchases GROUP BY player_id W 1d HAVING SUM(price_usd) > 100
    [edit]
    ~ SELECT map_name, SUM(points) AS total_points FROM match_events GROUP BY map_name WINDOW TUMBLING(1h) EMIT CHANGES
    also show how many events => map_name, SUM(points) v, COUNT(*) n FROM match_events GROUP BY map_name W 1h
    without deaths => map_name, SUM(points) v FROM match_events WHERE event != 'death' GROUP BY map_name W 1h
    [behaviour]
    wipe all purchases => no
    points by star sign => ?
    `,
  ),
};
