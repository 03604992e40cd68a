import { casesFrom, schemasFrom } from '../case.ts';

/** Parcel lockers at petrol stations and shops; asked by field service, a shop owner and customer care, some of them in a hurry. */
export const lockers = {
  name: 'lockers',
  schemas: schemasFrom(`
    locker_events: locker STRING, compartment STRING, size STRING s|m|l|xl, kind STRING dropoff|pickup|return|expired, courier STRING, customer STRING, weightKg FLOAT, storedHours FLOAT, codeTries INTEGER, ageCheck BOOLEAN, complaint STRING, eventAt TIMESTAMP
    lockerHealth: locker STRING, freeSlots INTEGER, batteryPct FLOAT, signalDbm FLOAT, doorStuck BOOLEAN, screenState STRING ok|dim|cracked, insideC FLOAT, firmware STRING, pingAt TIMESTAMP
    table lockerSites: locker STRING, host STRING, city STRING, zip STRING, outdoor BOOLEAN, slotCount INTEGER
  `),
  cases: casesFrom(
    'lockers',
    `
    [filter]
    expired xl parcels => * FROM locker_events WHERE kind = 'expired' AND size = 'xl'
    pickups where it took 3 or more code tries => * FROM locker_events WHERE kind = 'pickup' AND codeTries >= 3
    stuck doors on lockers with a cracked screen => * FROM lockerHealth WHERE doorStuck = TRUE AND screenState = 'cracked'
    lockers that are full (0 free slots) => * FROM lockerHealth WHERE freeSlots = 0
    battery lower than 20 or inside hotter than 45 degrees => * FROM lockerHealth WHERE batteryPct < 20 OR insideC > 45
    parcels between 10 and 20 kg dropped off by courier Swift => * FROM locker_events WHERE weightKg BETWEEN 10 AND 20 AND kind = 'dropoff' AND courier = 'Swift'
    returns with complaint, small or medium size (s, m) => * FROM locker_events WHERE kind = 'return' AND complaint IS NOT NULL AND size IN ('s', 'm')
    stored for over 2 days, no age check => * FROM locker_events WHERE storedHours > 48 AND ageCheck = FALSE
    locker LK7, firmware other than 3.2 => * FROM lockerHealth WHERE locker = 'LK7' AND firmware != '3.2'
    [aggregate]
    dropoffs per locker per day => locker, COUNT(*) n FROM locker_events WHERE kind = 'dropoff' GROUP BY locker W 1d
    what is the avg time a parcel is stored, by size => size, AVG(storedHours) v FROM locker_events GROUP BY size
    kilos brought by each courier, per week => courier, SUM(weightKg) v FROM locker_events GROUP BY courier W 7d
    free slots now at every locker => locker, LAST_VALUE(freeSlots) v FROM lockerHealth GROUP BY locker
    number of unique customers of each locker per day => locker, COUNT(DISTINCT customer) n FROM locker_events GROUP BY locker W 1d
    worst signal (minimum) of every locker in an hour => locker, MIN(signalDbm) v FROM lockerHealth GROUP BY locker W 1h
    events by kind and size every 30 min => kind, size, COUNT(*) n FROM locker_events GROUP BY kind, size W 30m
    complaints per courier, weekly => courier, COUNT(*) n FROM locker_events WHERE complaint IS NOT NULL GROUP BY courier W 7d
    events by weekday => EXTRACT(DOW FROM eventAt) d, COUNT(*) n FROM locker_events GROUP BY EXTRACT(DOW FROM eventAt)
    [ratio]
    how many percent of the parcels expire, per locker => locker, 100.0 * SUM(CASE WHEN kind = 'expired' THEN 1 ELSE 0 END) / COUNT(*) v FROM locker_events GROUP BY locker
    fraction of pings with a stuck door, by firmware and day => firmware, 1.0 * SUM(CASE WHEN doorStuck = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM lockerHealth GROUP BY firmware W 1d
    returns per pickup by courier => courier, 1.0 * SUM(CASE WHEN kind = 'return' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN kind = 'pickup' THEN 1 ELSE 0 END), 0) v FROM locker_events GROUP BY courier
    [join]
    pickups per city per day => s.city, COUNT(*) n FROM locker_events e JOIN lockerSites s ON e.locker = s.locker WHERE e.kind = 'pickup' GROUP BY s.city W 1d
    pings of outdoor lockers below 0 degrees inside => h.* FROM lockerHealth h JOIN lockerSites s ON h.locker = s.locker WHERE s.outdoor = TRUE AND h.insideC < 0
    average battery by host, hourly => s.host, AVG(h.batteryPct) v FROM lockerHealth h JOIN lockerSites s ON h.locker = s.locker GROUP BY s.host W 1h
    weight in total for each zip and week => s.zip, SUM(e.weightKg) v FROM locker_events e JOIN lockerSites s ON e.locker = s.locker GROUP BY s.zip W 7d
    [having]
    lockers with more than 80 dropoffs in a day => locker, COUNT(*) n FROM locker_events WHERE kind = 'dropoff' GROUP BY locker W 1d HAVING COUNT(*) > 80
    couriers that deliver 300 kg or more in an hour => courier, SUM(weightKg) v FROM locker_events GROUP BY courier W 1h HAVING SUM(weightKg) >= 300
    lockers with on average less than 5 free slots for two hours => locker, AVG(freeSlots) v FROM lockerHealth GROUP BY locker W 2h HAVING AVG(freeSlots) < 5
    [topn]
    the four busiest lockers (events) per day => locker, COUNT(*) n FROM locker_events GROUP BY locker W 1d ORDER BY n DESC LIMIT 4
    which locker is the hottest inside on average each hour => locker, AVG(insideC) v FROM lockerHealth GROUP BY locker W 1h ORDER BY v DESC LIMIT 1
    3 couriers with the least complaints per week => courier, COUNT(*) n FROM locker_events WHERE complaint IS NOT NULL GROUP BY courier W 7d ORDER BY n ASC LIMIT 3
    [rows]
    how did free slots change since the last ping, per locker => locker, freeSlots - LAG(freeSlots) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY locker ORDER BY pingAt) v FROM lockerHealth
    battery, mean of the last 10 pings for every locker => locker, AVG(batteryPct) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY locker ORDER BY pingAt) v FROM lockerHealth
    [session]
    courier visits: events of one courier at one locker less than 4 minutes apart are one visit, how many parcels in each => courier, locker, COUNT(*) n FROM locker_events GROUP BY courier, locker W session 4m
    [alert]
    ring field service if average battery of a locker is below 15 for half an hour => locker, AVG(batteryPct) v FROM lockerHealth GROUP BY locker W 30m
    whatsapp me when a locker gets more than 6 complaints in a day => locker, COUNT(*) n FROM locker_events WHERE complaint IS NOT NULL GROUP BY locker W 1d
    [edit]
    ~ SELECT locker, COUNT(*) AS events FROM locker_events GROUP BY locker WINDOW TUMBLING(1d) EMIT CHANGES
    just pickups and returns => locker, COUNT(*) events FROM locker_events WHERE kind IN ('pickup', 'return') GROUP BY locker W 1d
    per courier instead pls => courier, COUNT(*) events FROM locker_events GROUP BY courier W 1d
    also the total weight => locker, COUNT(*) events, SUM(weightKg) v FROM locker_events GROUP BY locker W 1d
    forget expired ones => locker, COUNT(*) events FROM locker_events WHERE kind != 'expired' GROUP BY locker W 1d
    a week at a time => locker, COUNT(*) events FROM locker_events GROUP BY locker W 7d
    customers, not events, nobody twice => locker, COUNT(DISTINCT customer) n FROM locker_events GROUP BY locker W 1d
    best 15 only => locker, COUNT(*) events FROM locker_events GROUP BY locker W 1d ORDER BY events DESC LIMIT 15
    [behaviour]
    where is my parcel going to be tomorrow => ?
    events by shop turnover => ?
    open compartment 12 of LK7 => no
    `,
  ),
};
