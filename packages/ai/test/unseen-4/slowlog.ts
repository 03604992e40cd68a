import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Slow queries and replicas of databases; asked by whoever is on call, in as few words as possible. */
export const slowlog = {
  name: 'slowlog',
  schemas: schemasFrom(`
    slow_queries: fingerprint STRING, db STRING, app_user STRING, host STRING, dur_ms FLOAT, lock_ms FLOAT, rows_examined INTEGER, rows_sent INTEGER, verb STRING select|insert|update|delete, full_scan BOOLEAN, sql_error STRING, logged_at TIMESTAMP
    replica_lag: replica STRING, shard STRING, lag_s FLOAT, qps FLOAT, conns INTEGER, state STRING streaming|catchup|broken, seen_at TIMESTAMP
    table db_hosts: host STRING, tier STRING prod|staging|dev, owner_team STRING, cores INTEGER
  `),
  cases: casesFrom(
    'slowlog',
    `
    [filter]
    full scans examining > 1M rows => * FROM slow_queries WHERE full_scan = TRUE AND rows_examined > 1000000
    updates and deletes slower than 2s on db billing => * FROM slow_queries WHERE verb IN ('update', 'delete') AND dur_ms > 2000 AND db = 'billing'
    queries that errored => * FROM slow_queries WHERE sql_error IS NOT NULL
    replicas not streaming, lag >= 60 => * FROM replica_lag WHERE state != 'streaming' AND lag_s >= 60
    lock time more than 500 ms, but not from app_user batch => * FROM slow_queries WHERE lock_ms > 500 AND app_user != 'batch'
    fingerprint, host and duration of selects that sent no rows => fingerprint, host, dur_ms FROM slow_queries WHERE verb = 'select' AND rows_sent = 0
    [aggregate]
    slow queries per host, 5 min => host, COUNT(*) n FROM slow_queries GROUP BY host W 5m
    p95 and p99 duration by db every minute => db, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY dur_ms) a, PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY dur_ms) b FROM slow_queries GROUP BY db W 1m
    max lag per shard each 30s => shard, MAX(lag_s) v FROM replica_lag GROUP BY shard W 30s
    distinct fingerprints by app_user per hour => app_user, COUNT(DISTINCT fingerprint) n FROM slow_queries GROUP BY app_user W 1h
    avg time spent outside of locks (dur minus lock), per verb, hourly => verb, AVG(dur_ms - lock_ms) v FROM slow_queries GROUP BY verb W 1h
    latest state of each replica => replica, LAST_VALUE(state) v FROM replica_lag GROUP BY replica
    [ratio]
    full scan share by db, 15 min => db, 1.0 * SUM(CASE WHEN full_scan = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM slow_queries GROUP BY db W 15m
    total rows examined divided by total rows sent, by fingerprint => fingerprint, 1.0 * SUM(rows_examined) / SUM(rows_sent) v FROM slow_queries GROUP BY fingerprint
    [join]
    slow queries by owner team for each hour, prod only => h.owner_team, COUNT(*) n FROM slow_queries q JOIN db_hosts h ON q.host = h.host WHERE h.tier = 'prod' GROUP BY h.owner_team W 1h
    total duration by tier, daily => h.tier, SUM(q.dur_ms) v FROM slow_queries q JOIN db_hosts h ON q.host = h.host GROUP BY h.tier W 1d
    slow inserts on hosts with 4 cores or less => q.* FROM slow_queries q JOIN db_hosts h ON q.host = h.host WHERE q.verb = 'insert' AND h.cores <= 4
    [having]
    shards with avg lag above 10 s for 2 minutes => shard, AVG(lag_s) v FROM replica_lag GROUP BY shard W 2m HAVING AVG(lag_s) > 10
    fingerprints seen at most twice per day => fingerprint, COUNT(*) n FROM slow_queries GROUP BY fingerprint W 1d HAVING COUNT(*) <= 2
    [topn]
    top 5 fingerprints by total duration per hour => fingerprint, SUM(dur_ms) v FROM slow_queries GROUP BY fingerprint W 1h ORDER BY v DESC LIMIT 5
    replica with the highest qps in each minute => replica, MAX(qps) v FROM replica_lag GROUP BY replica W 1m ORDER BY v DESC LIMIT 1
    [rows]
    lag delta to the prior sample per replica => replica, lag_s - LAG(lag_s) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY replica ORDER BY seen_at) v FROM replica_lag
    [pivot]
    selects vs updates per db, 10 min => db, SUM(CASE WHEN verb = 'select' THEN 1 ELSE 0 END) a, SUM(CASE WHEN verb = 'update' THEN 1 ELSE 0 END) b FROM slow_queries GROUP BY db W 10m
    [alert]
    page when any replica averages over 45 s lag in a 5 min window => replica, AVG(lag_s) v FROM replica_lag GROUP BY replica W 5m
    [emit]
    conns per shard, summed per 10 min, emit only at window close => shard, SUM(conns) v FROM replica_lag GROUP BY shard W 10m EMIT FINAL
    [edit]
    ~ SELECT db, AVG(dur_ms) AS avg_ms FROM slow_queries GROUP BY db WINDOW TUMBLING(5m) EMIT CHANGES
    max instead of avg => db, MAX(dur_ms) v FROM slow_queries GROUP BY db W 5m
    worst 3 only => db, AVG(dur_ms) avg_ms FROM slow_queries GROUP BY db W 5m ORDER BY avg_ms DESC LIMIT 3
    break it down by host instead of db => host, AVG(dur_ms) avg_ms FROM slow_queries GROUP BY host W 5m
    [behaviour]
    why is billing slow => ?
    kill the query with the longest runtime => no
    `,
  ),
};
