import type { Artifact } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type { ArtifactActionEvent, ArtifactActionHandler } from '@velostream/react';
import { useCallback } from 'react';
import { appArtifact, editorArtifact, previewArtifact, suiteArtifact } from '../make-artifact.ts';

export interface ArtifactActionWays {
  readonly studio: Studio;
  readonly session: Session;
  readonly show: (artifact: Artifact) => void;
  readonly close: (id: string) => void;
  /** Says something in the conversation; `null` while an answer is being made. */
  readonly say: ((text: string) => void) | null;
  readonly deploy: (event: ArtifactActionEvent) => Promise<void>;
}

/** What people call a template that an artifact shows. */
function templateName({ kind, data }: Artifact, id: string | undefined): string | undefined {
  if (kind === 'template-browser') return data.templates.find((template) => template.id === id)?.name ?? id;
  return kind === 'app-preview' ? (data.template?.name ?? id) : id;
}

/** Does what artifacts ask for and no studio does by itself: what needs a person, the page, or the conversation. */
export function useArtifactActions({ studio, session, show, close, say, deploy }: ArtifactActionWays): ArtifactActionHandler {
  return useCallback(
    async (event) => {
      const { name, artifact, subject } = event;
      switch (name) {
        case 'deploy':
        case 'deploy-app':
          return deploy(event);
        case 'ignore':
          return close(artifact.id);
        case 'add-assertions':
          return say?.('add more assertions');
        case 'use-template':
          return useTemplate(event);
        case 'inspect':
          return say?.(`show the ${templateName(artifact, event.subject.id)} template`);
        case 'refresh':
        case 'peek':
          return lookAgain(artifact);
        case 'regenerate-data':
          return testAgain(artifact);
        case 'edit':
          return edit(event);
        default:
          return undefined;
      }

      async function useTemplate({ subject: { id, mappings } }: ArtifactActionEvent): Promise<void> {
        const name = templateName(artifact, id);
        if (mappings === undefined) return name === undefined ? undefined : say?.(`use the ${name} template`);
        if (id === undefined) return;
        const made = await studio.templates.customize(id, { mappings, sessionId: session.id });
        show(appArtifact(made.app, { mappings: made.mappings }));
      }
      async function lookAgain(of: Artifact): Promise<void> {
        const source = of.kind === 'data-preview' ? of.data.peeks[0] : of.kind === 'schema-viewer' ? of.data.schemas[0] : undefined;
        if (source) show(previewArtifact(await studio.sources.peek(source.id, { sessionId: session.id, limit: 20 })));
      }
      async function testAgain(of: Artifact): Promise<void> {
        if (of.kind !== 'test-results' || !('suite' in of.data)) return;
        const { application } = of.data.suite;
        const app = (await studio.apps.list()).find((a) => a.name === application);
        if (app) show(suiteArtifact(await studio.apps.test(app.id, { sessionId: session.id })));
      }
      async function edit({ subject: { queryId, sql } }: ArtifactActionEvent): Promise<void> {
        if (artifact.kind === 'app-preview' && queryId !== undefined && sql !== undefined) {
          const { app } = await studio.apps.update(artifact.data.app.id, { action: 'modify_query', queryId, query: { sql } });
          show({ ...artifact, version: artifact.version + 1, createdAt: Date.now(), data: { ...artifact.data, app } });
        } else if (artifact.kind === 'grafana-embed') {
          const text = subject.sql ?? artifact.data.sql?.join('\n\n');
          if (text !== undefined) show(await editorArtifact(session, text, `Queries of ${artifact.title}`));
        }
      }
    },
    [studio, session, show, close, say, deploy],
  );
}
