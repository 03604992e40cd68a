import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Nodes of a cache and the commands they get; asked by whoever has the pager, and by a capacity planner. */
export const cachenodes = {
  name: 'cachenodes',
  schemas: schemasFrom(`
    cache_cmds: node STRING, client_app STRING, cmd STRING get|set|del|expire, key_prefix STRING, took_us INTEGER, value_bytes INTEGER, hit BOOLEAN, err STRING, pipeline BOOLEAN, done_at TIMESTAMP
    node_stats: node STRING, used_mb FLOAT, evictions INTEGER, conns INTEGER, cpu FLOAT, role STRING primary|replica, repl_lag_s FLOAT, oom BOOLEAN, scraped_at TIMESTAMP
    table nodes: node STRING, cluster STRING, az STRING, max_mb FLOAT, version STRING, spot BOOLEAN
  `),
  cases: casesFrom(
    'cachenodes',
    `
    [filter]
    sets with values over 100000 bytes from app checkout => * FROM cache_cmds WHERE cmd = 'set' AND value_bytes > 100000 AND client_app = 'checkout'
    gets that missed and took 2000 us or more => * FROM cache_cmds WHERE cmd = 'get' AND hit = FALSE AND took_us >= 2000
    replicas lagging by more than 10 s => * FROM node_stats WHERE role = 'replica' AND repl_lag_s > 10
    oom on any node => * FROM node_stats WHERE oom = TRUE
    key prefix starts with sess => * FROM cache_cmds WHERE key_prefix LIKE 'sess%'
    del and expire commands with an error, pipelined ones excluded => * FROM cache_cmds WHERE cmd IN ('del', 'expire') AND err IS NOT NULL AND pipeline = FALSE
    [aggregate]
    evictions per node per minute, summed => node, SUM(evictions) v FROM node_stats GROUP BY node W 1m
    avg and max took_us by cmd, 30s buckets => cmd, AVG(took_us) a, MAX(took_us) b FROM cache_cmds GROUP BY cmd W 30s
    commands per client app each minute => client_app, COUNT(*) n FROM cache_cmds GROUP BY client_app W 1m
    distinct key prefixes per app, hourly => client_app, COUNT(DISTINCT key_prefix) n FROM cache_cmds GROUP BY client_app W 1h
    latest role of each node => node, LAST_VALUE(role) v FROM node_stats GROUP BY node
    [ratio]
    hit ratio of gets per node, every 5 min (0 to 1) => node, 1.0 * SUM(CASE WHEN hit = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM cache_cmds WHERE cmd = 'get' GROUP BY node W 5m
    gets per set for every app => client_app, 1.0 * SUM(CASE WHEN cmd = 'get' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN cmd = 'set' THEN 1 ELSE 0 END), 0) v FROM cache_cmds GROUP BY client_app
    error percentage by app and minute => client_app, 100.0 * SUM(CASE WHEN err IS NOT NULL THEN 1 ELSE 0 END) / COUNT(*) v FROM cache_cmds GROUP BY client_app W 1m
    [join]
    total evictions by cluster, per hour => n.cluster, SUM(s.evictions) v FROM node_stats s JOIN nodes n ON s.node = n.node GROUP BY n.cluster W 1h
    stats where used memory exceeds the max of the node => s.* FROM node_stats s JOIN nodes n ON s.node = n.node WHERE s.used_mb > n.max_mb
    average cpu by az, nodes with a max of over 4000 mb only, 10 min => n.az, AVG(s.cpu) v FROM node_stats s JOIN nodes n ON s.node = n.node WHERE n.max_mb > 4000 GROUP BY n.az W 10m
    [having]
    nodes with more than 5000 evictions in 5 minutes => node, SUM(evictions) v FROM node_stats GROUP BY node W 5m HAVING SUM(evictions) > 5000
    apps whose commands take 800 us or longer on average in a minute => client_app, AVG(took_us) v FROM cache_cmds GROUP BY client_app W 1m HAVING AVG(took_us) >= 800
    [topn]
    top 5 key prefixes by total value bytes every 10 minutes => key_prefix, SUM(value_bytes) v FROM cache_cmds GROUP BY key_prefix W 10m ORDER BY v DESC LIMIT 5
    which node has the most misses per minute => node, COUNT(*) n FROM cache_cmds WHERE hit = FALSE GROUP BY node W 1m ORDER BY n DESC LIMIT 1
    [rows]
    connections now vs the scrape before, difference per node => node, conns - LAG(conns) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY node ORDER BY scraped_at) v FROM node_stats
    [alert]
    page me if avg cpu of a node is above 85 for 3 minutes => node, AVG(cpu) v FROM node_stats GROUP BY node W 3m
    [edit]
    ~ SELECT node, COUNT(*) AS misses FROM cache_cmds WHERE hit = FALSE GROUP BY node WINDOW TUMBLING(1m) EMIT CHANGES
    gets only => node, COUNT(*) misses FROM cache_cmds WHERE hit = FALSE AND cmd = 'get' GROUP BY node W 1m
    per app as well => node, client_app, COUNT(*) misses FROM cache_cmds WHERE hit = FALSE GROUP BY node, client_app W 1m
    >= 50 only => node, COUNT(*) misses FROM cache_cmds WHERE hit = FALSE GROUP BY node W 1m HAVING COUNT(*) >= 50
    hits rather than misses => node, COUNT(*) n FROM cache_cmds WHERE hit = TRUE GROUP BY node W 1m
    [behaviour]
    why is it slow => ?
    commands per developer => ?
    flush node c7 => no
    `,
  ),
};
