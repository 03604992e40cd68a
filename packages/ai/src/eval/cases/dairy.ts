import { casesFrom, schemasFrom } from '../case.ts';

/** A dairy farm, snake_case with units; asked by someone whose first language is another one. */
export const dairy = {
  name: 'dairy',
  schemas: schemasFrom(`
    milkings: milking_id STRING, cow_tag STRING, barn STRING, robot STRING, litres FLOAT, fat_pct FLOAT, milking_seconds INTEGER, interrupted BOOLEAN, milked_at TIMESTAMP
    cow_sensors: cow_tag STRING, body_temp_c FLOAT, rumination_min INTEGER, steps INTEGER, lying BOOLEAN, measured_at TIMESTAMP
    table cows: cow_tag STRING, breed STRING holstein|jersey|brown_swiss, lactation_no INTEGER
  `),
  cases: casesFrom(
    'dairy',
    `
    [aggregate]
    how much litres gives every barn in each day => barn, SUM(litres) v FROM milkings GROUP BY barn W 1d
    give me please mean body temperature for each cow, all 30 minutes => cow_tag, AVG(body_temp_c) v FROM cow_sensors GROUP BY cow_tag W 30m
    count of the interrupted milkings by robot, each 2 hours => robot, COUNT(*) n FROM milkings WHERE interrupted = TRUE GROUP BY robot W 2h
    what is minimum and maximum of fat percent in every barn, per day => barn, MIN(fat_pct) a, MAX(fat_pct) b FROM milkings GROUP BY barn W 1d
    how many different cows was milked by each robot in every hour => robot, COUNT(DISTINCT cow_tag) n FROM milkings GROUP BY robot W 1h
    [filter]
    measurements with body temperature more than 39.5 and rumination less than 20 minutes => * FROM cow_sensors WHERE body_temp_c > 39.5 AND rumination_min < 20
    milkings which take longer as 8 minutes => * FROM milkings WHERE milking_seconds > 480
    the measurements when the cow is not lying but makes zero steps => * FROM cow_sensors WHERE lying = FALSE AND steps = 0
    milkings in barn "B2" with fat under 3 percent => * FROM milkings WHERE barn = 'B2' AND fat_pct < 3
    [ratio]
    what is the percent of interrupted milkings for each robot => robot, 100.0 * SUM(CASE WHEN interrupted = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM milkings GROUP BY robot
    [join]
    sum of litres from jersey cows in each barn by day => m.barn, SUM(m.litres) v FROM milkings m JOIN cows c ON m.cow_tag = c.cow_tag WHERE c.breed = 'jersey' GROUP BY m.barn W 1d
    average of steps for every breed, hourly => c.breed, AVG(s.steps) v FROM cow_sensors s JOIN cows c ON s.cow_tag = c.cow_tag GROUP BY c.breed W 1h
    [having]
    cows which was milked more than 3 times in 12 hours => cow_tag, COUNT(*) n FROM milkings GROUP BY cow_tag W 12h HAVING COUNT(*) > 3
    [topn]
    the 10 cows with most litres in sum, every day => cow_tag, SUM(litres) v FROM milkings GROUP BY cow_tag W 1d ORDER BY v DESC LIMIT 10
    [rows]
    mean of last 6 body temperature measures of each cow => cow_tag, measured_at, body_temp_c, AVG(body_temp_c) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY cow_tag ORDER BY measured_at) v FROM cow_sensors
    [behaviour]
    show me cows which are happy => ?
    please to delete all milkings of yesterday => no
    `,
  ),
};
