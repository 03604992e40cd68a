import { describe, expect, it } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const schemas = schemasFrom('crossings: ferry STRING, route STRING north|south, cars INTEGER, delay_min INTEGER, sailed_at TIMESTAMP');
const previousSql = 'SELECT ferry, COUNT(*) AS n FROM crossings GROUP BY ferry WINDOW TUMBLING(1h) EMIT CHANGES';

const changed = (prompt: string): string => {
  const answer = translate({ prompt, schemas, previousSql });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

describe('several changes in one sentence', () => {
  it.each([
    ['only north, and highest first', "WHERE route = 'north' GROUP BY ferry WINDOW TUMBLING(1h) ORDER BY n DESC"],
    ['without north. Final figures only.', "WHERE route != 'north' GROUP BY ferry WINDOW TUMBLING(1h) EMIT FINAL"],
    ['per route, not per ferry; hide routes with fewer than 8 crossings', 'GROUP BY route WINDOW TUMBLING(1h) HAVING COUNT(*) >= 8'],
  ])('are made one after the other: %s', (said, parts) => {
    expect(changed(said)).toContain(parts);
  });

  it('are one change where "and" joins two values', () => {
    expect(changed('only north and south')).toContain("WHERE route IN ('north', 'south')");
  });
});
