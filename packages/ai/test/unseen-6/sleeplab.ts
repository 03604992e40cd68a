import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Scored epochs and arousals of a sleep laboratory; asked by a researcher. */
export const sleeplab = {
  name: 'sleeplab',
  schemas: schemasFrom(`
    epochs: subject STRING, night INTEGER, stage STRING wake|n1|n2|n3|rem, delta_uv FLOAT, heart_rate FLOAT, spo2 FLOAT, movements INTEGER, artefact BOOLEAN, epoch_at TIMESTAMP
    arousals: subject STRING, cause STRING noise|apnoea|limb|spontaneous, length_s FLOAT, intensity INTEGER, scorer STRING, confirmed BOOLEAN, scored_at TIMESTAMP
    table subjects: subject STRING, cohort STRING control|insomnia|shiftwork, age INTEGER, sex STRING f|m, bmi FLOAT, medicated BOOLEAN
  `),
  cases: casesFrom(
    'sleeplab',
    `
    [filter]
    Select artefact-free epochs in stage n3 with a delta amplitude exceeding 75 µV. => * FROM epochs WHERE artefact = FALSE AND stage = 'n3' AND delta_uv > 75
    Desaturations: epochs with spo2 below 88 that were not scored as wake. => * FROM epochs WHERE spo2 < 88 AND stage <> 'wake'
    REM epochs of the second night with at least 4 movements. => * FROM epochs WHERE stage = 'rem' AND night = 2 AND movements >= 4
    Confirmed arousals caused by noise or limb movement. => * FROM arousals WHERE confirmed = TRUE AND cause IN ('noise', 'limb')
    Subject, cause and length of arousals lasting between 3 and 15 seconds. => subject, cause, length_s FROM arousals WHERE length_s BETWEEN 3 AND 15
    Arousals for which no scorer is recorded. => * FROM arousals WHERE scorer IS NULL
    [aggregate]
    Mean heart rate by sleep stage. => stage, AVG(heart_rate) v FROM epochs GROUP BY stage
    Lowest oxygen saturation of each subject in consecutive 30-minute windows. => subject, MIN(spo2) v FROM epochs GROUP BY subject W 30m
    Hourly arousal count per subject, confirmed arousals only. => subject, COUNT(*) n FROM arousals WHERE confirmed = TRUE GROUP BY subject W 1h
    Total arousal duration by cause in 12-hour windows. => cause, SUM(length_s) v FROM arousals GROUP BY cause W 12h
    Mean delta amplitude per subject in a 20-minute window that advances by 5 minutes. => subject, AVG(delta_uv) v FROM epochs GROUP BY subject W 20m/5m
    [ratio]
    Proportion of REM epochs for each subject. => subject, 1.0 * SUM(CASE WHEN stage = 'rem' THEN 1 ELSE 0 END) / COUNT(*) v FROM epochs GROUP BY subject
    Percentage of epochs marked as artefact, by hour. => 100.0 * SUM(CASE WHEN artefact = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM epochs W 1h
    [join]
    Mean heart rate by cohort in hourly windows. => s.cohort, AVG(e.heart_rate) v FROM epochs e JOIN subjects s ON e.subject = s.subject GROUP BY s.cohort W 1h
    Arousals of unmedicated subjects older than 60. => a.* FROM arousals a JOIN subjects s ON a.subject = s.subject WHERE s.medicated = FALSE AND s.age > 60
    [having]
    Subjects with 15 or more arousals per hour. => subject, COUNT(*) n FROM arousals GROUP BY subject W 1h HAVING COUNT(*) >= 15
    Subjects whose mean saturation falls below 92 in a 10-minute window. => subject, AVG(spo2) v FROM epochs GROUP BY subject W 10m HAVING AVG(spo2) < 92
    [topn]
    The five subjects with the most movements in total, per hour. => subject, SUM(movements) v FROM epochs GROUP BY subject W 1h ORDER BY v DESC LIMIT 5
    The single cause with the highest mean intensity. => cause, AVG(intensity) v FROM arousals GROUP BY cause ORDER BY v DESC LIMIT 1
    [rows]
    Heart rate averaged over the most recent 5 epochs of each subject. => subject, AVG(heart_rate) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY subject ORDER BY epoch_at) v FROM epochs
    [alert]
    Raise an alert as soon as a subject's minimum spo2 within 5 minutes is under 80. => subject, MIN(spo2) v FROM epochs GROUP BY subject W 5m
    [edit]
    ~ SELECT subject, COUNT(*) AS n FROM arousals GROUP BY subject WINDOW TUMBLING(1h) EMIT CHANGES
    Restrict this to intensity of at least 3. => subject, COUNT(*) n FROM arousals WHERE intensity >= 3 GROUP BY subject W 1h
    Use windows of 90 minutes. => subject, COUNT(*) n FROM arousals GROUP BY subject W 90m
    Additionally report the mean length. => subject, COUNT(*) n, AVG(length_s) v FROM arousals GROUP BY subject W 1h
    [behaviour]
    Cortisol level per subject and night. => ?
    Overwrite the stage of all artefact epochs with wake. => no
    `,
  ),
};
