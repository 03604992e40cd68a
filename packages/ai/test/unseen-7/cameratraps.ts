import { casesFrom, schemasFrom } from '../../src/eval/case.ts';

/** Camera traps in a reserve; asked by a researcher who counts animals. */
export const cameratraps = {
  name: 'cameratraps',
  schemas: schemasFrom(`
    detections: camera STRING, species STRING, individuals INTEGER, behaviour STRING feeding|moving|resting|fighting, confidence FLOAT, distance_m FLOAT, juvenile BOOLEAN, flash BOOLEAN, reviewer STRING, seen_at TIMESTAMP
    camera_health: camera STRING, battery_pct FLOAT, card_used_gb FLOAT, temp_c FLOAT, triggers INTEGER, false_triggers INTEGER, tampered BOOLEAN, reported_at TIMESTAMP
    table cameras: camera STRING, habitat STRING savanna|forest|wetland, transect STRING, elevation_m INTEGER, baited BOOLEAN, model STRING
  `),
  cases: casesFrom(
    'cameratraps',
    `
    [filter]
    Detections of the species leopard with a classifier confidence of at least 0.9 => * FROM detections WHERE species = 'leopard' AND confidence >= 0.9
    Observations of juveniles recorded without flash at a distance of less than 5 m => * FROM detections WHERE juvenile = TRUE AND flash = FALSE AND distance_m < 5
    Feeding or fighting events involving more than three individuals => * FROM detections WHERE behaviour IN ('feeding', 'fighting') AND individuals > 3
    Detections that no reviewer has been assigned to => * FROM detections WHERE reviewer IS NULL
    Health reports indicating tampering, or a battery level under 15 => * FROM camera_health WHERE tampered = TRUE OR battery_pct < 15
    Camera, species and number of individuals for all resting animals => camera, species, individuals FROM detections WHERE behaviour = 'resting'
    [aggregate]
    Daily number of detections for each species => species, COUNT(*) n FROM detections GROUP BY species W 1d
    Species richness per camera, defined as the number of distinct species, in windows of 7 days => camera, COUNT(DISTINCT species) n FROM detections GROUP BY camera W 7d
    Mean group size and its maximum by species => species, AVG(individuals) a, MAX(individuals) b FROM detections GROUP BY species
    Standard deviation of the confidence, grouped by reviewer => reviewer, STDDEV(confidence) v FROM detections GROUP BY reviewer
    Mean temperature per camera over 3 hours, advancing by 1 hour => camera, AVG(temp_c) v FROM camera_health GROUP BY camera W 3h/1h
    [ratio]
    Proportion of detections that include juveniles, by species => species, 1.0 * SUM(CASE WHEN juvenile = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM detections GROUP BY species
    False triggers relative to all triggers for each camera and day => camera, 1.0 * SUM(false_triggers) / SUM(triggers) v FROM camera_health GROUP BY camera W 1d
    [join]
    Total individuals counted per habitat and day => c.habitat, SUM(d.individuals) v FROM detections d JOIN cameras c ON d.camera = c.camera GROUP BY c.habitat W 1d
    Detections from baited cameras located above 1200 m elevation => d.* FROM detections d JOIN cameras c ON d.camera = c.camera WHERE c.baited = TRUE AND c.elevation_m > 1200
    Mean confidence by camera model => c.model, AVG(d.confidence) v FROM detections d JOIN cameras c ON d.camera = c.camera GROUP BY c.model
    [having]
    Species seen on at least 4 different cameras in one day => species, COUNT(DISTINCT camera) n FROM detections GROUP BY species W 1d HAVING COUNT(DISTINCT camera) >= 4
    Cameras whose mean battery level over an hour drops below 20 => camera, AVG(battery_pct) v FROM camera_health GROUP BY camera W 1h HAVING AVG(battery_pct) < 20
    [topn]
    The five most frequently detected species per week => species, COUNT(*) n FROM detections GROUP BY species W 7d ORDER BY n DESC LIMIT 5
    The three cameras with the highest number of false triggers in total, for each day => camera, SUM(false_triggers) v FROM camera_health GROUP BY camera W 1d ORDER BY v DESC LIMIT 3
    [edit]
    ~ SELECT species, COUNT(*) AS n FROM detections WHERE confidence > 0.5 GROUP BY species WINDOW TUMBLING(1d) EMIT CHANGES
    Raise the confidence threshold to 0.8 => species, COUNT(*) n FROM detections WHERE confidence > 0.8 GROUP BY species W 1d
    Sum the individuals rather than counting detections => species, SUM(individuals) n FROM detections WHERE confidence > 0.5 GROUP BY species W 1d
    Restrict it to moving animals => species, COUNT(*) n FROM detections WHERE confidence > 0.5 AND behaviour = 'moving' GROUP BY species W 1d
    [alert]
    Notify the rangers when a camera has sent more than 2 reports of tampering in a day => camera, COUNT(*) n FROM camera_health WHERE tampered = TRUE GROUP BY camera W 1d
    [session]
    Number of images per camera and visit, where a visit ends after 30 minutes without a detection => camera, COUNT(*) n FROM detections GROUP BY camera W session 30m
    [behaviour]
    Detections per observer hour => ?
    Which species do you find most worthy of protection? => no
    Erase the detections of camera C12 => no
    `,
  ),
};
