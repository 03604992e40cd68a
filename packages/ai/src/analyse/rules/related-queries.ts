import { isMeasure } from '../../offline/column-facts.ts';
import { columnsOf, prompt, type Rule } from '../finding.ts';

/** Questions that the fields of a source invite. */
export const relatedQueries: Rule = {
  id: 'related-queries',
  triggers: ['inspect_topic'],
  run(context) {
    const here = context.source?.name;
    if (here === undefined) return [];
    const columns = columnsOf(context, here);
    const by = columns.find((c) => c.kind === 'text' && !c.isId) ?? columns.find((c) => c.kind === 'text');
    const number = columns.find(isMeasure);
    if (!by || !number || !columns.some((c) => c.kind === 'time')) return [];
    const fn = number.isAdditive ? 'total' : 'average';
    return [
      {
        fingerprint: `related:${here}`,
        severity: 'info',
        confidence: 0.6,
        title: 'Questions to begin with',
        message: `Ask for the ${fn} ${number.name} by ${by.name}, or count ${here} every minute.`,
        evidence: { columns: [number.name, by.name] },
        actions: [
          prompt(`${fn} ${number.name} by ${by.name}`, `${fn} ${number.name} by ${by.name} every 5 minutes`),
          prompt('count every minute', `count ${here} every minute`),
        ],
      },
    ];
  },
};
