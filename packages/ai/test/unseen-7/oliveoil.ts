import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** A mill for olive oil of many growers; asked by its master, who writes English as a second language. */
export const oliveoil = {
  name: 'oliveoil',
  schemas: schemasFrom(`
    pressings: batch STRING, grower STRING, variety STRING arbequina|picual|koroneiki|leccino, olives_kg FLOAT, oil_l FLOAT, paste_temp_c FLOAT, acidity FLOAT, organic BOOLEAN, grade STRING extra|virgin|lampante, pressed_at TIMESTAMP
    tank_levels: tank STRING, litres FLOAT, temp_c FLOAT, nitrogen BOOLEAN, measured_at TIMESTAMP
    table growers: grower STRING, village STRING, trees INTEGER, member BOOLEAN, irrigated BOOLEAN
  `),
  cases: casesFrom(
    'oliveoil',
    `
    [filter]
    I want see the pressings where the paste was more hot than 27 degrees => * FROM pressings WHERE paste_temp_c > 27
    Give me please all picual which are organic and have acidity under 0.3 => * FROM pressings WHERE variety = 'picual' AND organic = TRUE AND acidity < 0.3
    All batches of the grower Moreno that became lampante => * FROM pressings WHERE grower = 'Moreno' AND grade = 'lampante'
    Tanks without nitrogen and with temperature minimum 20 => * FROM tank_levels WHERE nitrogen = FALSE AND temp_c >= 20
    Batch, oil and acidity of the pressings from 2000 kilos olives until 5000 => batch, oil_l, acidity FROM pressings WHERE olives_kg BETWEEN 2000 AND 5000
    I need the ones that are not leccino and not extra grade => * FROM pressings WHERE variety <> 'leccino' AND grade <> 'extra'
    [aggregate]
    How much litres of oil we make in each hour? => SUM(oil_l) v FROM pressings W 1h
    For each variety the middle (average) acidity and the biggest => variety, AVG(acidity) a, MAX(acidity) b FROM pressings GROUP BY variety
    The kilos of olives what every grower brings, by day => grower, SUM(olives_kg) v FROM pressings GROUP BY grower W 1d
    What is the last known quantity of litres in each tank => tank, LAST_VALUE(litres) v FROM tank_levels GROUP BY tank
    Count how many batches has each grade, in the last 6 hours, new every 30 minutes => grade, COUNT(*) n FROM pressings GROUP BY grade W 6h/30m
    [ratio]
    The yield for every grower: the litres oil divided through the kilos olives => grower, 1.0 * SUM(oil_l) / SUM(olives_kg) v FROM pressings GROUP BY grower
    Which part of the batches is extra, for each variety and each day => variety, 1.0 * SUM(CASE WHEN grade = 'extra' THEN 1 ELSE 0 END) / COUNT(*) v FROM pressings GROUP BY variety W 1d
    [join]
    Sum of the oil by village, every day => g.village, SUM(p.oil_l) v FROM pressings p JOIN growers g ON p.grower = g.grower GROUP BY g.village W 1d
    Pressings from growers which are not member, with acidity more than 0.8 => p.* FROM pressings p JOIN growers g ON p.grower = g.grower WHERE g.member = FALSE AND p.acidity > 0.8
    [having]
    Growers who bring more as 10000 kilos in one day => grower, SUM(olives_kg) v FROM pressings GROUP BY grower W 1d HAVING SUM(olives_kg) > 10000
    Please the tanks where the average temperature of the hour is more than 22 => tank, AVG(temp_c) v FROM tank_levels GROUP BY tank W 1h HAVING AVG(temp_c) > 22
    [topn]
    The 3 growers with most litres in the day => grower, SUM(oil_l) v FROM pressings GROUP BY grower W 1d ORDER BY v DESC LIMIT 3
    Six growers with the lowest average acidity, for each day => grower, AVG(acidity) v FROM pressings GROUP BY grower W 1d ORDER BY v ASC LIMIT 6
    [edit]
    ~ SELECT variety, SUM(oil_l) AS oil FROM pressings GROUP BY variety WINDOW TUMBLING(1d) EMIT CHANGES
    Now the same but only for organic => variety, SUM(oil_l) oil FROM pressings WHERE organic = TRUE GROUP BY variety W 1d
    I prefer that it is by grower and not by variety => grower, SUM(oil_l) oil FROM pressings GROUP BY grower W 1d
    Put also how many batches it was => variety, SUM(oil_l) oil, COUNT(*) n FROM pressings GROUP BY variety W 1d
    [alert]
    Make me an alarm if a tank has in one hour an average over 25 degrees => tank, AVG(temp_c) v FROM tank_levels GROUP BY tank W 1h
    [rows]
    For each tank, how much the litres changed since the measure before => tank, litres - LAG(litres) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY tank ORDER BY measured_at) v FROM tank_levels
    [behaviour]
    Show me the pressings with acidity too high => ?
    How will be the weather tomorrow for the harvest? => no
    `,
  ),
};
