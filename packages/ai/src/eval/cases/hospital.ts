import { casesFrom, schemasFrom } from '../case.ts';

export const hospital = {
  name: 'hospital',
  schemas: schemasFrom(`
    lab_results: order_no STRING, patient_no STRING, test_name STRING glucose|potassium|hemoglobin, result_value FLOAT, turnaround_min INTEGER, critical BOOLEAN, resulted_at TIMESTAMP
    bed_events: bed_no STRING, unit STRING icu|maternity|general, action STRING occupied|released|cleaned, nurse_id STRING, event_at TIMESTAMP
    table nurses: nurse_id STRING, shift STRING day|evening|night, years_experience INTEGER
  `),
  cases: casesFrom(
    'hospital',
    `
    [aggregate]
    mean turnaround for each test, per hour => test_name, AVG(turnaround_min) v FROM lab_results GROUP BY test_name W 1h
    average glucose per patient each day => patient_no, AVG(result_value) v FROM lab_results WHERE test_name = 'glucose' GROUP BY patient_no W 1d
    how often are beds released, by unit, every 4 hours => unit, COUNT(*) n FROM bed_events WHERE action = 'released' GROUP BY unit W 4h
    standard deviation of turnaround by test => test_name, STDDEV(turnaround_min) v FROM lab_results GROUP BY test_name
    [filter]
    critical results that took longer than an hour and a half => * FROM lab_results WHERE critical = TRUE AND turnaround_min > 90
    potassium above 5.5 or below 3 => * FROM lab_results WHERE test_name = 'potassium' AND (result_value > 5.5 OR result_value < 3)
    bed events in the icu or maternity => * FROM bed_events WHERE unit IN ('icu', 'maternity')
    lab results where the turnaround is exactly 30 minutes => * FROM lab_results WHERE turnaround_min = 30
    [ratio]
    critical rate by test in percent => test_name, 100.0 * SUM(CASE WHEN critical = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM lab_results GROUP BY test_name
    [join]
    bed events handled by the night shift, per unit => b.unit, COUNT(*) n FROM bed_events b JOIN nurses n ON b.nurse_id = n.nurse_id WHERE n.shift = 'night' GROUP BY b.unit
    [having]
    patients with at least 5 critical results a day => patient_no, COUNT(*) n FROM lab_results WHERE critical = TRUE GROUP BY patient_no W 1d HAVING COUNT(*) >= 5
    [topn]
    busiest unit every hour => unit, COUNT(*) n FROM bed_events GROUP BY unit W 1h ORDER BY n DESC LIMIT 1
    [behaviour]
    let me know when turnaround is too long => ?
    nurses by favourite colour => ?
    `,
  ),
};
