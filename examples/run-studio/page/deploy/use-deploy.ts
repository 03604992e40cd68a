import type { Artifact } from '@velostream/core/protocol';
import type { DeployOptions, DeployPlan, TargetInfo } from '@velostream/core/protocol/deploy';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type { ArtifactActionEvent } from '@velostream/react';
import { useCallback, useRef, useState } from 'react';
import { deploymentArtifact } from '../make-artifact.ts';

export interface DeployState {
  readonly plan: DeployPlan | null;
  /** Where it can go; the first is chosen at first. */
  readonly targets: readonly TargetInfo[];
  /** Plans it anew for another target. */
  readonly choose: (target: string) => Promise<void>;
  /** A plan for another target is being found. */
  readonly isPlanning: boolean;
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

interface Held {
  readonly plan: DeployPlan | null;
  readonly options: DeployOptions | null;
  readonly targets: readonly TargetInfo[];
  readonly error: string | null;
  readonly isBusy: boolean;
  readonly isPlanning: boolean;
}
const NOTHING: Held = { plan: null, options: null, targets: [], error: null, isBusy: false, isPlanning: false };
const textOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));

export function useDeploy(studio: Studio, session: Session, onDone: (artifact: Artifact) => void): DeployState {
  const [state, setState] = useState<Held>(NOTHING);
  // A plan that comes when another one was asked for, or the dialog was closed, is not shown.
  const asked = useRef(0);
  const planOf = useCallback(
    (options: DeployOptions) =>
      options.appId === undefined ? session.plan(options) : studio.apps.plan(options.appId, { ...options, sessionId: session.id }),
    [session, studio],
  );
  const begin = useCallback(
    async (event: ArtifactActionEvent) => {
      const options: DeployOptions = { ...subjectOf(event, session), deployDashboard: true, deployAlerts: true };
      const [plan, targets] = await Promise.all([planOf(options), studio.deployments.targets()]);
      asked.current++;
      setState({ ...NOTHING, plan, options, targets });
    },
    [session, studio, planOf],
  );
  const choose = useCallback(
    async (target: string) => {
      if (!state.options) return;
      const options = { ...state.options, target };
      const mine = ++asked.current;
      setState((s) => ({ ...s, isPlanning: true, error: null }));
      try {
        const plan = await planOf(options);
        if (mine === asked.current) setState((s) => ({ ...s, plan, options, isPlanning: false }));
      } catch (reason) {
        if (mine === asked.current) setState((s) => ({ ...s, isPlanning: false, error: textOf(reason) }));
      }
    },
    [state.options, planOf],
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
      setState(NOTHING);
      onDone(deploymentArtifact(deployment));
    } catch (reason) {
      setState((s) => ({ ...s, isBusy: false, error: textOf(reason) }));
    }
  }, [state, session, studio, onDone]);
  const cancel = useCallback(() => {
    asked.current++;
    setState(NOTHING);
  }, []);
  const { plan, targets, error, isBusy, isPlanning } = state;
  return { plan, targets, error, isBusy, isPlanning, begin, choose, confirm, cancel };
}
