import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Exposures and conversions of product experiments; asked by a product analyst and her manager. */
export const experiments = {
  name: 'experiments',
  schemas: schemasFrom(`
    exposures: exp_key STRING, variant STRING control|treatment, uid STRING, platform STRING ios|android|web, app_version STRING, exposed_at TIMESTAMP
    goal_hits: uid STRING, exp_key STRING, goal STRING signup|purchase|upgrade, revenue_usd FLOAT, seconds_to_convert INTEGER, is_new_user BOOLEAN, converted_at TIMESTAMP
    table experiment_registry: exp_key STRING, team STRING, surface STRING home|checkout|search, holdout_pct FLOAT
  `),
  cases: casesFrom(
    'experiments',
    `
    [filter]
    purchases of new users worth more than $200 => * FROM goal_hits WHERE goal = 'purchase' AND is_new_user = TRUE AND revenue_usd > 200
    control exposures on android => * FROM exposures WHERE variant = 'control' AND platform = 'android'
    conversions that took less than a minute => * FROM goal_hits WHERE seconds_to_convert < 60
    exposures with an app version starting with "7." => * FROM exposures WHERE app_version LIKE '7.%'
    signups and upgrades in exp_key checkout_v2 => * FROM goal_hits WHERE goal IN ('signup', 'upgrade') AND exp_key = 'checkout_v2'
    [aggregate]
    unique uids exposed per experiment and variant each day => exp_key, variant, COUNT(DISTINCT uid) n FROM exposures GROUP BY exp_key, variant W 1d
    hourly revenue by goal => goal, SUM(revenue_usd) v FROM goal_hits GROUP BY goal W 1h
    Daily mean seconds to convert for each goal, new users only => goal, AVG(seconds_to_convert) v FROM goal_hits WHERE is_new_user = TRUE GROUP BY goal W 1d
    90th percentile of seconds_to_convert by exp_key => exp_key, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY seconds_to_convert) v FROM goal_hits GROUP BY exp_key
    minimum, maximum and average revenue of purchases per day => MIN(revenue_usd) a, MAX(revenue_usd) b, AVG(revenue_usd) c FROM goal_hits WHERE goal = 'purchase' W 1d
    [ratio]
    sample ratio check: share of treatment among the exposures of every experiment => exp_key, 1.0 * SUM(CASE WHEN variant = 'treatment' THEN 1 ELSE 0 END) / COUNT(*) v FROM exposures GROUP BY exp_key
    revenue per distinct user for each exp_key, daily => exp_key, 1.0 * SUM(revenue_usd) / COUNT(DISTINCT uid) v FROM goal_hits GROUP BY exp_key W 1d
    [join]
    how many exposures did each team cause per hour => r.team, COUNT(*) n FROM exposures e JOIN experiment_registry r ON e.exp_key = r.exp_key GROUP BY r.team W 1h
    revenue of experiments on the checkout surface, per day => SUM(g.revenue_usd) v FROM goal_hits g JOIN experiment_registry r ON g.exp_key = r.exp_key WHERE r.surface = 'checkout' W 1d
    [having]
    experiments with fewer than 100 exposures a day => exp_key, COUNT(*) n FROM exposures GROUP BY exp_key W 1d HAVING COUNT(*) < 100
    [topn]
    the experiment with the most revenue every day => exp_key, SUM(revenue_usd) v FROM goal_hits GROUP BY exp_key W 1d ORDER BY v DESC LIMIT 1
    [pivot]
    signups, purchases and upgrades side by side per exp_key, daily => exp_key, SUM(CASE WHEN goal = 'signup' THEN 1 ELSE 0 END) a, SUM(CASE WHEN goal = 'purchase' THEN 1 ELSE 0 END) b, SUM(CASE WHEN goal = 'upgrade' THEN 1 ELSE 0 END) c FROM goal_hits GROUP BY exp_key W 1d
    [sliding]
    exposures in the past hour for each variant, updated every 10 minutes => variant, COUNT(*) n FROM exposures GROUP BY variant W 1h/10m
    [edit]
    ~ SELECT variant, COUNT(*) AS n FROM exposures GROUP BY variant WINDOW TUMBLING(1h) EMIT CHANGES
    count distinct uids, not rows => variant, COUNT(DISTINCT uid) n FROM exposures GROUP BY variant W 1h
    leave the web out of it => variant, COUNT(*) n FROM exposures WHERE platform != 'web' GROUP BY variant W 1h
    no time window, I want the overall totals => variant, COUNT(*) n FROM exposures GROUP BY variant
    [behaviour]
    did the treatment win? => ?
    exposures by gender => ?
    turn off the experiment checkout_v2 => no
    `,
  ),
};
