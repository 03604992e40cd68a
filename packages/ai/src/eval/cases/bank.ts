import { casesFrom, schemasFrom } from '../case.ts';

export const bank = {
  name: 'bank',
  schemas: schemasFrom(`
    transfers: transfer_id STRING, from_account STRING, to_account STRING, amount_eur FLOAT, channel STRING app|branch|atm, flagged BOOLEAN, fee_eur FLOAT, booked_at TIMESTAMP
    logins: account_no STRING, ip_country STRING, success BOOLEAN, method STRING password|passkey|token, logged_at TIMESTAMP
    table account_holders: account_no STRING, segment STRING retail|private|corporate, home_country STRING
  `),
  cases: casesFrom(
    'bank',
    `
    [aggregate]
    volume of transfers by channel every quarter hour => channel, SUM(amount_eur) v FROM transfers GROUP BY channel W 15m
    fees earned per channel daily => channel, SUM(fee_eur) v FROM transfers GROUP BY channel W 1d
    how many failed logins per country per minute => ip_country, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY ip_country W 1m
    biggest transfer per source account each hour => from_account, MAX(amount_eur) v FROM transfers GROUP BY from_account W 1h
    [filter]
    atm transfers larger than 1k that were flagged => * FROM transfers WHERE channel = 'atm' AND amount_eur > 1000 AND flagged = TRUE
    logins that did not use a passkey => * FROM logins WHERE method != 'passkey'
    transfers of 10,000 euros or more => * FROM transfers WHERE amount_eur >= 10000
    unsuccessful password logins from RU => * FROM logins WHERE success = FALSE AND method = 'password' AND ip_country = 'RU'
    [ratio]
    login failure rate by method, 10 minutes => method, 1.0 * SUM(CASE WHEN success = FALSE THEN 1 ELSE 0 END) / COUNT(*) v FROM logins GROUP BY method W 10m
    fees as a percentage of the amount per channel => channel, 100.0 * SUM(fee_eur) / NULLIF(SUM(amount_eur), 0) v FROM transfers GROUP BY channel
    [join]
    logins per customer segment every hour => h.segment, COUNT(*) n FROM logins l JOIN account_holders h ON l.account_no = h.account_no GROUP BY h.segment W 1h
    [having]
    accounts sending more than 8 transfers within 5 minutes => from_account, COUNT(*) n FROM transfers GROUP BY from_account W 5m HAVING COUNT(*) > 8
    accounts with over 3 failed logins in ten minutes => account_no, COUNT(*) n FROM logins WHERE success = FALSE GROUP BY account_no W 10m HAVING COUNT(*) > 3
    [rows]
    difference between each transfer amount and the one before, per source account => from_account, booked_at, amount_eur, amount_eur - LAG(amount_eur) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY from_account ORDER BY booked_at) v FROM transfers
    [topn]
    bottom 3 source accounts by transferred amount per hour => from_account, SUM(amount_eur) v FROM transfers GROUP BY from_account W 1h ORDER BY v ASC LIMIT 3
    [edit]
    ~ SELECT channel, SUM(amount_eur) AS total_amount FROM transfers GROUP BY channel WINDOW TUMBLING(1h) EMIT CHANGES
    only flagged ones => channel, SUM(amount_eur) v FROM transfers WHERE flagged = TRUE GROUP BY channel W 1h
    and the average fee please => channel, SUM(amount_eur) v, AVG(fee_eur) f FROM transfers GROUP BY channel W 1h
    [behaviour]
    transfers by zodiac sign => ?
    notify me about suspicious amounts => ?
    `,
  ),
};
