import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Background jobs of a web application; asked by an SRE. */
export const jobqueues = {
  name: 'jobqueues',
  schemas: schemasFrom(`
    job_runs: job_id STRING, queue STRING, job_type STRING email|export|thumbnail|sync|billing, worker STRING, status STRING succeeded|failed|timeout|cancelled, attempt INTEGER, wait_ms INTEGER, run_ms INTEGER, error STRING, finished_at TIMESTAMP
    queue_samples: queue STRING, depth INTEGER, oldest_s FLOAT, consumers INTEGER, paused BOOLEAN, region STRING, sampled_at TIMESTAMP
    table workers: worker STRING, host STRING, zone STRING, version STRING, team STRING, cpu_cores INTEGER, spot BOOLEAN
  `),
  cases: casesFrom(
    'jobqueues',
    `
    [filter]
    billing jobs with status failed or timeout => * FROM job_runs WHERE job_type = 'billing' AND status IN ('failed', 'timeout')
    job runs on attempt 3 or later with run_ms over 30000 => * FROM job_runs WHERE attempt >= 3 AND run_ms > 30000
    paused queues in eu-west-1 with depth > 0 => * FROM queue_samples WHERE paused = TRUE AND region = 'eu-west-1' AND depth > 0
    job runs that waited more than 5 seconds => * FROM job_runs WHERE wait_ms > 5000
    queue samples with zero consumers and oldest_s above 300 => * FROM queue_samples WHERE consumers = 0 AND oldest_s > 300
    runs that succeeded but still carry an error => * FROM job_runs WHERE status = 'succeeded' AND error IS NOT NULL
    [aggregate]
    p95 of run_ms per job type, 5m windows => job_type, PERCENTILE_CONT(run_ms, 0.95) v FROM job_runs GROUP BY job_type W 5m
    completed runs per queue per minute (all statuses) => queue, COUNT(*) n FROM job_runs GROUP BY queue W 1m
    max depth per queue over the last 10 minutes, refreshed every minute => queue, MAX(depth) v FROM queue_samples GROUP BY queue W 10m/1m
    avg wait by queue and job type => queue, job_type, AVG(wait_ms) v FROM job_runs GROUP BY queue, job_type
    number of distinct workers per queue every 5 minutes => queue, COUNT(DISTINCT worker) n FROM job_runs GROUP BY queue W 5m
    [ratio]
    failure rate per queue in 5m buckets => queue, 1.0 * SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) / COUNT(*) v FROM job_runs GROUP BY queue W 5m
    timeouts as a fraction of all runs, by worker => worker, 1.0 * SUM(CASE WHEN status = 'timeout' THEN 1 ELSE 0 END) / COUNT(*) v FROM job_runs GROUP BY worker
    [join]
    mean run_ms per worker version, 10m => w.version, AVG(j.run_ms) v FROM job_runs j JOIN workers w ON j.worker = w.worker GROUP BY w.version W 10m
    failed runs on spot workers => j.* FROM job_runs j JOIN workers w ON j.worker = w.worker WHERE j.status = 'failed' AND w.spot = TRUE
    [having]
    queues with an average depth over 1000 in 5m => queue, AVG(depth) v FROM queue_samples GROUP BY queue W 5m HAVING AVG(depth) > 1000
    workers doing fewer than 10 runs per 5 minutes => worker, COUNT(*) n FROM job_runs GROUP BY worker W 5m HAVING COUNT(*) < 10
    [topn]
    top 5 queues by total run time, hourly => queue, SUM(run_ms) v FROM job_runs GROUP BY queue W 1h ORDER BY v DESC LIMIT 5
    10 workers with the most failed runs => worker, COUNT(*) v FROM job_runs WHERE status = 'failed' GROUP BY worker W 5m ORDER BY v DESC LIMIT 10
    [rows]
    for each queue: moving average of depth, last 20 samples => queue, AVG(depth) OVER (ROWS WINDOW BUFFER 20 ROWS PARTITION BY queue ORDER BY sampled_at) v FROM queue_samples
    [alert]
    page me when a queue has more than 50 failed runs within 5m => queue, COUNT(*) n FROM job_runs WHERE status = 'failed' GROUP BY queue W 5m
    [edit]
    ~ SELECT queue, AVG(run_ms) AS avg_run FROM job_runs GROUP BY queue WINDOW TUMBLING(5m) EMIT CHANGES
    exclude cancelled runs => queue, AVG(run_ms) avg_run FROM job_runs WHERE status <> 'cancelled' GROUP BY queue W 5m
    max rather than average => queue, MAX(run_ms) avg_run FROM job_runs GROUP BY queue W 5m
    slide it by 1 minute => queue, AVG(run_ms) avg_run FROM job_runs GROUP BY queue W 5m/1m
    [behaviour]
    memory usage by worker => ?
    restart the export workers => no
    `,
  ),
};
