import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Time recording of a retailer's staff; asked by payroll, a shift manager and somebody from the works council. */
export const timeclock = {
  name: 'timeclock',
  schemas: schemasFrom(`
    punches: employee_id STRING, site STRING, action STRING clock_in|clock_out|break_start|break_end, terminal STRING, minutes_late INTEGER, manual BOOLEAN, corrected_by STRING, punched_at TIMESTAMP
    shifts: employee_id STRING, site STRING, hours FLOAT, overtime FLOAT, break_min INTEGER, night BOOLEAN, wage FLOAT, ended_at TIMESTAMP
    table employees: employee_id STRING, department STRING sales|stock|bakery|office, contract STRING full_time|part_time|temporary, age INTEGER, manager STRING, union_member BOOLEAN
  `),
  cases: casesFrom(
    'timeclock',
    `
    [filter]
    clock-ins that were more than 10 minutes late => * FROM punches WHERE action = 'clock_in' AND minutes_late > 10
    manual punches that nobody has corrected => * FROM punches WHERE manual = TRUE AND corrected_by IS NULL
    night shifts longer than 9 hours => * FROM shifts WHERE night = TRUE AND hours > 9
    Shifts of 6 hours or more with a break under 30 minutes => * FROM shifts WHERE hours >= 6 AND break_min < 30
    punches at terminal T3 or T4 of site Hamburg => * FROM punches WHERE terminal IN ('T3', 'T4') AND site = 'Hamburg'
    employee, site and overtime of all shifts with overtime between 1 and 3 hours => employee_id, site, overtime FROM shifts WHERE overtime BETWEEN 1 AND 3
    [aggregate]
    how many clock-ins does each site have every half hour? => site, COUNT(*) n FROM punches WHERE action = 'clock_in' GROUP BY site W 30m
    total hours and total overtime per employee in 7 day windows => employee_id, SUM(hours) a, SUM(overtime) b FROM shifts GROUP BY employee_id W 7d
    average break length by site => site, AVG(break_min) v FROM shifts GROUP BY site
    wages paid per site and day => site, SUM(wage) v FROM shifts GROUP BY site W 1d
    number of distinct employees per terminal per hour => terminal, COUNT(DISTINCT employee_id) n FROM punches GROUP BY terminal W 1h
    [join]
    overtime by department, summed up for each day => e.department, SUM(s.overtime) v FROM shifts s JOIN employees e ON s.employee_id = e.employee_id GROUP BY e.department W 1d
    night shifts worked by employees younger than 18 => s.* FROM shifts s JOIN employees e ON s.employee_id = e.employee_id WHERE s.night = TRUE AND e.age < 18
    [ratio]
    share of manual punches by site and day => site, 1.0 * SUM(CASE WHEN manual = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM punches GROUP BY site W 1d
    wage per hour at each site: all wages divided by all hours => site, 1.0 * SUM(wage) / SUM(hours) v FROM shifts GROUP BY site
    [having]
    employees who work more than 48 hours in 7 days => employee_id, SUM(hours) v FROM shifts GROUP BY employee_id W 7d HAVING SUM(hours) > 48
    terminals with at least 12 punches in ten minutes => terminal, COUNT(*) n FROM punches GROUP BY terminal W 10m HAVING COUNT(*) >= 12
    [topn]
    the 10 employees with the most overtime each 30 days => employee_id, SUM(overtime) v FROM shifts GROUP BY employee_id W 30d ORDER BY v DESC LIMIT 10
    top four terminals by number of punches => terminal, COUNT(*) n FROM punches GROUP BY terminal W 5m ORDER BY n DESC LIMIT 4
    [alert]
    notify the shift manager when a site has more than 5 manual punches in 20 minutes => site, COUNT(*) n FROM punches WHERE manual = TRUE GROUP BY site W 20m
    [session]
    group the punches of every terminal into sessions with a gap of 10 minutes and count them => terminal, COUNT(*) n FROM punches GROUP BY terminal W session 10m
    [edit]
    ~ SELECT site, SUM(hours) AS worked FROM shifts GROUP BY site WINDOW TUMBLING(1d) EMIT CHANGES
    night shifts only => site, SUM(hours) worked FROM shifts WHERE night = TRUE GROUP BY site W 1d
    also by employee => site, employee_id, SUM(hours) worked FROM shifts GROUP BY site, employee_id W 1d
    just the sites with more than 200 hours => site, SUM(hours) worked FROM shifts GROUP BY site W 1d HAVING SUM(hours) > 200
    [behaviour]
    overtime by nationality of the employee => ?
    change the wage of employee E17 to 2000 => no
    `,
  ),
};
