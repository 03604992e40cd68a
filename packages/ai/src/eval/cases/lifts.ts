import { casesFrom, schemasFrom } from '../case.ts';

export const lifts = {
  name: 'lifts',
  schemas: schemasFrom(`
    lift_events: lift_id STRING, building STRING, event STRING ride|stuck|door_fault|maintenance, floor_from INTEGER, floor_to INTEGER, load_kg FLOAT, ride_seconds FLOAT, motor_temp_c FLOAT, energy_wh FLOAT, door_reopens INTEGER, overloaded BOOLEAN, emergency_call BOOLEAN, technician STRING, fault_text STRING, at TIMESTAMP
    table lift_specs: lift_id STRING, maker STRING, capacity_kg FLOAT, installed_year INTEGER, kind STRING passenger|freight
  `),
  cases: casesFrom(
    'lifts',
    `
    [filter]
    lifts stuck with an emergency call => * FROM lift_events WHERE event = 'stuck' AND emergency_call = TRUE
    rides carrying more than 800 kilos => * FROM lift_events WHERE event = 'ride' AND load_kg > 800
    motor hotter than 90 degrees => * FROM lift_events WHERE motor_temp_c > 90
    door faults in building "Tower A" => * FROM lift_events WHERE event = 'door_fault' AND building = 'Tower A'
    rides from floor 0 to floor 12 => * FROM lift_events WHERE event = 'ride' AND floor_from = 0 AND floor_to = 12
    anything that is no ride => * FROM lift_events WHERE event != 'ride'
    overloaded or with more than 3 door reopens => * FROM lift_events WHERE overloaded = TRUE OR door_reopens > 3
    fault text mentions sensor => * FROM lift_events WHERE fault_text LIKE '%sensor%'
    rides taking between 30 and 60 seconds => * FROM lift_events WHERE event = 'ride' AND ride_seconds BETWEEN 30 AND 60
    maintenance not done by Kowalski => * FROM lift_events WHERE event = 'maintenance' AND technician != 'Kowalski'
    empty rides: load 0 => * FROM lift_events WHERE event = 'ride' AND load_kg = 0
    [aggregate]
    rides per building per hour => building, COUNT(*) n FROM lift_events WHERE event = 'ride' GROUP BY building W 1h
    energy used by each lift daily => lift_id, SUM(energy_wh) v FROM lift_events GROUP BY lift_id W 1d
    average load per building => building, AVG(load_kg) v FROM lift_events GROUP BY building
    how often did each lift get stuck per week => lift_id, COUNT(*) n FROM lift_events WHERE event = 'stuck' GROUP BY lift_id W 7d
    emergency calls per building by day => building, COUNT(*) n FROM lift_events WHERE emergency_call = TRUE GROUP BY building W 1d
    longest ride per lift => lift_id, MAX(ride_seconds) v FROM lift_events GROUP BY lift_id
    number of lifts seen in every building => building, COUNT(DISTINCT lift_id) n FROM lift_events GROUP BY building
    last event of each lift => lift_id, LAST_VALUE(event) v FROM lift_events GROUP BY lift_id
    motor temperature: average and p95 per lift per 10 min => lift_id, AVG(motor_temp_c) a, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY motor_temp_c) b FROM lift_events GROUP BY lift_id W 10m
    [ratio]
    percentage of overloaded rides per building => building, 100.0 * SUM(CASE WHEN overloaded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM lift_events WHERE event = 'ride' GROUP BY building
    what share of events are door faults, by lift => lift_id, 1.0 * SUM(CASE WHEN event = 'door_fault' THEN 1 ELSE 0 END) / COUNT(*) v FROM lift_events GROUP BY lift_id
    energy per ride second by building => building, 1.0 * SUM(energy_wh) / SUM(ride_seconds) v FROM lift_events GROUP BY building
    [join]
    load above the capacity => e.* FROM lift_events e JOIN lift_specs s ON e.lift_id = s.lift_id WHERE e.load_kg > s.capacity_kg
    door faults by maker per week => s.maker, COUNT(*) n FROM lift_events e JOIN lift_specs s ON e.lift_id = s.lift_id WHERE e.event = 'door_fault' GROUP BY s.maker W 7d
    stuck freight lifts installed before 1995 => e.* FROM lift_events e JOIN lift_specs s ON e.lift_id = s.lift_id WHERE e.event = 'stuck' AND s.kind = 'freight' AND s.installed_year < 1995
    [topn]
    10 lifts with most door reopens per day => lift_id, SUM(door_reopens) v FROM lift_events GROUP BY lift_id W 1d ORDER BY v DESC LIMIT 10
    busiest building each hour => building, COUNT(*) n FROM lift_events GROUP BY building W 1h ORDER BY n DESC LIMIT 1
    [having]
    lifts stuck more than once a day => lift_id, COUNT(*) n FROM lift_events WHERE event = 'stuck' GROUP BY lift_id W 1d HAVING COUNT(*) > 1
    buildings whose lifts use over 5 kWh per hour => building, SUM(energy_wh) v FROM lift_events GROUP BY building W 1h HAVING SUM(energy_wh) > 5000
    [rows]
    motor temperature change since the previous event of each lift => lift_id, at, motor_temp_c, motor_temp_c - LAG(motor_temp_c) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY lift_id ORDER BY at) v FROM lift_events
    [clarify]
    rides by mood => ?
    is lift 7 safe => ?
    `,
  ),
};
