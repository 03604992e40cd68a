import { casesFrom, schemasFrom } from '../case.ts';

export const arena = {
  name: 'arena',
  schemas: schemasFrom(`
    telemetry: session_id STRING, user_id STRING, fps FLOAT, ping_ms FLOAT, packet_loss_pct FLOAT, device_class STRING high|mid|low, server_region STRING eu|us|asia, build STRING, ts TIMESTAMP
    crashes: user_id STRING, build STRING, signal_name STRING, fatal BOOLEAN, uptime_s INTEGER, crashed_at TIMESTAMP
    table accounts: user_id STRING, plan STRING free|plus|pro, signup_country STRING
  `),
  cases: casesFrom(
    'arena',
    `
    [aggregate]
    fps average by device class, per minute => device_class, AVG(fps) v FROM telemetry GROUP BY device_class W 1m
    worst ping in each region every 30 seconds => server_region, MAX(ping_ms) v FROM telemetry GROUP BY server_region W 30s
    concurrent users by region (unique, 1 minute) => server_region, COUNT(DISTINCT user_id) n FROM telemetry GROUP BY server_region W 1m
    crash count for every build hour by hour => build, COUNT(*) n FROM crashes GROUP BY build W 1h
    [filter]
    telemetry with ping of a quarter second or more => * FROM telemetry WHERE ping_ms >= 250
    fatal crashes that happened within the first minute of uptime => * FROM crashes WHERE fatal = TRUE AND uptime_s < 60
    low end devices in asia dropping under 20 fps => * FROM telemetry WHERE device_class = 'low' AND server_region = 'asia' AND fps < 20
    crashes on builds starting with 2.4 => * FROM crashes WHERE build LIKE '2.4%'
    [ratio]
    share of fatal crashes per build, daily => build, 1.0 * SUM(CASE WHEN fatal = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM crashes GROUP BY build W 1d
    [join]
    average fps of pro players per region each hour => t.server_region, AVG(t.fps) v FROM telemetry t JOIN accounts a ON t.user_id = a.user_id WHERE a.plan = 'pro' GROUP BY t.server_region W 1h
    crashes by plan / how many crashes for each plan => a.plan, COUNT(*) n FROM crashes c JOIN accounts a ON c.user_id = a.user_id GROUP BY a.plan
    [topn]
    top three builds by number of crashes per day => build, COUNT(*) n FROM crashes GROUP BY build W 1d ORDER BY n DESC LIMIT 3
    [having]
    regions where packet loss averages above 2 percent over 5 minutes => server_region, AVG(packet_loss_pct) v FROM telemetry GROUP BY server_region W 5m HAVING AVG(packet_loss_pct) > 2
    [session]
    telemetry events per user, sessions closing after 20 minutes without activity => user_id, COUNT(*) n FROM telemetry GROUP BY user_id W session 20m
    [edit]
    ~ SELECT server_region, AVG(ping_ms) AS avg_ping FROM telemetry GROUP BY server_region WINDOW TUMBLING(1m) EMIT CHANGES
    split it by device class too => server_region, device_class, AVG(ping_ms) v FROM telemetry GROUP BY server_region, device_class W 1m
    use ten minute windows => server_region, AVG(ping_ms) v FROM telemetry GROUP BY server_region W 10m
    leave out asia => server_region, AVG(ping_ms) v FROM telemetry WHERE server_region != 'asia' GROUP BY server_region W 1m
    `,
  ),
};
