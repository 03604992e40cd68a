import { casesFrom, schemasFrom } from '../case.ts';

/** Check-ins and workouts of a chain of gyms; asked by studio managers and trainers, in everyday words. */
export const gym = {
  name: 'gym',
  schemas: schemasFrom(`
    checkins: member_no STRING, studio STRING, plan STRING basic|plus|student|trial, door STRING, guest_count INTEGER, denied BOOLEAN, locker STRING, came_at TIMESTAMP
    workouts: member_no STRING, studio STRING, machine STRING treadmill|rower|bike|weights, minutes INTEGER, calories INTEGER, avg_pulse INTEGER, max_pulse INTEGER, with_trainer BOOLEAN, finished_at TIMESTAMP
    table gym_members: member_no STRING, birth_year INTEGER, home_studio STRING, trainer STRING, joined_year INTEGER
  `),
  cases: casesFrom(
    'gym',
    `
    [filter]
    workouts longer than an hour and a half => * FROM workouts WHERE minutes > 90
    people on a trial or student plan who were denied at the door => * FROM checkins WHERE plan IN ('trial', 'student') AND denied = TRUE
    treadmill workouts with a max pulse over 190 => * FROM workouts WHERE machine = 'treadmill' AND max_pulse > 190
    check-ins that brought at least one guest => * FROM checkins WHERE guest_count >= 1
    everything on the rower without a trainer that burned 300 to 500 calories => * FROM workouts WHERE machine = 'rower' AND with_trainer = FALSE AND calories BETWEEN 300 AND 500
    check-ins in studio Riverside that took no locker => * FROM checkins WHERE locker IS NULL AND studio = 'Riverside'
    [aggregate]
    how busy is each studio, hour by hour, counting check-ins => studio, COUNT(*) n FROM checkins GROUP BY studio W 1h
    how many members came to each studio per day, each member counted once => studio, COUNT(DISTINCT member_no) n FROM checkins GROUP BY studio W 1d
    calories burned on each machine per week => machine, SUM(calories) v FROM workouts GROUP BY machine W 7d
    longest workout per member this far => member_no, MAX(minutes) v FROM workouts GROUP BY member_no
    average pulse on bikes compared by studio => studio, AVG(avg_pulse) v FROM workouts WHERE machine = 'bike' GROUP BY studio
    at what hours of the day do people come in? count check-ins by hour of day => EXTRACT(HOUR FROM came_at) h, COUNT(*) n FROM checkins GROUP BY EXTRACT(HOUR FROM came_at)
    [ratio]
    calories per minute for every machine, all in all => machine, 1.0 * SUM(calories) / SUM(minutes) v FROM workouts GROUP BY machine
    what percentage of workouts is done with a trainer, studio by studio, per week => studio, 100.0 * SUM(CASE WHEN with_trainer = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM workouts GROUP BY studio W 7d
    [join]
    minutes trained per trainer's members each week => m.trainer, SUM(w.minutes) v FROM workouts w JOIN gym_members m ON w.member_no = m.member_no GROUP BY m.trainer W 7d
    workouts of members born before 1960 => w.* FROM workouts w JOIN gym_members m ON w.member_no = m.member_no WHERE m.birth_year < 1960
    denied check-ins of members whose home studio is Riverside => c.* FROM checkins c JOIN gym_members m ON c.member_no = m.member_no WHERE c.denied = TRUE AND m.home_studio = 'Riverside'
    [having]
    members who worked out more than 300 minutes in a week => member_no, SUM(minutes) v FROM workouts GROUP BY member_no W 7d HAVING SUM(minutes) > 300
    studios that had no more than 15 check-ins an hour => studio, COUNT(*) n FROM checkins GROUP BY studio W 1h HAVING COUNT(*) <= 15
    [topn]
    ten members with the most calories of the week => member_no, SUM(calories) v FROM workouts GROUP BY member_no W 7d ORDER BY v DESC LIMIT 10
    quietest studio per day by check-ins => studio, COUNT(*) n FROM checkins GROUP BY studio W 1d ORDER BY n ASC LIMIT 1
    [rows]
    compare each workout's calories with the member's last one, show the difference => member_no, calories - LAG(calories) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY member_no ORDER BY finished_at) v FROM workouts
    [session]
    visits: check-ins of a member with less than 2 hours in between count as one visit, how many check-ins has each => member_no, COUNT(*) n FROM checkins GROUP BY member_no W session 2h
    [alert]
    tell the manager if more than 25 check-ins are denied at a studio in an hour => studio, COUNT(*) n FROM checkins WHERE denied = TRUE GROUP BY studio W 1h
    [edit]
    ~ SELECT studio, COUNT(*) AS checkins FROM checkins GROUP BY studio WINDOW TUMBLING(1h) EMIT CHANGES
    don't include the denied ones => studio, COUNT(*) checkins FROM checkins WHERE denied = FALSE GROUP BY studio W 1h
    how many guests were that? put it beside => studio, COUNT(*) checkins, SUM(guest_count) v FROM checkins GROUP BY studio W 1h
    make it per door => door, COUNT(*) checkins FROM checkins GROUP BY door W 1h
    trial people only => studio, COUNT(*) checkins FROM checkins WHERE plan = 'trial' GROUP BY studio W 1h
    [clarify]
    who is fit => ?
    check-ins by favourite music => ?
    cancel my membership => no
    `,
  ),
};
