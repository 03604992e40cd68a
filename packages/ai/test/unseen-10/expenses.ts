import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Expense reports of a company; asked by finance controllers and an internal auditor. */
export const expenses = {
  name: 'expenses',
  schemas: schemasFrom(`
    expense_lines: line_id STRING, employee_id STRING, category STRING travel|meals|lodging|software|training, amount_eur FLOAT, country STRING, has_receipt BOOLEAN, status STRING submitted|approved|rejected|paid, merchant STRING, project_code STRING, submitted_at TIMESTAMP
    table employees: employee_id STRING, department STRING, grade INTEGER, manager STRING, remote BOOLEAN, office STRING Berlin|Madrid|Dublin
  `),
  cases: casesFrom(
    'expenses',
    `
    [filter]
    expense lines above 500 euros that have no receipt => * FROM expense_lines WHERE amount_eur > 500 AND has_receipt = FALSE
    show me all rejected travel expenses => * FROM expense_lines WHERE status = 'rejected' AND category = 'travel'
    meals and lodging submitted from Portugal => * FROM expense_lines WHERE category IN ('meals', 'lodging') AND country = 'Portugal'
    lines without a project code => * FROM expense_lines WHERE project_code IS NULL
    expenses between 20 and 75 euros at merchants whose name starts with 'Cafe' => * FROM expense_lines WHERE amount_eur BETWEEN 20 AND 75 AND merchant LIKE 'Cafe%'
    everything that is not software and costs at least 1,000 euros => * FROM expense_lines WHERE category != 'software' AND amount_eur >= 1000
    [aggregate]
    total amount per category and day => category, SUM(amount_eur) v FROM expense_lines GROUP BY category W 1d
    How many expense lines does each employee submit per week? => employee_id, COUNT(*) n FROM expense_lines GROUP BY employee_id W 7d
    average meal expense by country => country, AVG(amount_eur) v FROM expense_lines WHERE category = 'meals' GROUP BY country
    the largest single amount for every merchant => merchant, MAX(amount_eur) v FROM expense_lines GROUP BY merchant
    number of different employees claiming training costs, hourly => COUNT(DISTINCT employee_id) n FROM expense_lines WHERE category = 'training' W 1h
    [join]
    sum of expenses by department in 1 day windows => e.department, SUM(x.amount_eur) v FROM expense_lines x JOIN employees e ON x.employee_id = e.employee_id GROUP BY e.department W 1d
    lodging expenses of remote employees => x.* FROM expense_lines x JOIN employees e ON x.employee_id = e.employee_id WHERE x.category = 'lodging' AND e.remote = TRUE
    [ratio]
    share of lines that were rejected, per category => category, 1.0 * SUM(CASE WHEN status = 'rejected' THEN 1 ELSE 0 END) / COUNT(*) v FROM expense_lines GROUP BY category
    what percentage of lines per country came in without a receipt, every day => country, 100.0 * SUM(CASE WHEN has_receipt = FALSE THEN 1 ELSE 0 END) / COUNT(*) v FROM expense_lines GROUP BY country W 1d
    [having]
    employees who spent more than 2000 euros in a day => employee_id, SUM(amount_eur) v FROM expense_lines GROUP BY employee_id W 1d HAVING SUM(amount_eur) > 2000
    merchants with at least 10 expense lines in an hour => merchant, COUNT(*) n FROM expense_lines GROUP BY merchant W 1h HAVING COUNT(*) >= 10
    [topn]
    top 5 merchants by total amount every hour => merchant, SUM(amount_eur) v FROM expense_lines GROUP BY merchant W 1h ORDER BY v DESC LIMIT 5
    the 3 countries with the most expense lines => country, COUNT(*) n FROM expense_lines GROUP BY country W 5m ORDER BY n DESC LIMIT 3
    [alert]
    alert me when an employee submits more than 8 lines without a receipt within one hour => employee_id, COUNT(*) n FROM expense_lines WHERE has_receipt = FALSE GROUP BY employee_id W 1h
    [rows]
    moving average of the amount over the last 10 lines of each employee => employee_id, AVG(amount_eur) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY employee_id ORDER BY submitted_at) v FROM expense_lines
    [edit]
    ~ SELECT category, SUM(amount_eur) AS total FROM expense_lines GROUP BY category WINDOW TUMBLING(1h) EMIT CHANGES
    only approved lines => category, SUM(amount_eur) total FROM expense_lines WHERE status = 'approved' GROUP BY category W 1h
    also group by country => category, country, SUM(amount_eur) total FROM expense_lines GROUP BY category, country W 1h
    use daily windows => category, SUM(amount_eur) total FROM expense_lines GROUP BY category W 1d
    [behaviour]
    expenses by cost centre => ?
    approve every submitted expense => no
    `,
  ),
};
