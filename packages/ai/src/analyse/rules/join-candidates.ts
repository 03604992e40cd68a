import { type AnalysisContext, columnsOf, prompt, type Rule, valuesOf } from '../finding.ts';

/** Two sources whose key values meet. */
export const joinCandidates: Rule = {
  id: 'join-candidates',
  triggers: ['inspect_topic'],
  run(context: AnalysisContext) {
    const here = context.source?.name;
    if (here === undefined) return [];
    for (const other of Object.keys(context.schemas)) {
      if (other === here) continue;
      for (const a of columnsOf(context, here)) {
        const b = columnsOf(context, other).find((c) => c.name === a.name && c.kind === a.kind);
        if (!b || !(a.isId || /symbol|code|key/.test(a.name)) || a.kind === 'time') continue;
        const left = new Set(valuesOf(context, here, a.name));
        const right = new Set(valuesOf(context, other, b.name));
        const both = [...left].filter((v) => right.has(v)).length;
        const percent = left.size === 0 ? 0 : Math.round((100 * both) / left.size);
        if (percent < 30) continue;
        return [
          {
            fingerprint: `join:${[here, other].toSorted().join('+')}:${a.name}`,
            severity: 'low',
            confidence: 0.6 + percent / 300,
            title: 'These can be joined',
            message: `${here} joins ${other} on ${a.name}: ${percent}% of the sampled values meet.`,
            evidence: { percent, column: a.name, left: here, right: other },
            actions: [prompt('Join them', `join ${here} with ${other}`)],
          },
        ];
      }
    }
    return [];
  },
};
