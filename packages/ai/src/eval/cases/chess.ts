import { casesFrom, schemasFrom } from '../case.ts';

/** Moves and games of a chess server; asked by players, an arbiter and the fair-play team. */
export const chess = {
  name: 'chess',
  schemas: schemasFrom(`
    moves: game_id STRING, player STRING, side STRING white|black, move_no INTEGER, think_s FLOAT, clock_left_s FLOAT, eval_loss_cp INTEGER, is_check BOOLEAN, is_blunder BOOLEAN, moved_at TIMESTAMP
    results: winner STRING, opening STRING, time_control STRING bullet|blitz|rapid, ended_by STRING mate|resign|flag|draw, n_moves INTEGER, rating_gain INTEGER, rated BOOLEAN, cheat_report STRING, ended_at TIMESTAMP
    table players: player STRING, title STRING, country STRING, elo INTEGER, is_coach BOOLEAN
  `),
  cases: casesFrom(
    'chess',
    `
    [filter]
    blunders by black => * FROM moves WHERE is_blunder = TRUE AND side = 'black'
    moves with over a minute of thinking and under 10 s left on the clock => * FROM moves WHERE think_s > 60 AND clock_left_s < 10
    rated bullet games that ended by flag => * FROM results WHERE rated = TRUE AND time_control = 'bullet' AND ended_by = 'flag'
    games of 80 moves or more that weren't drawn => * FROM results WHERE n_moves >= 80 AND ended_by != 'draw'
    checks given before move 10 => * FROM moves WHERE is_check = TRUE AND move_no < 10
    blitz or rapid games with a cheat report => * FROM results WHERE time_control IN ('blitz', 'rapid') AND cheat_report IS NOT NULL
    games won by magnus in the opening Caro-Kann => * FROM results WHERE winner = 'magnus' AND opening = 'Caro-Kann'
    eval loss between 100 and 300 cp => * FROM moves WHERE eval_loss_cp BETWEEN 100 AND 300
    [aggregate]
    games finished per time control every 15 min => time_control, COUNT(*) n FROM results GROUP BY time_control W 15m
    avg think time per player per hour => player, AVG(think_s) v FROM moves GROUP BY player W 1h
    how many games did each opening get played in per day => opening, COUNT(*) n FROM results GROUP BY opening W 1d
    rating points gained by each winner per week => winner, SUM(rating_gain) v FROM results GROUP BY winner W 7d
    longest game by opening, in moves => opening, MAX(n_moves) v FROM results GROUP BY opening
    number of different players on the move, each minute => COUNT(DISTINCT player) n FROM moves W 1m
    median eval loss of white and of black => side, MEDIAN(eval_loss_cp) v FROM moves GROUP BY side
    latest clock of every player => player, LAST_VALUE(clock_left_s) v FROM moves GROUP BY player
    [ratio]
    blunder rate per player and day => player, 1.0 * SUM(CASE WHEN is_blunder = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM moves GROUP BY player W 1d
    what percentage of games ends in a draw, by opening => opening, 100.0 * SUM(CASE WHEN ended_by = 'draw' THEN 1 ELSE 0 END) / COUNT(*) v FROM results GROUP BY opening
    mates per resignation, by time control => time_control, 1.0 * SUM(CASE WHEN ended_by = 'mate' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN ended_by = 'resign' THEN 1 ELSE 0 END), 0) v FROM results GROUP BY time_control
    share of moves made with fewer than 5 seconds on the clock, per side => side, 1.0 * SUM(CASE WHEN clock_left_s < 5 THEN 1 ELSE 0 END) / COUNT(*) v FROM moves GROUP BY side
    [join]
    blunders per country per day => p.country, COUNT(*) n FROM moves m JOIN players p ON m.player = p.player WHERE m.is_blunder = TRUE GROUP BY p.country W 1d
    moves by players rated above 2400 elo that lost 200 cp or more => m.* FROM moves m JOIN players p ON m.player = p.player WHERE p.elo > 2400 AND m.eval_loss_cp >= 200
    average thinking time of coaches, per hour => AVG(m.think_s) v FROM moves m JOIN players p ON m.player = p.player WHERE p.is_coach = TRUE W 1h
    [having]
    players with 5 blunders or more in an hour => player, COUNT(*) n FROM moves WHERE is_blunder = TRUE GROUP BY player W 1h HAVING COUNT(*) >= 5
    openings played less than 30 times a day => opening, COUNT(*) n FROM results GROUP BY opening W 1d HAVING COUNT(*) < 30
    suspicious: players whose average eval loss stays under 8 within 30 minutes => player, AVG(eval_loss_cp) v FROM moves GROUP BY player W 30m HAVING AVG(eval_loss_cp) < 8
    [topn]
    ten winners gaining the most rating per day => winner, SUM(rating_gain) v FROM results GROUP BY winner W 1d ORDER BY v DESC LIMIT 10
    the most popular opening of every day => opening, COUNT(*) n FROM results GROUP BY opening W 1d ORDER BY n DESC LIMIT 1
    which three players think longest on average, hourly => player, AVG(think_s) v FROM moves GROUP BY player W 1h ORDER BY v DESC LIMIT 3
    [pivot]
    wins by mate, resign and flag per opening as separate columns, weekly => opening, SUM(CASE WHEN ended_by = 'mate' THEN 1 ELSE 0 END) a, SUM(CASE WHEN ended_by = 'resign' THEN 1 ELSE 0 END) b, SUM(CASE WHEN ended_by = 'flag' THEN 1 ELSE 0 END) c FROM results GROUP BY opening W 7d
    [rows]
    think time compared with the player's previous move => player, think_s - LAG(think_s) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY player ORDER BY moved_at) v FROM moves
    mean eval loss over the last 15 moves, for each player => player, AVG(eval_loss_cp) OVER (ROWS WINDOW BUFFER 15 ROWS PARTITION BY player ORDER BY moved_at) v FROM moves
    [session]
    playing sessions of a player end after 25 idle minutes, how many moves are in each => player, COUNT(*) n FROM moves GROUP BY player W session 25m
    [alert]
    tell the fair-play team when a player's average eval loss falls below 5 over an hour => player, AVG(eval_loss_cp) v FROM moves GROUP BY player W 1h
    [edit]
    ~ SELECT opening, COUNT(*) AS games FROM results GROUP BY opening WINDOW TUMBLING(1d) EMIT CHANGES
    rated ones only => opening, COUNT(*) games FROM results WHERE rated = TRUE GROUP BY opening W 1d
    by time control too => opening, time_control, COUNT(*) games FROM results GROUP BY opening, time_control W 1d
    not the draws => opening, COUNT(*) games FROM results WHERE ended_by != 'draw' GROUP BY opening W 1d
    top 10, most games first => opening, COUNT(*) games FROM results GROUP BY opening W 1d ORDER BY games DESC LIMIT 10
    add how long they were on average, in moves => opening, COUNT(*) games, AVG(n_moves) v FROM results GROUP BY opening W 1d
    make that weekly => opening, COUNT(*) games FROM results GROUP BY opening W 7d
    [clarify]
    who plays the most beautiful chess => ?
    games by the phase of the moon => ?
    resign my game => no
    `,
  ),
};
