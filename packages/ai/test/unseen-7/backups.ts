import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Backup jobs and trial restores; asked by a site reliability engineer. */
export const backups = {
  name: 'backups',
  schemas: schemasFrom(`
    backup_runs: job STRING, volume STRING, region STRING, type STRING full|incremental|snapshot, status STRING ok|failed|timeout|skipped, bytes BIGINT, duration_ms BIGINT, retries INTEGER, encrypted BOOLEAN, error_code STRING, ended_at TIMESTAMP
    restore_tests: volume STRING, target STRING, seconds FLOAT, passed BOOLEAN, checksum_errors INTEGER, tested_at TIMESTAMP
    table volumes: volume STRING, team STRING, tier STRING gold|silver|bronze, rpo_minutes INTEGER, size_gb FLOAT
  `),
  cases: casesFrom(
    'backups',
    `
    [filter]
    Timed out runs in eu-west-1 with retries > 2 => * FROM backup_runs WHERE status = 'timeout' AND region = 'eu-west-1' AND retries > 2
    Unencrypted full backups => * FROM backup_runs WHERE encrypted = FALSE AND type = 'full'
    Restore tests that failed or had any checksum errors => * FROM restore_tests WHERE passed = FALSE OR checksum_errors > 0
    Runs that ended ok but still carry an error code => * FROM backup_runs WHERE status = 'ok' AND error_code IS NOT NULL
    Everything except snapshots that took longer than 10 minutes (duration is in ms) => * FROM backup_runs WHERE type <> 'snapshot' AND duration_ms > 600000
    List job, volume and error code for failures => job, volume, error_code FROM backup_runs WHERE status = 'failed'
    Runs of jobs whose name ends in -db, status failed or skipped => * FROM backup_runs WHERE job LIKE '%-db' AND status IN ('failed', 'skipped')
    [aggregate]
    p95 of duration by region, 15m windows => region, PERCENTILE_CONT(duration_ms, 0.95) v FROM backup_runs GROUP BY region W 15m
    Bytes written per region per hour => region, SUM(bytes) v FROM backup_runs GROUP BY region W 1h
    Error count by error code, 1h window refreshed every 5m, where there is an error code => error_code, COUNT(*) n FROM backup_runs WHERE error_code IS NOT NULL GROUP BY error_code W 1h/5m
    Current status of every job => job, LAST_VALUE(status) v FROM backup_runs GROUP BY job
    Number of distinct volumes backed up per type and day => type, COUNT(DISTINCT volume) n FROM backup_runs GROUP BY type W 1d
    [ratio]
    Failure rate by job over 1h => job, 1.0 * SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) / COUNT(*) v FROM backup_runs GROUP BY job W 1h
    Throughput per volume as total bytes over total duration => volume, 1.0 * SUM(bytes) / SUM(duration_ms) v FROM backup_runs GROUP BY volume
    [join]
    Failed runs by owning team, per day => v.team, COUNT(*) n FROM backup_runs b JOIN volumes v ON b.volume = v.volume WHERE b.status = 'failed' GROUP BY v.team W 1d
    Restore tests of gold tier volumes slower than 900 seconds => r.* FROM restore_tests r JOIN volumes v ON r.volume = v.volume WHERE v.tier = 'gold' AND r.seconds > 900
    [having]
    Volumes with at least 3 failed runs in 6h => volume, COUNT(*) n FROM backup_runs WHERE status = 'failed' GROUP BY volume W 6h HAVING COUNT(*) >= 3
    Regions averaging over 60000 ms of run duration in any 6h window => region, AVG(duration_ms) v FROM backup_runs GROUP BY region W 6h HAVING AVG(duration_ms) > 60000
    [topn]
    Top 10 volumes by bytes, hourly => volume, SUM(bytes) v FROM backup_runs GROUP BY volume W 1h ORDER BY v DESC LIMIT 10
    5 noisiest jobs each day, noisiest = most retries in total => job, SUM(retries) v FROM backup_runs GROUP BY job W 1d ORDER BY v DESC LIMIT 5
    [edit]
    ~ SELECT region, COUNT(*) AS runs FROM backup_runs WHERE status = 'failed' GROUP BY region WINDOW TUMBLING(1h) EMIT CHANGES
    Count timeouts too => region, COUNT(*) runs FROM backup_runs WHERE status IN ('failed', 'timeout') GROUP BY region W 1h
    Make that a 1h window sliding by 10m => region, COUNT(*) runs FROM backup_runs WHERE status = 'failed' GROUP BY region W 1h/10m
    Drop the status condition => region, COUNT(*) runs FROM backup_runs GROUP BY region W 1h
    [alert]
    Page me when a region has more than 20 failures in 10 minutes => region, COUNT(*) n FROM backup_runs WHERE status = 'failed' GROUP BY region W 10m
    [session]
    Count runs per job in bursts, a burst being over after 20 minutes of silence => job, COUNT(*) n FROM backup_runs GROUP BY job W session 20m
    [behaviour]
    Purge all the snapshots older than 30 days => no
    Backups breaching the SLO => ?
    `,
  ),
};
