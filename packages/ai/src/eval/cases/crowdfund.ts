import { casesFrom, schemasFrom } from '../case.ts';

/** Pledges to projects and their comments; asked by project makers, the trust team and a growth analyst. */
export const crowdfund = {
  name: 'crowdfund',
  schemas: schemasFrom(`
    pledges: project STRING, backer STRING, amountEur FLOAT, reward STRING none|early|standard|deluxe, source STRING mail|social|search|direct, country STRING, anonymous BOOLEAN, refunded BOOLEAN, riskScore FLOAT, promoCode STRING, pledgedAt TIMESTAMP
    projectNotes: project STRING, author STRING, kind STRING question|praise|complaint, wordCount INTEGER, likes INTEGER, answered BOOLEAN, replyHours FLOAT, body STRING, notedAt TIMESTAMP
    table projects: project STRING, maker STRING, category STRING games|design|film|tech, goalEur FLOAT, launchYear INTEGER, staffPick BOOLEAN
  `),
  cases: casesFrom(
    'crowdfund',
    `
    [filter]
    pledges of 500 euros or more from Japan (country JP) => * FROM pledges WHERE amountEur >= 500 AND country = 'JP'
    refunded deluxe pledges => * FROM pledges WHERE refunded = TRUE AND reward = 'deluxe'
    anonymous backers with a risk score over 0.7 => * FROM pledges WHERE anonymous = TRUE AND riskScore > 0.7
    complaints nobody answered => * FROM projectNotes WHERE kind = 'complaint' AND answered = FALSE
    questions where the reply took longer than two days => * FROM projectNotes WHERE kind = 'question' AND replyHours > 48
    pledges that came via mail or social for the project Lumen => * FROM pledges WHERE source IN ('mail', 'social') AND project = 'Lumen'
    notes longer than 200 words with no likes => * FROM projectNotes WHERE wordCount > 200 AND likes = 0
    the body says scam => * FROM projectNotes WHERE body LIKE '%scam%'
    pledges without reward, between 5 and 20 euro => * FROM pledges WHERE reward = 'none' AND amountEur BETWEEN 5 AND 20
    promo code SPRING used => * FROM pledges WHERE promoCode = 'SPRING'
    [aggregate]
    money pledged per project and day => project, SUM(amountEur) v FROM pledges GROUP BY project W 1d
    number of backers of each project (a backer may pledge twice, count them once) => project, COUNT(DISTINCT backer) n FROM pledges GROUP BY project
    average pledge by source, weekly => source, AVG(amountEur) v FROM pledges GROUP BY source W 7d
    largest single pledge of every country => country, MAX(amountEur) v FROM pledges GROUP BY country
    pledges per reward every 10 minutes => reward, COUNT(*) n FROM pledges GROUP BY reward W 10m
    likes collected by each author => author, SUM(likes) v FROM projectNotes GROUP BY author
    median hours until a reply, by kind of note => kind, MEDIAN(replyHours) v FROM projectNotes GROUP BY kind
    at what hours of the day do people pledge? count per hour => EXTRACT(HOUR FROM pledgedAt) h, COUNT(*) n FROM pledges GROUP BY EXTRACT(HOUR FROM pledgedAt)
    net amount per project: pledged minus what was refunded => project, SUM(CASE WHEN refunded = FALSE THEN amountEur ELSE 0 END) v FROM pledges GROUP BY project
    which country did each backer pledge from most recently => backer, LAST_VALUE(country) v FROM pledges GROUP BY backer
    [ratio]
    refund rate in percent per project => project, 100.0 * SUM(CASE WHEN refunded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM pledges GROUP BY project
    what part of the money comes from social, as a fraction, per project and week => project, 1.0 * SUM(CASE WHEN source = 'social' THEN amountEur ELSE 0 END) / SUM(amountEur) v FROM pledges GROUP BY project W 7d
    complaints per praise for every project => project, 1.0 * SUM(CASE WHEN kind = 'complaint' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN kind = 'praise' THEN 1 ELSE 0 END), 0) v FROM projectNotes GROUP BY project
    how many euros does one backer give on average per project: sum of amounts over distinct backers => project, 1.0 * SUM(amountEur) / COUNT(DISTINCT backer) v FROM pledges GROUP BY project
    [join]
    money by category, day after day => p.category, SUM(x.amountEur) v FROM pledges x JOIN projects p ON x.project = p.project GROUP BY p.category W 1d
    single pledges that are bigger than the goal of the whole project => x.* FROM pledges x JOIN projects p ON x.project = p.project WHERE x.amountEur > p.goalEur
    complaints about staff picks per project, weekly => n.project, COUNT(*) c FROM projectNotes n JOIN projects p ON n.project = p.project WHERE n.kind = 'complaint' AND p.staffPick = TRUE GROUP BY n.project W 7d
    average pledge to projects launched before 2024, maker by maker => p.maker, AVG(x.amountEur) v FROM pledges x JOIN projects p ON x.project = p.project WHERE p.launchYear < 2024 GROUP BY p.maker
    [having]
    projects raising more than 5000 euros in a day => project, SUM(amountEur) v FROM pledges GROUP BY project W 1d HAVING SUM(amountEur) > 5000
    backers who pledged 5 times or more within an hour => backer, COUNT(*) n FROM pledges GROUP BY backer W 1h HAVING COUNT(*) >= 5
    countries whose pledges average below 15 euros a week => country, AVG(amountEur) v FROM pledges GROUP BY country W 7d HAVING AVG(amountEur) < 15
    [topn]
    daily winners: the 5 projects that raise the most, per day => project, SUM(amountEur) v FROM pledges GROUP BY project W 1d ORDER BY v DESC LIMIT 5
    which source brings the fewest pledges, week by week => source, COUNT(*) n FROM pledges GROUP BY source W 7d ORDER BY n ASC LIMIT 1
    top 3 authors by likes every day => author, SUM(likes) v FROM projectNotes GROUP BY author W 1d ORDER BY v DESC LIMIT 3
    [rows]
    how much more or less did each pledge bring than the previous one of that project => project, amountEur - LAG(amountEur) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY project ORDER BY pledgedAt) v FROM pledges
    mean of the last 12 risk scores of every backer => backer, AVG(riskScore) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY backer ORDER BY pledgedAt) v FROM pledges
    [session]
    waves of pledges per project: a wave ends once nobody has pledged for 5 minutes. pledges and sum of each wave => project, COUNT(*) n, SUM(amountEur) v FROM pledges GROUP BY project W session 5m
    [alert]
    email trust if a backer pledges more than 10 times in 15 minutes => backer, COUNT(*) n FROM pledges GROUP BY backer W 15m
    I'd like to be told when refunds of a project go over 8 in a day => project, COUNT(*) n FROM pledges WHERE refunded = TRUE GROUP BY project W 1d
    [edit]
    ~ SELECT project, SUM(amountEur) AS raised FROM pledges WHERE refunded = FALSE GROUP BY project WINDOW TUMBLING(1d) EMIT CHANGES
    include refunded ones as well => project, SUM(amountEur) raised FROM pledges GROUP BY project W 1d
    how many backers were it? another column => project, SUM(amountEur) raised, COUNT(DISTINCT backer) n FROM pledges WHERE refunded = FALSE GROUP BY project W 1d
    no early rewards => project, SUM(amountEur) raised FROM pledges WHERE refunded = FALSE AND reward != 'early' GROUP BY project W 1d
    by source rather than by project => source, SUM(amountEur) raised FROM pledges WHERE refunded = FALSE GROUP BY source W 1d
    over six hours => project, SUM(amountEur) raised FROM pledges WHERE refunded = FALSE GROUP BY project W 6h
    average instead of sum => project, AVG(amountEur) raised FROM pledges WHERE refunded = FALSE GROUP BY project W 1d
    keep the top 20 => project, SUM(amountEur) raised FROM pledges WHERE refunded = FALSE GROUP BY project W 1d ORDER BY raised DESC LIMIT 20
    [behaviour]
    is Lumen a scam => ?
    pledges by profession of the backer => ?
    give backer B7 his money back => no
    `,
  ),
};
