import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

/** Relations of four fields, in four manners of naming. */
export const FIELDS = {
  auctions: schemasFrom(`
    offers: offer_id STRING, bidder STRING, lot_category STRING art|coins|stamps, bid_eur FLOAT, won BOOLEAN, is_online BOOLEAN, country STRING, rating INTEGER, placed_at TIMESTAMP
    table bidders: bidder STRING, home_country STRING, vip BOOLEAN, craft STRING
  `),
  buses: schemasFrom(`
    busTrips: tripId STRING, line STRING, depotName STRING, delayMinutes INTEGER, passengers INTEGER, speedKmh FLOAT, tripStatus STRING completed|cancelled|diverted, airConditioned BOOLEAN, doorOpen BOOLEAN, startedAt TIMESTAMP
  `),
  wells: schemasFrom(`
    well_readings: well_code STRING, mins_running INTEGER, depth_m FLOAT, flow_l FLOAT, pump_mode STRING auto|manual|off, leaking BOOLEAN, region STRING, measured_at TIMESTAMP
  `),
  shows: schemasFrom(`
    admissions: ticket_ref STRING, event_name STRING, gate STRING, guest_type STRING adult|child|member, entry_method STRING qr|paper|NFC, stand STRING, refusal_reason STRING, remark STRING, price_usd FLOAT, scanned_at TIMESTAMP
  `),
};

export type WhereField = keyof typeof FIELDS;

/** What stands behind WHERE; `''` where nothing does, and what else came where it is no query. */
export function conditions(field: WhereField, prompt: string): string {
  const sql = whole(field, prompt);
  return sql.startsWith('SELECT') ? (/ WHERE (.*?)(?= GROUP BY| WINDOW| HAVING| ORDER BY|$)/.exec(sql)?.[1] ?? '') : sql;
}

/** The whole answer on one line. */
export function whole(field: WhereField, prompt: string): string {
  const answer = translate({ prompt, schemas: FIELDS[field] });
  if (answer.kind !== 'sql') return answer.kind;
  return answer.sql
    .replace(/\s+/g, ' ')
    .replace('_WINDOW_START AS window_start, _WINDOW_END AS window_end, ', '')
    .replace(/ EMIT CHANGES;$/, '');
}
