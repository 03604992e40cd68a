import { casesFrom, schemasFrom } from '../case.ts';

/** Rooms, climate and audio guides of a museum; asked by the conservator, the shop manager and a school pupil. */
export const museum = {
  name: 'museum',
  schemas: schemasFrom(`
    roomSensors: room STRING, tempC FLOAT, rhPct FLOAT, luxLevel FLOAT, co2Ppm INTEGER, visitorsInside INTEGER, sensorFault BOOLEAN, readAt TIMESTAMP
    guidePlays: deviceNo STRING, exhibit STRING, language STRING en|de|fr|ja, secondsHeard INTEGER, finished BOOLEAN, ageGroup STRING child|adult|senior, rating INTEGER, playedAt TIMESTAMP
    table exhibits: exhibit STRING, room STRING, artist STRING, century INTEGER, maxLux FLOAT, onLoan BOOLEAN
  `),
  cases: casesFrom(
    'museum',
    `
    [filter]
    rooms with relative humidity above 60 or below 40 => * FROM roomSensors WHERE rhPct > 60 OR rhPct < 40
    room 12 brighter than 50 lux => * FROM roomSensors WHERE room = '12' AND luxLevel > 50
    audio guide plays in Japanese that were heard to the end => * FROM guidePlays WHERE language = 'ja' AND finished = TRUE
    kids who listened less than 20 seconds => * FROM guidePlays WHERE ageGroup = 'child' AND secondsHeard < 20
    plays rated 1 or 2 => * FROM guidePlays WHERE rating IN (1, 2)
    readings from faulty sensors => * FROM roomSensors WHERE sensorFault = TRUE
    plays of the exhibit "Night Harbour" not in English => * FROM guidePlays WHERE exhibit = 'Night Harbour' AND language != 'en'
    [aggregate]
    average humidity per room every half hour => room, AVG(rhPct) v FROM roomSensors GROUP BY room W 30m
    how many plays did each exhibit get per day => exhibit, COUNT(*) n FROM guidePlays GROUP BY exhibit W 1d
    how many different devices were used per day => COUNT(DISTINCT deviceNo) n FROM guidePlays W 1d
    total listening time of every language, week by week => language, SUM(secondsHeard) v FROM guidePlays GROUP BY language W 7d
    the most visitors that were ever inside each room at once => room, MAX(visitorsInside) v FROM roomSensors GROUP BY room
    average rating by age group and language => ageGroup, language, AVG(rating) v FROM guidePlays GROUP BY ageGroup, language
    hottest and coldest temperature in every room for each day => room, MAX(tempC) a, MIN(tempC) b FROM roomSensors GROUP BY room W 1d
    [ratio]
    how many percent of plays are finished, exhibit by exhibit => exhibit, 100.0 * SUM(CASE WHEN finished = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM guidePlays GROUP BY exhibit
    part of the readings with more than 1000 ppm co2, per room and day => room, 1.0 * SUM(CASE WHEN co2Ppm > 1000 THEN 1 ELSE 0 END) / COUNT(*) v FROM roomSensors GROUP BY room W 1d
    [join]
    plays by century of the exhibit, weekly => e.century, COUNT(*) n FROM guidePlays g JOIN exhibits e ON g.exhibit = e.exhibit GROUP BY e.century W 7d
    plays of exhibits that are on loan => g.* FROM guidePlays g JOIN exhibits e ON g.exhibit = e.exhibit WHERE e.onLoan = TRUE
    mean rating of each artist, per week => e.artist, AVG(g.rating) v FROM guidePlays g JOIN exhibits e ON g.exhibit = e.exhibit GROUP BY e.artist W 7d
    [having]
    exhibits with an average rating worse than 2.5 in a week => exhibit, AVG(rating) v FROM guidePlays GROUP BY exhibit W 7d HAVING AVG(rating) < 2.5
    rooms in which co2 averages 1200 ppm or more over a quarter of an hour => room, AVG(co2Ppm) v FROM roomSensors GROUP BY room W 15m HAVING AVG(co2Ppm) >= 1200
    [topn]
    which five exhibits are played most each day => exhibit, COUNT(*) n FROM guidePlays GROUP BY exhibit W 1d ORDER BY n DESC LIMIT 5
    the darkest room by average lux every hour => room, AVG(luxLevel) v FROM roomSensors GROUP BY room W 1h ORDER BY v ASC LIMIT 1
    [rows]
    how did the humidity of each room change from reading to reading => room, rhPct - LAG(rhPct) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY room ORDER BY readAt) v FROM roomSensors
    rolling average of temperature over 8 readings, room by room => room, AVG(tempC) OVER (ROWS WINDOW BUFFER 8 ROWS PARTITION BY room ORDER BY readAt) v FROM roomSensors
    [session]
    visits per device: plays with gaps of up to 10 minutes belong to one visit; number of plays and seconds heard => deviceNo, COUNT(*) n, SUM(secondsHeard) v FROM guidePlays GROUP BY deviceNo W session 10m
    [alert]
    the conservator should get a message when a room's average humidity is higher than 58 over 20 minutes => room, AVG(rhPct) v FROM roomSensors GROUP BY room W 20m
    [edit]
    ~ SELECT exhibit, COUNT(*) AS plays FROM guidePlays GROUP BY exhibit WINDOW TUMBLING(1d) EMIT CHANGES
    children only, please => exhibit, COUNT(*) plays FROM guidePlays WHERE ageGroup = 'child' GROUP BY exhibit W 1d
    what did they rate it on average? also show => exhibit, COUNT(*) plays, AVG(rating) v FROM guidePlays GROUP BY exhibit W 1d
    hour by hour, not day by day => exhibit, COUNT(*) plays FROM guidePlays GROUP BY exhibit W 1h
    lose the ones in French => exhibit, COUNT(*) plays FROM guidePlays WHERE language != 'fr' GROUP BY exhibit W 1d
    [clarify]
    which painting is the most beautiful => ?
    plays by country of birth of the visitor => ?
    readings by insurance value => ?
    `,
  ),
};
