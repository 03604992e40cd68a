import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const couriers = schemasFrom(
  'parcels: rider STRING, zone STRING, minutes INTEGER, status STRING delivered|missed|damaged, dropped_at TIMESTAMP',
);
const rooms = schemasFrom('room_bookings: room INTEGER, floor STRING, state STRING booked|cancelled|used, price FLOAT, made_at TIMESTAMP');
const sql = (prompt: string, schemas: typeof couriers): string => {
  const answer = translate({ prompt, schemas });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

test.each([
  ['missed deliveries per rider', couriers, "WHERE status = 'missed' GROUP BY rider"],
  ['average delivery minutes by zone and status', couriers, 'FROM parcels GROUP BY zone, status'],
  ['share of deliveries that were damaged, by zone', couriers, "SUM(CASE WHEN status = 'damaged' THEN 1 ELSE 0 END) / COUNT(*)"],
  ['damaged or missed deliveries', couriers, "status IN ('damaged', 'missed')"],
  ['deliveries per rider', couriers, "WHERE status = 'delivered' GROUP BY rider"],
  ['bookings per floor', rooms, 'FROM room_bookings GROUP BY floor'],
  ['cancelled bookings per floor', rooms, "WHERE state = 'cancelled' GROUP BY floor"],
  ['cancellations per floor', rooms, "WHERE state = 'cancelled' GROUP BY floor"],
] as const)('a noun of what is done: %s', (prompt, schemas, part) => expect(sql(prompt, schemas)).toContain(part));

const desk = schemasFrom('tickets: ticket INTEGER, queue_no INTEGER, agent STRING, total FLOAT, closed_at TIMESTAMP');
const orders = schemasFrom('web_orders: order_id STRING, shop STRING, amount FLOAT, placed_at TIMESTAMP');
const scans = schemasFrom('scans: parcel INTEGER, hub STRING, seen_at TIMESTAMP\ntable parcels: parcel INTEGER, sender STRING');

test.each([
  ['how many different tickets every agent', desk, 'COUNT(DISTINCT ticket)'],
  ['different tickets of every agent', desk, 'COUNT(DISTINCT ticket)'],
  ['distinct ticket count per agent', desk, 'COUNT(DISTINCT ticket)'],
  ['how many tickets did every agent close', desk, 'COUNT(*)'],
  ['how many queues does each agent serve', desk, 'COUNT(DISTINCT queue_no)'],
  ['unique orders by shop', orders, 'COUNT(DISTINCT order_id)'],
  ['orders by shop', orders, 'COUNT(*)'],
  ['how many different parcels did each hub scan per hour', scans, 'COUNT(DISTINCT parcel)'],
] as const)('different ones are told apart by their own column: %s', (prompt, schemas, part) =>
  expect(sql(prompt, schemas)).toContain(part),
);
