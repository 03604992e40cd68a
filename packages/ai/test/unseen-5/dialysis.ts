import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Machines and patients of dialysis centres; asked by nurses on the ward and by a nephrologist. */
export const dialysis = {
  name: 'dialysis',
  schemas: schemasFrom(`
    machine_log: machine STRING, ward STRING, patient_code STRING, blood_flow FLOAT, venous_mmhg FLOAT, conductivity FLOAT, fluid_removed_ml FLOAT, alarm STRING, phase STRING priming|treating|rinsing, paused BOOLEAN, logged_at TIMESTAMP
    bedside: patient_code STRING, nurse STRING, systolic INTEGER, weight_kg FLOAT, nausea BOOLEAN, access_kind STRING fistula|graft|catheter, clotting BOOLEAN, remark STRING, noted_at TIMESTAMP
    table machines: machine STRING, brand STRING, hours_run INTEGER, last_service INTEGER, spare BOOLEAN
  `),
  cases: casesFrom(
    'dialysis',
    `
    [filter]
    machines in the treating phase with a venous pressure over 200 => * FROM machine_log WHERE phase = 'treating' AND venous_mmhg > 200
    log lines with an alarm on ward W2 => * FROM machine_log WHERE alarm IS NOT NULL AND ward = 'W2'
    patients who felt nausea and had a systolic below 100 => * FROM bedside WHERE nausea = TRUE AND systolic < 100
    catheter or graft patients, notes by nurse Amina => * FROM bedside WHERE access_kind IN ('catheter', 'graft') AND nurse = 'Amina'
    paused machines that removed less than 500 ml => * FROM machine_log WHERE paused = TRUE AND fluid_removed_ml < 500
    conductivity not between 13 and 15 => * FROM machine_log WHERE conductivity NOT BETWEEN 13 AND 15
    [aggregate]
    average blood flow per machine in 10 minute intervals => machine, AVG(blood_flow) v FROM machine_log GROUP BY machine W 10m
    how many patients does every nurse look after in a day? each patient once => nurse, COUNT(DISTINCT patient_code) n FROM bedside GROUP BY nurse W 1d
    lowest systolic of each patient per hour => patient_code, MIN(systolic) v FROM bedside GROUP BY patient_code W 1h
    number of alarms by ward, per 8 hour shift => ward, COUNT(*) n FROM machine_log WHERE alarm IS NOT NULL GROUP BY ward W 8h
    [ratio]
    percentage of bedside notes with clotting, by access kind => access_kind, 100.0 * SUM(CASE WHEN clotting = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM bedside GROUP BY access_kind
    what fraction of the time (log lines) is each machine paused, day by day => machine, 1.0 * SUM(CASE WHEN paused = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM machine_log GROUP BY machine W 1d
    [join]
    average venous pressure by brand, hourly => m.brand, AVG(l.venous_mmhg) v FROM machine_log l JOIN machines m ON l.machine = m.machine GROUP BY m.brand W 1h
    alarms on machines that have run over 20000 hours => l.* FROM machine_log l JOIN machines m ON l.machine = m.machine WHERE l.alarm IS NOT NULL AND m.hours_run > 20000
    [having]
    wards with more than 12 alarms in one hour => ward, COUNT(*) n FROM machine_log WHERE alarm IS NOT NULL GROUP BY ward W 1h HAVING COUNT(*) > 12
    [topn]
    three patients with the lowest average systolic, each day => patient_code, AVG(systolic) v FROM bedside GROUP BY patient_code W 1d ORDER BY v ASC LIMIT 3
    [rows]
    weight change of a patient compared to the previous note => patient_code, weight_kg - LAG(weight_kg) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY patient_code ORDER BY noted_at) v FROM bedside
    [alert]
    call the nephrologist when a patient's average systolic drops under 90 within 30 minutes => patient_code, AVG(systolic) v FROM bedside GROUP BY patient_code W 30m
    [edit]
    ~ SELECT ward, AVG(blood_flow) AS flow FROM machine_log GROUP BY ward WINDOW TUMBLING(1h) EMIT CHANGES
    only while treating => ward, AVG(blood_flow) flow FROM machine_log WHERE phase = 'treating' GROUP BY ward W 1h
    by machine and not by ward => machine, AVG(blood_flow) flow FROM machine_log GROUP BY machine W 1h
    hide wards under 250 => ward, AVG(blood_flow) flow FROM machine_log GROUP BY ward W 1h HAVING AVG(blood_flow) >= 250
    with the minimum as well => ward, AVG(blood_flow) flow, MIN(blood_flow) m FROM machine_log GROUP BY ward W 1h
    [behaviour]
    is the patient feeling well? => ?
    alarms by blood group => ?
    stop the pump of machine D4 => no
    `,
  ),
};
