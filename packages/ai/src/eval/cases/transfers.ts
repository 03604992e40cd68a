import { casesFrom, schemasFrom } from '../case.ts';

export const transfers = {
  name: 'transfers',
  schemas: schemasFrom(`
    transfers: transfer_id STRING, from_acct STRING, to_acct STRING, amount DECIMAL(18,2), ccy STRING, channel STRING mobile|branch|web|atm, status STRING PENDING|SETTLED|REJECTED|REVERSED, risk_score FLOAT, beneficiary_country STRING, is_international BOOLEAN, memo STRING, fee DECIMAL(10,2), created_ts TIMESTAMP
    table accounts: acct_no STRING, holder_name STRING, segment STRING retail|private|corporate, branch_code STRING, opened_year INTEGER, frozen BOOLEAN
  `),
  cases: casesFrom(
    'transfers',
    `
    [filter]
    transfers over 10k that are still pending / pending transfers above 10,000 => * FROM transfers WHERE amount > 10000 AND status = 'PENDING'
    rejected or reversed transfers / transfers that got rejected or reversed => * FROM transfers WHERE status IN ('REJECTED', 'REVERSED')
    transfers in EUR or with a risk score above 0.9 => * FROM transfers WHERE ccy = 'EUR' OR risk_score > 0.9
    domestic transfers by mobile / mobile transfers that are not international => * FROM transfers WHERE is_international = FALSE AND channel = 'mobile'
    transfers that were neither settled nor pending => * FROM transfers WHERE status NOT IN ('SETTLED', 'PENDING')
    wire me everything going to Iran or North Korea / beneficiary country is Iran or "North Korea" => * FROM transfers WHERE beneficiary_country IN ('Iran', 'North Korea')
    transfers from account AC-991 => * FROM transfers WHERE from_acct = 'AC-991'
    transfers to account AC-991 of at least 5000 euros => * FROM transfers WHERE to_acct = 'AC-991' AND amount >= 5000
    memo mentions crypto / transfers with crypto in the memo => * FROM transfers WHERE memo LIKE '%crypto%'
    amount between 9000 and 9999.99 => * FROM transfers WHERE amount BETWEEN 9000 AND 9999.99
    empty memo => * FROM transfers WHERE memo IS NULL
    fee is greater than 2 percent of the amount => * FROM transfers WHERE fee > 0.02 * amount
    high risk ones, say score of 0.8 and up => * FROM transfers WHERE risk_score >= 0.8
    not in USD / currency isn't USD => * FROM transfers WHERE ccy != 'USD'
    free of charge transfers => * FROM transfers WHERE fee = 0
    atm transfers under 20 or over 2000 => * FROM transfers WHERE channel = 'atm' AND (amount < 20 OR amount > 2000)
    [aggregate]
    total amount per currency every hour / how much money moved by currency hourly => ccy, SUM(amount) v FROM transfers GROUP BY ccy W 1h
    transfers per channel per minute / count by channel each minute => channel, COUNT(*) n FROM transfers GROUP BY channel W 1m
    average transfer size by beneficiary country => beneficiary_country, AVG(amount) v FROM transfers GROUP BY beneficiary_country
    biggest transfer of each account per day => from_acct, MAX(amount) v FROM transfers GROUP BY from_acct W 1d
    fees collected per channel daily => channel, SUM(fee) v FROM transfers GROUP BY channel W 1d
    how many different accounts sent money to each country => beneficiary_country, COUNT(DISTINCT from_acct) n FROM transfers GROUP BY beneficiary_country
    mean risk score of rejected transfers by channel => channel, AVG(risk_score) v FROM transfers WHERE status = 'REJECTED' GROUP BY channel
    number and total amount of transfers by status per hour => status, COUNT(*) n, SUM(amount) v FROM transfers GROUP BY status W 1h
    amount sent per account in rolling 24 hours, updated hourly => from_acct, SUM(amount) v FROM transfers GROUP BY from_acct W 24h/1h
    [ratio]
    rejection rate by channel / what share of transfers gets rejected per channel => channel, 1.0 * SUM(CASE WHEN status = 'REJECTED' THEN 1 ELSE 0 END) / COUNT(*) v FROM transfers GROUP BY channel
    fees as a percentage of amount by channel => channel, 100.0 * SUM(fee) / NULLIF(SUM(amount), 0) v FROM transfers GROUP BY channel
    percentage of international transfers every hour => 100.0 * SUM(CASE WHEN is_international = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM transfers W 1h
    [pivot]
    settled vs rejected amounts per channel => channel, SUM(CASE WHEN status = 'SETTLED' THEN amount ELSE 0 END) a, SUM(CASE WHEN status = 'REJECTED' THEN amount ELSE 0 END) b FROM transfers GROUP BY channel
    [join]
    total amount by customer segment per hour => a.segment, SUM(t.amount) v FROM transfers t JOIN accounts a ON t.from_acct = a.acct_no GROUP BY a.segment W 1h
    transfers from frozen accounts => t.* FROM transfers t JOIN accounts a ON t.from_acct = a.acct_no WHERE a.frozen = TRUE
    average amount of corporate accounts per branch => a.branch_code, AVG(t.amount) v FROM transfers t JOIN accounts a ON t.from_acct = a.acct_no WHERE a.segment = 'corporate' GROUP BY a.branch_code
    [topn]
    top 3 countries by amount every hour => beneficiary_country, SUM(amount) v FROM transfers GROUP BY beneficiary_country W 1h ORDER BY v DESC LIMIT 3
    which accounts sent the most transfers per day? give me 5 => from_acct, COUNT(*) n FROM transfers GROUP BY from_acct W 1d ORDER BY n DESC LIMIT 5
    [having]
    accounts sending more than 5 transfers within 10 minutes => from_acct, COUNT(*) n FROM transfers GROUP BY from_acct W 10m HAVING COUNT(*) > 5
    accounts that moved over 50000 in a day => from_acct, SUM(amount) v FROM transfers GROUP BY from_acct W 1d HAVING SUM(amount) > 50000
    [edit]
    ~ channel, SUM(amount) total_amount FROM transfers GROUP BY channel W 1h
    only international => channel, SUM(amount) total_amount FROM transfers WHERE is_international = TRUE GROUP BY channel W 1h
    also count them => channel, SUM(amount) total_amount, COUNT(*) n FROM transfers GROUP BY channel W 1h
    exclude rejected and reversed => channel, SUM(amount) total_amount FROM transfers WHERE status NOT IN ('REJECTED', 'REVERSED') GROUP BY channel W 1h
    group by currency too => channel, ccy, SUM(amount) total_amount FROM transfers GROUP BY channel, ccy W 1h
    [clarify]
    transfers by planet => ?
    what's the weather tomorrow => no
    `,
  ),
};
