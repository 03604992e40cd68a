import { casesFrom, schemasFrom } from '../case.ts';

export const donations = {
  name: 'donations',
  schemas: schemasFrom(`
    gifts: gift_id STRING, donor_id STRING, campaign STRING, amount FLOAT, currency STRING, payment STRING card|paypal|bank|cash, recurring BOOLEAN, anonymous BOOLEAN, refunded BOOLEAN, tax_receipt BOOLEAN, fundraiser STRING, message STRING, source STRING web|event|mail|phone, processing_fee FLOAT, given_at TIMESTAMP
    table donors: donor_id STRING, city STRING, segment STRING major|regular|lapsed, birth_year INTEGER, volunteer BOOLEAN
  `),
  cases: casesFrom(
    'donations',
    `
    [filter]
    gifts above 1000 / gifts of more than 1000 => * FROM gifts WHERE amount > 1000
    anonymous gifts by cash => * FROM gifts WHERE anonymous = TRUE AND payment = 'cash'
    gifts that were not refunded and at least 250 EUR => * FROM gifts WHERE refunded = FALSE AND amount >= 250
    paypal donations from the web without a tax receipt => * FROM gifts WHERE payment = 'paypal' AND source = 'web' AND tax_receipt = FALSE
    one-off gifts / gifts that don't recur => * FROM gifts WHERE recurring = FALSE
    donations that left a message => * FROM gifts WHERE message IS NOT NULL
    gifts to campaign "Clean Water" or "Schools" => * FROM gifts WHERE campaign IN ('Clean Water', 'Schools')
    all gifts raised by Tom => * FROM gifts WHERE fundraiser = 'Tom'
    fee larger than 5% of the amount => * FROM gifts WHERE processing_fee > 0.05 * amount
    events or mail, under 20 => * FROM gifts WHERE source IN ('event', 'mail') AND amount < 20
    currency other than USD => * FROM gifts WHERE currency != 'USD'
    [aggregate]
    how much was raised per campaign per day => campaign, SUM(amount) v FROM gifts GROUP BY campaign W 1d
    number of donors per campaign each week => campaign, COUNT(DISTINCT donor_id) n FROM gifts GROUP BY campaign W 7d
    average gift by source => source, AVG(amount) v FROM gifts GROUP BY source
    biggest gift per fundraiser => fundraiser, MAX(amount) v FROM gifts GROUP BY fundraiser
    refunds per day => COUNT(*) n FROM gifts WHERE refunded = TRUE W 1d
    recurring gifts by payment, weekly => payment, COUNT(*) n FROM gifts WHERE recurring = TRUE GROUP BY payment W 7d
    total fees per payment method per month of 30 days => payment, SUM(processing_fee) v FROM gifts GROUP BY payment W 30d
    median donation per currency => currency, MEDIAN(amount) v FROM gifts GROUP BY currency
    first gift of every donor => donor_id, FIRST_VALUE(amount) v FROM gifts GROUP BY donor_id
    gifts by hour of day => EXTRACT(HOUR FROM given_at) h, COUNT(*) n FROM gifts GROUP BY EXTRACT(HOUR FROM given_at)
    count and total of gifts per campaign per hour => campaign, COUNT(*) n, SUM(amount) v FROM gifts GROUP BY campaign W 1h
    [ratio]
    share of recurring gifts per campaign => campaign, 1.0 * SUM(CASE WHEN recurring = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM gifts GROUP BY campaign
    fees as a percent of the amount per payment => payment, 100.0 * SUM(processing_fee) / SUM(amount) v FROM gifts GROUP BY payment
    refund rate by source per week => source, 1.0 * SUM(CASE WHEN refunded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM gifts GROUP BY source W 7d
    average amount per donor by campaign => campaign, 1.0 * SUM(amount) / COUNT(DISTINCT donor_id) v FROM gifts GROUP BY campaign
    [join]
    amount by segment per day => d.segment, SUM(g.amount) v FROM gifts g JOIN donors d ON g.donor_id = d.donor_id GROUP BY d.segment W 1d
    gifts from lapsed donors in Lyon => g.* FROM gifts g JOIN donors d ON g.donor_id = d.donor_id WHERE d.segment = 'lapsed' AND d.city = 'Lyon'
    gifts of volunteers born after 1990 => g.* FROM gifts g JOIN donors d ON g.donor_id = d.donor_id WHERE d.volunteer = TRUE AND d.birth_year > 1990
    [topn]
    top 3 campaigns by number of donors each week => campaign, COUNT(DISTINCT donor_id) n FROM gifts GROUP BY campaign W 7d ORDER BY n DESC LIMIT 3
    who are the 10 most generous donors per week, by amount => donor_id, SUM(amount) v FROM gifts GROUP BY donor_id W 7d ORDER BY v DESC LIMIT 10
    campaign with the highest average gift per day => campaign, AVG(amount) v FROM gifts GROUP BY campaign W 1d ORDER BY v DESC LIMIT 1
    [having]
    donors giving more than 3 times a week => donor_id, COUNT(*) n FROM gifts GROUP BY donor_id W 7d HAVING COUNT(*) > 3
    campaigns that raised less than 500 per day => campaign, SUM(amount) v FROM gifts GROUP BY campaign W 1d HAVING SUM(amount) < 500
    [clarify]
    why do people donate => ?
    gifts by religion => ?
    [refuse]
    refund the gift of Anna => no
    `,
  ),
};
