import { casesFrom, schemasFrom } from '../case.ts';

export const vitals = {
  name: 'vitals',
  schemas: schemasFrom(`
    vital_signs: patientId STRING, wardCode STRING, bedNo INTEGER, heartRate INTEGER, systolicBp INTEGER, diastolicBp INTEGER, spo2Pct FLOAT, bodyTempC FLOAT, respRate INTEGER, deviceModel STRING, isManual BOOLEAN, nurseNote STRING, alarmState STRING none|low|high|critical, measuredAt TIMESTAMP
    table patients: patientId STRING, ageYears INTEGER, sex STRING M|F, bloodType STRING, attendingDoctor STRING
  `),
  cases: casesFrom(
    'vitals',
    `
    [filter]
    pulse above 120 or oxygen under 90 / heart rate > 120 or spo2 < 90 => * FROM vital_signs WHERE heartRate > 120 OR spo2Pct < 90
    readings where the patient has a fever of 38.5 or more / temp at least 38.5 degrees => * FROM vital_signs WHERE bodyTempC >= 38.5
    critical alarms in ward ICU / ICU ward measurements with a critical alarm => * FROM vital_signs WHERE alarmState = 'critical' AND wardCode = 'ICU'
    high or critical alarms / alarm is high or critical => * FROM vital_signs WHERE alarmState IN ('high', 'critical')
    alarm state other than none => * FROM vital_signs WHERE alarmState != 'none'
    readings taken manually with systolic between 140 and 180 => * FROM vital_signs WHERE isManual = TRUE AND systolicBp BETWEEN 140 AND 180
    vitals of patient P-1007 => * FROM vital_signs WHERE patientId = 'P-1007'
    notes that mention "dizzy" / nurse note contains dizzy => * FROM vital_signs WHERE nurseNote LIKE '%dizzy%'
    measurements without a nurse note / nurse note is missing => * FROM vital_signs WHERE nurseNote IS NULL
    measurements that do have a nurse note => * FROM vital_signs WHERE nurseNote IS NOT NULL
    respiratory rate over 25 and not taken manually => * FROM vital_signs WHERE respRate > 25 AND isManual = FALSE
    bed 12 / what's going on in bed 12 => * FROM vital_signs WHERE bedNo = 12
    ward A3 or B1 => * FROM vital_signs WHERE wardCode IN ('A3', 'B1')
    systolic at least half the diastolic => * FROM vital_signs WHERE systolicBp >= 0.5 * diastolicBp
    patient, pulse and temperature where spo2 is below 92% => patientId, heartRate, bodyTempC FROM vital_signs WHERE spo2Pct < 92
    device model ends with "-v2" => * FROM vital_signs WHERE deviceModel LIKE '%-v2'
    [aggregate]
    mean heart rate per ward every 5 min / average pulse by ward in five-minute windows => wardCode, AVG(heartRate) v FROM vital_signs GROUP BY wardCode W 5m
    highest body temperature of each patient per day => patientId, MAX(bodyTempC) v FROM vital_signs GROUP BY patientId W 1d
    how many critical alarms per ward per hour => wardCode, COUNT(*) n FROM vital_signs WHERE alarmState = 'critical' GROUP BY wardCode W 1h
    number of patients measured per ward every hour / distinct patients by ward hourly => wardCode, COUNT(DISTINCT patientId) n FROM vital_signs GROUP BY wardCode W 1h
    measurements by alarm state => alarmState, COUNT(*) n FROM vital_signs GROUP BY alarmState
    std deviation of heart rate per patient => patientId, STDDEV(heartRate) v FROM vital_signs GROUP BY patientId
    median respiratory rate by ward and alarm state => wardCode, alarmState, MEDIAN(respRate) v FROM vital_signs GROUP BY wardCode, alarmState
    average difference between systolic and diastolic per patient => patientId, AVG(systolicBp - diastolicBp) v FROM vital_signs GROUP BY patientId
    last known spo2 per patient => patientId, LAST_VALUE(spo2Pct) v FROM vital_signs GROUP BY patientId
    sliding average of heart rate over 10 minutes every minute per patient => patientId, AVG(heartRate) v FROM vital_signs GROUP BY patientId W 10m/1m
    [ratio]
    fraction of manual readings by ward => wardCode, 1.0 * SUM(CASE WHEN isManual = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM vital_signs GROUP BY wardCode
    percent of readings with spo2 under 90 per ward per hour => wardCode, 100.0 * SUM(CASE WHEN spo2Pct < 90 THEN 1 ELSE 0 END) / COUNT(*) v FROM vital_signs GROUP BY wardCode W 1h
    share of critical readings per bed => bedNo, 1.0 * SUM(CASE WHEN alarmState = 'critical' THEN 1 ELSE 0 END) / COUNT(*) v FROM vital_signs GROUP BY bedNo
    [join]
    average heart rate by sex => p.sex, AVG(v.heartRate) a FROM vital_signs v JOIN patients p ON v.patientId = p.patientId GROUP BY p.sex
    vitals of patients older than 80 => v.* FROM vital_signs v JOIN patients p ON v.patientId = p.patientId WHERE p.ageYears > 80
    critical alarms per attending doctor per day => p.attendingDoctor, COUNT(*) n FROM vital_signs v JOIN patients p ON v.patientId = p.patientId WHERE v.alarmState = 'critical' GROUP BY p.attendingDoctor W 1d
    max temperature of female patients under 30 by ward => v.wardCode, MAX(v.bodyTempC) m FROM vital_signs v JOIN patients p ON v.patientId = p.patientId WHERE p.sex = 'F' AND p.ageYears < 30 GROUP BY v.wardCode
    [topn]
    ten patients with the highest average pulse every half hour => patientId, AVG(heartRate) v FROM vital_signs GROUP BY patientId W 30m ORDER BY v DESC LIMIT 10
    which 3 wards had the most critical alarms per hour => wardCode, COUNT(*) n FROM vital_signs WHERE alarmState = 'critical' GROUP BY wardCode W 1h ORDER BY n DESC LIMIT 3
    [having]
    patients with at least 3 readings below 90 spo2 within 10 minutes => patientId, COUNT(*) n FROM vital_signs WHERE spo2Pct < 90 GROUP BY patientId W 10m HAVING COUNT(*) >= 3
    wards averaging more than 100 bpm per 5 minutes => wardCode, AVG(heartRate) v FROM vital_signs GROUP BY wardCode W 5m HAVING AVG(heartRate) > 100
    [edit]
    ~ patientId, AVG(heartRate) avg_hr FROM vital_signs GROUP BY patientId W 5m
    only ward ICU => patientId, AVG(heartRate) avg_hr FROM vital_signs WHERE wardCode = 'ICU' GROUP BY patientId W 5m
    add the max too => patientId, AVG(heartRate) avg_hr, MAX(heartRate) m FROM vital_signs GROUP BY patientId W 5m
    per ward rather than per patient => wardCode, AVG(heartRate) avg_hr FROM vital_signs GROUP BY wardCode W 5m
    [clarify]
    how are they doing => ?
    write me a get-well poem => no
    `,
  ),
};
