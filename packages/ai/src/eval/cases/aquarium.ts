import { casesFrom, schemasFrom } from '../case.ts';

/** Tanks, feeding and visitors of a public aquarium, names with abbreviations; asked by keepers and a vet. */
export const aquarium = {
  name: 'aquarium',
  schemas: schemasFrom(`
    tank_probe: tank STRING, wtemp_c FLOAT, sal_ppt FLOAT, ph FLOAT, do_mgl FLOAT, nh3_mgl FLOAT, pump_on BOOLEAN, probe_ok BOOLEAN, rec_at TIMESTAMP
    feedings: tank STRING, species STRING, keeper STRING, food STRING krill|squid|pellet|algae, grams FLOAT, left_over_g FLOAT, refused BOOLEAN, vet_note STRING, fed_at TIMESTAMP
    table tanks: tank STRING, hall STRING, litres INTEGER, biome STRING reef|polar|river, curator STRING
  `),
  cases: casesFrom(
    'aquarium',
    `
    [filter]
    feedings the animals refused => * FROM feedings WHERE refused = TRUE
    water warmer than 27 with the pump off => * FROM tank_probe WHERE wtemp_c > 27 AND pump_on = FALSE
    ph not between 7.8 and 8.4 => * FROM tank_probe WHERE ph NOT BETWEEN 7.8 AND 8.4
    krill feedings by keeper Noa leaving more than 40 g over => * FROM feedings WHERE food = 'krill' AND keeper = 'Noa' AND left_over_g > 40
    feedings with a vet note in tank T3 => * FROM feedings WHERE vet_note IS NOT NULL AND tank = 'T3'
    ammonia (nh3_mgl) at or above 0.5 or dissolved oxygen (do_mgl) at or below 5 => * FROM tank_probe WHERE nh3_mgl >= 0.5 OR do_mgl <= 5
    everything the penguins ate apart from squid, species is penguin => * FROM feedings WHERE species = 'penguin' AND food != 'squid'
    [aggregate]
    mean salinity by tank in windows of 30 minutes => tank, AVG(sal_ppt) v FROM tank_probe GROUP BY tank W 30m
    how many grams of each food do we use per day => food, SUM(grams) v FROM feedings GROUP BY food W 1d
    number of feedings each keeper did per week => keeper, COUNT(*) n FROM feedings GROUP BY keeper W 7d
    range of ph (highest minus lowest) for each tank and day => tank, MAX(ph) - MIN(ph) v FROM tank_probe GROUP BY tank W 1d
    actually eaten: grams minus left over, total by species, daily => species, SUM(grams) - SUM(left_over_g) v FROM feedings GROUP BY species W 1d
    last keeper at every tank => tank, LAST_VALUE(keeper) v FROM feedings GROUP BY tank
    min and max water temperature in each tank every 3 h => tank, MIN(wtemp_c) a, MAX(wtemp_c) b FROM tank_probe GROUP BY tank W 3h
    [ratio]
    refusal rate per species and week => species, 1.0 * SUM(CASE WHEN refused = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM feedings GROUP BY species W 7d
    left over grams as a percentage of grams fed, by species => species, 100.0 * SUM(left_over_g) / SUM(grams) v FROM feedings GROUP BY species
    [join]
    grams fed per hall each day => t.hall, SUM(f.grams) v FROM feedings f JOIN tanks t ON f.tank = t.tank GROUP BY t.hall W 1d
    probe readings warmer than 8 degrees in polar tanks => p.* FROM tank_probe p JOIN tanks t ON p.tank = t.tank WHERE p.wtemp_c > 8 AND t.biome = 'polar'
    refused feedings by curator, weekly count => t.curator, COUNT(*) n FROM feedings f JOIN tanks t ON f.tank = t.tank WHERE f.refused = TRUE GROUP BY t.curator W 7d
    [having]
    tanks whose average oxygen (do_mgl) sinks under 6 within a quarter of an hour => tank, AVG(do_mgl) v FROM tank_probe GROUP BY tank W 15m HAVING AVG(do_mgl) < 6
    species that refused food more than twice a day => species, COUNT(*) n FROM feedings WHERE refused = TRUE GROUP BY species W 1d HAVING COUNT(*) > 2
    keepers feeding 5000 grams or more per day => keeper, SUM(grams) v FROM feedings GROUP BY keeper W 1d HAVING SUM(grams) >= 5000
    [topn]
    the three hungriest species per day, by grams => species, SUM(grams) v FROM feedings GROUP BY species W 1d ORDER BY v DESC LIMIT 3
    coldest tank on average, for every hour => tank, AVG(wtemp_c) v FROM tank_probe GROUP BY tank W 1h ORDER BY v ASC LIMIT 1
    [rows]
    change of salinity versus the last reading per tank => tank, sal_ppt - LAG(sal_ppt) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY tank ORDER BY rec_at) v FROM tank_probe
    average of the latest 7 ph values of each tank, at every reading => tank, AVG(ph) OVER (ROWS WINDOW BUFFER 7 ROWS PARTITION BY tank ORDER BY rec_at) v FROM tank_probe
    [sliding]
    average water temp over the last hour per tank, refreshed every 15 minutes => tank, AVG(wtemp_c) v FROM tank_probe GROUP BY tank W 1h/15m
    [alert]
    the vet needs an alarm when the average nh3_mgl of a tank exceeds 0.3 over 10 minutes => tank, AVG(nh3_mgl) v FROM tank_probe GROUP BY tank W 10m
    [edit]
    ~ SELECT tank, AVG(wtemp_c) AS temp FROM tank_probe GROUP BY tank WINDOW TUMBLING(1h) EMIT CHANGES
    ignore probes that aren't ok => tank, AVG(wtemp_c) temp FROM tank_probe WHERE probe_ok = TRUE GROUP BY tank W 1h
    I need ph, not temperature => tank, AVG(ph) v FROM tank_probe GROUP BY tank W 1h
    list only tanks warmer than 26 => tank, AVG(wtemp_c) temp FROM tank_probe GROUP BY tank W 1h HAVING AVG(wtemp_c) > 26
    shorter windows, 10 minutes => tank, AVG(wtemp_c) temp FROM tank_probe GROUP BY tank W 10m
    plus the highest => tank, AVG(wtemp_c) temp, MAX(wtemp_c) v FROM tank_probe GROUP BY tank W 1h
    [clarify]
    is the shark sick => ?
    feedings by ticket price => ?
    feed the seals now => no
    `,
  ),
};
