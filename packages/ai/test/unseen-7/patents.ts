import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Filings and decisions of a patent office; asked by somebody who writes nothing but questions. */
export const patents = {
  name: 'patents',
  schemas: schemasFrom(`
    filings: application STRING, applicant STRING, country STRING, field STRING, claims INTEGER, pages INTEGER, fee_eur FLOAT, channel STRING online|paper|fax, expedited BOOLEAN, filed_at TIMESTAMP
    decisions: application STRING, examiner STRING, outcome STRING granted|refused|objection|withdrawn, months_pending FLOAT, citations INTEGER, appealed BOOLEAN, decided_at TIMESTAMP
    table examiners: examiner STRING, unit STRING, grade INTEGER, remote BOOLEAN, hired INTEGER
  `),
  cases: casesFrom(
    'patents',
    `
    [filter]
    Which filings came by fax and have more than 30 claims? => * FROM filings WHERE channel = 'fax' AND claims > 30
    Which decisions were refusals that nobody appealed? => * FROM decisions WHERE outcome = 'refused' AND appealed = FALSE
    What has been filed from Japan or Korea with the fast track, that is expedited? => * FROM filings WHERE country IN ('Japan', 'Korea') AND expedited = TRUE
    Is there any application that waited longer than 60 months and was granted in the end? => * FROM decisions WHERE months_pending > 60 AND outcome = 'granted'
    Which filings do not name a field? => * FROM filings WHERE field IS NULL
    Who files more than 200 pages on paper, and how many pages exactly? => applicant, pages FROM filings WHERE pages > 200 AND channel = 'paper'
    Which filings by applicants with "Pharma" in the name cost less than 1500 euros in fees? => * FROM filings WHERE applicant LIKE '%Pharma%' AND fee_eur < 1500
    [aggregate]
    How many applications does each country file per week? => country, COUNT(*) n FROM filings GROUP BY country W 7d
    How much do we take in fees by channel every day? => channel, SUM(fee_eur) v FROM filings GROUP BY channel W 1d
    How long are applications pending on average, by outcome? => outcome, AVG(months_pending) v FROM decisions GROUP BY outcome
    How many different applicants are active in each field? => field, COUNT(DISTINCT applicant) n FROM filings GROUP BY field
    What is the highest number of citations each examiner had in a decision, and the lowest? => examiner, MAX(citations) a, MIN(citations) b FROM decisions GROUP BY examiner
    [ratio]
    What fraction of each examiner's decisions are grants? => examiner, 1.0 * SUM(CASE WHEN outcome = 'granted' THEN 1 ELSE 0 END) / COUNT(*) v FROM decisions GROUP BY examiner
    How many euros does a claim bring in, per field, meaning all fees over all claims? => field, 1.0 * SUM(fee_eur) / SUM(claims) v FROM filings GROUP BY field
    [join]
    How many decisions does each unit take per day? => e.unit, COUNT(*) n FROM decisions d JOIN examiners e ON d.examiner = e.examiner GROUP BY e.unit W 1d
    Which objections were raised by examiners who work remotely? => d.* FROM decisions d JOIN examiners e ON d.examiner = e.examiner WHERE d.outcome = 'objection' AND e.remote = TRUE
    [having]
    Who filed more than 8 applications within a single day? => applicant, COUNT(*) n FROM filings GROUP BY applicant W 1d HAVING COUNT(*) > 8
    Are there examiners whose decisions had been pending for less than 18 months on average? => examiner, AVG(months_pending) v FROM decisions GROUP BY examiner HAVING AVG(months_pending) < 18
    [topn]
    Which 10 applicants filed the most claims each day? => applicant, SUM(claims) v FROM filings GROUP BY applicant W 1d ORDER BY v DESC LIMIT 10
    Which two examiners decide the fewest cases a day? => examiner, COUNT(*) n FROM decisions GROUP BY examiner W 1d ORDER BY n ASC LIMIT 2
    [edit]
    ~ SELECT country, COUNT(*) AS n FROM filings GROUP BY country WINDOW TUMBLING(1d) EMIT CHANGES
    Could it be just the online ones? => country, COUNT(*) n FROM filings WHERE channel = 'online' GROUP BY country W 1d
    And what are the average pages, beside the count? => country, COUNT(*) n, AVG(pages) v FROM filings GROUP BY country W 1d
    Can we hide the countries below 5? => country, COUNT(*) n FROM filings GROUP BY country W 1d HAVING COUNT(*) >= 5
    [alert]
    Can you warn me when an examiner refuses more than 6 applications in a day? => examiner, COUNT(*) n FROM decisions WHERE outcome = 'refused' GROUP BY examiner W 1d
    [rows]
    What did the same applicant pay for the filing before this one? => applicant, LAG(fee_eur) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY applicant ORDER BY filed_at) v FROM filings
    [behaviour]
    How many filings mention a female inventor? => ?
    Which of these patents is the most brilliant? => no
    Can you grant application EP-4471 for me? => no
    `,
  ),
};
