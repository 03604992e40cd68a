import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Flights of inspection drones; asked by pilots, firmware developers and an aviation authority. */
export const drones = {
  name: 'drones',
  schemas: schemasFrom(`
    droneTelemetry: drone STRING, pilot STRING, altM FLOAT, speedMs FLOAT, batteryPct FLOAT, satCount INTEGER, windMs FLOAT, flightMode STRING hover|mission|manual|return, linkLost BOOLEAN, geofence STRING inside|edge|outside, firmware STRING, tickAt TIMESTAMP
    photoShots: drone STRING, site STRING, asset STRING tower|roof|bridge, sizeMb FLOAT, blur FLOAT, usable BOOLEAN, crackFound BOOLEAN, label STRING, shotAt TIMESTAMP
    table droneFleet: drone STRING, maker STRING, weightG INTEGER, depot STRING, boughtYear INTEGER, insured BOOLEAN
  `),
  cases: casesFrom(
    'drones',
    `
    [filter]
    ticks with battery at 15 % or below that are not in return mode => * FROM droneTelemetry WHERE batteryPct <= 15 AND flightMode != 'return'
    outside the geofence or link lost => * FROM droneTelemetry WHERE geofence = 'outside' OR linkLost = TRUE
    manual flights above 120 m by pilot Sato => * FROM droneTelemetry WHERE flightMode = 'manual' AND altM > 120 AND pilot = 'Sato'
    fewer than 6 satellites on firmware 4.2.1 => * FROM droneTelemetry WHERE satCount < 6 AND firmware = '4.2.1'
    usable bridge photos with a crack => * FROM photoShots WHERE usable = TRUE AND asset = 'bridge' AND crackFound = TRUE
    photos bigger than 20 MB that nobody has labelled => * FROM photoShots WHERE label IS NULL AND sizeMb > 20
    [aggregate]
    max altitude per drone every minute => drone, MAX(altM) v FROM droneTelemetry GROUP BY drone W 1m
    megabytes shot at each site per day => site, SUM(sizeMb) v FROM photoShots GROUP BY site W 1d
    p50 of wind speed per flight mode => flightMode, MEDIAN(windMs) v FROM droneTelemetry GROUP BY flightMode
    count of link losses by firmware, daily => firmware, COUNT(*) n FROM droneTelemetry WHERE linkLost = TRUE GROUP BY firmware W 1d
    how many different drones did each pilot fly per week => pilot, COUNT(DISTINCT drone) n FROM droneTelemetry GROUP BY pilot W 7d
    current battery level of all drones => drone, LAST_VALUE(batteryPct) v FROM droneTelemetry GROUP BY drone
    [ratio]
    crack rate in percent per asset kind, weekly => asset, 100.0 * SUM(CASE WHEN crackFound = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM photoShots GROUP BY asset W 7d
    fraction of photos with blur under 0.2, by drone => drone, 1.0 * SUM(CASE WHEN blur < 0.2 THEN 1 ELSE 0 END) / COUNT(*) v FROM photoShots GROUP BY drone
    [join]
    average speed by maker in 5 minute buckets => f.maker, AVG(t.speedMs) v FROM droneTelemetry t JOIN droneFleet f ON t.drone = f.drone GROUP BY f.maker W 5m
    flights outside the geofence with uninsured drones => t.* FROM droneTelemetry t JOIN droneFleet f ON t.drone = f.drone WHERE t.geofence = 'outside' AND f.insured = FALSE
    photos per depot a day, drones under 900 g only => f.depot, COUNT(*) n FROM photoShots p JOIN droneFleet f ON p.drone = f.drone WHERE f.weightG < 900 GROUP BY f.depot W 1d
    [having]
    drones losing the link 4 times or more in 10 minutes => drone, COUNT(*) n FROM droneTelemetry WHERE linkLost = TRUE GROUP BY drone W 10m HAVING COUNT(*) >= 4
    sites with more than 3000 MB of photos in a day => site, SUM(sizeMb) v FROM photoShots GROUP BY site W 1d HAVING SUM(sizeMb) > 3000
    [topn]
    2 pilots who fly highest on average, per day => pilot, AVG(altM) v FROM droneTelemetry GROUP BY pilot W 1d ORDER BY v DESC LIMIT 2
    [rows]
    delta of batteryPct between consecutive ticks of a drone => drone, batteryPct - LAG(batteryPct) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY drone ORDER BY tickAt) v FROM droneTelemetry
    [session]
    a flight of a drone ends when there were no ticks for 2 minutes; top speed of each flight => drone, MAX(speedMs) v FROM droneTelemetry GROUP BY drone W session 2m
    [edit]
    ~ SELECT drone, AVG(speedMs) AS speed FROM droneTelemetry WHERE flightMode = 'mission' GROUP BY drone WINDOW TUMBLING(5m) EMIT CHANGES
    manual instead of mission => drone, AVG(speedMs) speed FROM droneTelemetry WHERE flightMode = 'manual' GROUP BY drone W 5m
    group by firmware instead => firmware, AVG(speedMs) speed FROM droneTelemetry WHERE flightMode = 'mission' GROUP BY firmware W 5m
    max, not avg => drone, MAX(speedMs) speed FROM droneTelemetry WHERE flightMode = 'mission' GROUP BY drone W 5m
    all flight modes => drone, AVG(speedMs) speed FROM droneTelemetry GROUP BY drone W 5m
    [behaviour]
    photos by camera lens => ?
    is it safe to fly => ?
    land drone D3 now => no
    `,
  ),
};
