import { casesFrom, schemasFrom } from '../case.ts';

export const builds = {
  name: 'builds',
  schemas: schemasFrom(`
    ci_builds: buildId STRING, repoName STRING, branch STRING, triggeredBy STRING, runnerOs STRING linux|macos|windows, result STRING success|failure|aborted|unstable, durationSec INTEGER, queueTimeMs BIGINT, testsTotal INTEGER, testsFailed INTEGER, coveragePct FLOAT, artifactSizeMb FLOAT, isNightly BOOLEAN, errorMessage STRING, finishedAt TIMESTAMP
    table repos: repoName STRING, team STRING, language STRING, isArchived BOOLEAN, stars INTEGER
  `),
  cases: casesFrom(
    'builds',
    `
    [filter]
    failed builds on main / builds that failed on branch main => * FROM ci_builds WHERE result = 'failure' AND branch = 'main'
    broken or aborted builds, i.e. result failure or aborted => * FROM ci_builds WHERE result IN ('failure', 'aborted')
    builds running over 20 minutes => * FROM ci_builds WHERE durationSec > 1200
    queued for more than 30 seconds => * FROM ci_builds WHERE queueTimeMs > 30000
    coverage under 60% or more than 10 failed tests => * FROM ci_builds WHERE coveragePct < 60 OR testsFailed > 10
    nightly windows builds => * FROM ci_builds WHERE isNightly = TRUE AND runnerOs = 'windows'
    builds that are not nightly and not on linux => * FROM ci_builds WHERE isNightly = FALSE AND runnerOs != 'linux'
    error message contains "timeout" / builds whose error message mentions timeout => * FROM ci_builds WHERE errorMessage LIKE '%timeout%'
    builds w/o an error message => * FROM ci_builds WHERE errorMessage IS NULL
    builds of repo payments-api => * FROM ci_builds WHERE repoName = 'payments-api'
    branch begins with "release/" => * FROM ci_builds WHERE branch LIKE 'release/%'
    artifacts larger than 1.5 GB => * FROM ci_builds WHERE artifactSizeMb > 1500
    no failing tests / zero failed tests => * FROM ci_builds WHERE testsFailed = 0
    triggered by dependabot => * FROM ci_builds WHERE triggeredBy = 'dependabot'
    repo, branch and duration for unsuccessful builds => repoName, branch, durationSec FROM ci_builds WHERE result = 'failure'
    [aggregate]
    builds per repo per day / how many builds does each repo have daily => repoName, COUNT(*) n FROM ci_builds GROUP BY repoName W 1d
    median build duration by runner os => runnerOs, MEDIAN(durationSec) v FROM ci_builds GROUP BY runnerOs
    average queue time every 10 minutes => AVG(queueTimeMs) v FROM ci_builds W 10m
    total failed tests by repo per day => repoName, SUM(testsFailed) v FROM ci_builds GROUP BY repoName W 1d
    latest coverage of every repo => repoName, LAST_VALUE(coveragePct) v FROM ci_builds GROUP BY repoName
    number of distinct branches built per repo => repoName, COUNT(DISTINCT branch) n FROM ci_builds GROUP BY repoName
    p99 duration of successful builds per os each hour => runnerOs, PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY durationSec) v FROM ci_builds WHERE result = 'success' GROUP BY runnerOs W 1h
    longest build per repo and branch => repoName, branch, MAX(durationSec) v FROM ci_builds GROUP BY repoName, branch
    builds by result, every half hour => result, COUNT(*) n FROM ci_builds GROUP BY result W 30m
    combined artifact size per repo weekly => repoName, SUM(artifactSizeMb) v FROM ci_builds GROUP BY repoName W 7d
    how many builds did each person trigger => triggeredBy, COUNT(*) n FROM ci_builds GROUP BY triggeredBy
    [ratio]
    failure rate per repo / share of failed builds by repo => repoName, 1.0 * SUM(CASE WHEN result = 'failure' THEN 1 ELSE 0 END) / COUNT(*) v FROM ci_builds GROUP BY repoName
    success percentage by os per day => runnerOs, 100.0 * SUM(CASE WHEN result = 'success' THEN 1 ELSE 0 END) / COUNT(*) v FROM ci_builds GROUP BY runnerOs W 1d
    failed tests divided by total tests per repo => repoName, 1.0 * SUM(testsFailed) / NULLIF(SUM(testsTotal), 0) v FROM ci_builds GROUP BY repoName
    [pivot]
    number of successes and failures per repo per day => repoName, SUM(CASE WHEN result = 'success' THEN 1 ELSE 0 END) a, SUM(CASE WHEN result = 'failure' THEN 1 ELSE 0 END) b FROM ci_builds GROUP BY repoName W 1d
    [join]
    failed builds by team per day => r.team, COUNT(*) n FROM ci_builds b JOIN repos r ON b.repoName = r.repoName WHERE b.result = 'failure' GROUP BY r.team W 1d
    average duration of builds of Rust repos => AVG(b.durationSec) v FROM ci_builds b JOIN repos r ON b.repoName = r.repoName WHERE r.language = 'Rust'
    builds of archived repos => b.* FROM ci_builds b JOIN repos r ON b.repoName = r.repoName WHERE r.isArchived = TRUE
    coverage by language => r.language, AVG(b.coveragePct) v FROM ci_builds b JOIN repos r ON b.repoName = r.repoName GROUP BY r.language
    [topn]
    10 repos with the most failures each day => repoName, COUNT(*) n FROM ci_builds WHERE result = 'failure' GROUP BY repoName W 1d ORDER BY n DESC LIMIT 10
    the two operating systems with the longest average queue time per hour => runnerOs, AVG(queueTimeMs) v FROM ci_builds GROUP BY runnerOs W 1h ORDER BY v DESC LIMIT 2
    [having]
    repos failing more than 3 times an hour => repoName, COUNT(*) n FROM ci_builds WHERE result = 'failure' GROUP BY repoName W 1h HAVING COUNT(*) > 3
    repos whose average coverage is under 50 => repoName, AVG(coveragePct) v FROM ci_builds GROUP BY repoName HAVING AVG(coveragePct) < 50
    [edit]
    ~ repoName, AVG(durationSec) avg_duration FROM ci_builds GROUP BY repoName W 1h
    only for branch main => repoName, AVG(durationSec) avg_duration FROM ci_builds WHERE branch = 'main' GROUP BY repoName W 1h
    order by duration descending => repoName, AVG(durationSec) avg_duration FROM ci_builds GROUP BY repoName W 1h ORDER BY avg_duration DESC
    use 30 minute windows => repoName, AVG(durationSec) avg_duration FROM ci_builds GROUP BY repoName W 30m
    [clarify]
    is it good? => ?
    alert me when builds are slow => ?
    `,
  ),
};
