import { casesFrom, schemasFrom } from '../case.ts';

/** Builds and tests, is_ flags and seconds; asked by a developer who half writes SQL. */
export const ciruns = {
  name: 'ciruns',
  schemas: schemasFrom(`
    pipeline_runs: run_id STRING, repo STRING, branch STRING, outcome STRING passed|failed|cancelled|timed_out, duration_s INTEGER, queue_s INTEGER, is_retry BOOLEAN, runner_label STRING, commit_author STRING, finished_at TIMESTAMP
    test_results: test_name STRING, suite STRING, repo STRING, is_flaky BOOLEAN, runtime_ms INTEGER, verdict STRING ok|fail|skip, ran_at TIMESTAMP
    table repos: repo STRING, owning_team STRING, lang STRING go|rust|python|java
  `),
  cases: casesFrom(
    'ciruns',
    `
    [aggregate]
    count runs group by repo and outcome, tumbling 1h => repo, outcome, COUNT(*) n FROM pipeline_runs GROUP BY repo, outcome W 1h
    avg and max duration_s per runner_label every 30m => runner_label, AVG(duration_s) a, MAX(duration_s) m FROM pipeline_runs GROUP BY runner_label W 30m
    median queue_s per repo, 1d windows => repo, MEDIAN(queue_s) v FROM pipeline_runs GROUP BY repo W 1d
    number of distinct commit authors per repo per day => repo, COUNT(DISTINCT commit_author) n FROM pipeline_runs GROUP BY repo W 1d
    [filter]
    runs on branch main that failed or timed out => * FROM pipeline_runs WHERE branch = 'main' AND outcome IN ('failed', 'timed_out')
    runs with duration over 20 min that aren't retries => * FROM pipeline_runs WHERE duration_s > 1200 AND is_retry = FALSE
    pipeline runs where branch starts with release/ => * FROM pipeline_runs WHERE branch LIKE 'release/%'
    test results slower than 1.5s, not counting skips => * FROM test_results WHERE runtime_ms > 1500 AND verdict != 'skip'
    [ratio]
    percentage of flaky test results per suite, 1h => suite, 100.0 * SUM(CASE WHEN is_flaky = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM test_results GROUP BY suite W 1h
    failed runs as a fraction of all runs per repo, daily => repo, 1.0 * SUM(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END) / COUNT(*) v FROM pipeline_runs GROUP BY repo W 1d
    [pivot]
    passed vs failed run counts by repo, one column each, hourly => repo, SUM(CASE WHEN outcome = 'passed' THEN 1 ELSE 0 END) a, SUM(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END) b FROM pipeline_runs GROUP BY repo W 1h
    [join]
    pipeline runs per owning team per day => r.owning_team, COUNT(*) n FROM pipeline_runs p JOIN repos r ON p.repo = r.repo GROUP BY r.owning_team W 1d
    avg test runtime by suite for rust repos, 1h => t.suite, AVG(t.runtime_ms) v FROM test_results t JOIN repos r ON t.repo = r.repo WHERE r.lang = 'rust' GROUP BY t.suite W 1h
    [having]
    suites with more than 10 failing test results in 5m => suite, COUNT(*) n FROM test_results WHERE verdict = 'fail' GROUP BY suite W 5m HAVING COUNT(*) > 10
    [topn]
    slowest 5 tests by avg runtime, per day => test_name, AVG(runtime_ms) v FROM test_results GROUP BY test_name W 1d ORDER BY v DESC LIMIT 5
    [edit]
    ~ SELECT repo, COUNT(*) AS runs FROM pipeline_runs WHERE outcome = 'failed' GROUP BY repo WINDOW TUMBLING(1h) EMIT CHANGES
    remove the where clause => repo, COUNT(*) n FROM pipeline_runs GROUP BY repo W 1h
    group by branch too => repo, branch, COUNT(*) n FROM pipeline_runs WHERE outcome = 'failed' GROUP BY repo, branch W 1h
    [behaviour]
    give me the weird runs => ?
    `,
  ),
};
