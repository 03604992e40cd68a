import { casesFrom, schemasFrom } from '../case.ts';

/** Services in a cluster, short infrastructure names; asked by whoever is on call at night. */
export const mesh = {
  name: 'mesh',
  schemas: schemasFrom(`
    http_requests: req_id STRING, svc STRING, pod STRING, method STRING GET|POST|PUT|DELETE, status_code INTEGER, dur_ms FLOAT, bytes_out INTEGER, zone STRING, cache_hit BOOLEAN, ts TIMESTAMP
    pod_stats: pod STRING, svc STRING, cpu_pct FLOAT, mem_mb FLOAT, restarts INTEGER, ready BOOLEAN, sampled_at TIMESTAMP
    table services: svc STRING, squad STRING, criticality STRING t1|t2|t3
  `),
  cases: casesFrom(
    'mesh',
    `
    [aggregate]
    request count by svc per minute => svc, COUNT(*) n FROM http_requests GROUP BY svc W 1m
    peak memory per pod, 5m => pod, MAX(mem_mb) v FROM pod_stats GROUP BY pod W 5m
    mean request duration per svc and zone every 30s => svc, zone, AVG(dur_ms) v FROM http_requests GROUP BY svc, zone W 30s
    bytes out summed by method, each minute => method, SUM(bytes_out) v FROM http_requests GROUP BY method W 1m
    [filter]
    pods not ready => * FROM pod_stats WHERE ready = FALSE
    any DELETE requests taking > 3 seconds => * FROM http_requests WHERE method = 'DELETE' AND dur_ms > 3000
    cpu above 90 or more than 2000 MB mem => * FROM pod_stats WHERE cpu_pct > 90 OR mem_mb > 2000
    GETs that missed the cache and took at least 800ms => * FROM http_requests WHERE method = 'GET' AND cache_hit = FALSE AND dur_ms >= 800
    requests with status 503 on svc checkout => * FROM http_requests WHERE status_code = 503 AND svc = 'checkout'
    [ratio]
    percentage of requests that hit the cache per svc, 5m => svc, 100.0 * SUM(CASE WHEN cache_hit = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM http_requests GROUP BY svc W 5m
    fraction of requests with status 500 or above, per zone, every minute => zone, 1.0 * SUM(CASE WHEN status_code >= 500 THEN 1 ELSE 0 END) / COUNT(*) v FROM http_requests GROUP BY zone W 1m
    [join]
    requests per squad per minute => s.squad, COUNT(*) n FROM http_requests r JOIN services s ON r.svc = s.svc GROUP BY s.squad W 1m
    [having]
    svcs with > 50 requests of status 500 or higher in 2 min => svc, COUNT(*) n FROM http_requests WHERE status_code >= 500 GROUP BY svc W 2m HAVING COUNT(*) > 50
    [topn]
    top 5 pods by avg cpu, every minute => pod, AVG(cpu_pct) v FROM pod_stats GROUP BY pod W 1m ORDER BY v DESC LIMIT 5
    [sliding]
    avg request duration per svc over the last 10 min, updated every minute => svc, AVG(dur_ms) v FROM http_requests GROUP BY svc W 10m/1m
    [alert]
    wake me up if avg cpu of any svc goes over 85 in 5 min => svc, AVG(cpu_pct) v FROM pod_stats GROUP BY svc W 5m
    [edit]
    ~ SELECT svc, AVG(dur_ms) AS avg_dur FROM http_requests GROUP BY svc WINDOW TUMBLING(1m) EMIT CHANGES
    without zone eu-west => svc, AVG(dur_ms) v FROM http_requests WHERE zone != 'eu-west' GROUP BY svc W 1m
    [behaviour]
    alert me when it is too slow => ?
    `,
  ),
};
