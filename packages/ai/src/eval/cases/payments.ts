import { casesFrom, schemasFrom } from '../case.ts';

export const payments = {
  name: 'payments',
  schemas: schemasFrom(`
    card_transactions: txn_id STRING, card_id STRING, account_id STRING, merchant STRING, merchant_category STRING grocery|travel|fuel|restaurants|gambling, amount_cents INTEGER, currency STRING EUR|USD|GBP, country STRING, declined BOOLEAN, is_fraud BOOLEAN, channel STRING online|pos|atm, occurred_at TIMESTAMP
    logins: account_id STRING, device STRING ios|android|web, success BOOLEAN, ip STRING, login_time TIMESTAMP
    table accounts: account_id STRING, owner STRING, segment STRING retail|premium|business, opened_on TIMESTAMP
  `),
  cases: casesFrom(
    'payments',
    `
    [aggregate]
    number of transactions per merchant category every hour / transactions by merchant category hourly => merchant_category, COUNT(*) n FROM card_transactions GROUP BY merchant_category W 1h
    total amount by currency per day / sum of amounts for each currency daily => currency, SUM(amount_cents) v FROM card_transactions GROUP BY currency W 1d
    average transaction amount per channel / mean amount by channel => channel, AVG(amount_cents) v FROM card_transactions GROUP BY channel
    how many cards were used per country each hour / distinct cards by country every hour => country, COUNT(DISTINCT card_id) n FROM card_transactions GROUP BY country W 1h
    logins per device every 5 minutes / login count by device in 5 minute windows => device, COUNT(*) n FROM logins GROUP BY device W 5m
    [filter]
    fraudulent transactions / show fraud / transactions flagged as fraud => * FROM card_transactions WHERE is_fraud = TRUE
    declined transactions over $100 / transactions above $100 that were declined => * FROM card_transactions WHERE declined = TRUE AND amount_cents > 10000
    transactions that were not declined / card transactions which are not declined => * FROM card_transactions WHERE declined = FALSE
    online gambling transactions / gambling transactions made online => * FROM card_transactions WHERE channel = 'online' AND merchant_category = 'gambling'
    failed logins / unsuccessful logins / logins that failed => * FROM logins WHERE success = FALSE
    failed logins from android devices => * FROM logins WHERE success = FALSE AND device = 'android'
    transactions outside France / transactions not in France => * FROM card_transactions WHERE country != 'France'
    [having]
    cards with more than 5 transactions in a minute / cards used over 5 times within a minute => card_id, COUNT(*) n FROM card_transactions GROUP BY card_id W 1m HAVING COUNT(*) > 5
    accounts with at least 3 failed logins in 10 minutes / accounts having 3 or more failed logins within 10 minutes => account_id, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY account_id W 10m HAVING COUNT(*) >= 3
    cards used in more than 2 countries per hour / cards with more than 2 distinct countries in an hour => card_id, COUNT(DISTINCT country) n FROM card_transactions GROUP BY card_id W 1h HAVING COUNT(DISTINCT country) > 2
    merchants with total amount above $5000 per day => merchant, SUM(amount_cents) v FROM card_transactions GROUP BY merchant W 1d HAVING SUM(amount_cents) > 500000
    [ratio]
    fraud rate by country / share of fraudulent transactions per country => country, 1.0 * SUM(CASE WHEN is_fraud = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM card_transactions GROUP BY country
    decline rate per merchant every hour => merchant, 1.0 * SUM(CASE WHEN declined = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM card_transactions GROUP BY merchant W 1h
    login success rate by device / what share of logins succeed on each device => device, 1.0 * SUM(CASE WHEN success = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM logins GROUP BY device
    percentage of atm transactions per currency => currency, 100.0 * SUM(CASE WHEN channel = 'atm' THEN 1 ELSE 0 END) / COUNT(*) v FROM card_transactions GROUP BY currency
    [pivot]
    count of online and pos transactions per country => country, SUM(CASE WHEN channel = 'online' THEN 1 ELSE 0 END) a, SUM(CASE WHEN channel = 'pos' THEN 1 ELSE 0 END) b FROM card_transactions GROUP BY country
    total transactions and fraudulent transactions by country per hour => country, COUNT(*) n, SUM(CASE WHEN is_fraud = TRUE THEN 1 ELSE 0 END) f FROM card_transactions GROUP BY country W 1h
    [join]
    transaction count by account segment / number of transactions per segment => a.segment, COUNT(*) n FROM card_transactions t JOIN accounts a ON t.account_id = a.account_id GROUP BY a.segment
    total amount spent by premium accounts each hour => SUM(t.amount_cents) v FROM card_transactions t JOIN accounts a ON t.account_id = a.account_id WHERE a.segment = 'premium' W 1h
    [topn]
    top 5 merchants by amount every hour / 5 merchants with the highest total amount per hour => merchant, SUM(amount_cents) v FROM card_transactions GROUP BY merchant W 1h ORDER BY v DESC LIMIT 5
    [alert]
    alert when the fraud rate per country exceeds 5% over 10 minutes => country, 1.0 * SUM(CASE WHEN is_fraud = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM card_transactions GROUP BY country W 10m
    alert on transactions over $10,000 => * FROM card_transactions
    [edit]
    ~ SELECT merchant, COUNT(*) AS transaction_count FROM card_transactions GROUP BY merchant WINDOW TUMBLING(1h) EMIT CHANGES
    only declined ones / filter to declined transactions => merchant, COUNT(*) n FROM card_transactions WHERE declined = TRUE GROUP BY merchant W 1h
    by country instead of merchant / use country instead => country, COUNT(*) n FROM card_transactions GROUP BY country W 1h
    sort by count descending => merchant, COUNT(*) n FROM card_transactions GROUP BY merchant W 1h ORDER BY n DESC
    [behaviour]
    remove fraudulent transactions from the table => no
    transactions by mood => ?
    `,
  ),
};
