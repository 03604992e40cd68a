import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Scales and thermometers under beehives; asked by a hobby keeper and by a research student. */
export const apiary = {
  name: 'apiary',
  schemas: schemasFrom(`
    hive_readings: hive_id STRING, apiary STRING, weight_kg FLOAT, brood_temp_c FLOAT, humidity_pct FLOAT, sound_hz FLOAT, bees_in INTEGER, bees_out INTEGER, lid_open BOOLEAN, ts TIMESTAMP
    inspections: hive_id STRING, inspector STRING, queen_seen BOOLEAN, mite_count INTEGER, brood_frames INTEGER, temper STRING calm|nervous|aggressive, inspected_at TIMESTAMP
    table hives: hive_id STRING, breed STRING carnica|buckfast|ligustica, queen_year INTEGER, owner STRING
  `),
  cases: casesFrom(
    'apiary',
    `
    [filter]
    give me the readings taken while the lid was open => * FROM hive_readings WHERE lid_open = TRUE
    inspections where nobody saw the queen and the mite count was above ten => * FROM inspections WHERE queen_seen = FALSE AND mite_count > 10
    brood nest colder than 33 or hotter than 37 degrees => * FROM hive_readings WHERE brood_temp_c < 33 OR brood_temp_c > 37
    Oakfield apiary, weight under 25 kg => * FROM hive_readings WHERE apiary = 'Oakfield' AND weight_kg < 25
    inspections by Maren in which the bees were nervous or aggressive => * FROM inspections WHERE inspector = 'Maren' AND temper IN ('nervous', 'aggressive')
    when did more bees leave than come back? show me those readings => * FROM hive_readings WHERE bees_out > bees_in
    [aggregate]
    what's the average weight of each hive, day by day? => hive_id, AVG(weight_kg) v FROM hive_readings GROUP BY hive_id W 1d
    number of bees out per apiary every quarter of an hour => apiary, SUM(bees_out) v FROM hive_readings GROUP BY apiary W 15m
    the highest humidity in every apiary, in blocks of six hours => apiary, MAX(humidity_pct) v FROM hive_readings GROUP BY apiary W 6h
    How many different hives did each inspector look at per week? => inspector, COUNT(DISTINCT hive_id) n FROM inspections GROUP BY inspector W 7d
    bees in minus bees out, summed up per hive and hour => hive_id, SUM(bees_in) - SUM(bees_out) v FROM hive_readings GROUP BY hive_id W 1h
    [ratio]
    in what percentage of her inspections did each inspector see the queen => inspector, 100.0 * SUM(CASE WHEN queen_seen = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM inspections GROUP BY inspector
    [join]
    mites counted per breed, weekly totals => h.breed, SUM(i.mite_count) v FROM inspections i JOIN hives h ON i.hive_id = h.hive_id GROUP BY h.breed W 7d
    readings above 80% humidity from hives that Tomas owns => r.* FROM hive_readings r JOIN hives h ON r.hive_id = h.hive_id WHERE r.humidity_pct > 80 AND h.owner = 'Tomas'
    [having]
    hives whose mean brood temperature stays below 32 over two hours => hive_id, AVG(brood_temp_c) v FROM hive_readings GROUP BY hive_id W 2h HAVING AVG(brood_temp_c) < 32
    [topn]
    the five hives with the greatest average weight each day => hive_id, AVG(weight_kg) v FROM hive_readings GROUP BY hive_id W 1d ORDER BY v DESC LIMIT 5
    [rows]
    by how much did the weight change since the reading before, hive by hive => hive_id, weight_kg - LAG(weight_kg) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY hive_id ORDER BY ts) v FROM hive_readings
    [edit]
    ~ SELECT apiary, AVG(brood_temp_c) AS t FROM hive_readings GROUP BY apiary WINDOW TUMBLING(1h) EMIT CHANGES
    but don't count readings with an open lid => apiary, AVG(brood_temp_c) t FROM hive_readings WHERE lid_open = FALSE GROUP BY apiary W 1h
    put the lowest brood temperature next to it => apiary, AVG(brood_temp_c) t, MIN(brood_temp_c) m FROM hive_readings GROUP BY apiary W 1h
    [behaviour]
    honey yield per hive => ?
    will they swarm tomorrow? => ?
    `,
  ),
};
