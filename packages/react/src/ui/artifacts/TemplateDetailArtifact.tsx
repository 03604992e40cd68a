import { type ReactNode, useMemo, useState } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { TemplateDetail } from '../../template-detail/template-detail.ts';
import { Button } from '../controls/Button.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';
import { FieldMapping } from '../mapping/FieldMapping.tsx';
import { AppQueries } from './AppQueries.tsx';

/** A template before it is used: the questions it answers, what it expects, and the mapping onto real fields. */
export function TemplateDetailArtifact(): ReactNode {
  const { artifact, act, pending } = useArtifact<'app-preview'>();
  const { template, mappings = [] } = artifact.data;
  const [chosen, setChosen] = useState<Readonly<Record<string, Readonly<Record<string, string>>>>>({});
  const subject = useMemo(
    () => ({
      ...(template && { id: template.id }),
      mappings: Object.fromEntries(
        mappings.map(({ topic, actualTopic, matches }) => [
          topic,
          {
            topic: actualTopic ?? topic,
            fields:
              chosen[topic] ??
              Object.fromEntries(matches.flatMap((match) => (match.actual === undefined ? [] : [[match.template, match.actual]]))),
          },
        ]),
      ),
    }),
    [template, mappings, chosen],
  );
  return (
    <TemplateDetail.Root className="velo-template">
      <p className="velo-lead">{template?.description}</p>
      <TemplateDetail.Questions className="velo-questions" />
      {mappings.length > 0 ? (
        mappings.map((mapping) => (
          <FieldMapping
            key={mapping.topic}
            mapping={mapping}
            onChange={(fields) => setChosen((before) => ({ ...before, [mapping.topic]: fields }))}
          />
        ))
      ) : (
        <ScrollRegion label="Expected fields">
          <TemplateDetail.Fields className="velo-table" />
        </ScrollRegion>
      )}
      <TemplateDetail.Parameters
        className="velo-facts"
        render={(props) => (
          <section>
            <h4 className="velo-eyebrow">Parameters</h4>
            <dl {...props} />
          </section>
        )}
      />
      <AppQueries />
      {mappings.length > 0 && act && (
        <div className="velo-toolbar">
          <Button
            look="primary"
            isPending={pending === 'use-template'}
            disabled={pending !== null}
            onClick={() => act('use-template', subject)}
          >
            Use with this mapping
          </Button>
        </div>
      )}
    </TemplateDetail.Root>
  );
}
