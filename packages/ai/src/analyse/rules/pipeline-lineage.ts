import { prompt, type Rule } from '../finding.ts';

/** Topics whose names follow from each other. */
export const pipelineLineage: Rule = {
  id: 'pipeline-lineage',
  triggers: ['connect_source', 'list_topics'],
  run({ sources }) {
    const names = sources.map((s) => s.name);
    for (const name of names) {
      const core = name.replace(/^(raw|in|input|source)[-_.]/, '');
      const chain = [
        ...(core === name ? [] : [name]),
        ...names.filter((n) => n === core),
        ...names.filter(
          (n) =>
            n !== name &&
            n !== core &&
            n.replace(/s?[-_.](enriched|alerts|clean|agg|aggregates|out|output|vwap|metrics)$/, '') === core.replace(/s$/, ''),
        ),
      ];
      if (chain.length < 2) continue;
      return [
        {
          fingerprint: `lineage:${core}`,
          severity: 'info',
          confidence: 0.7,
          title: 'These topics form a pipeline',
          message: `${chain.join(' → ')}.`,
          evidence: { chain },
          actions: [prompt('Show the data flow', 'show the topology')],
        },
      ];
    }
    return [];
  },
};
