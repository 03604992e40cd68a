import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Pallets and trucks at the doors of a transshipment hall; asked by a logistician with the words of the trade. */
export const crossdock = {
  name: 'crossdock',
  schemas: schemasFrom(`
    pallet_scans: sscc STRING, door STRING, shift STRING early|late|night, direction STRING inbound|outbound, weight_kg FLOAT, cases INTEGER, temp_class STRING ambient|chilled|frozen, damaged BOOLEAN, carrier STRING, scanned_at TIMESTAMP
    truck_visits: plate STRING, carrier STRING, door STRING, dwell_min INTEGER, booked BOOLEAN, pallets_in INTEGER, pallets_out INTEGER, seal_ok BOOLEAN, departed_at TIMESTAMP
    table carriers: carrier STRING, mode STRING ftl|ltl|parcel, home_country STRING, contract STRING spot|annual, fleet_size INTEGER, adr_certified BOOLEAN
  `),
  cases: casesFrom(
    'crossdock',
    `
    [filter]
    Damaged frozen pallets, inbound only => * FROM pallet_scans WHERE damaged = TRUE AND temp_class = 'frozen' AND direction = 'inbound'
    Outbound pallets over 900 kg on the night shift => * FROM pallet_scans WHERE direction = 'outbound' AND weight_kg > 900 AND shift = 'night'
    Truck visits with a dwell of 120 min or more => * FROM truck_visits WHERE dwell_min >= 120
    Unbooked trucks whose seal was not OK => * FROM truck_visits WHERE booked = FALSE AND seal_ok = FALSE
    Ambient or chilled pallets with fewer than 20 cases => * FROM pallet_scans WHERE temp_class IN ('ambient', 'chilled') AND cases < 20
    Truck visits of carrier Raben at door D12 with more than 26 pallets in => * FROM truck_visits WHERE carrier = 'Raben' AND door = 'D12' AND pallets_in > 26
    [aggregate]
    Kilograms handled per door and hour => door, SUM(weight_kg) v FROM pallet_scans GROUP BY door W 1h
    Average dwell by carrier per day => carrier, AVG(dwell_min) v FROM truck_visits GROUP BY carrier W 1d
    Pallet scan count per temp class and direction => temp_class, direction, COUNT(*) n FROM pallet_scans GROUP BY temp_class, direction
    Distinct plates per door, daily => door, COUNT(DISTINCT plate) n FROM truck_visits GROUP BY door W 1d
    Heaviest pallet weight per carrier => carrier, MAX(weight_kg) v FROM pallet_scans GROUP BY carrier
    [ratio]
    Damage rate of pallets per carrier and day => carrier, 1.0 * SUM(CASE WHEN damaged = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM pallet_scans GROUP BY carrier W 1d
    Share of unbooked truck visits per carrier => carrier, 1.0 * SUM(CASE WHEN booked = FALSE THEN 1 ELSE 0 END) / COUNT(*) v FROM truck_visits GROUP BY carrier
    [join]
    Mean dwell by transport mode, per day => c.mode, AVG(t.dwell_min) v FROM truck_visits t JOIN carriers c ON t.carrier = c.carrier GROUP BY c.mode W 1d
    Damaged pallets of carriers on a spot contract => p.* FROM pallet_scans p JOIN carriers c ON p.carrier = c.carrier WHERE p.damaged = TRUE AND c.contract = 'spot'
    [having]
    Doors with more than 60 pallet scans per hour => door, COUNT(*) n FROM pallet_scans GROUP BY door W 1h HAVING COUNT(*) > 60
    Carriers whose mean dwell exceeds 90 min on a day => carrier, AVG(dwell_min) v FROM truck_visits GROUP BY carrier W 1d HAVING AVG(dwell_min) > 90
    [topn]
    Top 5 carriers by outbound weight per day => carrier, SUM(weight_kg) v FROM pallet_scans WHERE direction = 'outbound' GROUP BY carrier W 1d ORDER BY v DESC LIMIT 5
    The 3 doors with the most truck visits => door, COUNT(*) v FROM truck_visits GROUP BY door W 5m ORDER BY v DESC LIMIT 3
    [session]
    Cases per unloading session at each door, session closes after 15 min without a scan => door, SUM(cases) v FROM pallet_scans GROUP BY door W session 15m
    [alert]
    Flag it when a door sees over 3 damaged pallets in 30 min => door, COUNT(*) n FROM pallet_scans WHERE damaged = TRUE GROUP BY door W 30m
    [edit]
    ~ SELECT carrier, SUM(pallets_in) AS received FROM truck_visits GROUP BY carrier WINDOW TUMBLING(1d) EMIT CHANGES
    Booked trucks only => carrier, SUM(pallets_in) received FROM truck_visits WHERE booked = TRUE GROUP BY carrier W 1d
    Add the pallets out as well => carrier, SUM(pallets_in) received, SUM(pallets_out) sent FROM truck_visits GROUP BY carrier W 1d
    Break down by door too => carrier, door, SUM(pallets_in) received FROM truck_visits GROUP BY carrier, door W 1d
    [behaviour]
    Pallets by consignee => ?
    Book a slot for Raben tomorrow at 8 => no
    `,
  ),
};
