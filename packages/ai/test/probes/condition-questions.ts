import { type BenchSet, casesFrom, schemasFrom } from '../../src/eval/case.ts';

const set = (name: string, schema: string, cases: string): BenchSet => ({
  name,
  schemas: schemasFrom(schema),
  cases: casesFrom(name, cases),
});

/** Whole questions whose answer hangs on their conditions, in five fields and in the voices of different people. */
export const CONDITION_QUESTIONS: readonly BenchSet[] = [
  set(
    'beehives',
    `
    hive_readings: hive STRING, apiary STRING, weight_kg FLOAT, brood_temp_c FLOAT, humidity_pct FLOAT, queen_seen BOOLEAN, entrance_blocked BOOLEAN, read_at TIMESTAMP
    inspections: hive STRING, keeper STRING, finding STRING mites|swarm|foulbrood|healthy, treatment STRING, mites_counted INTEGER, aggressive BOOLEAN, inspected_at TIMESTAMP
    table hives: hive STRING, breed STRING, village STRING, boxes INTEGER, max_weight_kg FLOAT, wintered BOOLEAN
    `,
    `
    [filter]
    hives lighter than 12 kilos => * FROM hive_readings WHERE weight_kg < 12
    brood between 34 and 36 degrees, no queen seen => * FROM hive_readings WHERE brood_temp_c BETWEEN 34 AND 36 AND queen_seen = FALSE
    show me inspections where keeper Anselm found mites or foulbrood => * FROM inspections WHERE keeper = 'Anselm' AND finding IN ('mites', 'foulbrood')
    everything from apiary Lindenhof except hive H3 => * FROM hive_readings WHERE apiary = 'Lindenhof' AND hive != 'H3'
    inspections that found nothing but healthy hives => * FROM inspections WHERE finding = 'healthy'
    swarms of the last 3 days => * FROM inspections WHERE finding = 'swarm'
    aggressive colonies with more than 20 mites and no treatment noted => * FROM inspections WHERE aggressive = TRUE AND mites_counted > 20 AND treatment IS NULL
    entrance blocked or humidity over 85 => * FROM hive_readings WHERE entrance_blocked = TRUE OR humidity_pct > 85
    how many mites inspections did each keeper have per week => keeper, COUNT(*) n FROM inspections WHERE finding = 'mites' GROUP BY keeper W 7d
    [join]
    readings of wintered hives in village Moos under 30 kg => r.* FROM hive_readings r JOIN hives h ON r.hive = h.hive WHERE h.wintered = TRUE AND h.village = 'Moos' AND r.weight_kg < 30
    which readings are heavier than the max weight of their hive => r.* FROM hive_readings r JOIN hives h ON r.hive = h.hive WHERE r.weight_kg > h.max_weight_kg
    swarm inspections of hives with at least 3 boxes => i.* FROM inspections i JOIN hives h ON i.hive = h.hive WHERE i.finding = 'swarm' AND h.boxes >= 3
    `,
  ),
  set(
    'visas',
    `
    applications: application STRING, applicant STRING, nationality STRING, embassy STRING, purpose STRING study|work|tourism|family, fee_eur FLOAT, days_requested INTEGER, expedited BOOLEAN, incomplete BOOLEAN, filed_at TIMESTAMP
    decisions: application STRING, officer STRING, outcome STRING granted|denied|returned, reason STRING, days_granted INTEGER, wait_days INTEGER, appealed BOOLEAN, decided_at TIMESTAMP
    table embassies: embassy STRING, country STRING, city STRING, staff INTEGER, biometric BOOLEAN
    `,
    `
    [filter]
    denied decisions without a reason => * FROM decisions WHERE outcome = 'denied' AND reason IS NULL
    only students please who ask for more than 90 days => * FROM applications WHERE purpose = 'study' AND days_requested > 90
    applications filed today for work or family => * FROM applications WHERE purpose IN ('work', 'family')
    decisions taken by officer Brandt that took longer than 60 days => * FROM decisions WHERE officer = 'Brandt' AND wait_days > 60
    expedited but incomplete applications => * FROM applications WHERE expedited = TRUE AND incomplete = TRUE
    neither expedited nor incomplete, fee 80 or less => * FROM applications WHERE expedited = FALSE AND incomplete = FALSE AND fee_eur <= 80
    applicants from Peru or Chile => * FROM applications WHERE nationality IN ('Peru', 'Chile')
    list all that were not granted => * FROM decisions WHERE outcome != 'granted'
    appeals against denials => * FROM decisions WHERE appealed = TRUE AND outcome = 'denied'
    how many denials per officer and month => officer, EXTRACT('MONTH', decided_at) m, COUNT(*) n FROM decisions WHERE outcome = 'denied' GROUP BY officer, EXTRACT('MONTH', decided_at)
    the last 20 applications with a fee over 100 => * FROM applications WHERE fee_eur > 100 ORDER BY filed_at DESC LIMIT 20
    [join]
    applications at embassies without biometrics => a.* FROM applications a JOIN embassies e ON a.embassy = e.embassy WHERE e.biometric = FALSE
    tourism applications handed in at an embassy in Kenya => a.* FROM applications a JOIN embassies e ON a.embassy = e.embassy WHERE a.purpose = 'tourism' AND e.country = 'Kenya'
    `,
  ),
  set(
    'auctions',
    `
    bids: lot STRING, bidder STRING, amount FLOAT, channel STRING room|phone|online, currency STRING, withdrawn BOOLEAN, bid_at TIMESTAMP
    hammers: lot STRING, sale STRING, buyer STRING, hammer_price FLOAT, estimate_low FLOAT, estimate_high FLOAT, premium FLOAT, status STRING sold|passed|disputed, sold_at TIMESTAMP
    table lots: lot STRING, artist STRING, medium STRING oil|bronze|print|photo, year INTEGER, reserve FLOAT, restored BOOLEAN, origin STRING
    `,
    `
    [filter]
    phone bids above 5k => * FROM bids WHERE channel = 'phone' AND amount > 5000
    lots that went below the low estimate => * FROM hammers WHERE hammer_price < estimate_low
    passed lots => * FROM hammers WHERE status = 'passed'
    bids not in EUR or USD => * FROM bids WHERE currency NOT IN ('EUR', 'USD')
    sold for more than twice the high estimate => * FROM hammers WHERE status = 'sold' AND hammer_price > 2 * estimate_high
    anything from bidder 411 or bidder 87, room excluded => * FROM bids WHERE bidder IN ('411', '87') AND channel != 'room'
    bids between 1000 and 2000 that were not withdrawn => * FROM bids WHERE amount BETWEEN 1000 AND 2000 AND withdrawn = FALSE
    lots whose name starts with IMP => * FROM hammers WHERE lot LIKE 'IMP%'
    i need the disputed ones of sale Winter and of sale Spring => * FROM hammers WHERE status = 'disputed' AND sale IN ('Winter', 'Spring')
    what was hammered between 2pm and 4pm => * FROM hammers WHERE EXTRACT(HOUR FROM sold_at) >= 14 AND EXTRACT(HOUR FROM sold_at) < 16
    total premium of sold lots over 10000 per sale => sale, SUM(premium) v FROM hammers WHERE status = 'sold' AND hammer_price > 10000 GROUP BY sale
    [join]
    bids on bronze or oil lots made before 1900 => b.* FROM bids b JOIN lots l ON b.lot = l.lot WHERE l.medium IN ('bronze', 'oil') AND l.year < 1900
    hammer prices under the reserve of the lot => h.* FROM hammers h JOIN lots l ON h.lot = l.lot WHERE h.hammer_price < l.reserve
    online bids on lots by artist Nolde => b.* FROM bids b JOIN lots l ON b.lot = l.lot WHERE b.channel = 'online' AND l.artist = 'Nolde'
    `,
  ),
  set(
    'dentallab',
    `
    jobs: job STRING, dentist STRING, technician STRING, piece STRING crown|bridge|denture|implant, material STRING, teeth INTEGER, price FLOAT, rush BOOLEAN, remade BOOLEAN, shade STRING, finished_at TIMESTAMP
    furnace: oven STRING, program STRING, temp_c FLOAT, target_c FLOAT, vacuum_mbar FLOAT, door_open BOOLEAN, measured_at TIMESTAMP
    table dentists: dentist STRING, clinic STRING, town STRING, discount_pct FLOAT, contract BOOLEAN
    `,
    `
    [filter]
    crowns and bridges dearer than 400 => * FROM jobs WHERE piece IN ('crown', 'bridge') AND price > 400
    remade jobs of technician Yilmaz, rush or not => * FROM jobs WHERE remade = TRUE AND technician = 'Yilmaz'
    zirconia jobs => * FROM jobs WHERE material = 'zirconia'
    ovens more than 15 degrees away from the target => * FROM furnace WHERE ABS(temp_c - target_c) > 15
    furnace hotter than its target while door open => * FROM furnace WHERE temp_c > target_c AND door_open = TRUE
    give me every job with 4 teeth or more, implants left out => * FROM jobs WHERE teeth >= 4 AND piece != 'implant'
    rush jobs since yesterday => * FROM jobs WHERE rush = TRUE
    jobs missing a shade => * FROM jobs WHERE shade IS NULL
    oven O2 program sinter below 1400 => * FROM furnace WHERE oven = 'O2' AND program = 'sinter' AND temp_c < 1400
    dentures cost exactly 0 => * FROM jobs WHERE piece = 'denture' AND price = 0
    how many remakes per dentist a month => dentist, EXTRACT('MONTH', finished_at) m, COUNT(*) n FROM jobs WHERE remade = TRUE GROUP BY dentist, EXTRACT('MONTH', finished_at)
    [join]
    jobs from dentists in Graz => j.* FROM jobs j JOIN dentists d ON j.dentist = d.dentist WHERE d.town = 'Graz'
    rush jobs for dentists who have no contract => j.* FROM jobs j JOIN dentists d ON j.dentist = d.dentist WHERE j.rush = TRUE AND d.contract = FALSE
    `,
  ),
  set(
    'locks',
    `
    passages: lock STRING, boat STRING, skipper STRING, kind STRING barge|yacht|canoe|tug, direction STRING up|down, length_m FLOAT, wait_min FLOAT, toll FLOAT, hazardous BOOLEAN, passed_at TIMESTAMP
    levels: lock STRING, upper_m FLOAT, lower_m FLOAT, flow_m3s FLOAT, gate STRING open|closed|moving, leaking BOOLEAN, level_at TIMESTAMP
    table lock_list: lock STRING, canal STRING, keeper STRING, chambers INTEGER, max_length_m FLOAT, automatic BOOLEAN
    `,
    `
    [filter]
    barges going up that waited over half an hour => * FROM passages WHERE kind = 'barge' AND direction = 'up' AND wait_min > 30
    yachts > 12 m => * FROM passages WHERE kind = 'yacht' AND length_m > 12
    all passages but those of tugs and canoes => * FROM passages WHERE kind NOT IN ('tug', 'canoe')
    gate open and flow under 2 => * FROM levels WHERE gate = 'open' AND flow_m3s < 2
    where is the upper level more than 3 metres over the lower => * FROM levels WHERE upper_m - lower_m > 3
    boat Edelweiss at lock 7 or 9 => * FROM passages WHERE boat = 'Edelweiss' AND lock IN ('7', '9')
    hazardous barges that did not pay toll => * FROM passages WHERE kind = 'barge' AND hazardous = TRUE AND toll = 0
    leaking locks with closed gates => * FROM levels WHERE leaking = TRUE AND gate = 'closed'
    canoes on weekends => * FROM passages WHERE kind = 'canoe' AND EXTRACT('DOW', passed_at) IN (0, 6)
    downward passages shorter than 5 or longer than 40 metres => * FROM passages WHERE direction = 'down' AND (length_m < 5 OR length_m > 40)
    [join]
    boats longer than the lock allows => p.* FROM passages p JOIN lock_list l ON p.lock = l.lock WHERE p.length_m > l.max_length_m
    passages through automatic locks on canal Midi => p.* FROM passages p JOIN lock_list l ON p.lock = l.lock WHERE l.automatic = TRUE AND l.canal = 'Midi'
    average wait of barges at locks with a single chamber => AVG(p.wait_min) v FROM passages p JOIN lock_list l ON p.lock = l.lock WHERE p.kind = 'barge' AND l.chambers = 1
    [behaviour]
    open the gate of lock 7 => no
    `,
  ),
];
