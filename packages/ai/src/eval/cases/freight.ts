import { casesFrom, schemasFrom } from '../case.ts';

export const freight = {
  name: 'freight',
  schemas: schemasFrom(`
    container_scans: scan_id STRING, container_no STRING, terminal STRING, gate STRING north|south|east, gross_weight_kg FLOAT, dwell_hours FLOAT, damaged BOOLEAN, scanned_at TIMESTAMP
    truck_pings: truck_id STRING, speed_kmh FLOAT, fuel_pct FLOAT, engine_temp_c FLOAT, odometer_km FLOAT, pinged_at TIMESTAMP
    table carriers: carrier_id STRING, carrier_name STRING, tier STRING preferred|standard|trial
    shipments: shipment_id STRING, carrier_id STRING, status STRING booked|departed|arrived|cancelled, freight_cost FLOAT, pallets INTEGER, destination_country STRING, updated_at TIMESTAMP
  `),
  cases: casesFrom(
    'freight',
    `
    [aggregate]
    for every terminal, the mean dwell time over half-hour windows => terminal, AVG(dwell_hours) v FROM container_scans GROUP BY terminal W 30m
    how heavy is the heaviest container at each gate, hourly? => gate, MAX(gross_weight_kg) v FROM container_scans GROUP BY gate W 1h
    pallets shipped to each destination country per day => destination_country, SUM(pallets) v FROM shipments GROUP BY destination_country W 1d
    count damaged containers by terminal, 15 minute buckets => terminal, COUNT(*) n FROM container_scans WHERE damaged = TRUE GROUP BY terminal W 15m
    [filter]
    trucks running low on fuel, say below 15% => * FROM truck_pings WHERE fuel_pct < 15
    which trucks are going faster than 90 km/h with an engine hotter than 110 degrees => * FROM truck_pings WHERE speed_kmh > 90 AND engine_temp_c > 110
    shipments that neither arrived nor were cancelled => * FROM shipments WHERE status NOT IN ('arrived', 'cancelled')
    scans at the north gate where the container stayed more than two days => * FROM container_scans WHERE gate = 'north' AND dwell_hours > 48
    [ratio]
    what fraction of shipments gets cancelled, per carrier => carrier_id, 1.0 * SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) / COUNT(*) v FROM shipments GROUP BY carrier_id
    freight cost per pallet for each destination country, daily => destination_country, SUM(freight_cost) / NULLIF(SUM(pallets), 0) v FROM shipments GROUP BY destination_country W 1d
    [join]
    total freight cost by carrier tier each day => c.tier, SUM(s.freight_cost) v FROM shipments s JOIN carriers c ON s.carrier_id = c.carrier_id GROUP BY c.tier W 1d
    [topn]
    the five terminals with the longest average dwell, every hour => terminal, AVG(dwell_hours) v FROM container_scans GROUP BY terminal W 1h ORDER BY v DESC LIMIT 5
    [having]
    terminals scanning more than 12 containers in a 10 minute period => terminal, COUNT(*) n FROM container_scans GROUP BY terminal W 10m HAVING COUNT(*) > 12
    [alert]
    page me if engine temperature goes over 120 => * FROM truck_pings
    [behaviour]
    shipments grouped by captain's hat => ?
    `,
  ),
};
