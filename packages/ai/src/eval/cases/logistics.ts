import { casesFrom, schemasFrom } from '../case.ts';

export const logistics = {
  name: 'logistics',
  schemas: schemasFrom(`
    shipments: shipment_id STRING, order_ref STRING, carrier STRING DHL|UPS|FedEx, origin STRING, destination STRING, weight_kg FLOAT, status STRING created|in_transit|delivered|lost|returned, delay_minutes INTEGER, created_at TIMESTAMP
    vehicle_positions: vehicle_id STRING, driver_id STRING, speed_kmh FLOAT, fuel_pct FLOAT, odometer_km FLOAT, engine_on BOOLEAN, recorded_at TIMESTAMP
    deliveries: delivery_id STRING, shipment_id STRING, driver_id STRING, signed BOOLEAN, delivered_at TIMESTAMP
    table drivers: driver_id STRING, full_name STRING, depot STRING, licence_class STRING
  `),
  cases: casesFrom(
    'logistics',
    `
    [aggregate]
    shipments per carrier per day / number of shipments by carrier daily => carrier, COUNT(*) n FROM shipments GROUP BY carrier W 1d
    average delay by carrier / mean delay per carrier / what's the avg delay for each carrier => carrier, AVG(delay_minutes) v FROM shipments GROUP BY carrier
    total weight per destination every hour / sum of weight by destination hourly => destination, SUM(weight_kg) v FROM shipments GROUP BY destination W 1h
    average speed per vehicle every 10 minutes / mean speed by vehicle in 10-minute windows => vehicle_id, AVG(speed_kmh) v FROM vehicle_positions GROUP BY vehicle_id W 10m
    max speed for each driver per hour / top speed by driver hourly => driver_id, MAX(speed_kmh) v FROM vehicle_positions GROUP BY driver_id W 1h
    lowest fuel level per vehicle / minimum fuel by vehicle => vehicle_id, MIN(fuel_pct) v FROM vehicle_positions GROUP BY vehicle_id
    heaviest shipment per carrier / max weight by carrier => carrier, MAX(weight_kg) v FROM shipments GROUP BY carrier
    how many deliveries per driver each day / deliveries by driver per day => driver_id, COUNT(*) n FROM deliveries GROUP BY driver_id W 1d
    [filter]
    lost shipments / shipments that got lost => * FROM shipments WHERE status = 'lost'
    shipments in transit with DHL / DHL shipments that are in transit => * FROM shipments WHERE status = 'in_transit' AND carrier = 'DHL'
    shipments heavier than 30 kg / shipments over 30 kilograms => * FROM shipments WHERE weight_kg > 30
    shipments delayed by more than 2 hours / shipments with a delay over 2 hours => * FROM shipments WHERE delay_minutes > 120
    vehicles faster than 130 km/h / vehicle positions with speed above 130 => * FROM vehicle_positions WHERE speed_kmh > 130
    vehicles with fuel below 10% / vehicle positions where fuel is under 10 percent => * FROM vehicle_positions WHERE fuel_pct < 10
    shipments from Hamburg to Oslo / shipments with origin Hamburg and destination Oslo => * FROM shipments WHERE origin = 'Hamburg' AND destination = 'Oslo'
    unsigned deliveries / deliveries that are not signed => * FROM deliveries WHERE signed = FALSE
    UPS and FedEx shipments => * FROM shipments WHERE carrier IN ('UPS', 'FedEx')
    [ratio]
    percentage of shipments delivered per carrier / what percentage of shipments are delivered by carrier => carrier, 100.0 * SUM(CASE WHEN status = 'delivered' THEN 1 ELSE 0 END) / COUNT(*) v FROM shipments GROUP BY carrier
    loss rate by carrier each day / share of lost shipments by carrier per day => carrier, 1.0 * SUM(CASE WHEN status = 'lost' THEN 1 ELSE 0 END) / COUNT(*) v FROM shipments GROUP BY carrier W 1d
    share of shipments delayed more than 60 minutes per carrier => carrier, 1.0 * SUM(CASE WHEN delay_minutes > 60 THEN 1 ELSE 0 END) / COUNT(*) v FROM shipments GROUP BY carrier
    [join]
    average speed by depot / mean speed per depot => d.depot, AVG(v.speed_kmh) a FROM vehicle_positions v JOIN drivers d ON v.driver_id = d.driver_id GROUP BY d.depot
    deliveries per depot every hour => d.depot, COUNT(*) n FROM deliveries x JOIN drivers d ON x.driver_id = d.driver_id GROUP BY d.depot W 1h
    [topn]
    top 3 destinations by number of shipments per day / 3 most common destinations each day => destination, COUNT(*) n FROM shipments GROUP BY destination W 1d ORDER BY n DESC LIMIT 3
    5 drivers with the most deliveries every hour => driver_id, COUNT(*) n FROM deliveries GROUP BY driver_id W 1h ORDER BY n DESC LIMIT 5
    [having]
    carriers with more than 20 lost shipments a day / carriers losing over 20 shipments per day => carrier, COUNT(*) n FROM shipments WHERE status = 'lost' GROUP BY carrier W 1d HAVING COUNT(*) > 20
    destinations receiving more than 500 kg per hour / destinations with total weight over 500 kg an hour => destination, SUM(weight_kg) v FROM shipments GROUP BY destination W 1h HAVING SUM(weight_kg) > 500
    [sliding]
    average speed per vehicle over the last 30 minutes, updated every 5 minutes / 30 minute sliding window every 5 minutes of average speed by vehicle => vehicle_id, AVG(speed_kmh) v FROM vehicle_positions GROUP BY vehicle_id W 30m/5m
    [rows]
    average of the last 10 speeds per vehicle => vehicle_id, recorded_at, speed_kmh, AVG(speed_kmh) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY vehicle_id ORDER BY recorded_at) v FROM vehicle_positions
    [edit]
    ~ SELECT carrier, AVG(delay_minutes) AS avg_delay_minutes FROM shipments GROUP BY carrier WINDOW TUMBLING(1h) EMIT CHANGES
    also by destination => carrier, destination, AVG(delay_minutes) v FROM shipments GROUP BY carrier, destination W 1h
    use the maximum instead of the average / replace the average with the max delay => carrier, MAX(delay_minutes) v FROM shipments GROUP BY carrier W 1h
    only delivered shipments => carrier, AVG(delay_minutes) v FROM shipments WHERE status = 'delivered' GROUP BY carrier W 1h
    emit only final results => carrier, AVG(delay_minutes) v FROM shipments GROUP BY carrier W 1h EMIT FINAL
    [behaviour]
    shipments by favourite song => ?
    purge lost shipments => no
    `,
  ),
};
