import { casesFrom, schemasFrom } from '../case.ts';

export const health = {
  name: 'health',
  schemas: schemasFrom(`
    vitals: patient_id STRING, heart_rate_bpm INTEGER, spo2_pct FLOAT, body_temp_c FLOAT, systolic INTEGER, ward STRING, device_id STRING, measured_at TIMESTAMP
    admissions: admission_id STRING, patient_id STRING, department STRING cardiology|surgery|pediatrics, severity STRING low|medium|high, insured BOOLEAN, wait_min INTEGER, admitted_at TIMESTAMP
    table patients: patient_id STRING, age_group STRING child|adult|senior, sex STRING
  `),
  cases: casesFrom(
    'health',
    `
    [aggregate]
    average heart rate per patient every 5 minutes / mean pulse by patient in 5 minute windows => patient_id, AVG(heart_rate_bpm) v FROM vitals GROUP BY patient_id W 5m
    admissions by department per day / number of admissions for each department daily => department, COUNT(*) n FROM admissions GROUP BY department W 1d
    average wait by severity / mean waiting time per severity => severity, AVG(wait_min) v FROM admissions GROUP BY severity
    highest body temperature per ward each hour / max body temp by ward hourly => ward, MAX(body_temp_c) v FROM vitals GROUP BY ward W 1h
    min oxygen saturation by patient every 10 minutes / lowest spo2 per patient in 10 minute windows => patient_id, MIN(spo2_pct) v FROM vitals GROUP BY patient_id W 10m
    [filter]
    patients with a heart rate above 120 / vitals where heart rate is over 120 bpm => * FROM vitals WHERE heart_rate_bpm > 120
    vitals with spo2 below 90% / oxygen under 90 percent => * FROM vitals WHERE spo2_pct < 90
    high severity admissions to cardiology / cardiology admissions with high severity => * FROM admissions WHERE severity = 'high' AND department = 'cardiology'
    admissions that waited longer than an hour / admissions with a wait over 60 minutes => * FROM admissions WHERE wait_min > 60
    uninsured admissions / admissions that are not insured => * FROM admissions WHERE insured = FALSE
    body temperature above 102°F / vitals with a body temp over 102 °F => * FROM vitals WHERE body_temp_c > 38.8888888889
    [ratio]
    share of high severity admissions per department => department, 1.0 * SUM(CASE WHEN severity = 'high' THEN 1 ELSE 0 END) / COUNT(*) v FROM admissions GROUP BY department
    percentage of insured admissions by department each day => department, 100.0 * SUM(CASE WHEN insured = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM admissions GROUP BY department W 1d
    [join]
    average heart rate by age group every hour / mean heart rate per age group hourly => p.age_group, AVG(v.heart_rate_bpm) a FROM vitals v JOIN patients p ON v.patient_id = p.patient_id GROUP BY p.age_group W 1h
    admissions of senior patients per day => COUNT(*) n FROM admissions a JOIN patients p ON a.patient_id = p.patient_id WHERE p.age_group = 'senior' W 1d
    [topn]
    3 departments with the longest average wait per day => department, AVG(wait_min) v FROM admissions GROUP BY department W 1d ORDER BY v DESC LIMIT 3
    [having]
    wards where the average heart rate exceeds 100 over 10 minutes => ward, AVG(heart_rate_bpm) v FROM vitals GROUP BY ward W 10m HAVING AVG(heart_rate_bpm) > 100
    [rows]
    moving average of the last 5 heart rates per patient => patient_id, measured_at, heart_rate_bpm, AVG(heart_rate_bpm) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY patient_id ORDER BY measured_at) v FROM vitals
    change in heart rate from the previous reading per patient => patient_id, measured_at, heart_rate_bpm, heart_rate_bpm - LAG(heart_rate_bpm) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY patient_id ORDER BY measured_at) v FROM vitals
    [alert]
    alert when spo2 of a patient falls below 88 => * FROM vitals
    [edit]
    ~ SELECT ward, AVG(heart_rate_bpm) AS avg_heart_rate FROM vitals GROUP BY ward WINDOW TUMBLING(5m) EMIT CHANGES
    add min and max heart rate => ward, AVG(heart_rate_bpm) v, MIN(heart_rate_bpm) a, MAX(heart_rate_bpm) b FROM vitals GROUP BY ward W 5m
    per patient instead => patient_id, AVG(heart_rate_bpm) v FROM vitals GROUP BY patient_id W 5m
    [behaviour]
    vitals by shoe size => ?
    `,
  ),
};
