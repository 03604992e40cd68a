import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Accounts receivable of a wholesaler; asked by bookkeepers, a credit controller and a finance analyst. */
export const invoicing = {
  name: 'invoicing',
  schemas: schemasFrom(`
    invoices: invoice_no STRING, customer_id STRING, amount FLOAT, tax FLOAT, currency STRING EUR|USD|GBP|CHF, terms_days INTEGER, channel STRING email|post|portal, reminders INTEGER, disputed BOOLEAN, issued_at TIMESTAMP
    payments: payment_id STRING, invoice_no STRING, customer_id STRING, paid_amount FLOAT, method STRING transfer|card|direct_debit|cheque, days_late INTEGER, partial BOOLEAN, received_at TIMESTAMP
    table customers: customer_id STRING, company STRING, industry STRING retail|construction|health|software, country STRING, credit_limit FLOAT, blocked BOOLEAN
  `),
  cases: casesFrom(
    'invoicing',
    `
    [filter]
    disputed invoices over 5000 euros => * FROM invoices WHERE disputed = TRUE AND amount > 5000 AND currency = 'EUR'
    payments that arrived more than 30 days late => * FROM payments WHERE days_late > 30
    invoices sent by post or through the portal with payment terms of 14 days or less => * FROM invoices WHERE channel IN ('post', 'portal') AND terms_days <= 14
    Give me number, customer id and amount of all invoices with at least 3 reminders => invoice_no, customer_id, amount FROM invoices WHERE reminders >= 3
    invoices with a tax of 0 in a currency other than CHF => * FROM invoices WHERE tax = 0 AND currency != 'CHF'
    [aggregate]
    total invoiced amount per currency and day => currency, SUM(amount) v FROM invoices GROUP BY currency W 1d
    how many payments came in per method each hour => method, COUNT(*) n FROM payments GROUP BY method W 1h
    average number of days late for each customer => customer_id, AVG(days_late) v FROM payments GROUP BY customer_id
    smallest and largest invoice amount by channel, every 7 days => channel, MIN(amount) a, MAX(amount) b FROM invoices GROUP BY channel W 7d
    number of customers invoiced in each currency per day, every customer counted once => currency, COUNT(DISTINCT customer_id) n FROM invoices GROUP BY currency W 1d
    [join]
    total paid amount by industry and day => c.industry, SUM(p.paid_amount) v FROM payments p JOIN customers c ON p.customer_id = c.customer_id GROUP BY c.industry W 1d
    Which invoices go to customers that are blocked? => i.* FROM invoices i JOIN customers c ON i.customer_id = c.customer_id WHERE c.blocked = TRUE
    [ratio]
    percentage of invoices that are disputed, per customer => customer_id, 100.0 * SUM(CASE WHEN disputed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM invoices GROUP BY customer_id
    share of payments made by direct debit, per day => 1.0 * SUM(CASE WHEN method = 'direct_debit' THEN 1 ELSE 0 END) / COUNT(*) v FROM payments W 1d
    [having]
    customers whose invoices add up to more than 100000 in 30 days => customer_id, SUM(amount) v FROM invoices GROUP BY customer_id W 30d HAVING SUM(amount) > 100000
    customers with five or more late payments (days late above 0) => customer_id, COUNT(*) n FROM payments WHERE days_late > 0 GROUP BY customer_id HAVING COUNT(*) >= 5
    [topn]
    top 10 customers by paid amount every 30 days => customer_id, SUM(paid_amount) v FROM payments GROUP BY customer_id W 30d ORDER BY v DESC LIMIT 10
    the 3 customers with the highest average days late => customer_id, AVG(days_late) v FROM payments GROUP BY customer_id W 5m ORDER BY v DESC LIMIT 3
    [alert]
    Warn me if a customer disputes more than 4 invoices in a day => customer_id, COUNT(*) n FROM invoices WHERE disputed = TRUE GROUP BY customer_id W 1d
    [rows]
    running average of the paid amount over the last 6 payments of each customer => customer_id, AVG(paid_amount) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY customer_id ORDER BY received_at) v FROM payments
    [edit]
    ~ SELECT currency, SUM(amount) AS total FROM invoices GROUP BY currency WINDOW TUMBLING(1d) EMIT CHANGES
    leave out disputed invoices => currency, SUM(amount) total FROM invoices WHERE disputed = FALSE GROUP BY currency W 1d
    add the average amount => currency, SUM(amount) total, AVG(amount) v FROM invoices GROUP BY currency W 1d
    sum the tax instead of the amount => currency, SUM(tax) total FROM invoices GROUP BY currency W 1d
    [behaviour]
    warn me about customers that pay very late => ?
    payments by the bank of the payer => ?
    write off all disputed invoices => no
    `,
  ),
};
