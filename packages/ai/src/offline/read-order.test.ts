import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const SCHEMAS = schemasFrom(`
  scans: parcel STRING, belt STRING, weight_kg FLOAT, scanned_at TIMESTAMP
  drops: parcel STRING, chute STRING, jammed BOOLEAN, dropped_at TIMESTAMP
`);

test.each(['join scans with drops of the same parcel within 5 seconds', 'match scans to drops on the same parcel within 5 seconds'])(
  '%s: what is the same joins the rows and is no group',
  (prompt) => {
    const answer = translate({ prompt, schemas: SCHEMAS });
    const sql = answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
    expect(sql).toContain("ON s.parcel = d.parcel WITHIN INTERVAL '5' SECOND");
    expect(sql).not.toContain('GROUP BY');
  },
);
