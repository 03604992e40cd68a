import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Slot machines of a casino, amounts in cents; asked by the floor manager and by a technician in a hurry. */
export const casino = {
  name: 'casino',
  schemas: schemasFrom(`
    spins: machine_no STRING, bank STRING, game_title STRING, bet_cents INTEGER, win_cents INTEGER, denom STRING penny|quarter|dollar, is_bonus BOOLEAN, player_card STRING, spun_at TIMESTAMP
    machine_faults: machine_no STRING, fault STRING tilt|door|bill_jam|printer, attendant STRING, downtime_min FLOAT, cleared BOOLEAN, fault_at TIMESTAMP
    table floor_plan: machine_no STRING, zone STRING high_limit|main|smoking, vendor STRING, target_rtp FLOAT
  `),
  cases: casesFrom(
    'casino',
    `
    [filter]
    wins of more than 100000 cents => * FROM spins WHERE win_cents > 100000
    bonus spins on dollar machines that won nothing => * FROM spins WHERE is_bonus = TRUE AND denom = 'dollar' AND win_cents = 0
    bill jams still not cleared => * FROM machine_faults WHERE fault = 'bill_jam' AND cleared = FALSE
    spins where the win is bigger than the bet => * FROM spins WHERE win_cents > bet_cents
    spins w/o player card on Lucky Fox => * FROM spins WHERE player_card IS NULL AND game_title = 'Lucky Fox'
    tilt and door faults with at least half an hour of downtime => * FROM machine_faults WHERE fault IN ('tilt', 'door') AND downtime_min >= 30
    [aggregate]
    spins per bank every 10 min => bank, COUNT(*) n FROM spins GROUP BY bank W 10m
    what is the average bet for every game title, per hour? => game_title, AVG(bet_cents) v FROM spins GROUP BY game_title W 1h
    total downtime by attendant per day => attendant, SUM(downtime_min) v FROM machine_faults GROUP BY attendant W 1d
    number of different player cards seen per bank and hour => bank, COUNT(DISTINCT player_card) n FROM spins GROUP BY bank W 1h
    house take: bets minus wins by denom, daily => denom, SUM(bet_cents) - SUM(win_cents) v FROM spins GROUP BY denom W 1d
    [ratio]
    payout ratio (total wins over total bets) of each machine per day => machine_no, 1.0 * SUM(win_cents) / SUM(bet_cents) v FROM spins GROUP BY machine_no W 1d
    how many percent of spins are bonus spins, per game title => game_title, 100.0 * SUM(CASE WHEN is_bonus = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM spins GROUP BY game_title
    [join]
    bets in cents by zone, hourly sums => f.zone, SUM(s.bet_cents) v FROM spins s JOIN floor_plan f ON s.machine_no = f.machine_no GROUP BY f.zone W 1h
    printer faults by vendor => f.vendor, COUNT(*) n FROM machine_faults m JOIN floor_plan f ON m.machine_no = f.machine_no WHERE m.fault = 'printer' GROUP BY f.vendor
    [having]
    machines with more than five faults in a day => machine_no, COUNT(*) n FROM machine_faults GROUP BY machine_no W 1d HAVING COUNT(*) > 5
    player cards which bet over 50000 cents altogether within an hour => player_card, SUM(bet_cents) v FROM spins GROUP BY player_card W 1h HAVING SUM(bet_cents) > 50000
    [topn]
    top ten game titles by number of spins, each hour => game_title, COUNT(*) n FROM spins GROUP BY game_title W 1h ORDER BY n DESC LIMIT 10
    which attendant has the shortest average downtime per week => attendant, AVG(downtime_min) v FROM machine_faults GROUP BY attendant W 7d ORDER BY v ASC LIMIT 1
    [session]
    play sessions per player card with a 15 minute gap: spins and money bet => player_card, COUNT(*) n, SUM(bet_cents) v FROM spins GROUP BY player_card W session 15m
    [rows]
    for each machine the average win over its last 50 spins => machine_no, AVG(win_cents) OVER (ROWS WINDOW BUFFER 50 ROWS PARTITION BY machine_no ORDER BY spun_at) v FROM spins
    [edit]
    ~ SELECT bank, SUM(bet_cents) AS bets FROM spins GROUP BY bank WINDOW TUMBLING(1h) EMIT CHANGES
    penny machines only => bank, SUM(bet_cents) bets FROM spins WHERE denom = 'penny' GROUP BY bank W 1h
    show me just the banks with less than 20000 => bank, SUM(bet_cents) bets FROM spins GROUP BY bank W 1h HAVING SUM(bet_cents) < 20000
    could you do that every 15 minutes? => bank, SUM(bet_cents) bets FROM spins GROUP BY bank W 15m
    [behaviour]
    which machine is due for a jackpot => ?
    warn me when someone loses too much => ?
    delete the spins of machine 77 => no
    `,
  ),
};
