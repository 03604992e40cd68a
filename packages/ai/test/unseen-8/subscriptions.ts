import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Billing events and logins of a software subscription; asked by a terse analyst. */
export const subscriptions = {
  name: 'subscriptions',
  schemas: schemasFrom(`
    billing_events: account_id STRING, kind STRING signup|renewal|upgrade|downgrade|cancellation, plan STRING free|basic|pro|enterprise, seats INTEGER, amount_eur FLOAT, coupon STRING, trial BOOLEAN, country STRING, occurred_at TIMESTAMP
    logins: account_id STRING, device STRING web|ios|android, minutes FLOAT, failed BOOLEAN, browser STRING, ip STRING, logged_at TIMESTAMP
    table accounts: account_id STRING, company STRING, industry STRING, employees INTEGER, success_manager STRING, since_year INTEGER
  `),
  cases: casesFrom(
    'subscriptions',
    `
    [filter]
    Cancellations on the pro plan => * FROM billing_events WHERE kind = 'cancellation' AND plan = 'pro'
    Billing events with more than 50 seats outside Germany => * FROM billing_events WHERE seats > 50 AND country <> 'Germany'
    Renewals between 500 and 2000 EUR => * FROM billing_events WHERE kind = 'renewal' AND amount_eur BETWEEN 500 AND 2000
    Signups with a coupon, no trial => * FROM billing_events WHERE kind = 'signup' AND coupon IS NOT NULL AND trial = FALSE
    Failed logins, ios or android => * FROM logins WHERE failed = TRUE AND device IN ('ios', 'android')
    Web logins shorter than 2 minutes => * FROM logins WHERE device = 'web' AND minutes < 2
    [aggregate]
    Revenue per plan, daily => plan, SUM(amount_eur) v FROM billing_events GROUP BY plan W 1d
    Count of billing events by kind => kind, COUNT(*) n FROM billing_events GROUP BY kind
    Average seats per country, signups only, hourly => country, AVG(seats) v FROM billing_events WHERE kind = 'signup' GROUP BY country W 1h
    Distinct accounts logging in, per device, 15-minute windows => device, COUNT(DISTINCT account_id) n FROM logins GROUP BY device W 15m
    Latest plan per account => account_id, LAST_VALUE(plan) v FROM billing_events GROUP BY account_id
    [ratio]
    Login failure rate by device, hourly => device, 1.0 * SUM(CASE WHEN failed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM logins GROUP BY device W 1h
    Share of cancellations among billing events, by country => country, 1.0 * SUM(CASE WHEN kind = 'cancellation' THEN 1 ELSE 0 END) / COUNT(*) v FROM billing_events GROUP BY country
    [join]
    Revenue by industry, daily => a.industry, SUM(b.amount_eur) v FROM billing_events b JOIN accounts a ON b.account_id = a.account_id GROUP BY a.industry W 1d
    Cancellations from companies with over 200 employees => b.* FROM billing_events b JOIN accounts a ON b.account_id = a.account_id WHERE b.kind = 'cancellation' AND a.employees > 200
    [having]
    Accounts with more than 5 failed logins within 10 minutes => account_id, COUNT(*) n FROM logins WHERE failed = TRUE GROUP BY account_id W 10m HAVING COUNT(*) > 5
    Countries with daily revenue under 1000 => country, SUM(amount_eur) v FROM billing_events GROUP BY country W 1d HAVING SUM(amount_eur) < 1000
    [topn]
    Top 5 countries by revenue per day => country, SUM(amount_eur) v FROM billing_events GROUP BY country W 1d ORDER BY v DESC LIMIT 5
    Top 3 accounts by total login minutes => account_id, SUM(minutes) v FROM logins GROUP BY account_id W 5m ORDER BY v DESC LIMIT 3
    [rows]
    Moving average of amount per account, last 10 events => account_id, AVG(amount_eur) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY account_id ORDER BY occurred_at) v FROM billing_events
    [alert]
    Alert: over 20 cancellations in a country within an hour => country, COUNT(*) n FROM billing_events WHERE kind = 'cancellation' GROUP BY country W 1h
    [edit]
    ~ SELECT plan, SUM(amount_eur) AS revenue FROM billing_events GROUP BY plan WINDOW TUMBLING(1d) EMIT CHANGES
    Without trials => plan, SUM(amount_eur) revenue FROM billing_events WHERE trial = FALSE GROUP BY plan W 1d
    Average instead of sum => plan, AVG(amount_eur) revenue FROM billing_events GROUP BY plan W 1d
    Weekly => plan, SUM(amount_eur) revenue FROM billing_events GROUP BY plan W 7d
    [behaviour]
    Cancellations by acquisition channel => ?
    Delete all free accounts => no
    `,
  ),
};
