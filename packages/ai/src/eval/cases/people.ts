import { casesFrom, schemasFrom } from '../case.ts';

export const people = {
  name: 'people',
  schemas: schemasFrom(`
    time_entries: entryId STRING, employeeId STRING, dept STRING, project_code STRING, hours_worked FLOAT, overtime_h FLOAT, entry_kind STRING regular|overtime|leave|sick, isRemote BOOLEAN, approved BOOLEAN, approver STRING, hourly_rate_eur FLOAT, comment_text STRING, office STRING, logged_at TIMESTAMP
    table employees: employeeId STRING, fullName STRING, jobTitle STRING, seniority STRING junior|mid|senior|lead, hireYear INTEGER, managerId STRING, salary FLOAT
  `),
  cases: casesFrom(
    'people',
    `
    [filter]
    entries not approved yet / unapproved time entries => * FROM time_entries WHERE approved = FALSE
    overtime or sick entries in the Berlin office => * FROM time_entries WHERE entry_kind IN ('overtime', 'sick') AND office = 'Berlin'
    remote entries longer than 10 hours => * FROM time_entries WHERE isRemote = TRUE AND hours_worked > 10
    entries with overtime over 2 hours or more than 12 hours worked => * FROM time_entries WHERE overtime_h > 2 OR hours_worked > 12
    leave taken in the Sales department / sales dept leave => * FROM time_entries WHERE entry_kind = 'leave' AND dept IN ('Sales', 'sales')
    entries on project P-88 that have no approver => * FROM time_entries WHERE project_code = 'P-88' AND approver IS NULL
    comment mentions migration => * FROM time_entries WHERE comment_text LIKE '%migration%'
    hourly rate of 90 euros and above => * FROM time_entries WHERE hourly_rate_eur >= 90
    everything except leave and sick => * FROM time_entries WHERE entry_kind NOT IN ('leave', 'sick')
    worked less than 4 hours in the office, i.e. not remote => * FROM time_entries WHERE hours_worked < 4 AND isRemote = FALSE
    employee E-204's entries => * FROM time_entries WHERE employeeId = 'E-204'
    between 6 and 8 hours worked => * FROM time_entries WHERE hours_worked BETWEEN 6 AND 8
    who logged entries without a comment? => * FROM time_entries WHERE comment_text IS NULL
    approved by Schmidt => * FROM time_entries WHERE approver = 'Schmidt'
    [aggregate]
    hours worked per department per week / total hours by dept weekly => dept, SUM(hours_worked) v FROM time_entries GROUP BY dept W 7d
    overtime by employee per day => employeeId, SUM(overtime_h) v FROM time_entries GROUP BY employeeId W 1d
    number of sick entries per office daily => office, COUNT(*) n FROM time_entries WHERE entry_kind = 'sick' GROUP BY office W 1d
    how many people logged time on each project => project_code, COUNT(DISTINCT employeeId) n FROM time_entries GROUP BY project_code
    average hourly rate by department => dept, AVG(hourly_rate_eur) v FROM time_entries GROUP BY dept
    labour cost per project, that is hours times rate => project_code, SUM(hours_worked * hourly_rate_eur) v FROM time_entries GROUP BY project_code
    entries per approver every day => approver, COUNT(*) n FROM time_entries GROUP BY approver W 1d
    longest working day by employee => employeeId, MAX(hours_worked) v FROM time_entries GROUP BY employeeId
    first and last entry kind per employee => employeeId, FIRST_VALUE(entry_kind) a, LAST_VALUE(entry_kind) b FROM time_entries GROUP BY employeeId
    remote hours by department, daily => dept, SUM(hours_worked) v FROM time_entries WHERE isRemote = TRUE GROUP BY dept W 1d
    [ratio]
    remote share per department / percentage of remote entries by dept => dept, 100.0 * SUM(CASE WHEN isRemote = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM time_entries GROUP BY dept
    approval rate per approver => approver, 1.0 * SUM(CASE WHEN approved = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM time_entries GROUP BY approver
    overtime as a share of hours worked by dept => dept, 1.0 * SUM(overtime_h) / NULLIF(SUM(hours_worked), 0) v FROM time_entries GROUP BY dept
    [pivot]
    remote vs office entries per department => dept, SUM(CASE WHEN isRemote = TRUE THEN 1 ELSE 0 END) a, SUM(CASE WHEN isRemote = FALSE THEN 1 ELSE 0 END) b FROM time_entries GROUP BY dept
    [join]
    hours by seniority per week => e.seniority, SUM(t.hours_worked) v FROM time_entries t JOIN employees e ON t.employeeId = e.employeeId GROUP BY e.seniority W 7d
    overtime of senior employees by department => t.dept, SUM(t.overtime_h) v FROM time_entries t JOIN employees e ON t.employeeId = e.employeeId WHERE e.seniority = 'senior' GROUP BY t.dept
    sick entries of people hired after 2020 => t.* FROM time_entries t JOIN employees e ON t.employeeId = e.employeeId WHERE t.entry_kind = 'sick' AND e.hireYear > 2020
    [topn]
    top 5 projects by hours each day => project_code, SUM(hours_worked) v FROM time_entries GROUP BY project_code W 1d ORDER BY v DESC LIMIT 5
    the 10 employees with the most overtime per week => employeeId, SUM(overtime_h) v FROM time_entries GROUP BY employeeId W 7d ORDER BY v DESC LIMIT 10
    [having]
    employees who worked more than 48 hours in a week => employeeId, SUM(hours_worked) v FROM time_entries GROUP BY employeeId W 7d HAVING SUM(hours_worked) > 48
    departments with at least 20 sick entries per day => dept, COUNT(*) n FROM time_entries WHERE entry_kind = 'sick' GROUP BY dept W 1d HAVING COUNT(*) >= 20
    [edit]
    ~ dept, SUM(hours_worked) hours FROM time_entries GROUP BY dept W 1d
    weekly instead => dept, SUM(hours_worked) hours FROM time_entries GROUP BY dept W 7d
    only approved => dept, SUM(hours_worked) hours FROM time_entries WHERE approved = TRUE GROUP BY dept W 1d
    add office => dept, office, SUM(hours_worked) hours FROM time_entries GROUP BY dept, office W 1d
    [clarify]
    who is overworked => ?
    `,
  ),
};
