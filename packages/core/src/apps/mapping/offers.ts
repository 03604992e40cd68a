import type { Row } from '../../protocol/query.ts';
import type { MappingProposal } from '../../protocol/studio/template.ts';
import type { ColumnSchema } from '../../protocol/table-schema.ts';
import { quoteName, relationText } from '../templates/render-template.ts';
import { wordsOf } from './name-words.ts';
import { roleOfName, roleOfValues } from './value-role.ts';

interface OfferContext {
  readonly relation: string;
  readonly samples: readonly Row[];
  readonly columns: readonly ColumnSchema[];
  readonly eventTime: string | undefined;
}

/** What could be made of fields that the template leaves unused. */
export function offersFor(unused: readonly ColumnSchema[], context: OfferContext): MappingProposal['unused'] {
  return unused.map((column) => {
    const offer = offerOf(column, context);
    return offer === undefined ? { field: column.name } : { field: column.name, ...offer };
  });
}

/** Offers put the name into annotations, where it cannot be quoted. */
const PLAIN = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

function offerOf(column: ColumnSchema, context: OfferContext) {
  if (!PLAIN.test(column.name)) return undefined;
  const found = roleOfValues(column.name, context.samples);
  const promised = roleOfName(wordsOf(column.name), column.type);
  // Numbers that are given in turn look like counts; nobody wants the average of an id.
  const role = found === 'unknown' || (found === 'count' && promised === 'identifier') ? promised : found;
  const field = quoteName(column.name);
  const label = column.name;
  const window = context.eventTime === undefined ? 'TUMBLING(5m)' : `TUMBLING(${quoteName(context.eventTime)}, 5m)`;
  const from = `FROM ${relationText(context.relation)}`;
  const id = label.replace(/[^A-Za-z0-9_]/g, '_');
  switch (role) {
    case 'category':
    case 'flag':
      return {
        offer: `counts by ${label}, to see which one stands out`,
        query: {
          name: `${label}-breakdown`,
          sql: [
            `-- @metric: records_by_${id}`,
            '-- @metric_type: counter',
            '-- @metric_field: records',
            `-- @metric_labels: ${label}`,
            `SELECT ${field}, COUNT(*) AS records`,
            from,
            `GROUP BY ${field}`,
            `WINDOW ${window}`,
            'EMIT FINAL',
          ].join('\n'),
        },
      };
    case 'identifier':
      return {
        offer: `how many different ${label} are seen, and how often one comes again`,
        query: {
          name: `${label}-reuse`,
          sql: [
            `-- @metric: distinct_${id}`,
            '-- @metric_type: gauge',
            `-- @metric_field: distinct_values`,
            `SELECT COUNT(DISTINCT ${field}) AS distinct_values, COUNT(*) AS records`,
            from,
            `WINDOW ${window}`,
            'EMIT FINAL',
          ].join('\n'),
        },
      };
    case 'money':
    case 'amount':
    case 'count':
      return {
        offer: `average and extremes of ${label}, to see it leave its range`,
        query: {
          name: `${label}-range`,
          sql: [
            `-- @metric: avg_${id}`,
            '-- @metric_type: gauge',
            `-- @metric_field: average`,
            `SELECT AVG(${field}) AS average, MIN(${field}) AS lowest, MAX(${field}) AS highest`,
            from,
            `WINDOW ${window}`,
            'EMIT FINAL',
          ].join('\n'),
        },
      };
    default:
      return undefined;
  }
}
