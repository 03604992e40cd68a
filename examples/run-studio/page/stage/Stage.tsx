import { Artifact, type ArtifactActionHandler } from '@velostream/react';
import { Button, Icon, KIND_ICONS } from '@velostream/react/ui';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { DeploymentPage } from './DeploymentPage.tsx';
import type { Stage as StageState } from './use-stage.ts';

export interface StageProps {
  readonly stage: StageState;
  readonly onAction: ArtifactActionHandler;
}

/** Schema and records of a source bear its name: the tabs tell them apart. */
const tabTitle = ({ kind, title }: ArtifactKindAndTitle): string =>
  kind === 'schema-viewer' && !/schema/i.test(title)
    ? `${title}, schema`
    : kind === 'data-preview' && !/record|row|file|table|sources/i.test(title)
      ? `${title}, records`
      : title;
type ArtifactKindAndTitle = Pick<StageState['tabs'][number], 'kind' | 'title'>;

/** The right side: tabs of open artifacts, and the one that is looked at. */
export function Stage({ stage, onAction }: StageProps): ReactNode {
  const { tabs, active, focus, close } = stage;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active)
      list.current?.querySelector(`[data-tab="${CSS.escape(active.id)}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [active]);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex((t) => t.id === active?.id);
    if (event.key === 'Delete' && active) close(active.id);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    focus(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <section className="studio-stage" aria-label="Artifacts">
      {tabs.length > 0 && (
        <div className="studio-tabs" role="tablist" aria-label="Open artifacts" ref={list} onKeyDown={move}>
          {tabs.map((tab) => (
            <div key={tab.id} className="studio-tab" data-active={tab.id === active?.id ? '' : undefined}>
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
                <Icon name={KIND_ICONS[tab.kind]} />
                <span>{tabTitle(tab)}</span>
              </button>
              <Button look="quiet" icon="cross" aria-label={`Close ${tab.title}`} tabIndex={-1} onClick={() => close(tab.id)} />
            </div>
          ))}
        </div>
      )}
      <div
        className="studio-panel"
        id="stage-panel"
        role="tabpanel"
        aria-labelledby={active ? `tab-${active.id}` : undefined}
        tabIndex={-1}
      >
        {active?.kind === 'deploy-summary' ? (
          <DeploymentPage key={active.id} artifact={active} onAction={onAction} />
        ) : active ? (
          <Artifact key={active.id} artifact={active} versions={stage.versionsOf(active)} onAction={onAction} />
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
