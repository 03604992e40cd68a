import type { TableSchema } from '@velostream/core/protocol';
import type { Prefix } from './corpus.ts';

const schema = (text: string, more: Partial<TableSchema> = {}): TableSchema => ({
  columns: text.split(', ').map((c) => ({ name: c.split(' ')[0] ?? '', type: c.split(' ')[1] ?? 'STRING' })),
  ...more,
});

/** Schemas that no other set has. */
const SCHEMAS: Readonly<Record<string, Readonly<Record<string, TableSchema>>>> = {
  hospital: {
    admissions: schema(
      'admission_id STRING, patient_id STRING, ward STRING, triage_level INTEGER, wait_minutes FLOAT, admitted_at TIMESTAMP, is_emergency BOOLEAN',
      { eventTime: 'admitted_at' },
    ),
    patients: schema('patient_id STRING, birth_year INTEGER, insurer STRING', { kind: 'table' }),
  },
  parcels: {
    scans: schema('parcel_id STRING, depot STRING, weight_kg FLOAT, status STRING, scanned_at TIMESTAMP', { eventTime: 'scanned_at' }),
    depots: schema('depot STRING, city STRING, capacity INTEGER', { kind: 'table' }),
  },
  rides: {
    trips: schema(
      'trip_id STRING, driver STRING, zone STRING, fare DECIMAL(10,2), distance_km FLOAT, tip DECIMAL(10,2), ended_at TIMESTAMP',
      {
        eventTime: 'ended_at',
      },
    ),
    drivers: schema('driver STRING, rating FLOAT, joined DATE', { kind: 'table' }),
  },
  helpdesk: {
    tickets: schema('ticket_id STRING, team STRING, priority STRING, opened_at TIMESTAMP, reply_minutes FLOAT, is_solved BOOLEAN', {
      eventTime: 'opened_at',
    }),
    messages: schema('ticket_id STRING, author STRING, body STRING, sent_at TIMESTAMP', { eventTime: 'sent_at' }),
  },
  grid: {
    meters: schema('meter_id STRING, feeder STRING, kwh FLOAT, voltage FLOAT, read_at TIMESTAMP', { eventTime: 'read_at' }),
  },
};

/** Queries as people write them; a bar stands where the suggestion is asked for. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  hospital: [
    "SELECT ward, |COUNT(|*) AS |row_count |FROM |admissions |GROUP BY |ward |WINDOW |TUMBLING(|INTERVAL |'5' |MINUTE) |EMIT |FINAL",
    "SELECT ward, AVG(|wait_minutes) AS avg_wait |FROM admissions WHERE |triage_level |> 0 |GROUP |BY ward |WINDOW TUMBLING(INTERVAL '5' MINUTE) |EMIT FINAL",
    'SELECT a.ward, p.insurer FROM admissions a JOIN |patients p |ON |a.patient_id |= |p.patient_id |EMIT |CHANGES',
    'SELECT * |FROM admissions WHERE is_emergency |EMIT CHANGES',
    'SELECT ward, MAX(wait_minutes) AS longest |FROM admissions GROUP BY ward HAVING |MAX(wait_minutes) > 60 |EMIT CHANGES',
  ],
  parcels: [
    "SELECT depot, SUM(weight_kg) |AS |total_weight_kg |FROM scans |GROUP BY |depot |WINDOW |TUMBLING(INTERVAL '5' MINUTE) |EMIT FINAL",
    "SELECT parcel_id, depot, status FROM |scans WHERE status |= 'lost' |EMIT CHANGES",
    'SELECT s.parcel_id, d.city FROM scans s LEFT |JOIN |depots d ON s.depot |= |d.depot |EMIT CHANGES',
    "SELECT depot, status, COUNT(*) AS n FROM scans GROUP BY |depot, |status |WINDOW |TUMBLING(INTERVAL '5' MINUTE) EMIT FINAL",
  ],
  rides: [
    'SELECT driver, SUM(fare) AS total_fare, SUM(|tip) AS tips |FROM |trips |GROUP BY |driver |ORDER |BY |tips |DESC |LIMIT |10 |EMIT CHANGES',
    "SELECT zone, AVG(fare / distance_km) AS fare_per_km |FROM trips WHERE |distance_km |> 0 |GROUP BY |zone |WINDOW SLIDING(INTERVAL '5' MINUTE, |INTERVAL '1' MINUTE) |EMIT FINAL",
    'SELECT trip_id, fare, ROW_NUMBER() OVER (|PARTITION BY |driver |ORDER BY fare DESC) AS place |FROM trips EMIT CHANGES',
  ],
  helpdesk: [
    "SELECT team, AVG(reply_minutes) AS avg_reply |FROM tickets WHERE is_solved |GROUP BY |team |WINDOW |TUMBLING(INTERVAL '5' MINUTE) |HAVING |COUNT(*) > 1 |EMIT FINAL",
    "SELECT t.team, m.author FROM tickets t JOIN |messages m |ON |t.ticket_id |= |m.ticket_id |WITHIN |INTERVAL '5' MINUTE |EMIT CHANGES",
    "SELECT team, COUNT(*) AS open FROM tickets WHERE NOT is_solved AND |priority |= 'high' GROUP BY |team |EMIT CHANGES",
  ],
  grid: [
    "SELECT feeder, MIN(voltage) AS lowest, MAX(voltage) AS highest |FROM |meters |GROUP BY feeder |WINDOW |TUMBLING(|INTERVAL '5' MINUTE) EMIT |FINAL",
    'SELECT meter_id, kwh, LAG(kwh, 1) OVER (|ROWS WINDOW BUFFER 10 |ROWS |PARTITION BY |meter_id |ORDER BY |read_at) AS before |FROM |meters EMIT CHANGES',
    'SELECT meter_id FROM meters WHERE kwh BETWEEN |0 |AND 1 |EMIT CHANGES',
    "SELECT feeder, COUNT(DISTINCT |meter_id) AS active |FROM meters GROUP BY |feeder |WINDOW TUMBLING(INTERVAL '5' MINUTE) EMIT FINAL",
    "SELECT meter_id, CASE WHEN |kwh |> 0 THEN 'on' |ELSE 'off' |END |AS state |FROM meters EMIT CHANGES",
  ],
};

/** Prefixes of queries over other schemas, cut also within clauses. */
export function freshPrefixes(): readonly Prefix[] {
  return Object.entries(QUERIES).flatMap(([from, queries]) =>
    queries.flatMap((marked) => {
      const parts = marked.split('|');
      const whole = parts.join('');
      return parts.slice(1).map((_, i) => {
        const at = parts.slice(0, i + 1).join('').length;
        return { from, prefix: whole.slice(0, at), next: whole.slice(at), schemas: SCHEMAS[from] ?? {} };
      });
    }),
  );
}
