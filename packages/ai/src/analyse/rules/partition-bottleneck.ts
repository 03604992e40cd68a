import { partsOf } from '../../offline/sql-parts.ts';
import { prompt, type Rule } from '../finding.ts';

/** A sink with fewer partitions than its source. */
export const partitionBottleneck: Rule = {
  id: 'partition-bottleneck',
  triggers: ['deploy_pipeline', 'poll'],
  run({ sources, deployed }) {
    return (deployed?.queries ?? []).flatMap((q) => {
      const parts = partsOf(q.sql);
      const sink = /CREATE \w+ `?([\w.-]+)`? AS/i.exec(parts?.create ?? '')?.[1];
      const from = sources.find((s) => s.name === parts?.base)?.partitions?.length ?? 0;
      const to = sources.find((s) => s.name === sink)?.partitions?.length ?? 0;
      return to > 0 && from > to
        ? [
            {
              fingerprint: `partitions:${q.name}`,
              severity: 'medium',
              confidence: 0.75,
              title: 'A narrow sink',
              message: `${sink} has ${to} partition${to === 1 ? '' : 's'}, its source ${from}.`,
              evidence: { to, from, sink: sink ?? '' },
              actions: [prompt('How to widen it', `raise the partitions of ${sink}`)],
            } as const,
          ]
        : [];
    });
  },
};
