import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Repair requests and rent of apartment buildings; asked by somebody who puts everything as a question. */
export const tenancies = {
  name: 'tenancies',
  schemas: schemasFrom(`
    repair_requests: ticket STRING, building STRING, trade STRING plumbing|electrical|heating|locks|painting, priority STRING low|normal|urgent, cost FLOAT, response_hours FLOAT, resolved BOOLEAN, contractor STRING, reported_at TIMESTAMP
    rent_payments: tenant_id STRING, building STRING, amount FLOAT, days_late INTEGER, method STRING transfer|debit|cheque, partial BOOLEAN, paid_at TIMESTAMP
    table buildings: building STRING, street STRING, district STRING, floors INTEGER, built INTEGER, has_lift BOOLEAN, caretaker STRING
  `),
  cases: casesFrom(
    'tenancies',
    `
    [filter]
    Which urgent heating requests are still unresolved? => * FROM repair_requests WHERE priority = 'urgent' AND trade = 'heating' AND resolved = FALSE
    Which rent payments came in more than 10 days late? => * FROM rent_payments WHERE days_late > 10
    Which repairs by contractor Brandt cost between 300 and 800? => * FROM repair_requests WHERE contractor = 'Brandt' AND cost BETWEEN 300 AND 800
    Which rent payments were partial and not made by transfer? => * FROM rent_payments WHERE partial = TRUE AND method <> 'transfer'
    Which plumbing or electrical requests have no contractor yet? => * FROM repair_requests WHERE trade IN ('plumbing', 'electrical') AND contractor IS NULL
    Which repair requests from building B7 had to wait at least 48 hours for a response? => * FROM repair_requests WHERE building = 'B7' AND response_hours >= 48
    [aggregate]
    What do repairs cost in total per building and week? => building, SUM(cost) v FROM repair_requests GROUP BY building W 7d
    How many requests are there for each trade per day? => trade, COUNT(*) n FROM repair_requests GROUP BY trade W 1d
    What is the average response time by contractor? => contractor, AVG(response_hours) v FROM repair_requests GROUP BY contractor
    How many different tenants pay by each method every day? => method, COUNT(DISTINCT tenant_id) n FROM rent_payments GROUP BY method W 1d
    What are the smallest and the largest rent payment in each building? => building, MIN(amount) a, MAX(amount) b FROM rent_payments GROUP BY building
    [ratio]
    What fraction of the requests is resolved, contractor by contractor? => contractor, 1.0 * SUM(CASE WHEN resolved = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM repair_requests GROUP BY contractor
    What share of the rent payments is at least one day late in each building per week? => building, 1.0 * SUM(CASE WHEN days_late >= 1 THEN 1 ELSE 0 END) / COUNT(*) v FROM rent_payments GROUP BY building W 7d
    [join]
    How much rent does each district bring in per day? => b.district, SUM(p.amount) v FROM rent_payments p JOIN buildings b ON p.building = b.building GROUP BY b.district W 1d
    Which repair requests come from buildings without a lift that have more than 4 floors? => r.* FROM repair_requests r JOIN buildings b ON r.building = b.building WHERE b.has_lift = FALSE AND b.floors > 4
    [having]
    Which buildings report more than 6 urgent requests in a day? => building, COUNT(*) n FROM repair_requests WHERE priority = 'urgent' GROUP BY building W 1d HAVING COUNT(*) > 6
    Which contractors need 24 hours or more on average to respond? => contractor, AVG(response_hours) v FROM repair_requests GROUP BY contractor HAVING AVG(response_hours) >= 24
    [topn]
    Which 3 buildings have the highest repair costs each week? => building, SUM(cost) v FROM repair_requests GROUP BY building W 7d ORDER BY v DESC LIMIT 3
    Who are the top 10 tenants by total amount paid? => tenant_id, SUM(amount) v FROM rent_payments GROUP BY tenant_id W 5m ORDER BY v DESC LIMIT 10
    [rows]
    What is the running average of the response hours over each contractor's last 8 requests? => contractor, AVG(response_hours) OVER (ROWS WINDOW BUFFER 8 ROWS PARTITION BY contractor ORDER BY reported_at) v FROM repair_requests
    [alert]
    Can you warn me when a building has at least 3 heating requests within two hours? => building, COUNT(*) n FROM repair_requests WHERE trade = 'heating' GROUP BY building W 2h
    [edit]
    ~ SELECT building, SUM(cost) AS spent FROM repair_requests GROUP BY building WINDOW TUMBLING(1d) EMIT CHANGES
    Could it be for urgent ones only? => building, SUM(cost) spent FROM repair_requests WHERE priority = 'urgent' GROUP BY building W 1d
    What about per trade instead of per building? => trade, SUM(cost) spent FROM repair_requests GROUP BY trade W 1d
    Can I see it every 6 hours? => building, SUM(cost) spent FROM repair_requests GROUP BY building W 6h
    [behaviour]
    Which repairs were expensive? => ?
    Could you wipe all the rent payments of building B7? => no
    `,
  ),
};
