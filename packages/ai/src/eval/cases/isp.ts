import { casesFrom, schemasFrom } from '../case.ts';

export const isp = {
  name: 'isp',
  schemas: schemasFrom(`
    router_stats: router_id STRING, pop STRING, throughput_mbps FLOAT, jitter_ms FLOAT, loss_pct FLOAT, reboot BOOLEAN, firmware STRING, sampled_at TIMESTAMP
    tickets: ticket_no STRING, pop STRING, state STRING open|solved|escalated, priority STRING low|normal|urgent, handling_min INTEGER, created_at TIMESTAMP
    table routers: router_id STRING, vendor STRING, site_kind STRING office|home|school
  `),
  cases: casesFrom(
    'isp',
    `
    [aggregate]
    jitter worst per pop every 20 seconds => pop, MAX(jitter_ms) v FROM router_stats GROUP BY pop W 20s
    mean throughput for every pop over half-hour windows => pop, AVG(throughput_mbps) v FROM router_stats GROUP BY pop W 30m
    median handling time by priority => priority, MEDIAN(handling_min) v FROM tickets GROUP BY priority
    tickets per pop in windows of 15 minutes => pop, COUNT(*) n FROM tickets GROUP BY pop W 15m
    sum up handling minutes by pop in 1-hour slices => pop, SUM(handling_min) v FROM tickets GROUP BY pop W 1h
    standard deviation of jitter by firmware => firmware, STDDEV(jitter_ms) v FROM router_stats GROUP BY firmware
    biggest packet loss per router each hour => router_id, MAX(loss_pct) v FROM router_stats GROUP BY router_id W 1h
    [filter]
    routers losing packets, say over 5% => * FROM router_stats WHERE loss_pct > 5
    which routers have jitter above 80 ms and throughput under 10 => * FROM router_stats WHERE jitter_ms > 80 AND throughput_mbps < 10
    tickets handled for more than two hours => * FROM tickets WHERE handling_min > 120
    urgent tickets that took over a day => * FROM tickets WHERE priority = 'urgent' AND handling_min > 1440
    stats with jitter of half a second or more => * FROM router_stats WHERE jitter_ms >= 500
    firmware starting with 7.1 => * FROM router_stats WHERE firmware LIKE '7.1%'
    tickets that did not get solved => * FROM tickets WHERE state != 'solved'
    open tickets in the Berlin pop => * FROM tickets WHERE state = 'open' AND pop = 'Berlin'
    throughput of 1,000 or more => * FROM router_stats WHERE throughput_mbps >= 1000
    [ratio]
    escalation share by priority => priority, 1.0 * SUM(CASE WHEN state = 'escalated' THEN 1 ELSE 0 END) / COUNT(*) v FROM tickets GROUP BY priority
    [pivot]
    open vs solved tickets by pop => pop, SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END) a, SUM(CASE WHEN state = 'solved' THEN 1 ELSE 0 END) b FROM tickets GROUP BY pop
    [join]
    mean jitter per vendor => r.vendor, AVG(s.jitter_ms) v FROM router_stats s JOIN routers r ON s.router_id = r.router_id GROUP BY r.vendor
    throughput of school routers by pop every hour => s.pop, AVG(s.throughput_mbps) v FROM router_stats s JOIN routers r ON s.router_id = r.router_id WHERE r.site_kind = 'school' GROUP BY s.pop W 1h
    reboots per vendor every day => r.vendor, COUNT(*) n FROM router_stats s JOIN routers r ON s.router_id = r.router_id WHERE s.reboot = TRUE GROUP BY r.vendor W 1d
    [rows]
    rolling mean of jitter over the past 6 samples of every router => router_id, sampled_at, jitter_ms, AVG(jitter_ms) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY router_id ORDER BY sampled_at) v FROM router_stats
    [sliding]
    last 20 minutes of throughput per pop, refreshed each 5 minutes => pop, AVG(throughput_mbps) v FROM router_stats GROUP BY pop W 20m/5m
    [having]
    pops where loss averages above 1 percent over 10 minutes => pop, AVG(loss_pct) v FROM router_stats GROUP BY pop W 10m HAVING AVG(loss_pct) > 1
    [topn]
    bottom 3 pops by throughput per hour => pop, AVG(throughput_mbps) v FROM router_stats GROUP BY pop W 1h ORDER BY v ASC LIMIT 3
    `,
  ),
};
