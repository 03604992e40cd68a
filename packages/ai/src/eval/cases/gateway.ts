import { casesFrom, schemasFrom } from '../case.ts';

export const gateway = {
  name: 'gateway',
  schemas: schemasFrom(`
    gateway_requests: request_id STRING, route STRING, verb STRING GET|POST|PUT|DELETE, upstream STRING, tenant STRING, status INTEGER, duration_ms FLOAT, bytes_out BIGINT, retries INTEGER, cache_hit BOOLEAN, auth_failed BOOLEAN, region STRING, api_version STRING v1|v2|v3, client_ip STRING, ts TIMESTAMP
  `),
  cases: casesFrom(
    'gateway',
    `
    [filter]
    slow requests over 2s => * FROM gateway_requests WHERE duration_ms > 2000
    5xx on /checkout => * FROM gateway_requests WHERE status >= 500 AND route = '/checkout'
    failed auth from eu-west-1 => * FROM gateway_requests WHERE auth_failed = TRUE AND region = 'eu-west-1'
    posts and puts bigger than 1 MB => * FROM gateway_requests WHERE verb IN ('POST', 'PUT') AND bytes_out > 1000000
    requests that missed the cache => * FROM gateway_requests WHERE cache_hit = FALSE
    retried requests / anything that was retried => * FROM gateway_requests WHERE retries > 0
    429s for tenant acme => * FROM gateway_requests WHERE status = 429 AND tenant = 'acme'
    everything that isn't a GET and took more than 750ms => * FROM gateway_requests WHERE verb != 'GET' AND duration_ms > 750
    v1 calls with status 404 or 410 => * FROM gateway_requests WHERE api_version = 'v1' AND status IN (404, 410)
    client_ip starting with 10. => * FROM gateway_requests WHERE client_ip LIKE '10.%'
    status not 200 => * FROM gateway_requests WHERE status != 200
    [aggregate]
    p99 latency per route every minute => route, PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY duration_ms) v FROM gateway_requests GROUP BY route W 1m
    rps by region per second => region, COUNT(*) n FROM gateway_requests GROUP BY region W 1s
    traffic out per tenant hourly => tenant, SUM(bytes_out) v FROM gateway_requests GROUP BY tenant W 1h
    how many different clients hit each route in 5 min windows => route, COUNT(DISTINCT client_ip) n FROM gateway_requests GROUP BY route W 5m
    errors by upstream per minute => upstream, COUNT(*) n FROM gateway_requests WHERE status >= 500 GROUP BY upstream W 1m
    avg, p50 and p95 duration by verb => verb, AVG(duration_ms) a, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY duration_ms) b, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY duration_ms) c FROM gateway_requests GROUP BY verb
    slowest request per route in the last 10 minutes => route, MAX(duration_ms) v FROM gateway_requests GROUP BY route W 10m
    deletes per tenant per day => tenant, COUNT(*) n FROM gateway_requests WHERE verb = 'DELETE' GROUP BY tenant W 1d
    5 minute rolling average of duration per route, updated every minute => route, AVG(duration_ms) v FROM gateway_requests GROUP BY route W 5m/1m
    [ratio]
    error rate per route per minute => route, 1.0 * SUM(CASE WHEN status >= 500 THEN 1 ELSE 0 END) / COUNT(*) v FROM gateway_requests GROUP BY route W 1m
    cache hit ratio by region => region, 1.0 * SUM(CASE WHEN cache_hit = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM gateway_requests GROUP BY region
    share of requests slower than 500 ms per upstream => upstream, 1.0 * SUM(CASE WHEN duration_ms > 500 THEN 1 ELSE 0 END) / COUNT(*) v FROM gateway_requests GROUP BY upstream
    what % of v1 traffic fails => 100.0 * SUM(CASE WHEN status >= 500 THEN 1 ELSE 0 END) / COUNT(*) v FROM gateway_requests WHERE api_version = 'v1'
    [topn]
    noisiest 5 tenants per minute => tenant, COUNT(*) n FROM gateway_requests GROUP BY tenant W 1m ORDER BY n DESC LIMIT 5
    top 10 routes by total bytes in each hour => route, SUM(bytes_out) v FROM gateway_requests GROUP BY route W 1h ORDER BY v DESC LIMIT 10
    [having]
    tenants with more than 2k requests a minute => tenant, COUNT(*) n FROM gateway_requests GROUP BY tenant W 1m HAVING COUNT(*) > 2000
    routes whose p95 exceeds 1.5 seconds per 5 minutes => route, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY duration_ms) v FROM gateway_requests GROUP BY route W 5m HAVING PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY duration_ms) > 1500
    client ips failing auth 20 times or more within 10 minutes => client_ip, COUNT(*) n FROM gateway_requests WHERE auth_failed = TRUE GROUP BY client_ip W 10m HAVING COUNT(*) >= 20
    [edit]
    ~ route, COUNT(*) n FROM gateway_requests GROUP BY route W 1m
    only 5xx => route, COUNT(*) n FROM gateway_requests WHERE status >= 500 GROUP BY route W 1m
    per 30 seconds instead => route, COUNT(*) n FROM gateway_requests GROUP BY route W 30s
    split it by region too => route, region, COUNT(*) n FROM gateway_requests GROUP BY route, region W 1m
    leave out eu-west-1 => route, COUNT(*) n FROM gateway_requests WHERE region != 'eu-west-1' GROUP BY route W 1m
    [clarify]
    is everything fine => ?
    which route costs the most money => ?
    `,
  ),
};
