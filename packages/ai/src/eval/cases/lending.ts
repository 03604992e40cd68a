import { casesFrom, schemasFrom } from '../case.ts';

/** Credit applications and instalments; asked by a risk manager, a branch head and a compliance officer. */
export const lending = {
  name: 'lending',
  schemas: schemasFrom(`
    applications: app_no STRING, branch STRING, officer STRING, product STRING mortgage|car|personal, amount_req FLOAT, monthly_income FLOAT, credit_score INTEGER, outcome STRING approved|declined|pending, decline_code STRING, decision_hours FLOAT, applied_on TIMESTAMP
    instalments: loan_no STRING, customer_no STRING, due_amt FLOAT, paid_amt FLOAT, days_late INTEGER, via STRING debit|transfer|cash, reversed BOOLEAN, paid_on TIMESTAMP
    table branches: branch STRING, region STRING, head STRING, staff_count INTEGER
  `),
  cases: casesFrom(
    'lending',
    `
    [filter]
    declined mortgages with a credit score of 700 or better => * FROM applications WHERE outcome = 'declined' AND product = 'mortgage' AND credit_score >= 700
    instalments more than 30 days late that were not reversed => * FROM instalments WHERE days_late > 30 AND reversed = FALSE
    applications asking for over 250 thousand => * FROM applications WHERE amount_req > 250000
    customers who paid less than was due => * FROM instalments WHERE paid_amt < due_amt
    declined without a decline code => * FROM applications WHERE outcome = 'declined' AND decline_code IS NULL
    pending car or personal loans handled by officer Brandt => * FROM applications WHERE outcome = 'pending' AND product IN ('car', 'personal') AND officer = 'Brandt'
    cash instalments between 500 and 2,000 => * FROM instalments WHERE via = 'cash' AND paid_amt BETWEEN 500 AND 2000
    [aggregate]
    requested volume by product and day => product, SUM(amount_req) v FROM applications GROUP BY product W 1d
    average decision time in each branch, weekly => branch, AVG(decision_hours) v FROM applications GROUP BY branch W 7d
    how many customers paid late each day, everyone counted once => COUNT(DISTINCT customer_no) n FROM instalments WHERE days_late > 0 W 1d
    median credit score of approved applications by product => product, MEDIAN(credit_score) v FROM applications WHERE outcome = 'approved' GROUP BY product
    shortfall per day: total due minus total paid => SUM(due_amt) - SUM(paid_amt) v FROM instalments W 1d
    payments received by channel (via), per hour: count and sum => via, COUNT(*) n, SUM(paid_amt) v FROM instalments GROUP BY via W 1h
    [ratio]
    approval rate by officer per week => officer, 1.0 * SUM(CASE WHEN outcome = 'approved' THEN 1 ELSE 0 END) / COUNT(*) v FROM applications GROUP BY officer W 7d
    what percent of what was due did customers pay, per day => 100.0 * SUM(paid_amt) / SUM(due_amt) v FROM instalments W 1d
    share of applications scoring under 600, by branch => branch, 1.0 * SUM(CASE WHEN credit_score < 600 THEN 1 ELSE 0 END) / COUNT(*) v FROM applications GROUP BY branch
    [join]
    number of approved applications by region, daily => b.region, COUNT(*) n FROM applications a JOIN branches b ON a.branch = b.branch WHERE a.outcome = 'approved' GROUP BY b.region W 1d
    mortgages from branches with fewer than 5 staff => a.* FROM applications a JOIN branches b ON a.branch = b.branch WHERE a.product = 'mortgage' AND b.staff_count < 5
    [having]
    officers that declined ten or more applications in a day => officer, COUNT(*) n FROM applications WHERE outcome = 'declined' GROUP BY officer W 1d HAVING COUNT(*) >= 10
    branches where the mean requested amount per week exceeds 80,000 => branch, AVG(amount_req) v FROM applications GROUP BY branch W 7d HAVING AVG(amount_req) > 80000
    [topn]
    the two slowest branches by average decision hours each week => branch, AVG(decision_hours) v FROM applications GROUP BY branch W 7d ORDER BY v DESC LIMIT 2
    top 5 customers by amount paid per day => customer_no, SUM(paid_amt) v FROM instalments GROUP BY customer_no W 1d ORDER BY v DESC LIMIT 5
    [pivot]
    approved, declined and pending applications for each branch as three columns, per week => branch, SUM(CASE WHEN outcome = 'approved' THEN 1 ELSE 0 END) a, SUM(CASE WHEN outcome = 'declined' THEN 1 ELSE 0 END) b, SUM(CASE WHEN outcome = 'pending' THEN 1 ELSE 0 END) c FROM applications GROUP BY branch W 7d
    [rows]
    for each loan, the rise in days late from one instalment to the next => loan_no, days_late - LAG(days_late) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY loan_no ORDER BY paid_on) v FROM instalments
    average amount paid over the last 12 instalments of each loan => loan_no, AVG(paid_amt) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY loan_no ORDER BY paid_on) v FROM instalments
    [alert]
    compliance wants to hear about it when cash payments exceed 50000 in total within a day => SUM(paid_amt) v FROM instalments WHERE via = 'cash' W 1d
    [edit]
    ~ SELECT branch, SUM(amount_req) AS volume FROM applications GROUP BY branch WINDOW TUMBLING(1d) EMIT CHANGES
    approved only => branch, SUM(amount_req) volume FROM applications WHERE outcome = 'approved' GROUP BY branch W 1d
    by product rather than by branch => product, SUM(amount_req) volume FROM applications GROUP BY product W 1d
    include the average score => branch, SUM(amount_req) volume, AVG(credit_score) v FROM applications GROUP BY branch W 1d
    and weekly => branch, SUM(amount_req) volume FROM applications GROUP BY branch W 7d
    only branches that reach a million => branch, SUM(amount_req) volume FROM applications GROUP BY branch W 1d HAVING SUM(amount_req) >= 1000000
    [clarify]
    which applicants are trustworthy => ?
    loans by marital status => ?
    approve application 5521 => no
    `,
  ),
};
