import { casesFrom, schemasFrom } from '../case.ts';

/** Jobs of a translation agency in camel case; asked by project managers whose English is their third language. */
export const translators = {
  name: 'translators',
  schemas: schemasFrom(`
    jobUpdates: jobNo STRING, client STRING, langPair STRING, translatorId STRING, jobState STRING assigned|delivered|late|rejected, wordCount INTEGER, feeEur FLOAT, hoursTaken FLOAT, isRush BOOLEAN, machineAided BOOLEAN, clientRemark STRING, updatedAt TIMESTAMP
    reviewNotes: jobNo STRING, reviewer STRING, severity STRING minor|major|critical, category STRING grammar|style|terminology, points INTEGER, disputed BOOLEAN, notedAt TIMESTAMP
    table translators: translatorId STRING, motherTongue STRING, homeCity STRING, yearsActive INTEGER, ratePerWord FLOAT
  `),
  cases: casesFrom(
    'translators',
    `
    [filter]
    rush jobs which are late => * FROM jobUpdates WHERE isRush = TRUE AND jobState = 'late'
    jobs with word count over 5000 and fee under 300 euro => * FROM jobUpdates WHERE wordCount > 5000 AND feeEur < 300
    major or critical notes about terminology => * FROM reviewNotes WHERE severity IN ('major', 'critical') AND category = 'terminology'
    delivered without machine aid in lang pair de-fr => * FROM jobUpdates WHERE jobState = 'delivered' AND machineAided = FALSE AND langPair = 'de-fr'
    disputed notes from reviewer Sato costing 5 points or more => * FROM reviewNotes WHERE disputed = TRUE AND reviewer = 'Sato' AND points >= 5
    jobs of client Nordbank where client has written a remark => * FROM jobUpdates WHERE client = 'Nordbank' AND clientRemark IS NOT NULL
    all jobs but the rejected ones, between 1000 and 2000 words => * FROM jobUpdates WHERE jobState != 'rejected' AND wordCount BETWEEN 1000 AND 2000
    [aggregate]
    words translated per translator and week => translatorId, SUM(wordCount) v FROM jobUpdates GROUP BY translatorId W 7d
    how much fee we pay for each lang pair per month of 30 days => langPair, SUM(feeEur) v FROM jobUpdates GROUP BY langPair W 30d
    average hours that a job needs, by lang pair => langPair, AVG(hoursTaken) v FROM jobUpdates GROUP BY langPair
    count of review notes by severity and category, day for day => severity, category, COUNT(*) n FROM reviewNotes GROUP BY severity, category W 1d
    with how many different clients had each translator to do per week => translatorId, COUNT(DISTINCT client) n FROM jobUpdates GROUP BY translatorId W 7d
    biggest job (in words) that each client ever gave => client, MAX(wordCount) v FROM jobUpdates GROUP BY client
    sum of points per reviewer, each 4 hours => reviewer, SUM(points) v FROM reviewNotes GROUP BY reviewer W 4h
    [ratio]
    percent of late jobs by client and week => client, 100.0 * SUM(CASE WHEN jobState = 'late' THEN 1 ELSE 0 END) / COUNT(*) v FROM jobUpdates GROUP BY client W 7d
    words per hour of every translator (sum of words through sum of hours) => translatorId, 1.0 * SUM(wordCount) / SUM(hoursTaken) v FROM jobUpdates GROUP BY translatorId
    how big is the part of disputed notes, per reviewer => reviewer, 1.0 * SUM(CASE WHEN disputed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM reviewNotes GROUP BY reviewer
    [join]
    number of delivered jobs by mother tongue, daily => t.motherTongue, COUNT(*) n FROM jobUpdates j JOIN translators t ON j.translatorId = t.translatorId WHERE j.jobState = 'delivered' GROUP BY t.motherTongue W 1d
    rush jobs given to translators with less than 2 years active => j.* FROM jobUpdates j JOIN translators t ON j.translatorId = t.translatorId WHERE j.isRush = TRUE AND t.yearsActive < 2
    fees by home city of the translator per week => t.homeCity, SUM(j.feeEur) v FROM jobUpdates j JOIN translators t ON j.translatorId = t.translatorId GROUP BY t.homeCity W 7d
    [having]
    translators which have more than 3 rejected jobs in one week => translatorId, COUNT(*) n FROM jobUpdates WHERE jobState = 'rejected' GROUP BY translatorId W 7d HAVING COUNT(*) > 3
    clients that order 20000 words or more in a day => client, SUM(wordCount) v FROM jobUpdates GROUP BY client W 1d HAVING SUM(wordCount) >= 20000
    lang pairs where a job takes in average longer than 16 hours => langPair, AVG(hoursTaken) v FROM jobUpdates GROUP BY langPair HAVING AVG(hoursTaken) > 16
    [topn]
    the best five clients by fee, for each week => client, SUM(feeEur) v FROM jobUpdates GROUP BY client W 7d ORDER BY v DESC LIMIT 5
    reviewer who gives the least points per day => reviewer, SUM(points) v FROM reviewNotes GROUP BY reviewer W 1d ORDER BY v ASC LIMIT 1
    [rows]
    fee of each job in difference to the job before of the same client => client, feeEur - LAG(feeEur) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY client ORDER BY updatedAt) v FROM jobUpdates
    moving average of hours taken over 10 jobs for each translator => translatorId, AVG(hoursTaken) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY translatorId ORDER BY updatedAt) v FROM jobUpdates
    [alert]
    please inform project manager when client has more than 5 late jobs in a day => client, COUNT(*) n FROM jobUpdates WHERE jobState = 'late' GROUP BY client W 1d
    [edit]
    ~ SELECT translatorId, SUM(wordCount) AS words FROM jobUpdates GROUP BY translatorId WINDOW TUMBLING(7d) EMIT CHANGES
    without rush jobs please => translatorId, SUM(wordCount) words FROM jobUpdates WHERE isRush = FALSE GROUP BY translatorId W 7d
    also the fees => translatorId, SUM(wordCount) words, SUM(feeEur) v FROM jobUpdates GROUP BY translatorId W 7d
    day instead of week => translatorId, SUM(wordCount) words FROM jobUpdates GROUP BY translatorId W 1d
    I wanted it for each client => client, SUM(wordCount) words FROM jobUpdates GROUP BY client W 7d
    show only who has under 1000 => translatorId, SUM(wordCount) words FROM jobUpdates GROUP BY translatorId W 7d HAVING SUM(wordCount) < 1000
    [clarify]
    which translator is most talented => ?
    jobs by font of the document => ?
    please to pay the translator t-5 => no
    `,
  ),
};
