import { casesFrom, schemasFrom } from '../case.ts';

export const tolls = {
  name: 'tolls',
  schemas: schemasFrom(`
    toll_passages: passage_id STRING, plate STRING, plaza STRING, lane_type STRING manual|tag|camera, vehicle_class STRING car|truck|bus|motorcycle, axles INTEGER, speed_kmh FLOAT, weight_t FLOAT, toll_eur FLOAT, violation BOOLEAN, tag_id STRING, entry_plaza STRING, exit_plaza STRING, wait_sec INTEGER, passed_at TIMESTAMP
    table tag_accounts: tag_id STRING, owner_type STRING private|fleet, home_country STRING, balance_eur FLOAT, blocked BOOLEAN
  `),
  cases: casesFrom(
    'tolls',
    `
    [filter]
    trucks heavier than 40 tonnes => * FROM toll_passages WHERE vehicle_class = 'truck' AND weight_t > 40
    speeding: over 130 km/h in the tag lane => * FROM toll_passages WHERE speed_kmh > 130 AND lane_type = 'tag'
    violations at plaza Hendaye => * FROM toll_passages WHERE violation = TRUE AND plaza = 'Hendaye'
    passages without a tag => * FROM toll_passages WHERE tag_id IS NULL
    buses and trucks with more than 5 axles => * FROM toll_passages WHERE vehicle_class IN ('bus', 'truck') AND axles > 5
    entered at Lyon and left at Dijon => * FROM toll_passages WHERE entry_plaza = 'Lyon' AND exit_plaza = 'Dijon'
    cars that waited at least 2 minutes => * FROM toll_passages WHERE vehicle_class = 'car' AND wait_sec >= 120
    free passages, toll zero => * FROM toll_passages WHERE toll_eur = 0
    plate starting with "B-" => * FROM toll_passages WHERE plate LIKE 'B-%'
    all vehicles except cars and motorcycles => * FROM toll_passages WHERE vehicle_class NOT IN ('car', 'motorcycle')
    [aggregate]
    traffic per plaza every 5 min => plaza, COUNT(*) n FROM toll_passages GROUP BY plaza W 5m
    toll income by vehicle class per day => vehicle_class, SUM(toll_eur) v FROM toll_passages GROUP BY vehicle_class W 1d
    average waiting time per lane type per hour => lane_type, AVG(wait_sec) v FROM toll_passages GROUP BY lane_type W 1h
    how many trucks pass each plaza hourly => plaza, COUNT(*) n FROM toll_passages WHERE vehicle_class = 'truck' GROUP BY plaza W 1h
    top speed per plaza => plaza, MAX(speed_kmh) v FROM toll_passages GROUP BY plaza
    number of unique plates per plaza per day => plaza, COUNT(DISTINCT plate) n FROM toll_passages GROUP BY plaza W 1d
    total tonnage per exit plaza weekly => exit_plaza, SUM(weight_t) v FROM toll_passages GROUP BY exit_plaza W 7d
    violations by vehicle class and lane type => vehicle_class, lane_type, COUNT(*) n FROM toll_passages WHERE violation = TRUE GROUP BY vehicle_class, lane_type
    [ratio]
    violation rate per plaza per hour => plaza, 1.0 * SUM(CASE WHEN violation = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM toll_passages GROUP BY plaza W 1h
    what percentage of passages use the camera lane, by class => vehicle_class, 100.0 * SUM(CASE WHEN lane_type = 'camera' THEN 1 ELSE 0 END) / COUNT(*) v FROM toll_passages GROUP BY vehicle_class
    share of vehicles faster than 110 km/h by plaza => plaza, 1.0 * SUM(CASE WHEN speed_kmh > 110 THEN 1 ELSE 0 END) / COUNT(*) v FROM toll_passages GROUP BY plaza
    toll per axle by vehicle class => vehicle_class, 1.0 * SUM(toll_eur) / SUM(axles) v FROM toll_passages GROUP BY vehicle_class
    [join]
    passages with a blocked account => p.* FROM toll_passages p JOIN tag_accounts a ON p.tag_id = a.tag_id WHERE a.blocked = TRUE
    toll by home country per day => a.home_country, SUM(p.toll_eur) v FROM toll_passages p JOIN tag_accounts a ON p.tag_id = a.tag_id GROUP BY a.home_country W 1d
    fleet trucks whose balance is under 10 euros => p.* FROM toll_passages p JOIN tag_accounts a ON p.tag_id = a.tag_id WHERE a.owner_type = 'fleet' AND p.vehicle_class = 'truck' AND a.balance_eur < 10
    [topn]
    3 plazas with the longest average wait per hour => plaza, AVG(wait_sec) v FROM toll_passages GROUP BY plaza W 1h ORDER BY v DESC LIMIT 3
    least used exit plaza each day => exit_plaza, COUNT(*) n FROM toll_passages GROUP BY exit_plaza W 1d ORDER BY n ASC LIMIT 1
    [having]
    plates with two or more violations in a day => plate, COUNT(*) n FROM toll_passages WHERE violation = TRUE GROUP BY plate W 1d HAVING COUNT(*) >= 2
    plazas earning less than 100 euros an hour => plaza, SUM(toll_eur) v FROM toll_passages GROUP BY plaza W 1h HAVING SUM(toll_eur) < 100
    [clarify]
    passages by driver age => ?
    which plaza is the prettiest => ?
    `,
  ),
};
