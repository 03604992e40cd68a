import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Runs of the pipelines that fill a data warehouse; asked by data engineers on call. */
export const datapipelines = {
  name: 'datapipelines',
  schemas: schemasFrom(`
    pipeline_runs: run_id STRING, pipeline_id STRING, status STRING succeeded|failed|cancelled, duration_s FLOAT, rows_in INTEGER, rows_out INTEGER, retries INTEGER, started_by STRING schedule|manual|event, worker STRING, error_class STRING, finished_at TIMESTAMP
    quality_checks: check_name STRING, pipeline_id STRING, passed BOOLEAN, severity STRING info|warning|blocker, bad_rows INTEGER, checked_at TIMESTAMP
    table pipelines: pipeline_id STRING, owner STRING, layer STRING bronze|silver|gold, sla_s INTEGER, critical BOOLEAN, source_system STRING
  `),
  cases: casesFrom(
    'datapipelines',
    `
    [filter]
    failed runs that were started manually => * FROM pipeline_runs WHERE status = 'failed' AND started_by = 'manual'
    runs that took longer than 15 minutes => * FROM pipeline_runs WHERE duration_s > 900
    runs with 3 or more retries on worker w-4 => * FROM pipeline_runs WHERE retries >= 3 AND worker = 'w-4'
    runs that wrote fewer rows than they read => * FROM pipeline_runs WHERE rows_out < rows_in
    blocker checks that did not pass => * FROM quality_checks WHERE severity = 'blocker' AND passed = FALSE
    failed or cancelled runs whose error class contains 'Timeout' => * FROM pipeline_runs WHERE status IN ('failed', 'cancelled') AND error_class LIKE '%Timeout%'
    [aggregate]
    rows written per pipeline every hour => pipeline_id, SUM(rows_out) v FROM pipeline_runs GROUP BY pipeline_id W 1h
    number of runs by status and day => status, COUNT(*) n FROM pipeline_runs GROUP BY status W 1d
    average and maximum duration of successful runs for each pipeline => pipeline_id, AVG(duration_s) a, MAX(duration_s) b FROM pipeline_runs WHERE status = 'succeeded' GROUP BY pipeline_id
    how many distinct pipelines does each worker run in 10 minutes => worker, COUNT(DISTINCT pipeline_id) n FROM pipeline_runs GROUP BY worker W 10m
    most recent status of every pipeline => pipeline_id, LAST_VALUE(status) v FROM pipeline_runs GROUP BY pipeline_id
    [join]
    failed runs per owner, hourly => p.owner, COUNT(*) n FROM pipeline_runs r JOIN pipelines p ON r.pipeline_id = p.pipeline_id WHERE r.status = 'failed' GROUP BY p.owner W 1h
    runs of gold layer pipelines that took longer than their SLA => r.* FROM pipeline_runs r JOIN pipelines p ON r.pipeline_id = p.pipeline_id WHERE p.layer = 'gold' AND r.duration_s > p.sla_s
    [ratio]
    failure rate of each pipeline per day => pipeline_id, 1.0 * SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) / COUNT(*) v FROM pipeline_runs GROUP BY pipeline_id W 1d
    rows out divided by rows in, in total per pipeline => pipeline_id, 1.0 * SUM(rows_out) / SUM(rows_in) v FROM pipeline_runs GROUP BY pipeline_id
    [having]
    pipelines failing more than twice within an hour => pipeline_id, COUNT(*) n FROM pipeline_runs WHERE status = 'failed' GROUP BY pipeline_id W 1h HAVING COUNT(*) > 2
    checks that found over 1000 bad rows in total in 30 minutes => check_name, SUM(bad_rows) v FROM quality_checks GROUP BY check_name W 30m HAVING SUM(bad_rows) > 1000
    [topn]
    the 5 slowest pipelines by average duration each hour => pipeline_id, AVG(duration_s) v FROM pipeline_runs GROUP BY pipeline_id W 1h ORDER BY v DESC LIMIT 5
    top 3 error classes by number of failed runs => error_class, COUNT(*) n FROM pipeline_runs WHERE status = 'failed' GROUP BY error_class W 5m ORDER BY n DESC LIMIT 3
    [alert]
    page the on-call engineer when a pipeline has more than 3 failed checks in 20 minutes => pipeline_id, COUNT(*) n FROM quality_checks WHERE passed = FALSE GROUP BY pipeline_id W 20m
    [rows]
    moving average of duration over the last 7 runs per pipeline => pipeline_id, AVG(duration_s) OVER (ROWS WINDOW BUFFER 7 ROWS PARTITION BY pipeline_id ORDER BY finished_at) v FROM pipeline_runs
    [edit]
    ~ SELECT worker, COUNT(*) AS runs FROM pipeline_runs WHERE started_by = 'schedule' GROUP BY worker WINDOW TUMBLING(1h) EMIT CHANGES
    only the ones that failed => worker, COUNT(*) runs FROM pipeline_runs WHERE started_by = 'schedule' AND status = 'failed' GROUP BY worker W 1h
    change the window to 15 minutes => worker, COUNT(*) runs FROM pipeline_runs WHERE started_by = 'schedule' GROUP BY worker W 15m
    group by pipeline instead => pipeline_id, COUNT(*) runs FROM pipeline_runs WHERE started_by = 'schedule' GROUP BY pipeline_id W 1h
    [behaviour]
    is our data any good? => ?
    rerun the failed pipelines => no
    what is the capital of Portugal => no
    `,
  ),
};
