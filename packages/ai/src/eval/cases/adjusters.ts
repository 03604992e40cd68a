import { casesFrom, schemasFrom } from '../case.ts';

/** Insurance, short names; asked by an analyst who saves on words. */
export const adjusters = {
  name: 'adjusters',
  schemas: schemasFrom(`
    clm: clm_no STRING, pol_no STRING, lob STRING auto|home|travel, rgn STRING, est_loss_usd FLOAT, paid_usd FLOAT, fraud_flg BOOLEAN, litigated BOOLEAN, chnl STRING web|phone|agent, rcvd_ts TIMESTAMP
    adj_acts: act_id STRING, clm_no STRING, adj_id STRING, act_type STRING call|inspection|payment|denial, mins_spent INTEGER, act_ts TIMESTAMP
    table adj: adj_id STRING, team STRING fast|complex|legal, yrs_exp INTEGER
  `),
  cases: casesFrom(
    'adjusters',
    `
    [aggregate]
    paid by lob, daily => lob, SUM(paid_usd) v FROM clm GROUP BY lob W 1d
    avg est loss per rgn, 6h => rgn, AVG(est_loss_usd) v FROM clm GROUP BY rgn W 6h
    clm count by chnl and lob, 1h => chnl, lob, COUNT(*) n FROM clm GROUP BY chnl, lob W 1h
    total and max mins spent per act type, 4h buckets => act_type, SUM(mins_spent) s, MAX(mins_spent) m FROM adj_acts GROUP BY act_type W 4h
    [filter]
    fraud-flagged auto clm, est loss > 25k => * FROM clm WHERE fraud_flg = TRUE AND lob = 'auto' AND est_loss_usd > 25000
    clm where paid exceeds est loss => * FROM clm WHERE paid_usd > est_loss_usd
    non-litigated clm via web or phone => * FROM clm WHERE litigated = FALSE AND chnl IN ('web', 'phone')
    acts of 45 mins or longer, excl. calls => * FROM adj_acts WHERE mins_spent >= 45 AND act_type != 'call'
    [ratio]
    pct of clm flagged as fraud, by rgn => rgn, 100.0 * SUM(CASE WHEN fraud_flg = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM clm GROUP BY rgn
    total paid over total est loss per lob, 1d => lob, SUM(paid_usd) / NULLIF(SUM(est_loss_usd), 0) v FROM clm GROUP BY lob W 1d
    [join]
    mins spent by adj team, 1d => a.team, SUM(x.mins_spent) v FROM adj_acts x JOIN adj a ON x.adj_id = a.adj_id GROUP BY a.team W 1d
    [having]
    adj_ids with > 15 acts per hr => adj_id, COUNT(*) n FROM adj_acts GROUP BY adj_id W 1h HAVING COUNT(*) > 15
    [topn]
    top 3 rgns by amount paid, daily => rgn, SUM(paid_usd) v FROM clm GROUP BY rgn W 1d ORDER BY v DESC LIMIT 3
    [edit]
    ~ SELECT lob, COUNT(*) AS claims FROM clm GROUP BY lob WINDOW TUMBLING(1h) EMIT CHANGES
    litigated only => lob, COUNT(*) n FROM clm WHERE litigated = TRUE GROUP BY lob W 1h
    [behaviour]
    clm by weather at time of loss => ?
    wipe clm => no
    `,
  ),
};
