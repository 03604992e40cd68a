import { casesFrom, schemasFrom } from '../case.ts';

/** A hall of 3D printers; asked by operators, a student helper and somebody who pays for filament. */
export const printfarm = {
  name: 'printfarm',
  schemas: schemasFrom(`
    print_jobs: printer STRING, material STRING pla|petg|abs|resin, outcome STRING done|failed|stopped, layers INTEGER, grams FLOAT, hours FLOAT, nozzle_mm FLOAT, rush BOOLEAN, client STRING, defect STRING, finished_at TIMESTAMP
    nozzle_log: printer STRING, nozzle_c FLOAT, bed_c FLOAT, fan_rpm INTEGER, feed_mms FLOAT, jam BOOLEAN, door_open BOOLEAN, at TIMESTAMP
    table printers: printer STRING, vendor STRING, room STRING, bought INTEGER, hourly_eur FLOAT, enclosed BOOLEAN
  `),
  cases: casesFrom(
    'printfarm',
    `
    [filter]
    failed resin jobs => * FROM print_jobs WHERE outcome = 'failed' AND material = 'resin'
    rush jobs of more than 10 hours => * FROM print_jobs WHERE rush = TRUE AND hours > 10
    nozzle hotter than 260 or bed hotter than 110 => * FROM nozzle_log WHERE nozzle_c > 260 OR bed_c > 110
    jams with the door open on printer K3 => * FROM nozzle_log WHERE jam = TRUE AND door_open = TRUE AND printer = 'K3'
    jobs for client Bosch, at most 250 grams => * FROM print_jobs WHERE client = 'Bosch' AND grams <= 250
    pla and petg prints with a defect => * FROM print_jobs WHERE material IN ('pla', 'petg') AND defect IS NOT NULL
    not finished (failed or stopped), with more than 500 layers => * FROM print_jobs WHERE outcome IN ('failed', 'stopped') AND layers > 500
    fan standing still (0 rpm) although the nozzle is over 200 => * FROM nozzle_log WHERE fan_rpm = 0 AND nozzle_c > 200
    defect text starts with warp => * FROM print_jobs WHERE defect LIKE 'warp%'
    [aggregate]
    grams of each material used per day => material, SUM(grams) v FROM print_jobs GROUP BY material W 1d
    print hours by printer, weekly => printer, SUM(hours) v FROM print_jobs GROUP BY printer W 7d
    mean nozzle and bed temperature per printer each minute => printer, AVG(nozzle_c) a, AVG(bed_c) b FROM nozzle_log GROUP BY printer W 1m
    jobs done per client => client, COUNT(*) n FROM print_jobs WHERE outcome = 'done' GROUP BY client
    how many clients does each printer work for in a week => printer, COUNT(DISTINCT client) n FROM print_jobs GROUP BY printer W 7d
    typical (median) job length in hours, by material => material, MEDIAN(hours) v FROM print_jobs GROUP BY material
    count the jams, printer by printer, every half hour => printer, COUNT(*) n FROM nozzle_log WHERE jam = TRUE GROUP BY printer W 30m
    tallest print by layers of each client so far => client, MAX(layers) v FROM print_jobs GROUP BY client
    present bed temperature of every printer => printer, LAST_VALUE(bed_c) v FROM nozzle_log GROUP BY printer
    [ratio]
    what percentage of jobs fails, by material => material, 100.0 * SUM(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END) / COUNT(*) v FROM print_jobs GROUP BY material
    grams per hour of printing for every printer (sum of grams by sum of hours) => printer, 1.0 * SUM(grams) / SUM(hours) v FROM print_jobs GROUP BY printer
    portion of rush jobs per client and week => client, 1.0 * SUM(CASE WHEN rush = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM print_jobs GROUP BY client W 7d
    [join]
    print hours by vendor and day => p.vendor, SUM(j.hours) v FROM print_jobs j JOIN printers p ON j.printer = p.printer GROUP BY p.vendor W 1d
    abs jobs on printers that are not enclosed => j.* FROM print_jobs j JOIN printers p ON j.printer = p.printer WHERE j.material = 'abs' AND p.enclosed = FALSE
    what did each client's printing cost per week (hours times the hourly price of the printer)? => j.client, SUM(j.hours * p.hourly_eur) v FROM print_jobs j JOIN printers p ON j.printer = p.printer GROUP BY j.client W 7d
    highest nozzle temperature by room, every 5 min => p.room, MAX(n.nozzle_c) v FROM nozzle_log n JOIN printers p ON n.printer = p.printer GROUP BY p.room W 5m
    [having]
    printers with 3 failed jobs or more in a day => printer, COUNT(*) n FROM print_jobs WHERE outcome = 'failed' GROUP BY printer W 1d HAVING COUNT(*) >= 3
    materials we used over 2000 grams of in a week => material, SUM(grams) v FROM print_jobs GROUP BY material W 7d HAVING SUM(grams) > 2000
    printers whose average nozzle temp sinks under 190 within 2 minutes => printer, AVG(nozzle_c) v FROM nozzle_log GROUP BY printer W 2m HAVING AVG(nozzle_c) < 190
    [topn]
    six clients with the most print hours, month by month (30 days) => client, SUM(hours) v FROM print_jobs GROUP BY client W 30d ORDER BY v DESC LIMIT 6
    which printer jams the most in an hour => printer, COUNT(*) n FROM nozzle_log WHERE jam = TRUE GROUP BY printer W 1h ORDER BY n DESC LIMIT 1
    2 slowest feeding printers by average feed, each 10 min => printer, AVG(feed_mms) v FROM nozzle_log GROUP BY printer W 10m ORDER BY v ASC LIMIT 2
    [rows]
    nozzle temperature: how much up or down from one log entry to the next, each printer for itself => printer, nozzle_c - LAG(nozzle_c) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY printer ORDER BY at) v FROM nozzle_log
    average hours over a printer's last 8 jobs, updated with every job => printer, AVG(hours) OVER (ROWS WINDOW BUFFER 8 ROWS PARTITION BY printer ORDER BY finished_at) v FROM print_jobs
    [session]
    heating phases: log entries of one printer, a new phase starts after 90 seconds of silence; give me the maximum nozzle temperature per phase => printer, MAX(nozzle_c) v FROM nozzle_log GROUP BY printer W session 90s
    [alert]
    buzz the operator when a printer jams more than twice in 15 minutes => printer, COUNT(*) n FROM nozzle_log WHERE jam = TRUE GROUP BY printer W 15m
    alert: average bed temperature of a printer above 120 for one minute => printer, AVG(bed_c) v FROM nozzle_log GROUP BY printer W 1m
    [edit]
    ~ SELECT printer, SUM(grams) AS used FROM print_jobs GROUP BY printer WINDOW TUMBLING(1d) EMIT CHANGES
    only pla => printer, SUM(grams) used FROM print_jobs WHERE material = 'pla' GROUP BY printer W 1d
    hours, too => printer, SUM(grams) used, SUM(hours) v FROM print_jobs GROUP BY printer W 1d
    I don't care about failed ones => printer, SUM(grams) used FROM print_jobs WHERE outcome != 'failed' GROUP BY printer W 1d
    swap printer for client => client, SUM(grams) used FROM print_jobs GROUP BY client W 1d
    make it a 12 hour window => printer, SUM(grams) used FROM print_jobs GROUP BY printer W 12h
    printers above 1 kilo only => printer, SUM(grams) used FROM print_jobs GROUP BY printer W 1d HAVING SUM(grams) > 1000
    limit it to the best 5 => printer, SUM(grams) used FROM print_jobs GROUP BY printer W 1d ORDER BY used DESC LIMIT 5
    [behaviour]
    does the part look nice => ?
    jobs by colour of the filament => ?
    pause printer K3 => no
    `,
  ),
};
