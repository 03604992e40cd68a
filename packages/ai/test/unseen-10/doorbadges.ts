import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Badge readers at the doors of an office site; asked by its security desk and facility management. */
export const doorbadges = {
  name: 'doorbadges',
  schemas: schemasFrom(`
    door_events: badge_id STRING, door_id STRING, result STRING granted|denied|forced, direction STRING in|out, open_seconds FLOAT, visitor BOOLEAN, deny_reason STRING, battery_pct INTEGER, swiped_at TIMESTAMP
    table doors: door_id STRING, building STRING, floor INTEGER, zone STRING public|office|lab|server, alarmed BOOLEAN, vendor STRING
  `),
  cases: casesFrom(
    'doorbadges',
    `
    [filter]
    all denied swipes by visitors => * FROM door_events WHERE result = 'denied' AND visitor = TRUE
    events of doors that were forced open => * FROM door_events WHERE result = 'forced'
    events where the door stayed open for longer than 45 seconds => * FROM door_events WHERE open_seconds > 45
    readers with a battery at 15 percent or less => * FROM door_events WHERE battery_pct <= 15
    events with a deny reason other than 'expired' => * FROM door_events WHERE deny_reason != 'expired'
    swipes of badge B-1007 going out => * FROM door_events WHERE badge_id = 'B-1007' AND direction = 'out'
    [aggregate]
    number of swipes per door every 5 minutes => door_id, COUNT(*) n FROM door_events GROUP BY door_id W 5m
    how many different badges went in per hour => COUNT(DISTINCT badge_id) n FROM door_events WHERE direction = 'in' W 1h
    denied swipes by deny reason and day => deny_reason, COUNT(*) n FROM door_events WHERE result = 'denied' GROUP BY deny_reason W 1d
    lowest battery level seen per door => door_id, MIN(battery_pct) v FROM door_events GROUP BY door_id
    average open time by direction and result => direction, result, AVG(open_seconds) v FROM door_events GROUP BY direction, result
    [join]
    events per building and hour => d.building, COUNT(*) n FROM door_events e JOIN doors d ON e.door_id = d.door_id GROUP BY d.building W 1h
    denied events at doors of the server zone => e.* FROM door_events e JOIN doors d ON e.door_id = d.door_id WHERE e.result = 'denied' AND d.zone = 'server'
    [ratio]
    denial rate per door in 30 minute windows => door_id, 1.0 * SUM(CASE WHEN result = 'denied' THEN 1 ELSE 0 END) / COUNT(*) v FROM door_events GROUP BY door_id W 30m
    share of swipes made by visitors, for each door => door_id, 1.0 * SUM(CASE WHEN visitor = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM door_events GROUP BY door_id
    [having]
    badges denied more than 4 times within 10 minutes => badge_id, COUNT(*) n FROM door_events WHERE result = 'denied' GROUP BY badge_id W 10m HAVING COUNT(*) > 4
    badges used at 3 or more different doors in a minute => badge_id, COUNT(DISTINCT door_id) n FROM door_events GROUP BY badge_id W 1m HAVING COUNT(DISTINCT door_id) >= 3
    [topn]
    top 10 doors by number of denied swipes per day => door_id, COUNT(*) n FROM door_events WHERE result = 'denied' GROUP BY door_id W 1d ORDER BY n DESC LIMIT 10
    the 3 doors with the longest average open time => door_id, AVG(open_seconds) v FROM door_events GROUP BY door_id W 5m ORDER BY v DESC LIMIT 3
    [alert]
    page security when a door is forced more than twice in 15 minutes => door_id, COUNT(*) n FROM door_events WHERE result = 'forced' GROUP BY door_id W 15m
    [session]
    events per badge in sessions with a gap of 20 minutes => badge_id, COUNT(*) n FROM door_events GROUP BY badge_id W session 20m
    [edit]
    ~ SELECT door_id, COUNT(*) AS swipes FROM door_events WHERE visitor = FALSE GROUP BY door_id WINDOW TUMBLING(10m) EMIT CHANGES
    only granted ones => door_id, COUNT(*) swipes FROM door_events WHERE visitor = FALSE AND result = 'granted' GROUP BY door_id W 10m
    just the top 5 => door_id, COUNT(*) swipes FROM door_events WHERE visitor = FALSE GROUP BY door_id W 10m ORDER BY swipes DESC LIMIT 5
    count distinct badges instead => door_id, COUNT(DISTINCT badge_id) n FROM door_events WHERE visitor = FALSE GROUP BY door_id W 10m
    [behaviour]
    swipes by department => ?
    alert me if there are too many denied swipes => ?
    delete the events of badge B-1007 => no
    `,
  ),
};
