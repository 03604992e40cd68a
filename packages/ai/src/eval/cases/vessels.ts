import { casesFrom, schemasFrom } from '../case.ts';

export const vessels = {
  name: 'vessels',
  schemas: schemasFrom(`
    port_calls: call_id STRING, vessel_name STRING, imo STRING, port STRING, berth STRING, movement STRING arrival|departure|shift, cargo_type STRING container|bulk|tanker|roro, draught_m FLOAT, teu INTEGER, delay_hours FLOAT, pilot_on_board BOOLEAN, tugs INTEGER, last_port STRING, next_port STRING, agent STRING, moved_at TIMESTAMP
    table ships: imo STRING, flag STRING, owner STRING, built_year INTEGER, length_m FLOAT, scrubber BOOLEAN
  `),
  cases: casesFrom(
    'vessels',
    `
    [filter]
    arrivals with a draught deeper than 12 m => * FROM port_calls WHERE movement = 'arrival' AND draught_m > 12
    tankers leaving without a pilot on board => * FROM port_calls WHERE cargo_type = 'tanker' AND movement = 'departure' AND pilot_on_board = FALSE
    calls delayed by more than 6 hours => * FROM port_calls WHERE delay_hours > 6
    vessels coming from Singapore, next port Rotterdam => * FROM port_calls WHERE last_port = 'Singapore' AND next_port = 'Rotterdam'
    container calls of at least 5,000 teu => * FROM port_calls WHERE cargo_type = 'container' AND teu >= 5000
    no tugs used => * FROM port_calls WHERE tugs = 0
    movements in Hamburg that are neither arrival nor departure => * FROM port_calls WHERE port = 'Hamburg' AND movement NOT IN ('arrival', 'departure')
    bulk or roro calls using 3+ tugs => * FROM port_calls WHERE cargo_type IN ('bulk', 'roro') AND tugs >= 3
    calls where the berth is unknown => * FROM port_calls WHERE berth IS NULL
    anything handled by agent "Wilhelmsen" in Antwerp => * FROM port_calls WHERE agent = 'Wilhelmsen' AND port = 'Antwerp'
    delay less than half an hour => * FROM port_calls WHERE delay_hours < 0.5
    [aggregate]
    arrivals per port per day => port, COUNT(*) n FROM port_calls WHERE movement = 'arrival' GROUP BY port W 1d
    departures by cargo type each week => cargo_type, COUNT(*) n FROM port_calls WHERE movement = 'departure' GROUP BY cargo_type W 7d
    how many teu did each port handle daily => port, SUM(teu) v FROM port_calls GROUP BY port W 1d
    mean delay of tankers per port => port, AVG(delay_hours) v FROM port_calls WHERE cargo_type = 'tanker' GROUP BY port
    deepest draught seen at every berth => berth, MAX(draught_m) v FROM port_calls GROUP BY berth
    number of different vessels per agent per week => agent, COUNT(DISTINCT vessel_name) n FROM port_calls GROUP BY agent W 7d
    tugs used per port per hour => port, SUM(tugs) v FROM port_calls GROUP BY port W 1h
    arrivals and departures per port per day => port, SUM(CASE WHEN movement = 'arrival' THEN 1 ELSE 0 END) a, SUM(CASE WHEN movement = 'departure' THEN 1 ELSE 0 END) b FROM port_calls GROUP BY port W 1d
    90th percentile of delay per cargo type => cargo_type, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY delay_hours) v FROM port_calls GROUP BY cargo_type
    last berth of each vessel => vessel_name, LAST_VALUE(berth) v FROM port_calls GROUP BY vessel_name
    [ratio]
    what share of calls had a pilot, per port => port, 1.0 * SUM(CASE WHEN pilot_on_board = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM port_calls GROUP BY port
    percent of arrivals delayed over 2 hours by port => port, 100.0 * SUM(CASE WHEN delay_hours > 2 THEN 1 ELSE 0 END) / COUNT(*) v FROM port_calls WHERE movement = 'arrival' GROUP BY port
    teu per call by agent => agent, 1.0 * SUM(teu) / COUNT(*) v FROM port_calls GROUP BY agent
    [join]
    arrivals of ships built before 2000 => p.* FROM port_calls p JOIN ships s ON p.imo = s.imo WHERE p.movement = 'arrival' AND s.built_year < 2000
    teu by owner per month of 30 days => s.owner, SUM(p.teu) v FROM port_calls p JOIN ships s ON p.imo = s.imo GROUP BY s.owner W 30d
    average delay for ships with a scrubber by flag => s.flag, AVG(p.delay_hours) v FROM port_calls p JOIN ships s ON p.imo = s.imo WHERE s.scrubber = TRUE GROUP BY s.flag
    calls by ships longer than 300 meters => p.* FROM port_calls p JOIN ships s ON p.imo = s.imo WHERE s.length_m > 300
    [topn]
    5 busiest ports per day => port, COUNT(*) n FROM port_calls GROUP BY port W 1d ORDER BY n DESC LIMIT 5
    which 3 agents moved the most teu each week => agent, SUM(teu) v FROM port_calls GROUP BY agent W 7d ORDER BY v DESC LIMIT 3
    [having]
    berths with more than 4 movements a day => berth, COUNT(*) n FROM port_calls GROUP BY berth W 1d HAVING COUNT(*) > 4
    ports averaging over 3 hours of delay per day => port, AVG(delay_hours) v FROM port_calls GROUP BY port W 1d HAVING AVG(delay_hours) > 3
    [clarify]
    which agent is the nicest => ?
    average fuel price per port => ?
    calls that were too long => ?
    `,
  ),
};
