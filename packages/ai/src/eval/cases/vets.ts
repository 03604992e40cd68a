import { casesFrom, schemasFrom } from '../case.ts';

/** Visits and lab work of a group of veterinary practices; asked by receptionists, vets and the owner of the practices. */
export const vets = {
  name: 'vets',
  schemas: schemasFrom(`
    vet_visits: practice STRING, petId STRING, species STRING dog|cat|rabbit|bird, reason STRING vaccination|injury|checkup|surgery, weightKg FLOAT, waitMin INTEGER, feeEur FLOAT, vet STRING, insured BOOLEAN, emergency BOOLEAN, remark STRING, visitAt TIMESTAMP
    vetLabs: practice STRING, petId STRING, testName STRING, resultValue FLOAT, abnormal BOOLEAN, machine STRING, turnaroundMin INTEGER, repeated BOOLEAN, labAt TIMESTAMP
    table practices: practice STRING, town STRING, chain STRING, roomCount INTEGER, openSunday BOOLEAN
  `),
  cases: casesFrom(
    'vets',
    `
    [filter]
    emergency visits of cats => * FROM vet_visits WHERE emergency = TRUE AND species = 'cat'
    dogs over 40 kg that came for surgery => * FROM vet_visits WHERE species = 'dog' AND weightKg > 40 AND reason = 'surgery'
    who waited 45 minutes or longer? list the visits => * FROM vet_visits WHERE waitMin >= 45
    uninsured pets with a bill above 300 euro => * FROM vet_visits WHERE insured = FALSE AND feeEur > 300
    rabbits and birds seen by Dr Okafor => * FROM vet_visits WHERE species IN ('rabbit', 'bird') AND vet = 'Dr Okafor'
    abnormal results from machine M2 => * FROM vetLabs WHERE abnormal = TRUE AND machine = 'M2'
    test creatinine above 1.8, excluding repeats => * FROM vetLabs WHERE testName = 'creatinine' AND resultValue > 1.8 AND repeated = FALSE
    visits for anything but vaccinations, no remark written => * FROM vet_visits WHERE reason != 'vaccination' AND remark IS NULL
    fees from 50 up to 80 => * FROM vet_visits WHERE feeEur BETWEEN 50 AND 80
    [aggregate]
    takings per practice per day => practice, SUM(feeEur) v FROM vet_visits GROUP BY practice W 1d
    how many different animals does each vet see per day => vet, COUNT(DISTINCT petId) n FROM vet_visits GROUP BY vet W 1d
    average waiting time at every practice, every two hours => practice, AVG(waitMin) v FROM vet_visits GROUP BY practice W 2h
    visits by species and reason => species, reason, COUNT(*) n FROM vet_visits GROUP BY species, reason
    median turnaround of each test => testName, MEDIAN(turnaroundMin) v FROM vetLabs GROUP BY testName
    heaviest dog of each practice => practice, MAX(weightKg) v FROM vet_visits WHERE species = 'dog' GROUP BY practice
    lab tests run on each machine per hour => machine, COUNT(*) n FROM vetLabs GROUP BY machine W 1h
    what does a visit cost on average, by reason, week by week => reason, AVG(feeEur) v FROM vet_visits GROUP BY reason W 7d
    the most recent weight of every pet => petId, LAST_VALUE(weightKg) v FROM vet_visits GROUP BY petId
    [ratio]
    how big is the share of emergencies at each practice, weekly => practice, 1.0 * SUM(CASE WHEN emergency = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM vet_visits GROUP BY practice W 7d
    percent of labs that had to be repeated, by machine => machine, 100.0 * SUM(CASE WHEN repeated = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM vetLabs GROUP BY machine
    cats per dog among the visits of each practice => practice, 1.0 * SUM(CASE WHEN species = 'cat' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN species = 'dog' THEN 1 ELSE 0 END), 0) v FROM vet_visits GROUP BY practice
    fraction of fees that comes from surgery, per practice and day => practice, 1.0 * SUM(CASE WHEN reason = 'surgery' THEN feeEur ELSE 0 END) / SUM(feeEur) v FROM vet_visits GROUP BY practice W 1d
    [join]
    income by chain, weekly => p.chain, SUM(v.feeEur) x FROM vet_visits v JOIN practices p ON v.practice = p.practice GROUP BY p.chain W 7d
    emergencies at practices that are open on Sunday => v.* FROM vet_visits v JOIN practices p ON v.practice = p.practice WHERE v.emergency = TRUE AND p.openSunday = TRUE
    average turnaround by town and test => p.town, l.testName, AVG(l.turnaroundMin) x FROM vetLabs l JOIN practices p ON l.practice = p.practice GROUP BY p.town, l.testName
    [having]
    practices earning less than 900 euros a day => practice, SUM(feeEur) v FROM vet_visits GROUP BY practice W 1d HAVING SUM(feeEur) < 900
    vets with more than 15 visits within 4 hours => vet, COUNT(*) n FROM vet_visits GROUP BY vet W 4h HAVING COUNT(*) > 15
    machines that take 30 minutes or more on average, per day => machine, AVG(turnaroundMin) v FROM vetLabs GROUP BY machine W 1d HAVING AVG(turnaroundMin) >= 30
    [topn]
    top three practices by takings, per week => practice, SUM(feeEur) v FROM vet_visits GROUP BY practice W 7d ORDER BY v DESC LIMIT 3
    which vet lets people wait longest on average, daily => vet, AVG(waitMin) v FROM vet_visits GROUP BY vet W 1d ORDER BY v DESC LIMIT 1
    the 5 tests ordered least in a week => testName, COUNT(*) n FROM vetLabs GROUP BY testName W 7d ORDER BY n ASC LIMIT 5
    [pivot]
    one line per practice with the number of dogs, cats and birds in three columns, by day => practice, SUM(CASE WHEN species = 'dog' THEN 1 ELSE 0 END) a, SUM(CASE WHEN species = 'cat' THEN 1 ELSE 0 END) b, SUM(CASE WHEN species = 'bird' THEN 1 ELSE 0 END) c FROM vet_visits GROUP BY practice W 1d
    [rows]
    has the pet gained or lost weight? weight minus weight at its previous visit => petId, weightKg - LAG(weightKg) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY petId ORDER BY visitAt) v FROM vet_visits
    running total of the last 30 fees at each practice => practice, SUM(feeEur) OVER (ROWS WINDOW BUFFER 30 ROWS PARTITION BY practice ORDER BY visitAt) v FROM vet_visits
    [session]
    rush hours of a practice: visits with gaps under 20 minutes form a rush. number of visits and total fees per rush => practice, COUNT(*) n, SUM(feeEur) v FROM vet_visits GROUP BY practice W session 20m
    [alert]
    text the owner if a practice has an average wait beyond 50 minutes in an hour => practice, AVG(waitMin) v FROM vet_visits GROUP BY practice W 1h
    raise an alarm as soon as a machine gives over 10 abnormal results in 2 hours => machine, COUNT(*) n FROM vetLabs WHERE abnormal = TRUE GROUP BY machine W 2h
    [edit]
    ~ SELECT practice, COUNT(*) AS visits FROM vet_visits GROUP BY practice WINDOW TUMBLING(1d) EMIT CHANGES
    emergencies only please => practice, COUNT(*) visits FROM vet_visits WHERE emergency = TRUE GROUP BY practice W 1d
    and the money they brought in => practice, COUNT(*) visits, SUM(feeEur) v FROM vet_visits GROUP BY practice W 1d
    per vet rather => vet, COUNT(*) visits FROM vet_visits GROUP BY vet W 1d
    what about each week? => practice, COUNT(*) visits FROM vet_visits GROUP BY practice W 7d
    take out birds and rabbits => practice, COUNT(*) visits FROM vet_visits WHERE species NOT IN ('bird', 'rabbit') GROUP BY practice W 1d
    quietest practice at the top => practice, COUNT(*) visits FROM vet_visits GROUP BY practice W 1d ORDER BY visits ASC
    separate lines for each species => practice, species, COUNT(*) visits FROM vet_visits GROUP BY practice, species W 1d
    [behaviour]
    is the cat going to be ok? => ?
    visits per breed => ?
    book a checkup for petId P9 => no
    `,
  ),
};
