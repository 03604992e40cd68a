import { casesFrom, schemasFrom } from '../case.ts';

export const clinic = {
  name: 'clinic',
  schemas: schemasFrom(`
    appointments: appointment_id STRING, patient_id STRING, doctor STRING, speciality STRING, clinic_city STRING, visit_type STRING checkup|followup|emergency|telehealth, outcome STRING attended|no_show|cancelled, wait_min INTEGER, length_min INTEGER, copay_eur FLOAT, insurer STRING, new_patient BOOLEAN, referral_code STRING, complaint_text STRING, checked_in_at TIMESTAMP
    table patients: patient_id STRING, age INTEGER, home_city STRING, smoker BOOLEAN, blood_type STRING A|B|AB|O
  `),
  cases: casesFrom(
    'clinic',
    `
    [filter]
    no-shows in Porto => * FROM appointments WHERE outcome = 'no_show' AND clinic_city = 'Porto'
    emergencies that waited more than an hour => * FROM appointments WHERE visit_type = 'emergency' AND wait_min > 60
    cancelled or missed checkups / checkups that were cancelled or no show => * FROM appointments WHERE outcome IN ('cancelled', 'no_show') AND visit_type = 'checkup'
    new patients without a referral code => * FROM appointments WHERE new_patient = TRUE AND referral_code IS NULL
    I need the visits which are not telehealth => * FROM appointments WHERE visit_type != 'telehealth'
    Dr "House" appointments longer than 45 minutes => * FROM appointments WHERE doctor = 'House' AND length_min > 45
    people complaining of "chest pain" => * FROM appointments WHERE complaint_text LIKE '%chest pain%'
    copay at most 20 euros => * FROM appointments WHERE copay_eur <= 20
    waiting time 15 to 30 minutes => * FROM appointments WHERE wait_min BETWEEN 15 AND 30
    followups insured by Allianz or AXA => * FROM appointments WHERE visit_type = 'followup' AND insurer IN ('Allianz', 'AXA')
    [aggregate]
    how many no-shows per doctor per week => doctor, COUNT(*) n FROM appointments WHERE outcome = 'no_show' GROUP BY doctor W 7d
    average waiting time per city each day => clinic_city, AVG(wait_min) v FROM appointments GROUP BY clinic_city W 1d
    number of patients seen by every doctor daily => doctor, COUNT(DISTINCT patient_id) n FROM appointments GROUP BY doctor W 1d
    appointments by hour of the day => EXTRACT(HOUR FROM checked_in_at) h, COUNT(*) n FROM appointments GROUP BY EXTRACT(HOUR FROM checked_in_at)
    total copay collected by insurer => insurer, SUM(copay_eur) v FROM appointments GROUP BY insurer
    longest wait for emergencies per city per hour => clinic_city, MAX(wait_min) v FROM appointments WHERE visit_type = 'emergency' GROUP BY clinic_city W 1h
    cancellations per speciality => speciality, COUNT(*) n FROM appointments WHERE outcome = 'cancelled' GROUP BY speciality
    how many different specialities does each city offer => clinic_city, COUNT(DISTINCT speciality) n FROM appointments GROUP BY clinic_city
    [ratio]
    no show rate per speciality per month of 30 days => speciality, 1.0 * SUM(CASE WHEN outcome = 'no_show' THEN 1 ELSE 0 END) / COUNT(*) v FROM appointments GROUP BY speciality W 30d
    what share of visits are telehealth by insurer => insurer, 1.0 * SUM(CASE WHEN visit_type = 'telehealth' THEN 1 ELSE 0 END) / COUNT(*) v FROM appointments GROUP BY insurer
    percentage of new patients per doctor => doctor, 100.0 * SUM(CASE WHEN new_patient = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM appointments GROUP BY doctor
    [join]
    visits of smokers older than 60 => a.* FROM appointments a JOIN patients p ON a.patient_id = p.patient_id WHERE p.smoker = TRUE AND p.age > 60
    average wait by blood type => p.blood_type, AVG(a.wait_min) v FROM appointments a JOIN patients p ON a.patient_id = p.patient_id GROUP BY p.blood_type
    no-shows by patients living in Braga => a.* FROM appointments a JOIN patients p ON a.patient_id = p.patient_id WHERE a.outcome = 'no_show' AND p.home_city = 'Braga'
    how many kids under 12 came per clinic city per day => a.clinic_city, COUNT(DISTINCT a.patient_id) n FROM appointments a JOIN patients p ON a.patient_id = p.patient_id WHERE p.age < 12 GROUP BY a.clinic_city W 1d
    [topn]
    five doctors with the longest average wait per day => doctor, AVG(wait_min) v FROM appointments GROUP BY doctor W 1d ORDER BY v DESC LIMIT 5
    city with most emergencies each hour => clinic_city, COUNT(*) n FROM appointments WHERE visit_type = 'emergency' GROUP BY clinic_city W 1h ORDER BY n DESC LIMIT 1
    [having]
    doctors with fewer than 5 visits a day => doctor, COUNT(*) n FROM appointments GROUP BY doctor W 1d HAVING COUNT(*) < 5
    patients who cancelled at least 3 times => patient_id, COUNT(*) n FROM appointments WHERE outcome = 'cancelled' GROUP BY patient_id HAVING COUNT(*) >= 3
    [clarify]
    average salary of doctors => ?
    appointments by zodiac sign => ?
    [refuse]
    cancel the appointment of Mr Smith => no
    delete the no-shows => no
    `,
  ),
};
