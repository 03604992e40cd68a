import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Turnout and counting on election day; asked by the returning officer, observers and a newsroom. */
export const elections = {
  name: 'elections',
  schemas: schemasFrom(`
    turnout: polling_place STRING, district STRING, voters INTEGER, queue_len INTEGER, wait_min FLOAT, booth_count INTEGER, method STRING booth|postal|proxy, incident STRING, scanner_ok BOOLEAN, reported_at TIMESTAMP
    counts: polling_place STRING, party STRING red|green|blue|purple, votes INTEGER, spoiled INTEGER, recount BOOLEAN, counter STRING, minutes_used INTEGER, counted_at TIMESTAMP
    table places: polling_place STRING, town STRING, region STRING, registered INTEGER, wheelchair BOOLEAN
  `),
  cases: casesFrom(
    'elections',
    `
    [filter]
    reports with queues of more than 60 people in Eastham district => * FROM turnout WHERE queue_len > 60 AND district = 'Eastham'
    any incidents at places where the scanner wasn't ok => * FROM turnout WHERE incident IS NOT NULL AND scanner_ok = FALSE
    recounts with 20 or more spoiled votes => * FROM counts WHERE recount = TRUE AND spoiled >= 20
    green or purple counts by counter Yusuf => * FROM counts WHERE party IN ('green', 'purple') AND counter = 'Yusuf'
    waiting time over half an hour => * FROM turnout WHERE wait_min > 30
    incident text mentions fire alarm => * FROM turnout WHERE incident LIKE '%fire alarm%'
    [aggregate]
    voters per district, hour by hour => district, SUM(voters) v FROM turnout GROUP BY district W 1h
    votes for every party so far => party, SUM(votes) v FROM counts GROUP BY party
    longest wait at each polling place per hour => polling_place, MAX(wait_min) v FROM turnout GROUP BY polling_place W 1h
    how many polling places have reported per district, each place once, every 30 minutes => district, COUNT(DISTINCT polling_place) n FROM turnout GROUP BY district W 30m
    mean counting time by counter => counter, AVG(minutes_used) v FROM counts GROUP BY counter
    reports by method and district => method, district, COUNT(*) n FROM turnout GROUP BY method, district
    [ratio]
    spoiled votes for every valid vote by party (sum of spoiled over sum of votes) => party, 1.0 * SUM(spoiled) / SUM(votes) v FROM counts GROUP BY party
    percentage of counts that are recounts, per polling place => polling_place, 100.0 * SUM(CASE WHEN recount = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM counts GROUP BY polling_place
    [join]
    green votes by region => p.region, SUM(c.votes) v FROM counts c JOIN places p ON c.polling_place = p.polling_place WHERE c.party = 'green' GROUP BY p.region
    average wait at places without wheelchair access, per town and hour => p.town, AVG(t.wait_min) v FROM turnout t JOIN places p ON t.polling_place = p.polling_place WHERE p.wheelchair = FALSE GROUP BY p.town W 1h
    [having]
    districts with less than 500 voters in an hour => district, SUM(voters) v FROM turnout GROUP BY district W 1h HAVING SUM(voters) < 500
    polling places where the average queue is 40 or longer over 20 minutes => polling_place, AVG(queue_len) v FROM turnout GROUP BY polling_place W 20m HAVING AVG(queue_len) >= 40
    [topn]
    the six polling places with the longest average wait, hourly => polling_place, AVG(wait_min) v FROM turnout GROUP BY polling_place W 1h ORDER BY v DESC LIMIT 6
    who counts fastest on average in each hour? just the best counter => counter, AVG(minutes_used) v FROM counts GROUP BY counter W 1h ORDER BY v ASC LIMIT 1
    [rows]
    running total of votes for each party over its last 30 counts => party, SUM(votes) OVER (ROWS WINDOW BUFFER 30 ROWS PARTITION BY party ORDER BY counted_at) v FROM counts
    [sliding]
    voters in the past two hours by district, refreshed every 15 minutes => district, SUM(voters) v FROM turnout GROUP BY district W 2h/15m
    [alert]
    warn me as soon as the average wait in a district exceeds 45 minutes in half an hour => district, AVG(wait_min) v FROM turnout GROUP BY district W 30m
    [edit]
    ~ SELECT party, SUM(votes) AS votes FROM counts GROUP BY party EMIT CHANGES
    ignore recounts => party, SUM(votes) votes FROM counts WHERE recount = FALSE GROUP BY party
    how many spoiled ones? put that next to it => party, SUM(votes) votes, SUM(spoiled) v FROM counts GROUP BY party
    for every polling place as well => party, polling_place, SUM(votes) votes FROM counts GROUP BY party, polling_place
    per 10 minutes, please => party, SUM(votes) votes FROM counts GROUP BY party W 10m
    [behaviour]
    who deserves to win => ?
    votes by age of the voter => ?
    delete the counts of Yusuf => no
    `,
  ),
};
