import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const FIELDS = {
  jobs: schemasFrom(`
    job_runs: job_id STRING, queue STRING, worker STRING, status STRING succeeded|failed|cancelled, run_ms INTEGER, error STRING, finished_at TIMESTAMP
    queue_samples: queue STRING, depth INTEGER, paused BOOLEAN, region STRING, sampled_at TIMESTAMP
  `),
  florist: schemasFrom(`
    flower_orders: order_id STRING, bouquet STRING roses|tulips|wreath, stems INTEGER, price FLOAT, state STRING open|no_show|cancelled, paid_by STRING cash|card, ordered_at TIMESTAMP
    deliveries: order_id STRING, driver STRING, km FLOAT, minutes FLOAT, late BOOLEAN, delivered_at TIMESTAMP
    inspections: shop STRING, inspector STRING, cold_seen BOOLEAN, rating INTEGER, gap_count INTEGER, injured INTEGER, response_hours FLOAT, inspected_at TIMESTAMP
  `),
  bank: schemasFrom(`
    payments: id STRING, payer STRING, amount FLOAT, currency STRING EUR|USD, method STRING card|cash, city STRING, disputed BOOLEAN, bytes_in INTEGER, bytes_out INTEGER, paid_at TIMESTAMP
    queries: fingerprint STRING, db STRING, rows_sent INTEGER, sql_error STRING, dur_ms FLOAT, locked BOOLEAN, mag FLOAT, mag_type STRING ml|mw, depth_km FLOAT, logged_at TIMESTAMP
    table payers: payer STRING, manager STRING
  `),
};

const asked = (field: keyof typeof FIELDS, prompt: string, previousSql?: string): string => {
  const answer = translate({ prompt, schemas: FIELDS[field], ...(previousSql === undefined ? {} : { previousSql }) });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

describe('phrases and what they say', () => {
  test.each([
    ['jobs', 'runs that still carry an error', 'WHERE error IS NOT NULL'],
    ['jobs', 'queues in eu-west-1', "WHERE region = 'eu-west-1'"],
    ['jobs', '10 workers with the most failed runs', "WHERE status = 'failed' GROUP BY worker"],
    ['jobs', 'workers with fewer than 10 runs per 5 minutes', 'HAVING COUNT(*) < 10'],
    ['jobs', 'mean run time per queue, all 2 hours', "WINDOW TUMBLING(INTERVAL '2' HOUR)"],
    ['florist', 'no-shows for wreath orders', "state = 'no_show' AND bouquet = 'wreath'"],
    ['florist', 'price of flower orders per payment method', 'GROUP BY paid_by'],
    ['florist', 'top 3 bouquets by sales every day', 'ORDER BY total_price DESC LIMIT 3'],
    ['florist', 'wreath orders above 150', "WHERE bouquet = 'wreath' AND price > 150"],
    ['florist', 'late deliveries over 10 km', 'WHERE late = TRUE AND km > 10'],
    ['florist', 'km per driver per day', 'SUM(km)'],
    ['florist', 'best rating of every inspector until now', 'MAX(rating)'],
    ['florist', 'inspections that have not any rating', 'WHERE rating IS NULL'],
    ['florist', 'which inspectors need 24 hours or more on average to respond', 'GROUP BY inspector HAVING AVG(response_hours) >= 24'],
    ['florist', 'inspections where nobody saw the cold', 'WHERE cold_seen = FALSE'],
    ['florist', 'inspections with injuries', 'WHERE injured > 0'],
    ['florist', 'inspections with gaps', 'WHERE gap_count > 0'],
    ['florist', 'inspectors with 3 or more inspections on one day', "WINDOW TUMBLING(INTERVAL '1' DAY) HAVING COUNT(*) >= 3"],
    ['florist', 'inspections Meyer inspected', "WHERE inspector = 'Meyer'"],
    ['bank', 'payments that Meyer manages', ".manager = 'Meyer'"],
    ['bank', 'payments over 100 EUR', "WHERE currency = 'EUR' AND amount > 100"],
    ['bank', 'payments over $100', 'WHERE amount > 100 EMIT'],
    ['bank', 'payments except by card', "WHERE method != 'card'"],
    ['bank', 'payments except those over 100', 'WHERE amount <= 100'],
    ['bank', 'payments with more bytes out than in', 'WHERE bytes_out > bytes_in'],
    ['bank', 'payments not disputed or over 100', 'WHERE disputed = FALSE OR amount > 100'],
    ['bank', 'amount per distinct payer for each city', 'SUM(amount) / COUNT(DISTINCT payer)'],
    ['bank', 'failed queries', 'WHERE sql_error IS NOT NULL'],
    ['bank', 'queries that sent no rows', 'WHERE rows_sent = 0'],
    ['bank', 'queries on db billing', "WHERE db = 'billing'"],
    ['bank', 'queries on db orders_v2', "WHERE db = 'orders_v2'"],
    ['bank', 'queries above magnitude 5', 'WHERE mag > 5'],
    ['bank', 'queries neither locked nor deeper than 40 km', 'WHERE locked = FALSE AND depth_km <= 40'],
    ['bank', 'spread (standard deviation) of amount by city', 'STDDEV(amount)'],
  ] as const)('%s: %s', (field, prompt, part) => {
    expect(asked(field, prompt)).toContain(part);
  });
});

describe('changes of a query', () => {
  const COUNTED = 'SELECT city, COUNT(*) AS n FROM payments GROUP BY city WINDOW TUMBLING(5m) EMIT CHANGES';
  test.each([
    ['bank', COUNTED, 'only cities Bonn and Kiel', "WHERE city IN ('Bonn', 'Kiel')"],
    ['bank', COUNTED, 'without cities Bonn and Kiel', "WHERE city NOT IN ('Bonn', 'Kiel')"],
    ['bank', COUNTED, 'slide it by 1 minute', "SLIDING(INTERVAL '5' MINUTE, INTERVAL '1' MINUTE)"],
    [
      'bank',
      'SELECT db, COUNT(*) AS n FROM queries GROUP BY db EMIT CHANGES',
      'ignore everything deeper than 10km',
      'WHERE depth_km <= 10',
    ],
    ['bank', 'SELECT db, COUNT(*) AS n FROM queries GROUP BY db EMIT CHANGES', 'only those deeper than 10km', 'WHERE depth_km > 10'],
    ['bank', 'SELECT db, COUNT(*) AS n FROM queries GROUP BY db EMIT CHANGES', 'without those below magnitude 3', 'WHERE mag >= 3'],
    ['bank', 'SELECT db, AVG(dur_ms) AS d FROM queries GROUP BY db EMIT CHANGES', 'better the median', 'MEDIAN(dur_ms)'],
  ] as const)('%s, %s: %s', (field, before, prompt, part) => {
    expect(asked(field, prompt, before)).toContain(part);
  });
});

test.each(['buy more tulips from the wholesaler', 'place a bid of 500 on lot 12 for me', 'do you consider the price fair?'])(
  '%s is refused',
  (prompt) => {
    expect(asked('florist', prompt)).toBe('refused');
  },
);
