import type { Artifact } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { Icon, Tip } from '@velostream/react/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import type { CurrentSession } from '../session/use-current-session.ts';
import { NotebooksPanel } from './NotebooksPanel.tsx';
import { PipelinesPanel } from './PipelinesPanel.tsx';
import { SourcesPanel } from './SourcesPanel.tsx';
import { TestsPanel } from './TestsPanel.tsx';

export type RailTab = 'notebooks' | 'sources' | 'templates' | 'pipelines' | 'tests';

const TABS = [
  { name: 'notebooks', label: 'Notebooks', icon: 'edit', tip: 'Each notebook is a conversation with its queries and results' },
  { name: 'sources', label: 'Sources', icon: 'topics', tip: 'What can be queried: sample streams and what you connect' },
  { name: 'templates', label: 'Templates', icon: 'template', tip: 'Nine ready-made applications to put on your data' },
  { name: 'pipelines', label: 'Pipelines', icon: 'rocket', tip: 'What is deployed and runs on its own' },
  { name: 'tests', label: 'Tests', icon: 'test', tip: 'Results of tests on generated rows' },
] as const;

export interface RailProps {
  readonly studio: Studio;
  readonly session: Session;
  readonly current: CurrentSession;
  readonly open: RailTab | null;
  readonly onOpen: (tab: RailTab | null) => void;
  readonly onShow: (artifact: Artifact) => void;
  readonly onHealth: () => void;
  readonly onTemplates: () => void;
}

/** Five doors on the left; a panel opens beside them. */
export function Rail({ studio, session, current, open, onOpen, onShow, onHealth, onTemplates }: RailProps): ReactNode {
  // Back to what opened it: a door of its own, or a button of the top bar.
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (open) opener.current = document.activeElement;
  }, [open]);
  const goBack = (drawer: HTMLElement): void => {
    const door = drawer.parentElement?.querySelector('.studio-rail [aria-pressed="true"]');
    const { current: before } = opener;
    const to = before?.isConnected && before !== document.body && !drawer.contains(before) ? before : door;
    if (to instanceof HTMLElement) to.focus();
  };
  return (
    <div className="studio-rail-area">
      <nav
        className="studio-rail"
        aria-label="Studio"
        onKeyDown={(e) => {
          // The focus is on a door already and stays there.
          if (e.key === 'Escape' && !e.defaultPrevented && open) onOpen(null);
        }}
      >
        {TABS.map(({ name, label, icon, tip }) => (
          <Tip key={name} text={tip} side="right">
            <button
              type="button"
              aria-label={label}
              aria-pressed={open === name}
              onClick={() => (name === 'templates' ? onTemplates() : onOpen(open === name ? null : name))}
            >
              <Icon name={icon} size={20} />
              <span>{label}</span>
            </button>
          </Tip>
        ))}
      </nav>
      {open && open !== 'templates' && (
        <aside
          className="studio-drawer"
          aria-label={TABS.find((t) => t.name === open)?.label}
          onKeyDown={(e) => {
            // A dialog that was opened from here closes alone.
            if (e.key !== 'Escape' || e.defaultPrevented || e.currentTarget.querySelector('dialog[open]')) return;
            goBack(e.currentTarget);
            onOpen(null);
          }}
        >
          {open === 'notebooks' && <NotebooksPanel studio={studio} session={session} current={current} />}
          {open === 'sources' && <SourcesPanel studio={studio} session={session} onShow={onShow} />}
          {open === 'pipelines' && <PipelinesPanel onShow={onShow} onHealth={onHealth} />}
          {open === 'tests' && <TestsPanel session={session} onShow={onShow} />}
        </aside>
      )}
    </div>
  );
}
