import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Returned books and counted visitors of a city library; asked by a terse analyst. */
export const library = {
  name: 'library',
  schemas: schemasFrom(`
    returns: barcode STRING, member_id STRING, branch STRING, genre STRING fiction|science|history|children|comics, renewals INTEGER, days_late INTEGER, fine FLOAT, self_checkout BOOLEAN, returned_at TIMESTAMP
    door_counts: branch STRING, door STRING, visitors INTEGER, staff BOOLEAN, battery_v FLOAT, counted_at TIMESTAMP
    table members: member_id STRING, home_branch STRING, age INTEGER, category STRING adult|student|senior|junior, newsletter BOOLEAN, joined_year INTEGER
  `),
  cases: casesFrom(
    'library',
    `
    [filter]
    fine 5 or more, self checkout => * FROM returns WHERE fine >= 5 AND self_checkout = TRUE
    history and science titles never renewed => * FROM returns WHERE genre IN ('history', 'science') AND renewals = 0
    all branches but Central, fine between 1 and 3 => * FROM returns WHERE branch <> 'Central' AND fine BETWEEN 1 AND 3
    returns lacking a barcode => * FROM returns WHERE barcode IS NULL
    barcode and fine where renewals exceed 2 => barcode, fine FROM returns WHERE renewals > 2
    door counters, battery below 3.1 volts => * FROM door_counts WHERE battery_v < 3.1
    [aggregate]
    returns per genre, daily => genre, COUNT(*) n FROM returns GROUP BY genre W 1d
    fines summed by branch, hourly => branch, SUM(fine) v FROM returns GROUP BY branch W 1h
    distinct members per branch and day => branch, COUNT(DISTINCT member_id) n FROM returns GROUP BY branch W 1d
    avg and max days late by genre => genre, AVG(days_late) a, MAX(days_late) b FROM returns GROUP BY genre
    total visitors per door, 15 min buckets, staff left out => door, SUM(visitors) v FROM door_counts WHERE staff = FALSE GROUP BY door W 15m
    [ratio]
    self-checkout share per branch, daily => branch, 1.0 * SUM(CASE WHEN self_checkout = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM returns GROUP BY branch W 1d
    percentage of returns that were late (days_late above 0), by genre => genre, 100.0 * SUM(CASE WHEN days_late > 0 THEN 1 ELSE 0 END) / COUNT(*) v FROM returns GROUP BY genre
    [join]
    total fines by member category, per day => m.category, SUM(r.fine) v FROM returns r JOIN members m ON r.member_id = m.member_id GROUP BY m.category W 1d
    returns by members younger than 12 => r.* FROM returns r JOIN members m ON r.member_id = m.member_id WHERE m.age < 12
    [having]
    members with over 10 returns in a day => member_id, COUNT(*) n FROM returns GROUP BY member_id W 1d HAVING COUNT(*) > 10
    branches, hourly, average fine at least 2 => branch, AVG(fine) v FROM returns GROUP BY branch W 1h HAVING AVG(fine) >= 2
    [topn]
    top 3 genres by number of returns, daily => genre, COUNT(*) n FROM returns GROUP BY genre W 1d ORDER BY n DESC LIMIT 3
    5 branches with lowest total visitors per hour => branch, SUM(visitors) v FROM door_counts GROUP BY branch W 1h ORDER BY v ASC LIMIT 5
    [session]
    returns per member, sessions split at 20 min of inactivity => member_id, COUNT(*) n FROM returns GROUP BY member_id W session 20m
    [alert]
    alert: branch takes in more than 200 returns in an hour => branch, COUNT(*) n FROM returns GROUP BY branch W 1h
    [edit]
    ~ SELECT branch, COUNT(*) AS n FROM returns GROUP BY branch WINDOW TUMBLING(1h) EMIT CHANGES
    fiction only => branch, COUNT(*) n FROM returns WHERE genre = 'fiction' GROUP BY branch W 1h
    add the average fine => branch, COUNT(*) n, AVG(fine) v FROM returns GROUP BY branch W 1h
    by genre, not branch => genre, COUNT(*) n FROM returns GROUP BY genre W 1h
    [behaviour]
    fines by author => ?
    permanently delete all returns of the Harbour branch => no
    `,
  ),
};
