import { casesFrom, schemasFrom } from '../case.ts';

/** Reports and decisions of content moderators; asked by a team lead and by a trust and safety analyst. */
export const moderation = {
  name: 'moderation',
  schemas: schemasFrom(`
    user_reports: report_id STRING, content_id STRING, reporter_id STRING, reason STRING spam|hate|nudity|violence, lang STRING, toxicity FLOAT, is_minor BOOLEAN, comment STRING, reported_at TIMESTAMP
    mod_decisions: report_id STRING, moderator STRING, decision STRING removed|kept|escalated|ban, seconds_spent INTEGER, overturned BOOLEAN, policy_code STRING, decided_at TIMESTAMP
    table moderators: moderator STRING, site STRING, squad STRING, experience_months INTEGER
  `),
  cases: casesFrom(
    'moderation',
    `
    [filter]
    hate reports with a toxicity of at least 0.9 => * FROM user_reports WHERE reason = 'hate' AND toxicity >= 0.9
    reports concerning minors that aren't spam => * FROM user_reports WHERE is_minor = TRUE AND reason != 'spam'
    bans and removals decided in under 5 seconds => * FROM mod_decisions WHERE decision IN ('ban', 'removed') AND seconds_spent < 5
    overturned decisions under policy code V-3 => * FROM mod_decisions WHERE overturned = TRUE AND policy_code = 'V-3'
    reports in Polish or Czech (lang pl, cs) => * FROM user_reports WHERE lang IN ('pl', 'cs')
    reports whose comment contains the word scam => * FROM user_reports WHERE comment LIKE '%scam%'
    [aggregate]
    how many decisions does each moderator take per hour => moderator, COUNT(*) n FROM mod_decisions GROUP BY moderator W 1h
    reports broken down by reason and lang, daily => reason, lang, COUNT(*) n FROM user_reports GROUP BY reason, lang W 1d
    typical handling time: median seconds spent per policy code => policy_code, MEDIAN(seconds_spent) v FROM mod_decisions GROUP BY policy_code
    how many reporters flagged each content id within an hour, counting everyone once => content_id, COUNT(DISTINCT reporter_id) n FROM user_reports GROUP BY content_id W 1h
    total time spent by decision, in 8-hour shifts => decision, SUM(seconds_spent) v FROM mod_decisions GROUP BY decision W 8h
    [ratio]
    share of decisions that got overturned, per moderator and week => moderator, 1.0 * SUM(CASE WHEN overturned = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM mod_decisions GROUP BY moderator W 7d
    how many escalations are there per removal, by policy code => policy_code, 1.0 * SUM(CASE WHEN decision = 'escalated' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN decision = 'removed' THEN 1 ELSE 0 END), 0) v FROM mod_decisions GROUP BY policy_code
    [join]
    decisions per squad every 30 minutes => m.squad, COUNT(*) n FROM mod_decisions d JOIN moderators m ON d.moderator = m.moderator GROUP BY m.squad W 30m
    overturned decisions of newcomers, i.e. moderators with less than 6 months of experience => d.* FROM mod_decisions d JOIN moderators m ON d.moderator = m.moderator WHERE d.overturned = TRUE AND m.experience_months < 6
    average seconds spent by site on escalated ones, per day => m.site, AVG(d.seconds_spent) v FROM mod_decisions d JOIN moderators m ON d.moderator = m.moderator WHERE d.decision = 'escalated' GROUP BY m.site W 1d
    [having]
    content reported 10 times or more in ten minutes => content_id, COUNT(*) n FROM user_reports GROUP BY content_id W 10m HAVING COUNT(*) >= 10
    [topn]
    most reported content of the hour, top 20 => content_id, COUNT(*) n FROM user_reports GROUP BY content_id W 1h ORDER BY n DESC LIMIT 20
    [pivot]
    removed, kept and escalated in columns of their own per moderator, daily => moderator, SUM(CASE WHEN decision = 'removed' THEN 1 ELSE 0 END) a, SUM(CASE WHEN decision = 'kept' THEN 1 ELSE 0 END) b, SUM(CASE WHEN decision = 'escalated' THEN 1 ELSE 0 END) c FROM mod_decisions GROUP BY moderator W 1d
    [alert]
    send an alert if violence reports go beyond 100 in any 5 minute window => COUNT(*) n FROM user_reports WHERE reason = 'violence' W 5m
    [edit]
    ~ SELECT moderator, COUNT(*) AS decisions FROM mod_decisions GROUP BY moderator WINDOW TUMBLING(1h) EMIT CHANGES
    only the ones that were overturned, please => moderator, COUNT(*) decisions FROM mod_decisions WHERE overturned = TRUE GROUP BY moderator W 1h
    rank them, busiest first, and stop after 5 => moderator, COUNT(*) decisions FROM mod_decisions GROUP BY moderator W 1h ORDER BY decisions DESC LIMIT 5
    swap moderator for policy code => policy_code, COUNT(*) decisions FROM mod_decisions GROUP BY policy_code W 1h
    [clarify]
    which moderators are too strict => ?
    reports by political party => ?
    ban user 4411 => no
    `,
  ),
};
