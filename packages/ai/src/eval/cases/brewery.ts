import { casesFrom, schemasFrom } from '../case.ts';

/** Fermenters and the bottling hall of a brewery; asked by the brewmaster and by quality control. */
export const brewery = {
  name: 'brewery',
  schemas: schemasFrom(`
    ferment_log: tankNo STRING, batchNo STRING, beerStyle STRING lager|stout|wheat|ipa, wortTempC FLOAT, gravity FLOAT, pressureBar FLOAT, ph FLOAT, stage STRING pitching|primary|lagering|done, dryHopped BOOLEAN, sampledBy STRING, sampledAt TIMESTAMP
    bottling: batchNo STRING, lineNo STRING, bottles INTEGER, rejects INTEGER, fillMl FLOAT, stoppedMin FLOAT, bottledAt TIMESTAMP
    table recipes: batchNo STRING, recipeName STRING, maltKg FLOAT, hopsKg FLOAT, targetGravity FLOAT
  `),
  cases: casesFrom(
    'brewery',
    `
    [filter]
    samples from tanks in primary where the wort is warmer than 22 degrees => * FROM ferment_log WHERE stage = 'primary' AND wortTempC > 22
    pH outside of 4.0 to 4.6 => * FROM ferment_log WHERE ph NOT BETWEEN 4.0 AND 4.6
    dry hopped ipa or wheat samples taken by Ines => * FROM ferment_log WHERE dryHopped = TRUE AND beerStyle IN ('ipa', 'wheat') AND sampledBy = 'Ines'
    bottling with more rejects than 50 and a stop of over 10 minutes => * FROM bottling WHERE rejects > 50 AND stoppedMin > 10
    under-filled: fill below 495 ml => * FROM bottling WHERE fillMl < 495
    nothing but lagers that are done => * FROM ferment_log WHERE beerStyle = 'lager' AND stage = 'done'
    [aggregate]
    bottles filled per line every hour => lineNo, SUM(bottles) v FROM bottling GROUP BY lineNo W 1h
    lowest gravity measured in each tank to date => tankNo, MIN(gravity) v FROM ferment_log GROUP BY tankNo
    pressure per tank: average and peak, every 20 minutes => tankNo, AVG(pressureBar) a, MAX(pressureBar) b FROM ferment_log GROUP BY tankNo W 20m
    number of samples that each person took a day => sampledBy, COUNT(*) n FROM ferment_log GROUP BY sampledBy W 1d
    good bottles (bottles less rejects) by line, daily => lineNo, SUM(bottles) - SUM(rejects) v FROM bottling GROUP BY lineNo W 1d
    [ratio]
    reject rate per line and day: rejects over bottles => lineNo, 1.0 * SUM(rejects) / SUM(bottles) v FROM bottling GROUP BY lineNo W 1d
    what part of the samples is dry hopped, by style => beerStyle, 1.0 * SUM(CASE WHEN dryHopped = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ferment_log GROUP BY beerStyle
    [join]
    samples whose gravity is still above the target => f.* FROM ferment_log f JOIN recipes r ON f.batchNo = r.batchNo WHERE f.gravity > r.targetGravity
    bottles per recipe name, weekly => r.recipeName, SUM(b.bottles) v FROM bottling b JOIN recipes r ON b.batchNo = r.batchNo GROUP BY r.recipeName W 7d
    [having]
    lines standing still for more than an hour in total per day => lineNo, SUM(stoppedMin) v FROM bottling GROUP BY lineNo W 1d HAVING SUM(stoppedMin) > 60
    [topn]
    which 3 tanks are warmest on average, per 6 hours => tankNo, AVG(wortTempC) v FROM ferment_log GROUP BY tankNo W 6h ORDER BY v DESC LIMIT 3
    [rows]
    drop of gravity against the preceding sample of the same tank => tankNo, gravity - LAG(gravity) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY tankNo ORDER BY sampledAt) v FROM ferment_log
    smooth the wort temperature over 6 samples per tank => tankNo, AVG(wortTempC) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY tankNo ORDER BY sampledAt) v FROM ferment_log
    [alert]
    warn quality control once a line makes more than 300 rejects in an hour => lineNo, SUM(rejects) v FROM bottling GROUP BY lineNo W 1h
    [edit]
    ~ SELECT tankNo, AVG(wortTempC) AS t FROM ferment_log GROUP BY tankNo WINDOW TUMBLING(1h) EMIT CHANGES
    I meant per batch => batchNo, AVG(wortTempC) t FROM ferment_log GROUP BY batchNo W 1h
    just while they are lagering => tankNo, AVG(wortTempC) t FROM ferment_log WHERE stage = 'lagering' GROUP BY tankNo W 1h
    every 3 hours will do => tankNo, AVG(wortTempC) t FROM ferment_log GROUP BY tankNo W 3h
    [clarify]
    does the stout taste good => ?
    empty tank 4 => no
    `,
  ),
};
