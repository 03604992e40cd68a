import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Milking robots and feeders of a dairy farm; asked by a farmer whose first language is not English. */
export const dairy = {
  name: 'dairy',
  schemas: schemasFrom(`
    milkings: cow STRING, robot STRING, milk_l FLOAT, fat_pct FLOAT, protein_pct FLOAT, cell_count INTEGER, duration_s INTEGER, kicked_off BOOLEAN, milked_at TIMESTAMP
    feedings: cow STRING, barn STRING, feed STRING hay|silage|concentrate, kg FLOAT, minutes_eating FLOAT, refused BOOLEAN, fed_at TIMESTAMP
    table cows: cow STRING, breed STRING holstein|jersey|angler, lactation INTEGER, herd STRING, pregnant BOOLEAN, birth_year INTEGER
  `),
  cases: casesFrom(
    'dairy',
    `
    [filter]
    show milkings where is less than 4 liter milk and the robot was kicked off => * FROM milkings WHERE milk_l < 4 AND kicked_off = TRUE
    please the feedings of barn North which the cow has refused => * FROM feedings WHERE barn = 'North' AND refused = TRUE
    give me all feedings with hay or silage what are bigger than 12 kg => * FROM feedings WHERE feed IN ('hay', 'silage') AND kg > 12
    milkings with fat between 3.5 and 4.5 percent => * FROM milkings WHERE fat_pct BETWEEN 3.5 AND 4.5
    cow and milk liters of the milkings from robot R2 that have duration minimum 600 seconds => cow, milk_l FROM milkings WHERE robot = 'R2' AND duration_s >= 600
    [aggregate]
    how much milk gives every cow in one day, in sum => cow, SUM(milk_l) v FROM milkings GROUP BY cow W 1d
    average of fat and of protein for each robot per 6 hours => robot, AVG(fat_pct) a, AVG(protein_pct) b FROM milkings GROUP BY robot W 6h
    how many different cows have come to every robot per hour => robot, COUNT(DISTINCT cow) n FROM milkings GROUP BY robot W 1h
    sum of kg for each feed and barn, daily => feed, barn, SUM(kg) v FROM feedings GROUP BY feed, barn W 1d
    what is the biggest cell count until now of each cow => cow, MAX(cell_count) v FROM milkings GROUP BY cow
    [ratio]
    which part of the milkings was kicked off, for each robot and day => robot, 1.0 * SUM(CASE WHEN kicked_off = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM milkings GROUP BY robot W 1d
    liters of milk per second of milking by cow, so all milk divided through all duration => cow, 1.0 * SUM(milk_l) / SUM(duration_s) v FROM milkings GROUP BY cow
    [join]
    average milk of one milking by breed, each day => c.breed, AVG(m.milk_l) v FROM milkings m JOIN cows c ON m.cow = c.cow GROUP BY c.breed W 1d
    feedings from cows that are pregnant and where the feed is concentrate => f.* FROM feedings f JOIN cows c ON f.cow = c.cow WHERE c.pregnant = TRUE AND f.feed = 'concentrate'
    [having]
    cows which give in one day together less than 15 liters => cow, SUM(milk_l) v FROM milkings GROUP BY cow W 1d HAVING SUM(milk_l) < 15
    cows with 3 or more refused feedings in 12 hours => cow, COUNT(*) n FROM feedings WHERE refused = TRUE GROUP BY cow W 12h HAVING COUNT(*) >= 3
    [topn]
    the 10 cows with most milk in sum per day => cow, SUM(milk_l) v FROM milkings GROUP BY cow W 1d ORDER BY v DESC LIMIT 10
    5 cows that eat the shortest, average of minutes eating => cow, AVG(minutes_eating) v FROM feedings GROUP BY cow ORDER BY v ASC LIMIT 5
    [rows]
    for every cow the average milk from her last 8 milkings => cow, AVG(milk_l) OVER (ROWS WINDOW BUFFER 8 ROWS PARTITION BY cow ORDER BY milked_at) v FROM milkings
    [alert]
    make an alarm if one robot has more than 6 kicked off milkings in one hour => robot, COUNT(*) n FROM milkings WHERE kicked_off = TRUE GROUP BY robot W 1h
    [edit]
    ~ SELECT cow, SUM(milk_l) AS milk FROM milkings GROUP BY cow WINDOW TUMBLING(1d) EMIT CHANGES
    please only the cows with more than 30 liters => cow, SUM(milk_l) milk FROM milkings GROUP BY cow W 1d HAVING SUM(milk_l) > 30
    make it for robot and not for cow => robot, SUM(milk_l) milk FROM milkings GROUP BY robot W 1d
    i need also how many milkings it was => cow, SUM(milk_l) milk, COUNT(*) n FROM milkings GROUP BY cow W 1d
    [behaviour]
    how was the temperature of the cow in every milking => ?
    please erase the milkings of cow 118 => no
    write me one letter to the bank for new credit => no
    `,
  ),
};
