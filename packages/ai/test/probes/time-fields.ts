import { type BenchSet, casesFrom, schemasFrom } from '../../src/eval/case.ts';

const set = (name: string, schema: string, cases: string): BenchSet => ({
  name,
  schemas: schemasFrom(schema),
  cases: casesFrom(name, cases),
});

/** Questions of time and change: windows, sessions, rows before and after, alerts, changes of a query, and what has to be asked back. */
export const TIME_SETS: readonly BenchSet[] = [
  set(
    'casino',
    `
    table_hands: table_no STRING, game STRING blackjack|baccarat|poker, dealer STRING, player STRING, stake_chf FLOAT, payout_chf FLOAT, side_bet BOOLEAN, dealt_at TIMESTAMP
    slot_spins: machine STRING, floor STRING, player STRING, bet_chf FLOAT, win_chf FLOAT, jackpot BOOLEAN, spun_at TIMESTAMP
    `,
    `
    [window]
    stakes per game, 15 min buckets => game, SUM(stake_chf) v FROM table_hands GROUP BY game W 15m
    avg bet by floor over a 30 min window moving on every 5 min => floor, AVG(bet_chf) v FROM slot_spins GROUP BY floor W 30m/5m
    [session]
    sittings: a player's hands with less than 20 minutes between two of them; hands and total stake per sitting => player, COUNT(*) n, SUM(stake_chf) v FROM table_hands GROUP BY player W session 20m
    a slot visit is over once a player hasn't spun for 10 minutes, how many spins per visit => player, COUNT(*) n FROM slot_spins GROUP BY player W session 10m
    [rows]
    stake minus the stake of the hand before, player by player => player, stake_chf - LAG(stake_chf) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY player ORDER BY dealt_at) v FROM table_hands
    avg win of the last 50 spins per machine, updated with every spin => machine, AVG(win_chf) OVER (ROWS WINDOW BUFFER 50 ROWS PARTITION BY machine ORDER BY spun_at) v FROM slot_spins
    [alert]
    tell the pit boss when a dealer pays out over 50000 CHF within an hour => dealer, SUM(payout_chf) v FROM table_hands GROUP BY dealer W 1h
    ping me on every jackpot above 10k => * FROM slot_spins WHERE jackpot = TRUE
    [edit]
    ~ SELECT game, SUM(stake_chf) AS stakes FROM table_hands GROUP BY game WINDOW TUMBLING(1h) EMIT CHANGES
    w/o side bets => game, SUM(stake_chf) stakes FROM table_hands WHERE side_bet = FALSE GROUP BY game W 1h
    per day instead, and sort by stakes => game, SUM(stake_chf) stakes FROM table_hands GROUP BY game W 1d ORDER BY stakes DESC
    show also how many different players => game, SUM(stake_chf) stakes, COUNT(DISTINCT player) n FROM table_hands GROUP BY game W 1h
    [behaviour]
    throw player P77 out of the building => no
    stakes by nationality of the player => ?
    `,
  ),
  set(
    'riverlocks',
    `
    passages: lock_name STRING, vessel STRING, vessel_kind STRING barge|yacht|tug, direction STRING upstream|downstream, wait_min FLOAT, tonnes FLOAT, dangerous BOOLEAN, passed_at TIMESTAMP
    level_readings: lock_name STRING, upper_cm FLOAT, lower_cm FLOAT, flow_m3s FLOAT, measured_at TIMESTAMP
    `,
    `
    [window]
    please give the tonnes for each lock, every two hours => lock_name, SUM(tonnes) v FROM passages GROUP BY lock_name W 2h
    the mean waiting time of the past hour for every lock, computed new each 10 minutes => lock_name, AVG(wait_min) v FROM passages GROUP BY lock_name W 1h/10m
    [session]
    convoys: vessels passing the same lock in the same direction with no gap longer than 15 minutes, I want the number of vessels of each convoy => lock_name, direction, COUNT(DISTINCT vessel) n FROM passages GROUP BY lock_name, direction W session 15m
    when a lock has no passage during one hour the rush is finished; tonnes of every rush => lock_name, SUM(tonnes) v FROM passages GROUP BY lock_name W session 1h
    [rows]
    how much did the upper level change since the reading before, for each lock => lock_name, upper_cm - LAG(upper_cm) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY lock_name ORDER BY measured_at) v FROM level_readings
    flow and next flow of a lock side by side => lock_name, flow_m3s, LEAD(flow_m3s) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY lock_name ORDER BY measured_at) v FROM level_readings
    highest of the last 6 lower levels of each lock => lock_name, MAX(lower_cm) OVER (ROWS WINDOW BUFFER 6 ROWS PARTITION BY lock_name ORDER BY measured_at) v FROM level_readings
    [alert]
    I want to be informed if more than 5 dangerous ships pass one lock in a day => lock_name, COUNT(*) n FROM passages WHERE dangerous = TRUE GROUP BY lock_name W 1d
    please a message to the lock keeper whenever the upper level is under 210 cm => * FROM level_readings
    [edit]
    ~ SELECT lock_name, COUNT(*) AS passages FROM passages WHERE vessel_kind = 'barge' GROUP BY lock_name WINDOW TUMBLING(1d) EMIT CHANGES
    now for yachts => lock_name, COUNT(*) passages FROM passages WHERE vessel_kind = 'yacht' GROUP BY lock_name W 1d
    only the ones which go upstream => lock_name, COUNT(*) passages FROM passages WHERE vessel_kind = 'barge' AND direction = 'upstream' GROUP BY lock_name W 1d
    please hourly and not daily => lock_name, COUNT(*) passages FROM passages WHERE vessel_kind = 'barge' GROUP BY lock_name W 1h
    [behaviour]
    close the gates of lock Hagen now => no
    inform me when the waiting is too long => ?
    `,
  ),
  set(
    'dosimetry',
    `
    badge_reads: badge STRING, worker STRING, zone STRING hot_cell|corridor|store, dose_usv FLOAT, rate_usvh FLOAT, battery_pct INTEGER, read_at TIMESTAMP
    area_monitors: monitor STRING, zone STRING hot_cell|corridor|store, gamma_rate FLOAT, neutron_rate FLOAT, faulty BOOLEAN, sampled_at TIMESTAMP
    `,
    `
    [window]
    collective dose per zone per 8 h shift => zone, SUM(dose_usv) v FROM badge_reads GROUP BY zone W 8h
    p95 gamma rate per monitor, 10 min hopping by 1 min => monitor, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY gamma_rate) v FROM area_monitors GROUP BY monitor W 10m/1m
    [session]
    zone entries: reads of one worker in one zone, gap max 3 min; dose per entry => worker, zone, SUM(dose_usv) v FROM badge_reads GROUP BY worker, zone W session 3m
    bursts of faulty samples from a monitor (less than 30 s apart), count each => monitor, COUNT(*) n FROM area_monitors WHERE faulty = TRUE GROUP BY monitor W session 30s
    [rows]
    delta gamma rate vs preceding sample per monitor => monitor, gamma_rate - LAG(gamma_rate) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY monitor ORDER BY sampled_at) v FROM area_monitors
    ratio of the neutron rate to the one of the previous sample, by monitor => monitor, neutron_rate / LAG(neutron_rate) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY monitor ORDER BY sampled_at) v FROM area_monitors
    cumulative dose by worker => worker, SUM(dose_usv) v FROM badge_reads GROUP BY worker
    [alert]
    alarm if avg gamma_rate of any zone > 25 over 5 min => zone, AVG(gamma_rate) v FROM area_monitors GROUP BY zone W 5m
    notify RP office when a worker collects 100 uSv or more in a day => worker, SUM(dose_usv) v FROM badge_reads GROUP BY worker W 1d
    [edit]
    ~ SELECT worker, SUM(dose_usv) AS dose FROM badge_reads GROUP BY worker WINDOW TUMBLING(1d) ORDER BY dose DESC LIMIT 10
    drop the limit => worker, SUM(dose_usv) dose FROM badge_reads GROUP BY worker W 1d ORDER BY dose DESC
    hot cell only (the corridor is harmless) => worker, SUM(dose_usv) dose FROM badge_reads WHERE zone = 'hot_cell' GROUP BY worker W 1d ORDER BY dose DESC LIMIT 10
    max rate too => worker, SUM(dose_usv) dose, MAX(rate_usvh) v FROM badge_reads GROUP BY worker W 1d ORDER BY dose DESC LIMIT 10
    [behaviour]
    evacuate the hot cell => no
    workers with a high dose => ?
    `,
  ),
  set(
    'sortcentre',
    `
    parcel_scans: parcel STRING, chute STRING, belt STRING, customer STRING, kind STRING letter|box|pallet, weight_g FLOAT, misread BOOLEAN, scanned_at TIMESTAMP
    belt_status: belt STRING, speed_ms FLOAT, jammed BOOLEAN, load_pct FLOAT, reported_at TIMESTAMP
    `,
    `
    [window]
    Hi there, could you show me how many boxes every belt handles each quarter of an hour? => belt, COUNT(*) n FROM parcel_scans WHERE kind = 'box' GROUP BY belt W 15m
    I'd love to see the load of the belts as a rolling 20 minute average that refreshes every minute => belt, AVG(load_pct) v FROM belt_status GROUP BY belt W 20m/1m
    [session]
    We call it a delivery wave when parcels of one customer keep coming without a break of 5 minutes. How heavy is each wave in total? => customer, SUM(weight_g) v FROM parcel_scans GROUP BY customer W session 5m
    A jam is a row of jammed reports of the same belt that are at most one minute apart; how long is the longest... no, just count the reports per jam => belt, COUNT(*) n FROM belt_status WHERE jammed = TRUE GROUP BY belt W session 1m
    [rows]
    compare the speed of each belt with the speed in its previous report => belt, speed_ms - LAG(speed_ms) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY belt ORDER BY reported_at) v FROM belt_status
    For every chute, what was the weight of the parcel before and of this one? => chute, weight_g, LAG(weight_g) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY chute ORDER BY scanned_at) v FROM parcel_scans
    can I have the total weight of the last 12 parcels on each chute, please => chute, SUM(weight_g) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY chute ORDER BY scanned_at) v FROM parcel_scans
    [alert]
    It would be great to get a mail as soon as a chute has 10 or more misreads in five minutes => chute, COUNT(*) n FROM parcel_scans WHERE misread = TRUE GROUP BY chute W 5m
    let us know when a belt goes slower than 0.5 m/s => * FROM belt_status
    [edit]
    ~ SELECT belt, AVG(load_pct) AS load FROM belt_status GROUP BY belt WINDOW TUMBLING(15m) EMIT CHANGES
    Thanks! Could you leave the jammed ones out? => belt, AVG(load_pct) load FROM belt_status WHERE jammed = FALSE GROUP BY belt W 15m
    hmm, can we have that every 5 minutes, over the last 15? => belt, AVG(load_pct) load FROM belt_status GROUP BY belt W 15m/5m
    and only those belts whose average load is over 80 => belt, AVG(load_pct) load FROM belt_status GROUP BY belt W 15m HAVING AVG(load_pct) > 80
    how many pallets per customer and hour? => customer, COUNT(*) n FROM parcel_scans WHERE kind = 'pallet' GROUP BY customer W 1h
    [behaviour]
    Could you restart belt 4 for me? => no
    Tell me when a belt is about to jam => ?
    `,
  ),
  set(
    'stables',
    `
    strides: horse STRING, rider STRING, gait STRING walk|trot|canter|gallop, speedKmh FLOAT, pulse INTEGER, lame BOOLEAN, at TIMESTAMP
    feedings: horse STRING, groom STRING, feed STRING hay|oats|pellets, kilos FLOAT, leftoverKg FLOAT, fedAt TIMESTAMP
    `,
    `
    [window]
    kilos of oats per horse n week => horse, SUM(kilos) v FROM feedings WHERE feed = 'oats' GROUP BY horse W 7d
    top pulse per horse every minute => horse, MAX(pulse) v FROM strides GROUP BY horse W 1m
    [session]
    rides = strides of a horse w/ same rider, new ride after 4 min of nothing. avg speed of each => horse, rider, AVG(speedKmh) v FROM strides GROUP BY horse, rider W session 4m
    strides per gallop, a gallop ends after a pause of 10 seconds => horse, COUNT(*) n FROM strides WHERE gait = 'gallop' GROUP BY horse W session 10s
    [rows]
    pulse now vs pulse one stride ago, every horse, the difference => horse, pulse - LAG(pulse) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY horse ORDER BY at) v FROM strides
    previous groom of each feeding per horse => horse, groom, LAG(groom) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY horse ORDER BY fedAt) v FROM feedings
    smallest leftover in the last 7 feedings of a horse => horse, MIN(leftoverKg) OVER (ROWS WINDOW BUFFER 7 ROWS PARTITION BY horse ORDER BY fedAt) v FROM feedings
    [alert]
    text me if some horse has pulse over 180 => * FROM strides
    wake the vet if a horse is lame on more than 20 strides in 10 min => horse, COUNT(*) n FROM strides WHERE lame = TRUE GROUP BY horse W 10m
    [edit]
    ~ SELECT horse, SUM(kilos) AS kilos FROM feedings GROUP BY horse WINDOW TUMBLING(1d) EMIT CHANGES
    hay or pellets, nothing else => horse, SUM(kilos) kilos FROM feedings WHERE feed IN ('hay', 'pellets') GROUP BY horse W 1d
    split per feed => horse, feed, SUM(kilos) kilos FROM feedings GROUP BY horse, feed W 1d
    minus the leftovers => horse, SUM(kilos - leftoverKg) kilos FROM feedings GROUP BY horse W 1d
    [behaviour]
    is Bella happy? => ?
    saddle Bella for 3 pm => no
    `,
  ),
];
