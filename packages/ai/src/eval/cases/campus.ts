import { casesFrom, schemasFrom } from '../case.ts';

/** A university library, plain words as names; asked by a student who explains what for. */
export const campus = {
  name: 'campus',
  schemas: schemasFrom(`
    loans: loan_no STRING, member_no STRING, title STRING, genre STRING, branch_name STRING, renewed BOOLEAN, pages INTEGER, borrowed_at TIMESTAMP
    returns: loan_no STRING, member_no STRING, branch_name STRING, days_late INTEGER, fine_eur FLOAT, damaged BOOLEAN, returned_at TIMESTAMP
    table members: member_no STRING, faculty STRING arts|science|law|medicine, degree STRING bachelor|master|phd, signup_year INTEGER
  `),
  cases: casesFrom(
    'campus',
    `
    [aggregate]
    For my homework I need the number of loans per genre every day => genre, COUNT(*) n FROM loans GROUP BY genre W 1d
    What's the sum of fines per branch for each day? => branch_name, SUM(fine_eur) v FROM returns GROUP BY branch_name W 1d
    How many days late are the returns on average, per branch, every 12 hours => branch_name, AVG(days_late) v FROM returns GROUP BY branch_name W 12h
    how many different members borrow something at each branch per hour? => branch_name, COUNT(DISTINCT member_no) n FROM loans GROUP BY branch_name W 1h
    [filter]
    I want all returns with a fine between 2 and 10 euros => * FROM returns WHERE fine_eur BETWEEN 2 AND 10
    damaged returns that were more than a week late => * FROM returns WHERE damaged = TRUE AND days_late > 7
    loans where the genre is neither "poetry" nor "comics" => * FROM loans WHERE genre NOT IN ('poetry', 'comics')
    can I see the loans of books with at least 400 pages that have not been renewed => * FROM loans WHERE pages >= 400 AND renewed = FALSE
    [ratio]
    what fraction of the loans is renewed, for each genre? => genre, 1.0 * SUM(CASE WHEN renewed = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM loans GROUP BY genre
    what percentage of returns are more than 7 days late, by branch? => branch_name, 100.0 * SUM(CASE WHEN days_late > 7 THEN 1 ELSE 0 END) / COUNT(*) v FROM returns GROUP BY branch_name
    [join]
    loans per faculty each day => m.faculty, COUNT(*) n FROM loans l JOIN members m ON l.member_no = m.member_no GROUP BY m.faculty W 1d
    how many euros of fines do phd members pay per day in total => SUM(r.fine_eur) v FROM returns r JOIN members m ON r.member_no = m.member_no WHERE m.degree = 'phd' W 1d
    [having]
    members with more than 6 loans in one day => member_no, COUNT(*) n FROM loans GROUP BY member_no W 1d HAVING COUNT(*) > 6
    [topn]
    the 3 most borrowed titles per day => title, COUNT(*) n FROM loans GROUP BY title W 1d ORDER BY n DESC LIMIT 3
    [session]
    count the loans of each member in sessions that end after 1 hour of inactivity => member_no, COUNT(*) n FROM loans GROUP BY member_no W session 1h
    [edit]
    ~ SELECT branch_name, SUM(fine_eur) AS total_fines FROM returns GROUP BY branch_name WINDOW TUMBLING(1d) EMIT CHANGES
    now only for damaged returns => branch_name, SUM(fine_eur) v FROM returns WHERE damaged = TRUE GROUP BY branch_name W 1d
    [behaviour]
    which returns are interesting? => ?
    write an essay about libraries for me => no
    `,
  ),
};
