import { casesFrom, schemasFrom } from '../case.ts';

export const claims = {
  name: 'claims',
  schemas: schemasFrom(`
    claim_events: claim_no STRING, policy_no STRING, claim_kind STRING fire|theft|water|collision, stage STRING filed|reviewed|approved|rejected|paid, claimed_usd FLOAT, paid_usd FLOAT, fraud_score FLOAT, days_open INTEGER, adjuster STRING, region STRING, litigation BOOLEAN, photos INTEGER, broker_name STRING, note STRING, happened_at TIMESTAMP
    table policies: policy_no STRING, product STRING home|auto|travel, premium_usd FLOAT, holder_age INTEGER, state STRING
  `),
  cases: casesFrom(
    'claims',
    `
    [filter]
    rejected theft claims => * FROM claim_events WHERE stage = 'rejected' AND claim_kind = 'theft'
    claims above $50k still open after 90 days => * FROM claim_events WHERE claimed_usd > 50000 AND days_open > 90
    approved claims with fraud score of 0.8 or higher => * FROM claim_events WHERE stage = 'approved' AND fraud_score >= 0.8
    paid less than half of what was claimed => * FROM claim_events WHERE paid_usd < 0.5 * claimed_usd
    water or fire claims in litigation => * FROM claim_events WHERE claim_kind IN ('water', 'fire') AND litigation = TRUE
    claims without photos => * FROM claim_events WHERE photos = 0
    nothing paid => * FROM claim_events WHERE paid_usd = 0
    collisions in the Northeast region handled by Miller => * FROM claim_events WHERE claim_kind = 'collision' AND region = 'Northeast' AND adjuster = 'Miller'
    claims that are not reviewed or filed => * FROM claim_events WHERE stage NOT IN ('reviewed', 'filed')
    note contains "whiplash" => * FROM claim_events WHERE note LIKE '%whiplash%'
    open longer than a week but under a month of 30 days => * FROM claim_events WHERE days_open > 7 AND days_open < 30
    fraud score outside 0.2 to 0.7 => * FROM claim_events WHERE fraud_score NOT BETWEEN 0.2 AND 0.7
    [aggregate]
    claims filed per region per day => region, COUNT(*) n FROM claim_events WHERE stage = 'filed' GROUP BY region W 1d
    total paid out by kind each week => claim_kind, SUM(paid_usd) v FROM claim_events GROUP BY claim_kind W 7d
    average days open per adjuster => adjuster, AVG(days_open) v FROM claim_events GROUP BY adjuster
    highest claimed amount per broker per day => broker_name, MAX(claimed_usd) v FROM claim_events GROUP BY broker_name W 1d
    rejections per adjuster each day => adjuster, COUNT(*) n FROM claim_events WHERE stage = 'rejected' GROUP BY adjuster W 1d
    how many policies had a claim, by region => region, COUNT(DISTINCT policy_no) n FROM claim_events GROUP BY region
    median claimed amount of theft claims per region => region, MEDIAN(claimed_usd) v FROM claim_events WHERE claim_kind = 'theft' GROUP BY region
    how old are claims on average, per kind => claim_kind, AVG(days_open) v FROM claim_events GROUP BY claim_kind
    [ratio]
    approval rate by adjuster => adjuster, 1.0 * SUM(CASE WHEN stage = 'approved' THEN 1 ELSE 0 END) / COUNT(*) v FROM claim_events GROUP BY adjuster
    paid amount as a percentage of the claimed amount per kind => claim_kind, 100.0 * SUM(paid_usd) / SUM(claimed_usd) v FROM claim_events GROUP BY claim_kind
    percentage of claims in litigation by region per week => region, 100.0 * SUM(CASE WHEN litigation = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM claim_events GROUP BY region W 7d
    approved to rejected ratio per broker => broker_name, 1.0 * SUM(CASE WHEN stage = 'approved' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN stage = 'rejected' THEN 1 ELSE 0 END), 0) v FROM claim_events GROUP BY broker_name
    [join]
    claimed amount by product per day => p.product, SUM(c.claimed_usd) v FROM claim_events c JOIN policies p ON c.policy_no = p.policy_no GROUP BY p.product W 1d
    auto claims of holders younger than 25 => c.* FROM claim_events c JOIN policies p ON c.policy_no = p.policy_no WHERE p.product = 'auto' AND p.holder_age < 25
    claims bigger than ten times the premium => c.* FROM claim_events c JOIN policies p ON c.policy_no = p.policy_no WHERE c.claimed_usd > 10 * p.premium_usd
    [topn]
    top 5 adjusters by amount paid per week => adjuster, SUM(paid_usd) v FROM claim_events GROUP BY adjuster W 7d ORDER BY v DESC LIMIT 5
    region with the most rejected claims per day => region, COUNT(*) n FROM claim_events WHERE stage = 'rejected' GROUP BY region W 1d ORDER BY n DESC LIMIT 1
    [having]
    adjusters with at least 10 approvals a day => adjuster, COUNT(*) n FROM claim_events WHERE stage = 'approved' GROUP BY adjuster W 1d HAVING COUNT(*) >= 10
    brokers whose claims total more than $1m a week => broker_name, SUM(claimed_usd) v FROM claim_events GROUP BY broker_name W 7d HAVING SUM(claimed_usd) > 1000000
    policies claiming no fewer than 3 times per 30 days => policy_no, COUNT(*) n FROM claim_events GROUP BY policy_no W 30d HAVING COUNT(*) >= 3
    [clarify]
    which adjuster is the worst => ?
    claims that are suspicious => ?
    [refuse]
    approve the claim of Mr Jones => no
    `,
  ),
};
