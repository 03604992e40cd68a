import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Catches and landings of a fishing fleet; asked by skippers, an inspector and a fish buyer whose first language is not English. */
export const trawlers = {
  name: 'trawlers',
  schemas: schemasFrom(`
    hauls: boat STRING, zone STRING, fish STRING cod|herring|hake|shrimp, catchKg FLOAT, bycatchKg FLOAT, depthM FLOAT, towMin INTEGER, gear STRING trawl|seine|longline, netTorn BOOLEAN, skipper STRING, hauledAt TIMESTAMP
    landings: boat STRING, harbour STRING, fish STRING cod|herring|hake|shrimp, boxes INTEGER, pricePerKg FLOAT, valueEur FLOAT, graded BOOLEAN, buyer STRING, rejectReason STRING, landedAt TIMESTAMP
    table boats: boat STRING, flag STRING, quotaKg FLOAT, lengthM FLOAT, builtYear INTEGER, cooperative BOOLEAN
  `),
  cases: casesFrom(
    'trawlers',
    `
    [filter]
    cod hauls deeper than 300 m => * FROM hauls WHERE fish = 'cod' AND depthM > 300
    please show hauls where net was torn in zone Z4 => * FROM hauls WHERE netTorn = TRUE AND zone = 'Z4'
    more bycatch than catch => * FROM hauls WHERE bycatchKg > catchKg
    landings which were rejected for some reason => * FROM landings WHERE rejectReason IS NOT NULL
    herring or hake, not graded, sold for less than 2 euro per kilo => * FROM landings WHERE fish IN ('herring', 'hake') AND graded = FALSE AND pricePerKg < 2
    tows from 90 to 180 minutes with longline => * FROM hauls WHERE towMin BETWEEN 90 AND 180 AND gear = 'longline'
    [aggregate]
    how many kilos of catch has each boat per day => boat, SUM(catchKg) v FROM hauls GROUP BY boat W 1d
    total landing value by harbour, every week => harbour, SUM(valueEur) v FROM landings GROUP BY harbour W 7d
    average price per kg for each fish, daily => fish, AVG(pricePerKg) v FROM landings GROUP BY fish W 1d
    number of different boats fishing in every zone per 6 hours => zone, COUNT(DISTINCT boat) n FROM hauls GROUP BY zone W 6h
    deepest haul of each skipper => skipper, MAX(depthM) v FROM hauls GROUP BY skipper
    [ratio]
    bycatch as a percentage of the catch, by gear: total bycatch over total catch => gear, 100.0 * SUM(bycatchKg) / SUM(catchKg) v FROM hauls GROUP BY gear
    which share of hauls ends with a torn net, for each zone => zone, 1.0 * SUM(CASE WHEN netTorn = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM hauls GROUP BY zone
    [join]
    catch by flag of the boat, in total per week => b.flag, SUM(h.catchKg) v FROM hauls h JOIN boats b ON h.boat = b.boat GROUP BY b.flag W 7d
    landings over 5000 euro from boats of a cooperative => l.* FROM landings l JOIN boats b ON l.boat = b.boat WHERE l.valueEur > 5000 AND b.cooperative = TRUE
    [having]
    boats which caught more than 8000 kg in one day => boat, SUM(catchKg) v FROM hauls GROUP BY boat W 1d HAVING SUM(catchKg) > 8000
    buyers who bought at least ten times a week => buyer, COUNT(*) n FROM landings GROUP BY buyer W 7d HAVING COUNT(*) >= 10
    [topn]
    five biggest buyers by value per week => buyer, SUM(valueEur) v FROM landings GROUP BY buyer W 7d ORDER BY v DESC LIMIT 5
    which zone gives least catch in total per day => zone, SUM(catchKg) v FROM hauls GROUP BY zone W 1d ORDER BY v ASC LIMIT 1
    [rows]
    price per kg compared with the landing before of the same fish: the difference => fish, pricePerKg - LAG(pricePerKg) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY fish ORDER BY landedAt) v FROM landings
    [session]
    fishing trips: hauls of one boat without a pause of more than 12 hours are one trip; kilos caught in each trip => boat, SUM(catchKg) v FROM hauls GROUP BY boat W session 12h
    [edit]
    ~ SELECT boat, SUM(catchKg) AS catch FROM hauls GROUP BY boat WINDOW TUMBLING(1d) EMIT CHANGES
    only shrimp please => boat, SUM(catchKg) catch FROM hauls WHERE fish = 'shrimp' GROUP BY boat W 1d
    add also the bycatch => boat, SUM(catchKg) catch, SUM(bycatchKg) v FROM hauls GROUP BY boat W 1d
    I want it for zone, not for boat => zone, SUM(catchKg) catch FROM hauls GROUP BY zone W 1d
    biggest catch first => boat, SUM(catchKg) catch FROM hauls GROUP BY boat W 1d ORDER BY catch DESC
    [behaviour]
    catch by sea temperature => ?
    where should we fish tomorrow => ?
    call boat B2 back to harbour => no
    `,
  ),
};
