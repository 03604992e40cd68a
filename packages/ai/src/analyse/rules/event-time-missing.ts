import { columnsOf, prompt, type Rule } from '../finding.ts';

/** A window, and no one time to put it on. */
export const eventTimeMissing: Rule = {
  id: 'event-time-missing',
  triggers: ['inspect_topic', 'generate_sql'],
  run(context) {
    const here = context.parts?.base ?? context.source?.name;
    if (here === undefined || context.schemas[here] === undefined || context.schemas[here]?.eventTime !== undefined) return [];
    const times = columnsOf(context, here)
      .filter((c) => c.kind === 'time')
      .map((c) => c.name);
    if (times.length === 1 || (context.trigger === 'generate_sql' && context.parts?.window === undefined)) return [];
    return [
      {
        fingerprint: `time:${here}`,
        severity: 'medium',
        confidence: 0.75,
        title: 'Which time counts?',
        message:
          times.length === 0
            ? `${here} has no time field: windows follow the time of arrival.`
            : `${here} has several times: ${times.join(', ')}. Which one is the event time?`,
        evidence: { times },
        actions: times.slice(0, 3).map((t) => prompt(`Use ${t}`, `use ${t} as the event time of ${here}`)),
      },
    ];
  },
};
