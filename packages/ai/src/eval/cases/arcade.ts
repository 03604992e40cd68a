import { casesFrom, schemasFrom } from '../case.ts';

export const arcade = {
  name: 'arcade',
  schemas: schemasFrom(`
    evt_stream: evt_id STRING, plr_id STRING, evt_name STRING level_start|level_complete|level_fail|purchase|ad_view|login, lvl INTEGER, score_pts INTEGER, coins_spent INTEGER, rev_usd FLOAT, dur_sec INTEGER, platform STRING, app_ver STRING, ctry STRING, is_first_session BOOLEAN, ts_ms TIMESTAMP
    table plr_dim: plr_id STRING, nick STRING, signup_channel STRING organic|ads|referral, vip BOOLEAN
  `),
  cases: casesFrom(
    'arcade',
    `
    [filter]
    purchases above 20 dollars / purchases of more than $20 => * FROM evt_stream WHERE evt_name = 'purchase' AND rev_usd > 20
    failed levels that took longer than 5 minutes / level fails lasting over 300 seconds => * FROM evt_stream WHERE evt_name = 'level_fail' AND dur_sec > 300
    events from iOS in Brazil => * FROM evt_stream WHERE platform = 'iOS' AND ctry = 'Brazil'
    events at level 10 or higher / lvl >= 10 => * FROM evt_stream WHERE lvl >= 10
    level 5 completions => * FROM evt_stream WHERE evt_name = 'level_complete' AND lvl = 5
    first session events on Android => * FROM evt_stream WHERE is_first_session = TRUE AND platform = 'Android'
    events other than login and ad view => * FROM evt_stream WHERE evt_name NOT IN ('login', 'ad_view')
    app version 2.4.1 / events from version "2.4.1" => * FROM evt_stream WHERE app_ver = '2.4.1'
    spent coins or scored at least 1000 points / coins spent more than 0 or score >= 1000 => * FROM evt_stream WHERE coins_spent > 0 OR score_pts >= 1000
    who scored under 50 points on level 1? => * FROM evt_stream WHERE score_pts < 50 AND lvl = 1
    player and score of completed levels => plr_id, score_pts FROM evt_stream WHERE evt_name = 'level_complete'
    events with unknown country / country not set => * FROM evt_stream WHERE ctry IS NULL
    [aggregate]
    revenue per country per hour / how much revenue did we make by country each hour? => ctry, SUM(rev_usd) v FROM evt_stream GROUP BY ctry W 1h
    active players per platform every 10 mins / unique players by platform, 10 minute windows => platform, COUNT(DISTINCT plr_id) n FROM evt_stream GROUP BY platform W 10m
    avg score by level / average points for each level => lvl, AVG(score_pts) v FROM evt_stream GROUP BY lvl
    number of purchases by platform daily => platform, COUNT(*) n FROM evt_stream WHERE evt_name = 'purchase' GROUP BY platform W 1d
    total coins spent per player => plr_id, SUM(coins_spent) v FROM evt_stream GROUP BY plr_id
    best score per player per level / highest score of every player on each level => plr_id, lvl, MAX(score_pts) v FROM evt_stream GROUP BY plr_id, lvl
    average time to complete a level, per level => lvl, AVG(dur_sec) v FROM evt_stream WHERE evt_name = 'level_complete' GROUP BY lvl
    logins per minute => COUNT(*) n FROM evt_stream WHERE evt_name = 'login' W 1m
    p90 duration of failed levels by platform => platform, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY dur_sec) v FROM evt_stream WHERE evt_name = 'level_fail' GROUP BY platform
    events per player session with a 15 minute gap => plr_id, COUNT(*) n FROM evt_stream GROUP BY plr_id W session 15m
    sum of coins spent and revenue by country => ctry, SUM(coins_spent) a, SUM(rev_usd) b FROM evt_stream GROUP BY ctry
    [ratio]
    completes divided by starts per level => lvl, 1.0 * SUM(CASE WHEN evt_name = 'level_complete' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN evt_name = 'level_start' THEN 1 ELSE 0 END), 0) v FROM evt_stream GROUP BY lvl
    revenue per player by country per day => ctry, SUM(rev_usd) / COUNT(DISTINCT plr_id) v FROM evt_stream GROUP BY ctry W 1d
    what share of events comes from the first session, by platform => platform, 1.0 * SUM(CASE WHEN is_first_session = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM evt_stream GROUP BY platform
    [pivot]
    fails versus completes for every level => lvl, SUM(CASE WHEN evt_name = 'level_fail' THEN 1 ELSE 0 END) a, SUM(CASE WHEN evt_name = 'level_complete' THEN 1 ELSE 0 END) b FROM evt_stream GROUP BY lvl
    [join]
    revenue by signup channel per day => p.signup_channel, SUM(e.rev_usd) v FROM evt_stream e JOIN plr_dim p ON e.plr_id = p.plr_id GROUP BY p.signup_channel W 1d
    purchases by vip players => e.* FROM evt_stream e JOIN plr_dim p ON e.plr_id = p.plr_id WHERE e.evt_name = 'purchase' AND p.vip = TRUE
    ad views of players who are not vip, by country => e.ctry, COUNT(*) n FROM evt_stream e JOIN plr_dim p ON e.plr_id = p.plr_id WHERE e.evt_name = 'ad_view' AND p.vip = FALSE GROUP BY e.ctry
    average score of organic signups per level => e.lvl, AVG(e.score_pts) v FROM evt_stream e JOIN plr_dim p ON e.plr_id = p.plr_id WHERE p.signup_channel = 'organic' GROUP BY e.lvl
    [topn]
    top 10 spenders by revenue each day / ten players that spent the most money per day => plr_id, SUM(rev_usd) v FROM evt_stream GROUP BY plr_id W 1d ORDER BY v DESC LIMIT 10
    5 levels with the most fails per hour => lvl, COUNT(*) n FROM evt_stream WHERE evt_name = 'level_fail' GROUP BY lvl W 1h ORDER BY n DESC LIMIT 5
    [having]
    players who failed more than 2 times in 5 minutes => plr_id, COUNT(*) n FROM evt_stream WHERE evt_name = 'level_fail' GROUP BY plr_id W 5m HAVING COUNT(*) > 2
    countries with less than 100 dollars revenue per day => ctry, SUM(rev_usd) v FROM evt_stream GROUP BY ctry W 1d HAVING SUM(rev_usd) < 100
    [edit]
    ~ lvl, AVG(score_pts) avg_score FROM evt_stream GROUP BY lvl
    for android only => lvl, AVG(score_pts) avg_score FROM evt_stream WHERE platform = 'android' GROUP BY lvl
    use the median => lvl, MEDIAN(score_pts) v FROM evt_stream GROUP BY lvl
    sort by score, best first => lvl, AVG(score_pts) avg_score FROM evt_stream GROUP BY lvl ORDER BY avg_score DESC
    hourly please => lvl, AVG(score_pts) avg_score FROM evt_stream GROUP BY lvl W 1h
    [clarify]
    show me some figures => ?
    delete all events of cheaters => no
    `,
  ),
};
