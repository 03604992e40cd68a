import type { Artifact } from '@velostream/core/protocol';
import type { DeployOptions, DeployPlan } from '@velostream/core/protocol/deploy';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type { ArtifactActionEvent } from '@velostream/react';
import { useCallback, useState } from 'react';
import { deploymentArtifact } from '../make-artifact.ts';

export interface DeployState {
  readonly plan: DeployPlan | null;
  readonly error: string | null;
  readonly isBusy: boolean;
  /** Plans what an artifact shows; the dialog asks before anything happens. */
  readonly begin: (event: ArtifactActionEvent) => Promise<void>;
  readonly confirm: () => Promise<void>;
  readonly cancel: () => void;
}

/** What can be deployed of an artifact: the SQL in an editor, an application, or else the whole notebook. */
function subjectOf({ artifact, subject }: ArtifactActionEvent, session: Session): DeployOptions {
  if (artifact.kind === 'app-preview') return { name: artifact.data.app.name, appId: artifact.data.app.id };
  const sql = subject.sql ?? (artifact.kind === 'sql-editor' || artifact.kind === 'query-results' ? artifact.data.sql : undefined);
  if (sql !== undefined)
    return {
      name: artifact.title.slice(0, 60),
      app: { name: artifact.title.slice(0, 60), queries: [{ name: artifact.title.slice(0, 60), sql }] },
    };
  return { name: session.name, notebookId: session.id };
}

export function useDeploy(studio: Studio, session: Session, onDone: (artifact: Artifact) => void): DeployState {
  const [state, setState] = useState<{ plan: DeployPlan | null; options: DeployOptions | null; error: string | null; isBusy: boolean }>({
    plan: null,
    options: null,
    error: null,
    isBusy: false,
  });
  const begin = useCallback(
    async (event: ArtifactActionEvent) => {
      const options: DeployOptions = { ...subjectOf(event, session), deployDashboard: true, deployAlerts: true };
      const plan =
        options.appId === undefined
          ? await session.plan(options)
          : await studio.apps.plan(options.appId, { ...options, sessionId: session.id });
      setState({ plan, options, error: null, isBusy: false });
    },
    [session, studio],
  );
  const confirm = useCallback(async () => {
    const { plan, options } = state;
    if (!plan || !options) return;
    setState((s) => ({ ...s, isBusy: true, error: null }));
    try {
      const approved = { ...options, planHash: plan.hash };
      const deployment =
        options.appId === undefined
          ? await session.deploy(approved)
          : await studio.apps.deploy(options.appId, { ...approved, sessionId: session.id });
      setState({ plan: null, options: null, error: null, isBusy: false });
      onDone(deploymentArtifact(deployment));
    } catch (reason) {
      setState((s) => ({ ...s, isBusy: false, error: reason instanceof Error ? reason.message : String(reason) }));
    }
  }, [state, session, studio, onDone]);
  const cancel = useCallback(() => setState({ plan: null, options: null, error: null, isBusy: false }), []);
  return { plan: state.plan, error: state.error, isBusy: state.isBusy, begin, confirm, cancel };
}
