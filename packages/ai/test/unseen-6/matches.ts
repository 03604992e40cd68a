import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Played matches and purchases of an online game; asked by somebody in a hurry, in lower-case fragments. */
export const matches = {
  name: 'matches',
  schemas: schemasFrom(`
    results: match_id STRING, player STRING, mode STRING ranked|casual|arena, region STRING eu|na|asia, kills INTEGER, deaths INTEGER, ping_ms INTEGER, queue_s INTEGER, won BOOLEAN, left_early BOOLEAN, ended_at TIMESTAMP
    purchases: player STRING, item STRING, currency STRING coins|gems|cash, amount FLOAT, gifted BOOLEAN, refunded BOOLEAN, bought_at TIMESTAMP
    table players: player STRING, rank STRING bronze|silver|gold|diamond, level INTEGER, country STRING, banned BOOLEAN, platform STRING pc|console|mobile
  `),
  cases: casesFrom(
    'matches',
    `
    [filter]
    ranked results in asia w/ ping over 150 => * FROM results WHERE mode = 'ranked' AND region = 'asia' AND ping_ms > 150
    0 deaths, 20+ kills => * FROM results WHERE deaths = 0 AND kills >= 20
    cash purchases over 50, not refunded => * FROM purchases WHERE currency = 'cash' AND amount > 50 AND refunded = FALSE
    player + queue_s, queued longer than 300 sec => player, queue_s FROM results WHERE queue_s > 300
    eu and na, no casual => * FROM results WHERE region IN ('eu', 'na') AND mode <> 'casual'
    [aggregate]
    avg ping per region every min => region, AVG(ping_ms) v FROM results GROUP BY region W 1m
    total kills by player, daily buckets => player, SUM(kills) v FROM results GROUP BY player W 1d
    unique players per mode, hourly => mode, COUNT(DISTINCT player) n FROM results GROUP BY mode W 1h
    cash revenue per day, no refunds => SUM(amount) v FROM purchases WHERE currency = 'cash' AND refunded = FALSE W 1d
    longest queue by region and mode, 5 min => region, mode, MAX(queue_s) v FROM results GROUP BY region, mode W 5m
    [ratio]
    win rate per player => player, 1.0 * SUM(CASE WHEN won = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM results GROUP BY player
    k/d per player per day, sum kills over sum deaths => player, 1.0 * SUM(kills) / SUM(deaths) v FROM results GROUP BY player W 1d
    [join]
    avg kills by rank, hourly => p.rank, AVG(r.kills) v FROM results r JOIN players p ON r.player = p.player GROUP BY p.rank W 1h
    purchases by banned players => b.* FROM purchases b JOIN players p ON b.player = p.player WHERE p.banned = TRUE
    [having]
    players leaving early more than 3x in an hour => player, COUNT(*) n FROM results WHERE left_early = TRUE GROUP BY player W 1h HAVING COUNT(*) > 3
    regions w/ avg queue above 90 s, per 10 min => region, AVG(queue_s) v FROM results GROUP BY region W 10m HAVING AVG(queue_s) > 90
    [topn]
    top 3 spenders in cash per day => player, SUM(amount) v FROM purchases WHERE currency = 'cash' GROUP BY player W 1d ORDER BY v DESC LIMIT 3
    5 most bought items => item, COUNT(*) n FROM purchases GROUP BY item ORDER BY n DESC LIMIT 5
    [rows]
    rolling avg kills, last 10 results per player => player, AVG(kills) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY player ORDER BY ended_at) v FROM results
    [alert]
    ping me when a region's avg ping is over 200 for a 1 min window => region, AVG(ping_ms) v FROM results GROUP BY region W 1m
    [edit]
    ~ SELECT region, AVG(queue_s) AS wait FROM results GROUP BY region WINDOW TUMBLING(10m) EMIT CHANGES
    ranked only => region, AVG(queue_s) wait FROM results WHERE mode = 'ranked' GROUP BY region W 10m
    per minute pls => region, AVG(queue_s) wait FROM results GROUP BY region W 1m
    plus max => region, AVG(queue_s) wait, MAX(queue_s) b FROM results GROUP BY region W 10m
    [behaviour]
    players w/ high ping => ?
    chat toxicity by player => ?
    wipe purchases => no
    `,
  ),
};
