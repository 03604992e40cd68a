import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Answers and invitations of a survey panel; asked by a researcher. */
export const surveys = {
  name: 'surveys',
  schemas: schemasFrom(`
    responses: response_id STRING, panelist_id STRING, survey STRING, question STRING, mode STRING phone|web|paper, score INTEGER, seconds FLOAT, complete BOOLEAN, comment STRING, answered_at TIMESTAMP
    invitations: panelist_id STRING, survey STRING, wave INTEGER, channel STRING email|sms|letter, bounced BOOLEAN, incentive_eur FLOAT, sent_at TIMESTAMP
    table panelists: panelist_id STRING, gender STRING female|male|diverse, age INTEGER, education STRING primary|secondary|tertiary, region STRING, urban BOOLEAN
  `),
  cases: casesFrom(
    'surveys',
    `
    [filter]
    Web responses given in under two seconds (possible speeders) => * FROM responses WHERE mode = 'web' AND seconds < 2
    Complete responses with a score of 9 or 10 => * FROM responses WHERE complete = TRUE AND score IN (9, 10)
    Responses that carry a comment and have a score of at most 2 => * FROM responses WHERE comment IS NOT NULL AND score <= 2
    Bounced invitations of wave 3 => * FROM invitations WHERE bounced = TRUE AND wave = 3
    Invitations by letter or SMS with an incentive of more than 5 euros => * FROM invitations WHERE channel IN ('letter', 'sms') AND incentive_eur > 5
    [aggregate]
    Mean score per question and mode => question, mode, AVG(score) v FROM responses GROUP BY question, mode
    Number of responses per survey for each hour => survey, COUNT(*) n FROM responses GROUP BY survey W 1h
    Number of unique panelists who responded, per survey and day => survey, COUNT(DISTINCT panelist_id) n FROM responses GROUP BY survey W 1d
    Median answering time in seconds per question => question, MEDIAN(seconds) v FROM responses GROUP BY question
    Sum of incentives per wave => wave, SUM(incentive_eur) v FROM invitations GROUP BY wave
    [ratio]
    Proportion of complete responses by mode, per day => mode, 1.0 * SUM(CASE WHEN complete = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM responses GROUP BY mode W 1d
    Bounce rate of invitations by channel => channel, 1.0 * SUM(CASE WHEN bounced = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM invitations GROUP BY channel
    [join]
    Mean score by education of the panelist, per day => p.education, AVG(r.score) v FROM responses r JOIN panelists p ON r.panelist_id = p.panelist_id GROUP BY p.education W 1d
    Responses of non-urban panelists aged 65 and over => r.* FROM responses r JOIN panelists p ON r.panelist_id = p.panelist_id WHERE p.urban = FALSE AND p.age >= 65
    [having]
    Questions with a mean score below 4 within a day => question, AVG(score) v FROM responses GROUP BY question W 1d HAVING AVG(score) < 4
    Panelists with more than 30 responses in ten minutes => panelist_id, COUNT(*) n FROM responses GROUP BY panelist_id W 10m HAVING COUNT(*) > 30
    [topn]
    The five questions with the longest average answering time in each hour => question, AVG(seconds) v FROM responses GROUP BY question W 1h ORDER BY v DESC LIMIT 5
    The three surveys with the most incomplete responses => survey, COUNT(*) v FROM responses WHERE complete = FALSE GROUP BY survey W 5m ORDER BY v DESC LIMIT 3
    [session]
    Number of responses per session of each panelist, where 30 minutes of inactivity end a session => panelist_id, COUNT(*) n FROM responses GROUP BY panelist_id W session 30m
    [alert]
    Notify me as soon as a channel exceeds 100 bounced invitations in one hour => channel, COUNT(*) n FROM invitations WHERE bounced = TRUE GROUP BY channel W 1h
    [edit]
    ~ SELECT survey, AVG(score) AS mean_score FROM responses GROUP BY survey WINDOW TUMBLING(1d) EMIT CHANGES
    Restrict this to complete responses => survey, AVG(score) mean_score FROM responses WHERE complete = TRUE GROUP BY survey W 1d
    By mode in addition => survey, mode, AVG(score) mean_score FROM responses GROUP BY survey, mode W 1d
    Keep only surveys with at least 50 responses => survey, AVG(score) mean_score FROM responses GROUP BY survey W 1d HAVING COUNT(*) >= 50
    [behaviour]
    Mean score by household income => ?
    Do you consider the incentive fair? => no
    Write me a cover letter for the ethics committee => no
    `,
  ),
};
