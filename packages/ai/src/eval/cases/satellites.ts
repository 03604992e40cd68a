import { casesFrom, schemasFrom } from '../case.ts';

/** Telemetry and ground passes of small satellites; asked by flight controllers in clipped speech. */
export const satellites = {
  name: 'satellites',
  schemas: schemasFrom(`
    tlm_frames: sat STRING, subsystem STRING power|thermal|attitude|payload, bus_volt FLOAT, batt_temp_c FLOAT, wheel_rpm INTEGER, error_count INTEGER, safe_mode BOOLEAN, orbit_no INTEGER, frame_ts TIMESTAMP
    ground_passes: sat STRING, antenna STRING, max_elev_deg FLOAT, snr_db FLOAT, mb_down FLOAT, duration_s INTEGER, lost_lock BOOLEAN, operator_note STRING, aos_ts TIMESTAMP
    table sat_catalog: sat STRING, owner STRING, orbit_kind STRING leo|meo|geo, launch_year INTEGER, mass_kg FLOAT
  `),
  cases: casesFrom(
    'satellites',
    `
    [filter]
    frames in safe mode => * FROM tlm_frames WHERE safe_mode = TRUE
    power frames, bus volt below 26.5 or battery above 45 C => * FROM tlm_frames WHERE subsystem = 'power' AND (bus_volt < 26.5 OR batt_temp_c > 45)
    passes that lost lock above 40 deg elevation => * FROM ground_passes WHERE lost_lock = TRUE AND max_elev_deg > 40
    passes on antenna KIR-2 shorter than 5 min => * FROM ground_passes WHERE antenna = 'KIR-2' AND duration_s < 300
    wheel rpm not within -4000 and 4000 => * FROM tlm_frames WHERE wheel_rpm NOT BETWEEN -4000 AND 4000
    passes with an operator note that says "rain" => * FROM ground_passes WHERE operator_note LIKE '%rain%'
    orbit 4711, errors > 0, anything but payload => * FROM tlm_frames WHERE orbit_no = 4711 AND error_count > 0 AND subsystem != 'payload'
    [aggregate]
    min bus volt per sat per 10 min => sat, MIN(bus_volt) v FROM tlm_frames GROUP BY sat W 10m
    megabytes downlinked per antenna, daily => antenna, SUM(mb_down) v FROM ground_passes GROUP BY antenna W 1d
    errors by subsystem, hourly totals => subsystem, SUM(error_count) v FROM tlm_frames GROUP BY subsystem W 1h
    avg, min and max snr for each antenna over 6 h => antenna, AVG(snr_db) a, MIN(snr_db) b, MAX(snr_db) c FROM ground_passes GROUP BY antenna W 6h
    how many sats were heard per antenna and day => antenna, COUNT(DISTINCT sat) n FROM ground_passes GROUP BY antenna W 1d
    battery temp spread (max minus min) per sat and 90 minutes => sat, MAX(batt_temp_c) - MIN(batt_temp_c) v FROM tlm_frames GROUP BY sat W 90m
    [ratio]
    fraction of passes w/ lost lock by antenna, per week => antenna, 1.0 * SUM(CASE WHEN lost_lock = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ground_passes GROUP BY antenna W 7d
    data rate: mb_down divided by duration_s, totals per sat => sat, 1.0 * SUM(mb_down) / SUM(duration_s) v FROM ground_passes GROUP BY sat
    [join]
    passes per owner per day => c.owner, COUNT(*) n FROM ground_passes p JOIN sat_catalog c ON p.sat = c.sat GROUP BY c.owner W 1d
    safe mode frames of geo sats => t.* FROM tlm_frames t JOIN sat_catalog c ON t.sat = c.sat WHERE t.safe_mode = TRUE AND c.orbit_kind = 'geo'
    mean battery temp by launch year, 1 h => c.launch_year, AVG(t.batt_temp_c) v FROM tlm_frames t JOIN sat_catalog c ON t.sat = c.sat GROUP BY c.launch_year W 1h
    [having]
    sats with > 30 errors in total per 15 min => sat, SUM(error_count) v FROM tlm_frames GROUP BY sat W 15m HAVING SUM(error_count) > 30
    antennas that tracked fewer than 4 passes per day => antenna, COUNT(*) n FROM ground_passes GROUP BY antenna W 1d HAVING COUNT(*) < 4
    [topn]
    sat with most downlinked data, each day => sat, SUM(mb_down) v FROM ground_passes GROUP BY sat W 1d ORDER BY v DESC LIMIT 1
    3 longest passes by duration, per day => * FROM ground_passes W 1d ORDER BY duration_s DESC LIMIT 3
    [rows]
    delta bus volt frame to frame, per sat => sat, bus_volt - LAG(bus_volt) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY sat ORDER BY frame_ts) v FROM tlm_frames
    10-frame running mean of batt temp per sat => sat, AVG(batt_temp_c) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY sat ORDER BY frame_ts) v FROM tlm_frames
    [sliding]
    error total by sat for the trailing 30 min, step 5 min => sat, SUM(error_count) v FROM tlm_frames GROUP BY sat W 30m/5m
    [alert]
    wake the controller if a sat's mean bus volt falls under 25 over 5 min => sat, AVG(bus_volt) v FROM tlm_frames GROUP BY sat W 5m
    [edit]
    ~ SELECT sat, AVG(batt_temp_c) AS temp FROM tlm_frames GROUP BY sat WINDOW TUMBLING(10m) EMIT CHANGES
    power subsystem only => sat, AVG(batt_temp_c) temp FROM tlm_frames WHERE subsystem = 'power' GROUP BY sat W 10m
    go to 1 min => sat, AVG(batt_temp_c) temp FROM tlm_frames GROUP BY sat W 1m
    peak instead of mean => sat, MAX(batt_temp_c) temp FROM tlm_frames GROUP BY sat W 10m
    5 hottest => sat, AVG(batt_temp_c) temp FROM tlm_frames GROUP BY sat W 10m ORDER BY temp DESC LIMIT 5
    [clarify]
    is sat A7 healthy => ?
    frames by cloud cover => ?
    reboot sat A7 => no
    `,
  ),
};
