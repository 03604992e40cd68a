import { casesFrom, schemasFrom } from '../case.ts';

export const library = {
  name: 'library',
  schemas: schemasFrom(`
    loans: loan_id STRING, member_id STRING, isbn STRING, branch_name STRING, loan_kind STRING book|dvd|ebook, days_late INTEGER, fine_usd FLOAT, renewals INTEGER, returned BOOLEAN, damaged BOOLEAN, staff_note STRING, shelf STRING, loaned_at TIMESTAMP
    table members: member_id STRING, age INTEGER, membership STRING basic|plus|student, city STRING, blocked BOOLEAN
  `),
  cases: casesFrom(
    'library',
    `
    [filter]
    loans that have not been returned / anything still not returned => * FROM loans WHERE returned = FALSE
    books more than 2 weeks late / book loans with over 14 days late => * FROM loans WHERE loan_kind = 'book' AND days_late > 14
    damaged or more than 30 days late => * FROM loans WHERE damaged = TRUE OR days_late > 30
    fines of $5 or more at the Riverside branch => * FROM loans WHERE fine_usd >= 5 AND branch_name = 'Riverside'
    dvds and ebooks renewed at least 3 times => * FROM loans WHERE loan_kind IN ('dvd', 'ebook') AND renewals >= 3
    loans from any branch except Riverside and Hilltop => * FROM loans WHERE branch_name NOT IN ('Riverside', 'Hilltop')
    staff note mentions water => * FROM loans WHERE staff_note LIKE '%water%'
    no staff note => * FROM loans WHERE staff_note IS NULL
    returned undamaged ebooks => * FROM loans WHERE returned = TRUE AND damaged = FALSE AND loan_kind = 'ebook'
    isbn starts with 978-3 => * FROM loans WHERE isbn LIKE '978-3%'
    renewals between 2 and 4 => * FROM loans WHERE renewals BETWEEN 2 AND 4
    show isbn, branch and days late of damaged dvds => isbn, branch_name, days_late FROM loans WHERE damaged = TRUE AND loan_kind = 'dvd'
    [aggregate]
    loans per branch every hour => branch_name, COUNT(*) n FROM loans GROUP BY branch_name W 1h
    how much in fines did each branch collect per day => branch_name, SUM(fine_usd) v FROM loans GROUP BY branch_name W 1d
    average lateness in days by loan kind => loan_kind, AVG(days_late) v FROM loans GROUP BY loan_kind
    number of members borrowing per branch per week => branch_name, COUNT(DISTINCT member_id) n FROM loans GROUP BY branch_name W 7d
    highest fine per member => member_id, MAX(fine_usd) v FROM loans GROUP BY member_id
    total renewals by kind and branch => loan_kind, branch_name, SUM(renewals) v FROM loans GROUP BY loan_kind, branch_name
    count damaged items per branch daily => branch_name, COUNT(*) n FROM loans WHERE damaged = TRUE GROUP BY branch_name W 1d
    [ratio]
    share of damaged loans per branch => branch_name, 1.0 * SUM(CASE WHEN damaged = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM loans GROUP BY branch_name
    what percentage of dvds is returned, by branch => branch_name, 100.0 * SUM(CASE WHEN returned = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM loans WHERE loan_kind = 'dvd' GROUP BY branch_name
    [join]
    fines by membership per day => m.membership, SUM(l.fine_usd) v FROM loans l JOIN members m ON l.member_id = m.member_id GROUP BY m.membership W 1d
    loans of blocked members => l.* FROM loans l JOIN members m ON l.member_id = m.member_id WHERE m.blocked = TRUE
    student loans more than 10 days late => l.* FROM loans l JOIN members m ON l.member_id = m.member_id WHERE m.membership = 'student' AND l.days_late > 10
    average days late of members under 18 by branch => l.branch_name, AVG(l.days_late) v FROM loans l JOIN members m ON l.member_id = m.member_id WHERE m.age < 18 GROUP BY l.branch_name
    [topn]
    top 5 branches by fines each day => branch_name, SUM(fine_usd) v FROM loans GROUP BY branch_name W 1d ORDER BY v DESC LIMIT 5
    ten most borrowed isbns per week => isbn, COUNT(*) n FROM loans GROUP BY isbn W 7d ORDER BY n DESC LIMIT 10
    [having]
    members with more than 5 loans a day => member_id, COUNT(*) n FROM loans GROUP BY member_id W 1d HAVING COUNT(*) > 5
    branches where fines total over 100 dollars per day => branch_name, SUM(fine_usd) v FROM loans GROUP BY branch_name W 1d HAVING SUM(fine_usd) > 100
    [edit]
    ~ branch_name, COUNT(*) n FROM loans GROUP BY branch_name W 1h
    only dvds => branch_name, COUNT(*) n FROM loans WHERE loan_kind = 'dvd' GROUP BY branch_name W 1h
    add total fines => branch_name, COUNT(*) n, SUM(fine_usd) v FROM loans GROUP BY branch_name W 1h
    [clarify]
    loans by zodiac => ?
    `,
  ),
};
