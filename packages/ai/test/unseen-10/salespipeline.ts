import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Deals of a sales team and what it does for them; asked by sales operations. */
export const salespipeline = {
  name: 'salespipeline',
  schemas: schemasFrom(`
    deal_updates: deal_id STRING, rep_id STRING, stage STRING prospect|demo|proposal|won|lost, value_usd FLOAT, probability FLOAT, lead_source STRING referral|outbound|inbound|partner, product STRING, discounted BOOLEAN, days_in_stage INTEGER, updated_at TIMESTAMP
    sales_activities: activity_id STRING, rep_id STRING, kind STRING call|email|meeting, duration_s INTEGER, connected BOOLEAN, note STRING, happened_at TIMESTAMP
    table reps: rep_id STRING, team STRING, territory STRING, senior BOOLEAN, quota_usd FLOAT, hired_year INTEGER
  `),
  cases: casesFrom(
    'salespipeline',
    `
    [filter]
    won deals worth more than 50k => * FROM deal_updates WHERE stage = 'won' AND value_usd > 50000
    deals stuck in their stage for over 30 days => * FROM deal_updates WHERE days_in_stage > 30
    deals from a referral or a partner with a probability of at least 0.6 => * FROM deal_updates WHERE lead_source IN ('referral', 'partner') AND probability >= 0.6
    calls longer than 10 minutes => * FROM sales_activities WHERE kind = 'call' AND duration_s > 600
    activities whose note contains the word 'budget' => * FROM sales_activities WHERE note LIKE '%budget%'
    discounted deals in the proposal stage below 5,000 dollars => * FROM deal_updates WHERE discounted = TRUE AND stage = 'proposal' AND value_usd < 5000
    [aggregate]
    value of won deals per product and week => product, SUM(value_usd) v FROM deal_updates WHERE stage = 'won' GROUP BY product W 7d
    average probability by stage => stage, AVG(probability) v FROM deal_updates GROUP BY stage
    number of activities per rep and kind each day => rep_id, kind, COUNT(*) n FROM sales_activities GROUP BY rep_id, kind W 1d
    how many different deals were updated per lead source every hour => lead_source, COUNT(DISTINCT deal_id) n FROM deal_updates GROUP BY lead_source W 1h
    median deal value per product => product, MEDIAN(value_usd) v FROM deal_updates GROUP BY product
    [join]
    total value of won deals by territory, daily => r.territory, SUM(d.value_usd) v FROM deal_updates d JOIN reps r ON d.rep_id = r.rep_id WHERE d.stage = 'won' GROUP BY r.territory W 1d
    lost deals of senior reps => d.* FROM deal_updates d JOIN reps r ON d.rep_id = r.rep_id WHERE d.stage = 'lost' AND r.senior = TRUE
    [ratio]
    ratio of won to lost deals per rep => rep_id, 1.0 * SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN stage = 'lost' THEN 1 ELSE 0 END), 0) v FROM deal_updates GROUP BY rep_id
    share of calls that connected, per rep and day => rep_id, 1.0 * SUM(CASE WHEN connected = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM sales_activities WHERE kind = 'call' GROUP BY rep_id W 1d
    [having]
    reps with fewer than 5 activities in an hour => rep_id, COUNT(*) n FROM sales_activities GROUP BY rep_id W 1h HAVING COUNT(*) < 5
    products whose average deal value exceeds 20000 => product, AVG(value_usd) v FROM deal_updates GROUP BY product HAVING AVG(value_usd) > 20000
    [topn]
    top 3 reps by value of won deals per day => rep_id, SUM(value_usd) v FROM deal_updates WHERE stage = 'won' GROUP BY rep_id W 1d ORDER BY v DESC LIMIT 3
    which 5 reps made the most calls in each hour => rep_id, COUNT(*) n FROM sales_activities WHERE kind = 'call' GROUP BY rep_id W 1h ORDER BY n DESC LIMIT 5
    [alert]
    notify me if more than 10 deals are lost in one day => COUNT(*) n FROM deal_updates WHERE stage = 'lost' W 1d
    [rows]
    for every deal, the average probability over its last 4 updates => deal_id, AVG(probability) OVER (ROWS WINDOW BUFFER 4 ROWS PARTITION BY deal_id ORDER BY updated_at) v FROM deal_updates
    [edit]
    ~ SELECT stage, COUNT(*) AS deals FROM deal_updates GROUP BY stage WINDOW TUMBLING(1h) EMIT CHANGES
    leave out lost deals => stage, COUNT(*) deals FROM deal_updates WHERE stage != 'lost' GROUP BY stage W 1h
    break it down by product too => stage, product, COUNT(*) deals FROM deal_updates GROUP BY stage, product W 1h
    add the average value => stage, COUNT(*) deals, AVG(value_usd) v FROM deal_updates GROUP BY stage W 1h
    [behaviour]
    show me the big deals => ?
    won deals by industry => ?
    write a follow-up email to the customer => no
    `,
  ),
};
