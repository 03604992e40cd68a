import { casesFrom, schemasFrom } from '../case.ts';

/** Harvesters and fire towers in a forest; asked by a district forester and by a timber buyer. */
export const forestry = {
  name: 'forestry',
  schemas: schemasFrom(`
    fellings: stand STRING, species STRING spruce|pine|beech|oak, harvester STRING, height_m FLOAT, diameter_cm FLOAT, volume_m3 FLOAT, diseased BOOLEAN, quality STRING a|b|c, felled_at TIMESTAMP
    tower_obs: tower STRING, smoke_index FLOAT, wind_kmh FLOAT, humidity_pct FLOAT, visibility_km FLOAT, fire_seen BOOLEAN, observer STRING, comment STRING, observed_at TIMESTAMP
    table stands: stand STRING, owner STRING, planted_year INTEGER, hectares FLOAT, certified BOOLEAN
  `),
  cases: casesFrom(
    'forestry',
    `
    [filter]
    diseased spruces thicker than 40 cm => * FROM fellings WHERE diseased = TRUE AND species = 'spruce' AND diameter_cm > 40
    oaks and beeches of quality a => * FROM fellings WHERE species IN ('oak', 'beech') AND quality = 'a'
    trees 30 m or taller felled by harvester H3 => * FROM fellings WHERE height_m >= 30 AND harvester = 'H3'
    observations with humidity below 25 percent and winds above 50 => * FROM tower_obs WHERE humidity_pct < 25 AND wind_kmh > 50
    every sighting of a fire => * FROM tower_obs WHERE fire_seen = TRUE
    visibility of 2 km at most, no comment left => * FROM tower_obs WHERE visibility_km <= 2 AND comment IS NULL
    anything that isn't pine in stand 114 => * FROM fellings WHERE species != 'pine' AND stand = '114'
    [aggregate]
    cubic metres felled by species per day => species, SUM(volume_m3) v FROM fellings GROUP BY species W 1d
    how many trees does each harvester fell an hour => harvester, COUNT(*) n FROM fellings GROUP BY harvester W 1h
    average height of the trees in every stand => stand, AVG(height_m) v FROM fellings GROUP BY stand
    thickest tree so far for each species => species, MAX(diameter_cm) v FROM fellings GROUP BY species
    highest smoke index seen from each tower in every 20 minutes => tower, MAX(smoke_index) v FROM tower_obs GROUP BY tower W 20m
    in how many different stands did each harvester work per week => harvester, COUNT(DISTINCT stand) n FROM fellings GROUP BY harvester W 7d
    who was the last observer on every tower => tower, LAST_VALUE(observer) v FROM tower_obs GROUP BY tower
    [ratio]
    diseased trees as a share of all fellings, per stand and week => stand, 1.0 * SUM(CASE WHEN diseased = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM fellings GROUP BY stand W 7d
    volume per tree, by species => species, 1.0 * SUM(volume_m3) / COUNT(*) v FROM fellings GROUP BY species
    what percentage of the trees is of quality c, harvester by harvester => harvester, 100.0 * SUM(CASE WHEN quality = 'c' THEN 1 ELSE 0 END) / COUNT(*) v FROM fellings GROUP BY harvester
    [join]
    cubic metres by owner for each week => s.owner, SUM(f.volume_m3) v FROM fellings f JOIN stands s ON f.stand = s.stand GROUP BY s.owner W 7d
    fellings in stands that are not certified => f.* FROM fellings f JOIN stands s ON f.stand = s.stand WHERE s.certified = FALSE
    number of oaks felled in stands planted before 1900, per day => COUNT(*) n FROM fellings f JOIN stands s ON f.stand = s.stand WHERE f.species = 'oak' AND s.planted_year < 1900 W 1d
    [having]
    stands where more than 500 cubic metres were felled in a day => stand, SUM(volume_m3) v FROM fellings GROUP BY stand W 1d HAVING SUM(volume_m3) > 500
    towers with an average smoke index of 3 or higher over a quarter of an hour => tower, AVG(smoke_index) v FROM tower_obs GROUP BY tower W 15m HAVING AVG(smoke_index) >= 3
    harvesters felling fewer than 8 trees in an hour => harvester, COUNT(*) n FROM fellings GROUP BY harvester W 1h HAVING COUNT(*) < 8
    [topn]
    the three stands with the largest volume per day => stand, SUM(volume_m3) v FROM fellings GROUP BY stand W 1d ORDER BY v DESC LIMIT 3
    which harvester felled the most trees each day => harvester, COUNT(*) n FROM fellings GROUP BY harvester W 1d ORDER BY n DESC LIMIT 1
    [rows]
    change in the smoke index since the previous observation from the same tower => tower, smoke_index - LAG(smoke_index) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY tower ORDER BY observed_at) v FROM tower_obs
    average diameter over the last 25 trees of each harvester => harvester, AVG(diameter_cm) OVER (ROWS WINDOW BUFFER 25 ROWS PARTITION BY harvester ORDER BY felled_at) v FROM fellings
    [session]
    working spells of each harvester: a spell is over after 30 minutes without a felled tree; trees and cubic metres per spell => harvester, COUNT(*) n, SUM(volume_m3) v FROM fellings GROUP BY harvester W session 30m
    [alert]
    call me if a tower's mean smoke index exceeds 5 over ten minutes => tower, AVG(smoke_index) v FROM tower_obs GROUP BY tower W 10m
    the forester has to know as soon as more than 30 diseased trees are felled in one stand within a day => stand, COUNT(*) n FROM fellings WHERE diseased = TRUE GROUP BY stand W 1d
    [edit]
    ~ SELECT species, SUM(volume_m3) AS volume FROM fellings GROUP BY species WINDOW TUMBLING(1d) EMIT CHANGES
    healthy trees only => species, SUM(volume_m3) volume FROM fellings WHERE diseased = FALSE GROUP BY species W 1d
    one row per stand, not per species => stand, SUM(volume_m3) volume FROM fellings GROUP BY stand W 1d
    and also how many trees that was => species, SUM(volume_m3) volume, COUNT(*) n FROM fellings GROUP BY species W 1d
    largest volume first => species, SUM(volume_m3) volume FROM fellings GROUP BY species W 1d ORDER BY volume DESC
    weekly totals instead => species, SUM(volume_m3) volume FROM fellings GROUP BY species W 7d
    [clarify]
    is the forest healthy => ?
    fellings by price per cubic metre => ?
    plant 200 oaks in stand 7 => no
    `,
  ),
};
