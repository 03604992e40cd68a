import { casesFrom, schemasFrom } from '../case.ts';

/** Teams in escape rooms and what they book; asked by game masters, the owner and a student who writes a paper on puzzles. */
export const escaperooms = {
  name: 'escaperooms',
  schemas: schemasFrom(`
    puzzle_steps: room STRING, team STRING, puzzle STRING, seconds INTEGER, hints INTEGER, solved BOOLEAN, skipped BOOLEAN, master STRING, mood STRING happy|tense|angry, broken_prop STRING, done_at TIMESTAMP
    bookings: room STRING, team STRING, guests INTEGER, paid_usd FLOAT, discount_usd FLOAT, source STRING web|phone|walkin|voucher, cancelled BOOLEAN, kids BOOLEAN, stars INTEGER, review STRING, booked_at TIMESTAMP
    table rooms: room STRING, theme STRING horror|heist|space|pirate, venue STRING, difficulty INTEGER, max_guests INTEGER, opened INTEGER
  `),
  cases: casesFrom(
    'escaperooms',
    `
    [filter]
    puzzles that teams skipped after 3 or more hints => * FROM puzzle_steps WHERE skipped = TRUE AND hints >= 3
    unsolved steps in room Crypt => * FROM puzzle_steps WHERE solved = FALSE AND room = 'Crypt'
    angry or tense teams that needed longer than ten minutes => * FROM puzzle_steps WHERE mood IN ('angry', 'tense') AND seconds > 600
    something broke: steps with a broken prop, master Ivo => * FROM puzzle_steps WHERE broken_prop IS NOT NULL AND master = 'Ivo'
    cancelled bookings via phone or walkin => * FROM bookings WHERE cancelled = TRUE AND source IN ('phone', 'walkin')
    bookings with kids, six guests or fewer => * FROM bookings WHERE kids = TRUE AND guests <= 6
    they got a discount bigger than what they paid => * FROM bookings WHERE discount_usd > paid_usd
    1 star reviews with text => * FROM bookings WHERE stars = 1 AND review IS NOT NULL
    the review contains boring => * FROM bookings WHERE review LIKE '%boring%'
    [aggregate]
    average time per puzzle => puzzle, AVG(seconds) v FROM puzzle_steps GROUP BY puzzle
    hints given by every master in a day => master, SUM(hints) v FROM puzzle_steps GROUP BY master W 1d
    income per room per week => room, SUM(paid_usd) v FROM bookings GROUP BY room W 7d
    how many guests came to each room daily => room, SUM(guests) v FROM bookings GROUP BY room W 1d
    number of different teams each master looked after, per day => master, COUNT(DISTINCT team) n FROM puzzle_steps GROUP BY master W 1d
    fastest solution of each puzzle, solved ones only => puzzle, MIN(seconds) v FROM puzzle_steps WHERE solved = TRUE GROUP BY puzzle
    mean stars by source, month by month (30 days) => source, AVG(stars) v FROM bookings GROUP BY source W 30d
    which puzzle did each team do last => team, LAST_VALUE(puzzle) v FROM puzzle_steps GROUP BY team
    broken props per room and week => room, COUNT(*) n FROM puzzle_steps WHERE broken_prop IS NOT NULL GROUP BY room W 7d
    bookings on each day of the week => EXTRACT(DOW FROM booked_at) d, COUNT(*) n FROM bookings GROUP BY EXTRACT(DOW FROM booked_at)
    [ratio]
    success in percent by puzzle, i.e. how many of the steps are solved => puzzle, 100.0 * SUM(CASE WHEN solved = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM puzzle_steps GROUP BY puzzle
    dollars per guest in each room and week: all money by all guests => room, 1.0 * SUM(paid_usd) / SUM(guests) v FROM bookings GROUP BY room W 7d
    what share of bookings gets cancelled, for every source => source, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM bookings GROUP BY source
    discount as a percentage of what is paid, per room (totals) => room, 100.0 * SUM(discount_usd) / SUM(paid_usd) v FROM bookings GROUP BY room
    [join]
    earnings by theme and day => r.theme, SUM(b.paid_usd) v FROM bookings b JOIN rooms r ON b.room = r.room GROUP BY r.theme W 1d
    bookings with more guests than the room takes (max guests) => b.* FROM bookings b JOIN rooms r ON b.room = r.room WHERE b.guests > r.max_guests
    average hints in horror rooms, per master => p.master, AVG(p.hints) v FROM puzzle_steps p JOIN rooms r ON p.room = r.room WHERE r.theme = 'horror' GROUP BY p.master
    skipped steps by venue each week => r.venue, COUNT(*) n FROM puzzle_steps p JOIN rooms r ON p.room = r.room WHERE p.skipped = TRUE GROUP BY r.venue W 7d
    [having]
    rooms making less than 400 dollars a day => room, SUM(paid_usd) v FROM bookings GROUP BY room W 1d HAVING SUM(paid_usd) < 400
    puzzles that take 8 minutes or longer on average => puzzle, AVG(seconds) v FROM puzzle_steps GROUP BY puzzle HAVING AVG(seconds) >= 480
    masters handing out over 25 hints in three hours => master, SUM(hints) v FROM puzzle_steps GROUP BY master W 3h HAVING SUM(hints) > 25
    [topn]
    ten hardest puzzles by average seconds, each week => puzzle, AVG(seconds) v FROM puzzle_steps GROUP BY puzzle W 7d ORDER BY v DESC LIMIT 10
    best rated room of every week => room, AVG(stars) v FROM bookings GROUP BY room W 7d ORDER BY v DESC LIMIT 1
    the 2 rooms with the fewest bookings per day => room, COUNT(*) n FROM bookings GROUP BY room W 1d ORDER BY n ASC LIMIT 2
    [pivot]
    happy, tense and angry steps per room, each in its own column => room, SUM(CASE WHEN mood = 'happy' THEN 1 ELSE 0 END) a, SUM(CASE WHEN mood = 'tense' THEN 1 ELSE 0 END) b, SUM(CASE WHEN mood = 'angry' THEN 1 ELSE 0 END) c FROM puzzle_steps GROUP BY room
    [rows]
    seconds for a puzzle minus seconds for the team's puzzle before it => team, seconds - LAG(seconds) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY team ORDER BY done_at) v FROM puzzle_steps
    moving average of stars, 20 bookings, room by room => room, AVG(stars) OVER (ROWS WINDOW BUFFER 20 ROWS PARTITION BY room ORDER BY booked_at) v FROM bookings
    [session]
    games: steps in a room with no interruption longer than 12 minutes are one game. hints and steps per game please => room, COUNT(*) n, SUM(hints) v FROM puzzle_steps GROUP BY room W session 12m
    [alert]
    beep me if a room sees more than 4 skipped steps in 30 minutes => room, COUNT(*) n FROM puzzle_steps WHERE skipped = TRUE GROUP BY room W 30m
    the owner wants to hear about it when cancellations of a room exceed 6 a day => room, COUNT(*) n FROM bookings WHERE cancelled = TRUE GROUP BY room W 1d
    [edit]
    ~ SELECT room, SUM(paid_usd) AS income FROM bookings GROUP BY room WINDOW TUMBLING(7d) EMIT CHANGES
    not counting cancelled bookings => room, SUM(paid_usd) income FROM bookings WHERE cancelled = FALSE GROUP BY room W 7d
    daily figures would be nicer => room, SUM(paid_usd) income FROM bookings GROUP BY room W 1d
    put the number of guests beside it => room, SUM(paid_usd) income, SUM(guests) v FROM bookings GROUP BY room W 7d
    source instead of room => source, SUM(paid_usd) income FROM bookings GROUP BY source W 7d
    web bookings => room, SUM(paid_usd) income FROM bookings WHERE source = 'web' GROUP BY room W 7d
    drop rooms that made under 1000 => room, SUM(paid_usd) income FROM bookings GROUP BY room W 7d HAVING SUM(paid_usd) >= 1000
    only the leader of each week => room, SUM(paid_usd) income FROM bookings GROUP BY room W 7d ORDER BY income DESC LIMIT 1
    [behaviour]
    is Crypt too scary for my son => ?
    income by team's hometown => ?
    cancel the booking of team Owls => no
    `,
  ),
};
