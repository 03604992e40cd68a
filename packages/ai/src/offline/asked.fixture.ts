import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

/** Relations of three fields, which the tests of single mechanisms ask about. */
const FIELDS = {
  bakery: schemasFrom(`
    bakes: bake_id STRING, oven STRING, product STRING bread|roll|cake, loaves INTEGER, weight_kg FLOAT, minutes_baked INTEGER, cost_eur FLOAT, burnt BOOLEAN, baker_id STRING, baked_at TIMESTAMP
  `),
  network: schemasFrom(`
    flows: flow_id STRING, router STRING, protocol STRING tcp|udp|icmp, bytes_sent INTEGER, packets INTEGER, latency_ms FLOAT, cpu_pct FLOAT, dropped BOOLEAN, client_id STRING, seen_at TIMESTAMP
  `),
  clinic: schemasFrom(`
    visits: visitId STRING, doctorName STRING, roomNo STRING, visitKind STRING checkup|emergency|surgery, waitMinutes INTEGER, feeUsd FLOAT, satisfaction INTEGER, noShow BOOLEAN, patientId STRING, arrivedAt TIMESTAMP
    table doctors: doctorName STRING, ward STRING, senior BOOLEAN
  `),
};

export type Field = keyof typeof FIELDS;

/** What a question becomes, on one line; where it is not answered, what is asked back. */
export function asked(field: Field, prompt: string, previousSql?: string): string {
  const answer = translate({ prompt, schemas: FIELDS[field], ...(previousSql === undefined ? {} : { previousSql }) });
  if (answer.kind === 'sql')
    return answer.sql
      .replace(/\s+/g, ' ')
      .replace('_WINDOW_START AS window_start, _WINDOW_END AS window_end, ', '')
      .replace(/ EMIT CHANGES;$/, '');
  return answer.kind === 'clarify' ? `? ${answer.question}` : `! ${answer.message}`;
}

/** What is said to have been taken for granted. */
export function granted(field: Field, prompt: string): string[] {
  const answer = translate({ prompt, schemas: FIELDS[field] });
  return answer.kind === 'sql' ? answer.assumptions.map((a) => a.text) : [];
}
