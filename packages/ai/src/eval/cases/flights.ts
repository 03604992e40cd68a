import { casesFrom, schemasFrom } from '../case.ts';

export const flights = {
  name: 'flights',
  schemas: schemasFrom(`
    flight_events: flight_no STRING, carrier_iata STRING, origin_airport STRING, dest_airport STRING, dep_delay_min INTEGER, arr_delay_min INTEGER, pax_count INTEGER, cancelled BOOLEAN, diverted BOOLEAN, cancel_reason STRING weather|crew|technical|security, aircraft_type STRING, gate STRING, distance_nm INTEGER, fuel_kg FLOAT, status STRING scheduled|boarding|departed|landed, sched_dep TIMESTAMP
    table airlines: carrier_iata STRING, airline_name STRING, alliance STRING star|oneworld|skyteam, low_cost BOOLEAN
  `),
  cases: casesFrom(
    'flights',
    `
    [filter]
    flights delayed by more than 30 minutes on departure => * FROM flight_events WHERE dep_delay_min > 30
    cancelled or diverted flights / flights that were cancelled or diverted => * FROM flight_events WHERE cancelled = TRUE OR diverted = TRUE
    flights from LHR to JFK => * FROM flight_events WHERE origin_airport = 'LHR' AND dest_airport = 'JFK'
    departures from CDG or ORY that weren't cancelled => * FROM flight_events WHERE origin_airport IN ('CDG', 'ORY') AND cancelled = FALSE
    cancelled because of weather / weather cancellations => * FROM flight_events WHERE cancelled = TRUE AND cancel_reason = 'weather'
    arrival delay of an hour or more => * FROM flight_events WHERE arr_delay_min >= 60
    landed more than 15 minutes late => * FROM flight_events WHERE status = 'landed' AND arr_delay_min > 15
    fewer than 50 passengers on board => * FROM flight_events WHERE pax_count < 50
    flight numbers beginning with BA => * FROM flight_events WHERE flight_no LIKE 'BA%'
    no gate yet / gate is missing => * FROM flight_events WHERE gate IS NULL
    left late but arrived on time: dep delay over 15 and arr delay under 1 => * FROM flight_events WHERE dep_delay_min > 15 AND arr_delay_min < 1
    A320 flights of carrier LH => * FROM flight_events WHERE aircraft_type = 'A320' AND carrier_iata = 'LH'
    flight number, gate and status of boarding flights => flight_no, gate, status FROM flight_events WHERE status = 'boarding'
    either a delay above 120 minutes at arrival or a diversion => * FROM flight_events WHERE arr_delay_min > 120 OR diverted = TRUE
    [aggregate]
    avg departure delay per airport every hour => origin_airport, AVG(dep_delay_min) v FROM flight_events GROUP BY origin_airport W 1h
    how many flights were cancelled per carrier per day => carrier_iata, COUNT(*) n FROM flight_events WHERE cancelled = TRUE GROUP BY carrier_iata W 1d
    passengers per destination airport per day => dest_airport, SUM(pax_count) v FROM flight_events GROUP BY dest_airport W 1d
    cancellations by reason => cancel_reason, COUNT(*) n FROM flight_events WHERE cancelled = TRUE GROUP BY cancel_reason
    worst arrival delay by carrier => carrier_iata, MAX(arr_delay_min) v FROM flight_events GROUP BY carrier_iata
    total fuel burned by aircraft type daily => aircraft_type, SUM(fuel_kg) v FROM flight_events GROUP BY aircraft_type W 1d
    departures per origin airport in 30-minute windows => origin_airport, COUNT(*) n FROM flight_events GROUP BY origin_airport W 30m
    number of destinations served by each carrier => carrier_iata, COUNT(DISTINCT dest_airport) n FROM flight_events GROUP BY carrier_iata
    median arrival delay by origin and destination => origin_airport, dest_airport, MEDIAN(arr_delay_min) v FROM flight_events GROUP BY origin_airport, dest_airport
    average distance of diverted flights => AVG(distance_nm) v FROM flight_events WHERE diverted = TRUE
    [ratio]
    cancellation rate by carrier => carrier_iata, 1.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM flight_events GROUP BY carrier_iata
    share of flights delayed over 15 minutes at departure per airport => origin_airport, 1.0 * SUM(CASE WHEN dep_delay_min > 15 THEN 1 ELSE 0 END) / COUNT(*) v FROM flight_events GROUP BY origin_airport
    fuel per passenger by aircraft type => aircraft_type, SUM(fuel_kg) / NULLIF(SUM(pax_count), 0) v FROM flight_events GROUP BY aircraft_type
    [join]
    average arrival delay by alliance => a.alliance, AVG(f.arr_delay_min) v FROM flight_events f JOIN airlines a ON f.carrier_iata = a.carrier_iata GROUP BY a.alliance
    cancelled flights of low cost airlines => f.* FROM flight_events f JOIN airlines a ON f.carrier_iata = a.carrier_iata WHERE f.cancelled = TRUE AND a.low_cost = TRUE
    passengers by airline name per day for star alliance carriers => a.airline_name, SUM(f.pax_count) v FROM flight_events f JOIN airlines a ON f.carrier_iata = a.carrier_iata WHERE a.alliance = 'star' GROUP BY a.airline_name W 1d
    [topn]
    top 5 origin airports by number of flights each hour => origin_airport, COUNT(*) n FROM flight_events GROUP BY origin_airport W 1h ORDER BY n DESC LIMIT 5
    3 carriers with the longest average departure delay per day => carrier_iata, AVG(dep_delay_min) v FROM flight_events GROUP BY carrier_iata W 1d ORDER BY v DESC LIMIT 3
    [having]
    airports with more than 10 cancelled flights within 2 hours => origin_airport, COUNT(*) n FROM flight_events WHERE cancelled = TRUE GROUP BY origin_airport W 2h HAVING COUNT(*) > 10
    carriers whose average arrival delay is above 20 minutes per day => carrier_iata, AVG(arr_delay_min) v FROM flight_events GROUP BY carrier_iata W 1d HAVING AVG(arr_delay_min) > 20
    [edit]
    ~ carrier_iata, COUNT(*) flights FROM flight_events GROUP BY carrier_iata W 1h
    only those going to FRA => carrier_iata, COUNT(*) flights FROM flight_events WHERE dest_airport = 'FRA' GROUP BY carrier_iata W 1h
    leave out the cancelled ones => carrier_iata, COUNT(*) flights FROM flight_events WHERE cancelled = FALSE GROUP BY carrier_iata W 1h
    show passengers too => carrier_iata, COUNT(*) flights, SUM(pax_count) p FROM flight_events GROUP BY carrier_iata W 1h
    [clarify]
    delay by star sign => ?
    book me a flight to Rome => no
    `,
  ),
};
