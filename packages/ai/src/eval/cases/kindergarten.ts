import { casesFrom, schemasFrom } from '../case.ts';

/** Children who come and go, and what they eat; asked by educators, a cook and the youth welfare office. */
export const kindergarten = {
  name: 'kindergarten',
  schemas: schemasFrom(`
    arrivals: house STRING, groupName STRING, childId STRING, broughtBy STRING mother|father|grandparent|other, lateMin FLOAT, feverC FLOAT, crying BOOLEAN, allergyCard BOOLEAN, note STRING, arrivedAt TIMESTAMP
    meals: house STRING, groupName STRING, dish STRING, kind STRING breakfast|lunch|snack, portions INTEGER, leftoverG FLOAT, costEur FLOAT, vegetarian BOOLEAN, cook STRING, complaint STRING, servedAt TIMESTAMP
    table houses: house STRING, district STRING, carrier STRING church|city|private, places INTEGER, hasGarden BOOLEAN
  `),
  cases: casesFrom(
    'kindergarten',
    `
    [filter]
    children with fever of 38.5 or higher => * FROM arrivals WHERE feverC >= 38.5
    brought by a grandparent and more than 20 minutes late => * FROM arrivals WHERE broughtBy = 'grandparent' AND lateMin > 20
    crying children in the Ladybirds group => * FROM arrivals WHERE crying = TRUE AND groupName = 'Ladybirds'
    no allergy card, house Sunhill => * FROM arrivals WHERE allergyCard = FALSE AND house = 'Sunhill'
    arrivals the parents left a note for => * FROM arrivals WHERE note IS NOT NULL
    lunches with over 2 kg of leftovers => * FROM meals WHERE kind = 'lunch' AND leftoverG > 2000
    vegetarian breakfasts or snacks => * FROM meals WHERE vegetarian = TRUE AND kind IN ('breakfast', 'snack')
    meals for 10 to 20 portions not cooked by Petra => * FROM meals WHERE portions BETWEEN 10 AND 20 AND cook != 'Petra'
    [aggregate]
    arrivals per group each day => groupName, COUNT(*) n FROM arrivals GROUP BY groupName W 1d
    average delay in minutes by who brought the child => broughtBy, AVG(lateMin) v FROM arrivals GROUP BY broughtBy
    portions served per house, weekly total => house, SUM(portions) v FROM meals GROUP BY house W 7d
    how many different dishes did each cook make in a week? => cook, COUNT(DISTINCT dish) n FROM meals GROUP BY cook W 7d
    what did food cost each house per day in total => house, SUM(costEur) v FROM meals GROUP BY house W 1d
    complaints by dish => dish, COUNT(*) n FROM meals WHERE complaint IS NOT NULL GROUP BY dish
    highest temperature of each child per week => childId, MAX(feverC) v FROM arrivals GROUP BY childId W 7d
    who brought each child most recently => childId, LAST_VALUE(broughtBy) v FROM arrivals GROUP BY childId
    [ratio]
    leftovers per portion for every dish: total grams by total portions => dish, 1.0 * SUM(leftoverG) / SUM(portions) v FROM meals GROUP BY dish
    what percentage of arrivals is brought by the father, per group and week => groupName, 100.0 * SUM(CASE WHEN broughtBy = 'father' THEN 1 ELSE 0 END) / COUNT(*) v FROM arrivals GROUP BY groupName W 7d
    fraction of vegetarian meals per cook => cook, 1.0 * SUM(CASE WHEN vegetarian = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM meals GROUP BY cook
    [join]
    late arrivals (over 15 minutes) by district and day => h.district, COUNT(*) n FROM arrivals a JOIN houses h ON a.house = h.house WHERE a.lateMin > 15 GROUP BY h.district W 1d
    average cost of a meal by carrier => h.carrier, AVG(m.costEur) v FROM meals m JOIN houses h ON m.house = h.house GROUP BY h.carrier
    leftovers in grams at houses without a garden, per house and week => m.house, SUM(m.leftoverG) v FROM meals m JOIN houses h ON m.house = h.house WHERE h.hasGarden = FALSE GROUP BY m.house W 7d
    [having]
    groups with fewer than 8 arrivals a day => groupName, COUNT(*) n FROM arrivals GROUP BY groupName W 1d HAVING COUNT(*) < 8
    dishes that leave 5000 g or more in a week => dish, SUM(leftoverG) v FROM meals GROUP BY dish W 7d HAVING SUM(leftoverG) >= 5000
    children who are late by more than 12 minutes on average over a week => childId, AVG(lateMin) v FROM arrivals GROUP BY childId W 7d HAVING AVG(lateMin) > 12
    [topn]
    the 5 dishes with the most leftovers each week => dish, SUM(leftoverG) v FROM meals GROUP BY dish W 7d ORDER BY v DESC LIMIT 5
    which house is most expensive in meals per day, in total => house, SUM(costEur) v FROM meals GROUP BY house W 1d ORDER BY v DESC LIMIT 1
    [pivot]
    breakfasts, lunches and snacks per house next to each other, per week => house, SUM(CASE WHEN kind = 'breakfast' THEN 1 ELSE 0 END) a, SUM(CASE WHEN kind = 'lunch' THEN 1 ELSE 0 END) b, SUM(CASE WHEN kind = 'snack' THEN 1 ELSE 0 END) c FROM meals GROUP BY house W 7d
    [rows]
    fever of a child against its arrival before: how many degrees more or less => childId, feverC - LAG(feverC) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY childId ORDER BY arrivedAt) v FROM arrivals
    sum of portions over the last 4 meals of each group => groupName, SUM(portions) OVER (ROWS WINDOW BUFFER 4 ROWS PARTITION BY groupName ORDER BY servedAt) v FROM meals
    [session]
    rushes at the door: arrivals at a house no further than 3 minutes from one another; how many children per rush (count arrivals) => house, COUNT(*) n FROM arrivals GROUP BY house W session 3m
    [alert]
    message the welfare office if a group has over 5 children with 38 degrees or more in a day (count arrivals) => groupName, COUNT(*) n FROM arrivals WHERE feverC >= 38 GROUP BY groupName W 1d
    give the cook a sign when the leftovers of a house sum up to more than 3000 g in a day => house, SUM(leftoverG) v FROM meals GROUP BY house W 1d
    [edit]
    ~ SELECT groupName, COUNT(*) AS arrivals FROM arrivals GROUP BY groupName WINDOW TUMBLING(1d) EMIT CHANGES
    only those who were crying => groupName, COUNT(*) arrivals FROM arrivals WHERE crying = TRUE GROUP BY groupName W 1d
    houses, not groups => house, COUNT(*) arrivals FROM arrivals GROUP BY house W 1d
    and tell me the average delay => groupName, COUNT(*) arrivals, AVG(lateMin) v FROM arrivals GROUP BY groupName W 1d
    each child once => groupName, COUNT(DISTINCT childId) n FROM arrivals GROUP BY groupName W 1d
    for a month of 30 days => groupName, COUNT(*) arrivals FROM arrivals GROUP BY groupName W 30d
    the fullest three groups => groupName, COUNT(*) arrivals FROM arrivals GROUP BY groupName W 1d ORDER BY arrivals DESC LIMIT 3
    [behaviour]
    which child is the nicest => ?
    arrivals by income of the parents => ?
    call the mother of child K4 => no
    `,
  ),
};
