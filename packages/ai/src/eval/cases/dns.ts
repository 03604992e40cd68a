import { casesFrom, schemasFrom } from '../case.ts';

export const dns = {
  name: 'dns',
  schemas: schemasFrom(`
    dns_queries: qid STRING, client_subnet STRING, resolver STRING, qname STRING, qtype STRING A|AAAA|MX|TXT, rcode STRING NOERROR|NXDOMAIN|SERVFAIL|REFUSED, rtt_ms FLOAT, answer_count INTEGER, response_bytes INTEGER, blocked BOOLEAN, cached BOOLEAN, dnssec_valid BOOLEAN, datacenter STRING, transport STRING udp|tcp|doh|dot, seen_at TIMESTAMP
  `),
  cases: casesFrom(
    'dns',
    `
    [filter]
    NXDOMAIN over tcp => * FROM dns_queries WHERE rcode = 'NXDOMAIN' AND transport = 'tcp'
    blocked queries => * FROM dns_queries WHERE blocked = TRUE
    queries slower than 200ms that were not cached => * FROM dns_queries WHERE rtt_ms > 200 AND cached = FALSE
    responses larger than 4 KB => * FROM dns_queries WHERE response_bytes > 4000
    servfail or refused in datacenter fra1 => * FROM dns_queries WHERE rcode IN ('SERVFAIL', 'REFUSED') AND datacenter = 'fra1'
    qname ends with .ru => * FROM dns_queries WHERE qname LIKE '%.ru'
    MX lookups with no answers => * FROM dns_queries WHERE qtype = 'MX' AND answer_count = 0
    doh and dot traffic with invalid dnssec => * FROM dns_queries WHERE transport IN ('doh', 'dot') AND dnssec_valid = FALSE
    everything but NOERROR => * FROM dns_queries WHERE rcode != 'NOERROR'
    rtt at least 1s => * FROM dns_queries WHERE rtt_ms >= 1000
    [aggregate]
    qps per datacenter => datacenter, COUNT(*) n FROM dns_queries GROUP BY datacenter W 1s
    queries per second by transport => transport, COUNT(*) n FROM dns_queries GROUP BY transport W 1s
    p99 rtt per resolver per minute => resolver, PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY rtt_ms) v FROM dns_queries GROUP BY resolver W 1m
    unique qnames per client subnet in 10 minute buckets => client_subnet, COUNT(DISTINCT qname) n FROM dns_queries GROUP BY client_subnet W 10m
    count by rcode every 5s => rcode, COUNT(*) n FROM dns_queries GROUP BY rcode W 5s
    bytes served per resolver, 1h => resolver, SUM(response_bytes) v FROM dns_queries GROUP BY resolver W 1h
    max rtt by qtype and datacenter over 30 seconds => qtype, datacenter, MAX(rtt_ms) v FROM dns_queries GROUP BY qtype, datacenter W 30s
    servfails per minute => COUNT(*) n FROM dns_queries WHERE rcode = 'SERVFAIL' W 1m
    average number of answers per qtype => qtype, AVG(answer_count) v FROM dns_queries GROUP BY qtype
    [ratio]
    cache hit rate per resolver per minute => resolver, 1.0 * SUM(CASE WHEN cached = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM dns_queries GROUP BY resolver W 1m
    % nxdomain by client subnet every 5 min => client_subnet, 100.0 * SUM(CASE WHEN rcode = 'NXDOMAIN' THEN 1 ELSE 0 END) / COUNT(*) v FROM dns_queries GROUP BY client_subnet W 5m
    ratio of udp to tcp queries per datacenter => datacenter, 1.0 * SUM(CASE WHEN transport = 'udp' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN transport = 'tcp' THEN 1 ELSE 0 END), 0) v FROM dns_queries GROUP BY datacenter
    fraction blocked per resolver hourly => resolver, 1.0 * SUM(CASE WHEN blocked = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM dns_queries GROUP BY resolver W 1h
    [topn]
    top 20 qnames per minute => qname, COUNT(*) n FROM dns_queries GROUP BY qname W 1m ORDER BY n DESC LIMIT 20
    3 slowest resolvers by p95 every minute => resolver, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY rtt_ms) v FROM dns_queries GROUP BY resolver W 1m ORDER BY v DESC LIMIT 3
    subnets sending the most blocked queries per hour, top 10 => client_subnet, COUNT(*) n FROM dns_queries WHERE blocked = TRUE GROUP BY client_subnet W 1h ORDER BY n DESC LIMIT 10
    [having]
    subnets doing more than 300 queries a minute => client_subnet, COUNT(*) n FROM dns_queries GROUP BY client_subnet W 1m HAVING COUNT(*) > 300
    resolvers with average rtt above 50 ms in 1 min windows => resolver, AVG(rtt_ms) v FROM dns_queries GROUP BY resolver W 1m HAVING AVG(rtt_ms) > 50
    clients querying over 100 distinct names within 5 minutes => client_subnet, COUNT(DISTINCT qname) n FROM dns_queries GROUP BY client_subnet W 5m HAVING COUNT(DISTINCT qname) > 100
    [alert]
    page me when servfails exceed 50 per minute => COUNT(*) n FROM dns_queries WHERE rcode = 'SERVFAIL' W 1m
    [clarify]
    is dns broken => ?
    queries by employee => ?
    alert on high rtt => ?
    `,
  ),
};
