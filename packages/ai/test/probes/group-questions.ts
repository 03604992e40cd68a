import { type BenchSet, casesFrom, schemasFrom } from '../../src/eval/case.ts';

const set = (name: string, schemas: string, questions: string): BenchSet => ({
  name,
  schemas: schemasFrom(schemas),
  cases: casesFrom(name, questions),
});

/** Questions about figures of groups, bounds on them, ranks and shares, as several people ask them over five fields of their own. */
export const GROUP_QUESTIONS: readonly BenchSet[] = [
  set(
    'hives',
    `
    hive_readings: hive STRING, apiary STRING, weight_kg FLOAT, brood_temp_c FLOAT, humidity FLOAT, buzz_hz FLOAT, lid_open BOOLEAN, measured_at TIMESTAMP
    inspections: hive STRING, apiary STRING, keeper STRING, frames INTEGER, mites INTEGER, queen_seen BOOLEAN, treatment STRING, temper STRING calm|nervous|aggressive, inspected_at TIMESTAMP
    `,
    `
    [aggregate]
    how heavy is each hive on average, per day => hive, AVG(weight_kg) v FROM hive_readings GROUP BY hive W 1d
    mites found per apiary a week => apiary, SUM(mites) v FROM inspections GROUP BY apiary W 7d
    how many different keepers looked at each apiary this week by week => apiary, COUNT(DISTINCT keeper) n FROM inspections GROUP BY apiary W 7d
    coldest brood of every hive, day by day => hive, MIN(brood_temp_c) v FROM hive_readings GROUP BY hive W 1d
    aggressive inspections by keeper => keeper, COUNT(*) n FROM inspections WHERE temper = 'aggressive' GROUP BY keeper
    [having]
    hives averaging under 33 degrees brood temperature in an hour => hive, AVG(brood_temp_c) v FROM hive_readings GROUP BY hive W 1h HAVING AVG(brood_temp_c) < 33
    apiaries whose average humidity is 80 or more over 6 hours => apiary, AVG(humidity) v FROM hive_readings GROUP BY apiary W 6h HAVING AVG(humidity) >= 80
    keepers who found more than 100 mites in a day => keeper, SUM(mites) v FROM inspections GROUP BY keeper W 1d HAVING SUM(mites) > 100
    [topn]
    which hive buzzes loudest on average? take buzz_hz, hourly => hive, AVG(buzz_hz) v FROM hive_readings GROUP BY hive W 1h ORDER BY v DESC LIMIT 1
    3 apiaries with the most mites every week => apiary, SUM(mites) v FROM inspections GROUP BY apiary W 7d ORDER BY v DESC LIMIT 3
    [ratio]
    in how many percent of inspections did we see the queen, per apiary => apiary, 100.0 * SUM(CASE WHEN queen_seen = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM inspections GROUP BY apiary
    mites per frame for each hive, total over total => hive, 1.0 * SUM(mites) / SUM(frames) v FROM inspections GROUP BY hive
    what share of inspections ended with a treatment? => 1.0 * SUM(CASE WHEN treatment IS NOT NULL THEN 1 ELSE 0 END) / COUNT(*) v FROM inspections
    `,
  ),
  set(
    'auctions',
    `
    bids: lot STRING, bidder STRING, room STRING, amount_gbp FLOAT, channel STRING floor|phone|online, absentee BOOLEAN, placed_at TIMESTAMP
    sales: lot STRING, category STRING, buyer STRING, seller STRING, hammer_gbp FLOAT, fee_gbp FLOAT, estimate_gbp FLOAT, result STRING sold|passed|withdrawn, closed_at TIMESTAMP
    `,
    `
    [aggregate]
    turnover at the hammer by category, daily => category, SUM(hammer_gbp) v FROM sales GROUP BY category W 1d
    online or phone bids by room every hour => room, COUNT(*) n FROM bids WHERE channel IN ('online', 'phone') GROUP BY room W 1h
    highest bid of each lot => lot, MAX(amount_gbp) v FROM bids GROUP BY lot
    how many lots did each seller get sold per week => seller, COUNT(DISTINCT lot) n FROM sales WHERE result = 'sold' GROUP BY seller W 7d
    median bid, room by room, 15 minutes => room, MEDIAN(amount_gbp) v FROM bids GROUP BY room W 15m
    [having]
    bidders spending 50000 or more in bids within an hour => bidder, SUM(amount_gbp) v FROM bids GROUP BY bidder W 1h HAVING SUM(amount_gbp) >= 50000
    rooms that see fewer than 20 bids in 10 min => room, COUNT(*) n FROM bids GROUP BY room W 10m HAVING COUNT(*) < 20
    lots with at least 4 different bidders => lot, COUNT(DISTINCT bidder) n FROM bids GROUP BY lot HAVING COUNT(DISTINCT bidder) >= 4
    categories where the mean hammer price exceeds 2000 pounds, per day => category, AVG(hammer_gbp) v FROM sales GROUP BY category W 1d HAVING AVG(hammer_gbp) > 2000
    [topn]
    biggest buyers by hammer, top 5, weekly => buyer, SUM(hammer_gbp) v FROM sales GROUP BY buyer W 7d ORDER BY v DESC LIMIT 5
    who bids highest on average? => bidder, AVG(amount_gbp) v FROM bids GROUP BY bidder W 5m ORDER BY v DESC LIMIT 1
    which category earns us the most fees? => category, SUM(fee_gbp) v FROM sales GROUP BY category W 5m ORDER BY v DESC LIMIT 1
    [ratio]
    phone bids per online bid, for every room => room, 1.0 * SUM(CASE WHEN channel = 'phone' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN channel = 'online' THEN 1 ELSE 0 END), 0) v FROM bids GROUP BY room
    fees as a percentage of hammer by category => category, 100.0 * SUM(fee_gbp) / SUM(hammer_gbp) v FROM sales GROUP BY category
    passed lots out of all lots, per day => 1.0 * SUM(CASE WHEN result = 'passed' THEN 1 ELSE 0 END) / COUNT(*) v FROM sales W 1d
    `,
  ),
  set(
    'climbing',
    `
    ascents: climber STRING, route STRING, wall STRING, grade INTEGER, tries INTEGER, minutes FLOAT, style STRING flash|redpoint|toprope, fell BOOLEAN, injury STRING, climbed_at TIMESTAMP
    table routes: route STRING, setter STRING, colour STRING red|blue|green|black, angle INTEGER
    `,
    `
    [aggregate]
    red or black ascents by wall => a.wall, COUNT(*) n FROM ascents a JOIN routes r ON a.route = r.route WHERE r.colour IN ('red', 'black') GROUP BY a.wall
    tries per wall and day, added up => wall, SUM(tries) v FROM ascents GROUP BY wall W 1d
    hardest grade of each climber => climber, MAX(grade) v FROM ascents GROUP BY climber
    number of climbers on each wall per hour => wall, COUNT(DISTINCT climber) n FROM ascents GROUP BY wall W 1h
    [having]
    climbers averaging grade 7 or better in a week => climber, AVG(grade) v FROM ascents GROUP BY climber W 7d HAVING AVG(grade) >= 7
    walls with over 300 minutes of climbing a day => wall, SUM(minutes) v FROM ascents GROUP BY wall W 1d HAVING SUM(minutes) > 300
    routes with 3 falls or more in one day => route, COUNT(*) n FROM ascents WHERE fell = TRUE GROUP BY route W 1d HAVING COUNT(*) >= 3
    [topn]
    the quickest climber on average => climber, AVG(minutes) v FROM ascents GROUP BY climber W 5m ORDER BY v ASC LIMIT 1
    top 5 setters by number of ascents each week => r.setter, COUNT(*) n FROM ascents a JOIN routes r ON a.route = r.route GROUP BY r.setter W 7d ORDER BY n DESC LIMIT 5
    [ratio]
    flash rate (0 to 1) by climber => climber, 1.0 * SUM(CASE WHEN style = 'flash' THEN 1 ELSE 0 END) / COUNT(*) v FROM ascents GROUP BY climber
    percent of ascents with a fall, each wall, each day => wall, 100.0 * SUM(CASE WHEN fell = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ascents GROUP BY wall W 1d
    `,
  ),
  set(
    'ferries',
    `
    crossings: ferry STRING, line STRING, captain STRING, passengers INTEGER, cars INTEGER, fuel_l FLOAT, delay_min FLOAT, wave_m FLOAT, cancelled BOOLEAN, departed_at TIMESTAMP
    ticket_sales: line STRING, ticket_type STRING single|return|pass, amount_eur FLOAT, refunded BOOLEAN, desk STRING, sold_at TIMESTAMP
    `,
    `
    [aggregate]
    how many people travel on each line per day => line, SUM(passengers) v FROM crossings GROUP BY line W 1d
    how many litres has each ferry burnt per week? => ferry, SUM(fuel_l) v FROM crossings GROUP BY ferry W 7d
    how many ferries of each line were at sea every hour => line, COUNT(DISTINCT ferry) n FROM crossings GROUP BY line W 1h
    avg, min and max delay by line, 1d => line, AVG(delay_min) a, MIN(delay_min) b, MAX(delay_min) c FROM crossings GROUP BY line W 1d
    biggest wave each captain has met => captain, MAX(wave_m) v FROM crossings GROUP BY captain
    [having]
    ferries that carried more than 2000 passengers in a day => ferry, SUM(passengers) v FROM crossings GROUP BY ferry W 1d HAVING SUM(passengers) > 2000
    captains with an average delay above 12 min, per week => captain, AVG(delay_min) v FROM crossings GROUP BY captain W 7d HAVING AVG(delay_min) > 12
    desks selling less than 500 euros in an hour => desk, SUM(amount_eur) v FROM ticket_sales GROUP BY desk W 1h HAVING SUM(amount_eur) < 500
    [topn]
    which line sells the most? eur per day please => line, SUM(amount_eur) v FROM ticket_sales GROUP BY line W 1d ORDER BY v DESC LIMIT 1
    thirstiest 3 ferries, fuel in total => ferry, SUM(fuel_l) v FROM crossings GROUP BY ferry W 5m ORDER BY v DESC LIMIT 3
    [ratio]
    what share of tickets is refunded? => 1.0 * SUM(CASE WHEN refunded = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM ticket_sales
    passengers per car on every line => line, 1.0 * SUM(passengers) / SUM(cars) v FROM crossings GROUP BY line
    in percent, how many crossings were cancelled on each line => line, 100.0 * SUM(CASE WHEN cancelled = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM crossings GROUP BY line
    [behaviour]
    passengers by nationality => ?
    `,
  ),
  set(
    'tea',
    `
    pluckings: picker STRING, field STRING, leaf_kg FLOAT, coarse_kg FLOAT, hours FLOAT, grade STRING fine|medium|coarse, rained BOOLEAN, weighed_at TIMESTAMP
    auctions_tea: broker STRING, garden STRING, side STRING buy|sell, chests INTEGER, price_usd FLOAT, traded_at TIMESTAMP
    `,
    `
    [aggregate]
    how many kilos of leaf did each picker bring per day => picker, SUM(leaf_kg) v FROM pluckings GROUP BY picker W 1d
    net chests per broker (buys minus sells), every day => broker, SUM(CASE WHEN side = 'buy' THEN chests ELSE -chests END) v FROM auctions_tea GROUP BY broker W 1d
    hours worked by field and week => field, SUM(hours) v FROM pluckings GROUP BY field W 7d
    [having]
    pickers with more than 40 kg of leaf in a day => picker, SUM(leaf_kg) v FROM pluckings GROUP BY picker W 1d HAVING SUM(leaf_kg) > 40
    gardens whose price averages below 2 dollars per week => garden, AVG(price_usd) v FROM auctions_tea GROUP BY garden W 7d HAVING AVG(price_usd) < 2
    [topn]
    best 10 pickers by leaf, day by day => picker, SUM(leaf_kg) v FROM pluckings GROUP BY picker W 1d ORDER BY v DESC LIMIT 10
    [ratio]
    buy to sell ratio by broker => broker, 1.0 * SUM(CASE WHEN side = 'buy' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN side = 'sell' THEN 1 ELSE 0 END), 0) v FROM auctions_tea GROUP BY broker
    coarse kg as percent of leaf kg, by field, weekly => field, 100.0 * SUM(coarse_kg) / SUM(leaf_kg) v FROM pluckings GROUP BY field W 7d
    leaf per hour for every picker: total kg over total hours => picker, 1.0 * SUM(leaf_kg) / SUM(hours) v FROM pluckings GROUP BY picker
    [behaviour]
    leaf by caste => ?
    `,
  ),
];
