import { casesFrom, schemasFrom } from '../case.ts';

/** Hearings and filings of courts; asked by a clerk, a journalist and a legal researcher, in long sentences. */
export const courts = {
  name: 'courts',
  schemas: schemasFrom(`
    hearings: docket_no STRING, judge STRING, courtroom STRING, hearing_type STRING bail|trial|sentencing|appeal, delay_min INTEGER, length_min INTEGER, witnesses INTEGER, adjourned BOOLEAN, adjourn_reason STRING, is_public BOOLEAN, began_at TIMESTAMP
    filings: docket_no STRING, law_firm STRING, doc_type STRING motion|brief|evidence|complaint, pages INTEGER, fee_usd FLOAT, sealed BOOLEAN, filed_online BOOLEAN, filed_at TIMESTAMP
    table cases: docket_no STRING, district STRING, area STRING criminal|family|civil|tax, opened_year INTEGER, amount_usd FLOAT
  `),
  cases: casesFrom(
    'courts',
    `
    [filter]
    I'd like to see all trials that were adjourned without any reason given. => * FROM hearings WHERE hearing_type = 'trial' AND adjourned = TRUE AND adjourn_reason IS NULL
    bail hearings that began more than 45 minutes late => * FROM hearings WHERE hearing_type = 'bail' AND delay_min > 45
    sealed filings by the law firm Hart with more than 100 pages => * FROM filings WHERE sealed = TRUE AND law_firm = 'Hart' AND pages > 100
    hearings behind closed doors (not public) with three witnesses or more => * FROM hearings WHERE is_public = FALSE AND witnesses >= 3
    motions and briefs on paper, that is not filed online => * FROM filings WHERE doc_type IN ('motion', 'brief') AND filed_online = FALSE
    Which hearings before judge Alvarez lasted at most ten minutes? => * FROM hearings WHERE judge = 'Alvarez' AND length_min <= 10
    [aggregate]
    How many hearings did each judge hold per day? => judge, COUNT(*) n FROM hearings GROUP BY judge W 1d
    the total number of pages that each law firm files in a week => law_firm, SUM(pages) v FROM filings GROUP BY law_firm W 7d
    What is the average delay of hearings for every courtroom and hearing type? => courtroom, hearing_type, AVG(delay_min) v FROM hearings GROUP BY courtroom, hearing_type
    the number of separate dockets for which something was filed, day after day => COUNT(DISTINCT docket_no) n FROM filings W 1d
    fees taken in per document type and month, a month being 30 days => doc_type, SUM(fee_usd) v FROM filings GROUP BY doc_type W 30d
    Could you tell me the longest sentencing hearing of each judge? => judge, MAX(length_min) v FROM hearings WHERE hearing_type = 'sentencing' GROUP BY judge
    [ratio]
    Of all hearings of a judge, what percentage ends in an adjournment? => judge, 100.0 * SUM(CASE WHEN adjourned = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM hearings GROUP BY judge
    the proportion of filings made online, by law firm and week => law_firm, 1.0 * SUM(CASE WHEN filed_online = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM filings GROUP BY law_firm W 7d
    [join]
    How many hearings take place in each district per day? => c.district, COUNT(*) n FROM hearings h JOIN cases c ON h.docket_no = c.docket_no GROUP BY c.district W 1d
    filings in tax cases that are about more than a million dollars => f.* FROM filings f JOIN cases c ON f.docket_no = c.docket_no WHERE c.area = 'tax' AND c.amount_usd > 1000000
    For family cases, what is the average length of a hearing, judge by judge, per week? => h.judge, AVG(h.length_min) v FROM hearings h JOIN cases c ON h.docket_no = c.docket_no WHERE c.area = 'family' GROUP BY h.judge W 7d
    [having]
    judges whose hearings are on average more than half an hour late on a day => judge, AVG(delay_min) v FROM hearings GROUP BY judge W 1d HAVING AVG(delay_min) > 30
    law firms which paid less than 500 dollars of fees in a week => law_firm, SUM(fee_usd) v FROM filings GROUP BY law_firm W 7d HAVING SUM(fee_usd) < 500
    [topn]
    Which seven law firms file the most documents per week? => law_firm, COUNT(*) n FROM filings GROUP BY law_firm W 7d ORDER BY n DESC LIMIT 7
    the courtroom with the smallest average delay of each week => courtroom, AVG(delay_min) v FROM hearings GROUP BY courtroom W 7d ORDER BY v ASC LIMIT 1
    [pivot]
    for every judge, adjourned and not adjourned hearings next to each other, per week => judge, SUM(CASE WHEN adjourned = TRUE THEN 1 ELSE 0 END) a, SUM(CASE WHEN adjourned = FALSE THEN 1 ELSE 0 END) b FROM hearings GROUP BY judge W 7d
    [rows]
    by how many minutes was each hearing of a judge longer than the one before it? => judge, length_min - LAG(length_min) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY judge ORDER BY began_at) v FROM hearings
    [alert]
    Please notify the press office as soon as more than 20 complaints are filed within one hour. => COUNT(*) n FROM filings WHERE doc_type = 'complaint' W 1h
    [edit]
    ~ SELECT judge, COUNT(*) AS hearings FROM hearings GROUP BY judge WINDOW TUMBLING(1d) EMIT CHANGES
    Please restrict this to trials. => judge, COUNT(*) hearings FROM hearings WHERE hearing_type = 'trial' GROUP BY judge W 1d
    I would also like to know the average delay. => judge, COUNT(*) hearings, AVG(delay_min) v FROM hearings GROUP BY judge W 1d
    Could we have the week instead of the day? => judge, COUNT(*) hearings FROM hearings GROUP BY judge W 7d
    Judges with a single hearing are of no interest, show those with at least two. => judge, COUNT(*) hearings FROM hearings GROUP BY judge W 1d HAVING COUNT(*) >= 2
    [clarify]
    Which judge is the fairest? => ?
    hearings by the age of the defendant => ?
    Please delete the sealed filings. => no
    `,
  ),
};
