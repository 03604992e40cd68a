import { Artifact, type ArtifactActionHandler } from '@velostream/react';
import { Button, Icon } from '@velostream/react/ui';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { DeploymentPage } from './DeploymentPage.tsx';
import { HealthPage } from './HealthPage.tsx';
import type { Stage as StageState } from './use-stage.ts';

export interface StageProps {
  readonly stage: StageState;
  readonly onAction: ArtifactActionHandler;
}

/** A title of so many letters is never cut off. */
const SHORT = 12;

/** The right side: tabs of open artifacts, and the one that is looked at. */
export function Stage({ stage, onAction }: StageProps): ReactNode {
  const { tabs, active, focus, close } = stage;
  const artifact = active?.artifact;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!active || !list.current) return;
    const tab = list.current.querySelector(`[data-tab="${CSS.escape(active.id)}"]`)?.parentElement;
    // Another width, or tabs that made room, may push it out of sight again.
    const observer = new ResizeObserver(() => tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' }));
    observer.observe(list.current);
    if (tab) observer.observe(tab);
    return () => observer.disconnect();
  }, [active]);
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex((t) => t.id === active?.id);
    if (event.key === 'Delete' && active) {
      close(active.id);
      // The tab that is shown instead has the focus, as soon as it is the selected one.
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
      return;
    }
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    focus(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <section className="studio-stage" aria-label="Artifacts">
      {tabs.length > 0 && (
        <div className="studio-tabs" role="tablist" aria-label="Open artifacts" ref={list} onKeyDown={move}>
          {tabs.map((tab) => (
            <div
              key={tab.id}
              className="studio-tab"
              data-active={tab.id === active?.id ? '' : undefined}
              data-short={tab.title.length <= SHORT ? '' : undefined}
            >
              <button
                type="button"
                role="tab"
                data-tab={tab.id}
                id={`tab-${tab.id}`}
                aria-selected={tab.id === active?.id}
                aria-controls="stage-panel"
                tabIndex={tab.id === active?.id ? 0 : -1}
                onClick={() => focus(tab.id)}
              >
                <Icon name={tab.icon} />
                <span>{tab.title}</span>
              </button>
              <Button look="quiet" icon="cross" aria-label={`Close ${tab.title}`} tabIndex={-1} onClick={() => close(tab.id)} />
            </div>
          ))}
        </div>
      )}
      {/* By the tab: what is opened begins at its top, and not where another one was scrolled to. */}
      <div
        key={active?.id ?? 'empty'}
        className="studio-panel"
        id="stage-panel"
        role="tabpanel"
        aria-labelledby={active ? `tab-${active.id}` : undefined}
        tabIndex={-1}
      >
        {artifact?.kind === 'deploy-summary' ? (
          <DeploymentPage key={artifact.id} artifact={artifact} onAction={onAction} />
        ) : artifact ? (
          <Artifact key={artifact.id} artifact={artifact} versions={stage.versionsOf(artifact)} onAction={onAction} />
        ) : active ? (
          <HealthPage />
        ) : (
          <div className="studio-empty">
            <p>What you ask for appears here.</p>
            <p className="velo-muted">Queries, charts, schemas, test results, pipelines: each stays open until you close it.</p>
          </div>
        )}
      </div>
    </section>
  );
}
