import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Gate moves and crane lifts of a container terminal; asked by a logistician in the jargon of the trade. */
export const portyard = {
  name: 'portyard',
  schemas: schemasFrom(`
    gate_moves: container STRING, haulier STRING, direction STRING in|out, gate STRING, size_ft INTEGER, gross_t FLOAT, reefer BOOLEAN, seal_ok BOOLEAN, turn_min FLOAT, passed_at TIMESTAMP
    crane_lifts: crane STRING, vessel STRING, container STRING, twin BOOLEAN, cycle_s INTEGER, rehandle BOOLEAN, operator STRING, lifted_at TIMESTAMP
    table vessels: vessel STRING, line STRING, teu INTEGER, berth STRING, flag STRING, feeder BOOLEAN
  `),
  cases: casesFrom(
    'portyard',
    `
    [filter]
    outbound reefers with a broken seal (seal not ok) => * FROM gate_moves WHERE direction = 'out' AND reefer = TRUE AND seal_ok = FALSE
    40 ft boxes heavier than 28 t gross => * FROM gate_moves WHERE size_ft = 40 AND gross_t > 28
    rehandles by crane QC4 or QC5 => * FROM crane_lifts WHERE rehandle = TRUE AND crane IN ('QC4', 'QC5')
    single lifts, no twins, cycle over 180 s => * FROM crane_lifts WHERE twin = FALSE AND cycle_s > 180
    container and haulier for inbound moves at gate B => container, haulier FROM gate_moves WHERE direction = 'in' AND gate = 'B'
    [aggregate]
    moves per gate and direction, hourly => gate, direction, COUNT(*) n FROM gate_moves GROUP BY gate, direction W 1h
    average truck turn time by haulier per day => haulier, AVG(turn_min) v FROM gate_moves GROUP BY haulier W 1d
    gross tonnage in through each gate per shift of 8 hours => gate, SUM(gross_t) v FROM gate_moves WHERE direction = 'in' GROUP BY gate W 8h
    lifts per crane per hour, rehandles not counted => crane, COUNT(*) n FROM crane_lifts WHERE rehandle = FALSE GROUP BY crane W 1h
    fastest and average cycle by crane, 30 min intervals => crane, MIN(cycle_s) a, AVG(cycle_s) b FROM crane_lifts GROUP BY crane W 30m
    [ratio]
    rehandle rate by vessel => vessel, 1.0 * SUM(CASE WHEN rehandle = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM crane_lifts GROUP BY vessel
    reefer share of gate moves per day, in percent => 100.0 * SUM(CASE WHEN reefer = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM gate_moves W 1d
    [join]
    number of lifts per line and hour => v.line, COUNT(*) n FROM crane_lifts c JOIN vessels v ON c.vessel = v.vessel GROUP BY v.line W 1h
    all lifts on vessels at berth 7A => c.* FROM crane_lifts c JOIN vessels v ON c.vessel = v.vessel WHERE v.berth = '7A'
    [having]
    cranes under 25 lifts an hour => crane, COUNT(*) n FROM crane_lifts GROUP BY crane W 1h HAVING COUNT(*) < 25
    hauliers averaging more than 60 min turn time per 4 hours => haulier, AVG(turn_min) v FROM gate_moves GROUP BY haulier W 4h HAVING AVG(turn_min) > 60
    [topn]
    top 5 hauliers by number of moves, daily => haulier, COUNT(*) n FROM gate_moves GROUP BY haulier W 1d ORDER BY n DESC LIMIT 5
    the two slowest operators by average cycle per 8 hours => operator, AVG(cycle_s) v FROM crane_lifts GROUP BY operator W 8h ORDER BY v DESC LIMIT 2
    [rows]
    cycle time per crane, moving average of 12 lifts => crane, AVG(cycle_s) OVER (ROWS WINDOW BUFFER 12 ROWS PARTITION BY crane ORDER BY lifted_at) v FROM crane_lifts
    [alert]
    warn the planner when a gate clears more than 120 inbound moves in 30 minutes => gate, COUNT(*) n FROM gate_moves WHERE direction = 'in' GROUP BY gate W 30m
    [edit]
    ~ SELECT haulier, AVG(turn_min) AS turn FROM gate_moves GROUP BY haulier WINDOW TUMBLING(1h) EMIT CHANGES
    20 footers only => haulier, AVG(turn_min) turn FROM gate_moves WHERE size_ft = 20 GROUP BY haulier W 1h
    drop those below 45 minutes => haulier, AVG(turn_min) turn FROM gate_moves GROUP BY haulier W 1h HAVING AVG(turn_min) >= 45
    also per gate => haulier, gate, AVG(turn_min) turn FROM gate_moves GROUP BY haulier, gate W 1h
    [behaviour]
    customs status per container => ?
    boxes that are overweight => ?
    is Kessler a better haulier than Brandt in your opinion? => no
    `,
  ),
};
