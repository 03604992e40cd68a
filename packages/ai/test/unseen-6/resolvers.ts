import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Lookups and zone transfers of a DNS service; asked by its SRE on call. */
export const resolvers = {
  name: 'resolvers',
  schemas: schemasFrom(`
    lookups: resolver STRING, pop STRING, qtype STRING A|AAAA|MX|TXT|PTR, rcode STRING NOERROR|NXDOMAIN|SERVFAIL|REFUSED, latency_ms FLOAT, resp_bytes INTEGER, cache_hit BOOLEAN, client_asn STRING, qname STRING, ts TIMESTAMP
    transfers: zone STRING, secondary STRING, records INTEGER, duration_ms INTEGER, ok BOOLEAN, incremental BOOLEAN, finished_at TIMESTAMP
    table fleet: resolver STRING, version STRING, tier STRING edge|core|lab, team STRING, cores INTEGER, canary BOOLEAN
  `),
  cases: casesFrom(
    'resolvers',
    `
    [filter]
    SERVFAILs slower than 2000 ms => * FROM lookups WHERE rcode = 'SERVFAIL' AND latency_ms > 2000
    cache misses for AAAA at pop fra1 => * FROM lookups WHERE cache_hit = FALSE AND qtype = 'AAAA' AND pop = 'fra1'
    qname, rcode and latency for anything that's not NOERROR => qname, rcode, latency_ms FROM lookups WHERE rcode <> 'NOERROR'
    TXT or MX responses bigger than 1232 bytes, amplification suspects => * FROM lookups WHERE qtype IN ('TXT', 'MX') AND resp_bytes > 1232
    lookups for names ending in .internal => * FROM lookups WHERE qname LIKE '%.internal'
    [aggregate]
    QPS-ish: lookup count per resolver per second => resolver, COUNT(*) n FROM lookups GROUP BY resolver W 1s
    mean and max latency per pop over 1m windows => pop, AVG(latency_ms) a, MAX(latency_ms) b FROM lookups GROUP BY pop W 1m
    egress bytes by pop, 5m => pop, SUM(resp_bytes) v FROM lookups GROUP BY pop W 5m
    NXDOMAIN count by client ASN, sliding 10m every 1m => client_asn, COUNT(*) n FROM lookups WHERE rcode = 'NXDOMAIN' GROUP BY client_asn W 10m/1m
    distinct qnames per ASN, hourly => client_asn, COUNT(DISTINCT qname) n FROM lookups GROUP BY client_asn W 1h
    [ratio]
    cache hit ratio per resolver, 1m windows => resolver, 1.0 * SUM(CASE WHEN cache_hit = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM lookups GROUP BY resolver W 1m
    SERVFAIL percentage by pop per 5 minutes => pop, 100.0 * SUM(CASE WHEN rcode = 'SERVFAIL' THEN 1 ELSE 0 END) / COUNT(*) v FROM lookups GROUP BY pop W 5m
    [join]
    avg latency by version, 5m, need it for the rollout => f.version, AVG(l.latency_ms) v FROM lookups l JOIN fleet f ON l.resolver = f.resolver GROUP BY f.version W 5m
    REFUSED answers from canary resolvers => l.* FROM lookups l JOIN fleet f ON l.resolver = f.resolver WHERE l.rcode = 'REFUSED' AND f.canary = TRUE
    [having]
    ASNs with 8 or more lookups in a second => client_asn, COUNT(*) n FROM lookups GROUP BY client_asn W 1s HAVING COUNT(*) >= 8
    zones whose transfers take over 30000 ms on average, hourly => zone, AVG(duration_ms) v FROM transfers GROUP BY zone W 1h HAVING AVG(duration_ms) > 30000
    [topn]
    top 10 qnames by NXDOMAIN in 5m => qname, COUNT(*) n FROM lookups WHERE rcode = 'NXDOMAIN' GROUP BY qname W 5m ORDER BY n DESC LIMIT 10
    worst 3 resolvers by max latency, per minute => resolver, MAX(latency_ms) v FROM lookups GROUP BY resolver W 1m ORDER BY v DESC LIMIT 3
    [rows]
    smooth latency per resolver over 50 rows (moving avg) => resolver, AVG(latency_ms) OVER (ROWS WINDOW BUFFER 50 ROWS PARTITION BY resolver ORDER BY ts) v FROM lookups
    [alert]
    page me if any pop sees more than 500 SERVFAILs in 2 minutes => pop, COUNT(*) n FROM lookups WHERE rcode = 'SERVFAIL' GROUP BY pop W 2m
    [edit]
    ~ SELECT pop, AVG(latency_ms) AS latency FROM lookups WHERE cache_hit = FALSE GROUP BY pop WINDOW TUMBLING(1m) EMIT CHANGES
    by resolver instead of pop => resolver, AVG(latency_ms) latency FROM lookups WHERE cache_hit = FALSE GROUP BY resolver W 1m
    just PTR => pop, AVG(latency_ms) latency FROM lookups WHERE cache_hit = FALSE AND qtype = 'PTR' GROUP BY pop W 1m
    sort by latency, highest first, keep 5 => pop, AVG(latency_ms) latency FROM lookups WHERE cache_hit = FALSE GROUP BY pop W 1m ORDER BY latency DESC LIMIT 5
    [behaviour]
    restart resolver res-14 => no
    lookups that violate the SLO => ?
    CPU usage per resolver => ?
    `,
  ),
};
