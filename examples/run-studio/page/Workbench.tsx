import type { Artifact } from '@velostream/core/protocol';
import type { Suggestion, SuggestionAction } from '@velostream/core/protocol/assist';
import type { Session } from '@velostream/core/protocol/studio';
import { useChat, useNotebook, useStudio, useStudioActions, useSuggestions } from '@velostream/react';
import { SuggestionBanner, useToasts } from '@velostream/react/ui';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Conversation } from './conversation/Conversation.tsx';
import { pressedText } from './conversation/pressed.ts';
import { DeployDialog } from './deploy/DeployDialog.tsx';
import { useDeploy } from './deploy/use-deploy.ts';
import { runArtifact } from './make-artifact.ts';
import { Palette, type PaletteItem } from './palette/Palette.tsx';
import { Rail, type RailTab } from './rail/Rail.tsx';
import { Splitter } from './Splitter.tsx';
import { DeletedElsewhere } from './session/DeletedElsewhere.tsx';
import { type CurrentSession, titleOf } from './session/use-current-session.ts';
import { useNotebookName } from './session/use-notebook-name.ts';
import { useOtherTabs } from './session/use-other-tabs.ts';
import { useSuggestionsAgain } from './session/use-suggestions-again.ts';
import { Stage } from './stage/Stage.tsx';
import { useArtifactActions } from './stage/use-artifact-actions.ts';
import { HEALTH, type StageTab, useStage } from './stage/use-stage.ts';
import { TopBar } from './top-bar/TopBar.tsx';
import type { Theme } from './use-theme.ts';

/** Where there is one column, a panel covers what it brought up; as in studio.css. */
const ONE_COLUMN = '(max-width: 600px)';
const STARTER =
  "SELECT symbol, _WINDOW_START AS window_start, AVG(price) AS avg_price\nFROM trades\nGROUP BY symbol\nWINDOW TUMBLING(event_time, INTERVAL '1' MINUTE)\nEMIT CHANGES";

export interface WorkbenchProps {
  readonly session: Session;
  readonly current: CurrentSession;
  readonly theme: Theme;
}

/** One notebook: conversation, stage, and what opens around them. */
export function Workbench({ session, current, theme }: WorkbenchProps): ReactNode {
  const studio = useStudio();
  const stage = useStage(session);
  const [panel, setPanel] = useState<RailTab | null>(null);
  const [side, setSide] = useState<'conversation' | 'stage'>('conversation');
  const [findsOpen, setFindsOpen] = useState(false);
  const { show: toast } = useToasts();
  const notebook = useNotebook(session);
  const suggestions = useSuggestions(session);
  const sourceNames = useSourceNames(session, notebook.messages.length + Object.keys(session.context.connections).length);

  const [, setNamings] = useState(0);
  const nameNotebook = useNotebookName(
    studio,
    session,
    useCallback(() => setNamings((n) => n + 1), []),
  );
  const show = useCallback(
    (artifact: Artifact) => {
      stage.show(artifact);
      setSide('stage');
      if (matchMedia(ONE_COLUMN).matches) setPanel(null);
      nameNotebook(artifact);
    },
    [stage.show, nameNotebook],
  );
  const look = (at: 'conversation' | 'stage'): void => {
    setSide(at);
    setPanel(null);
  };
  const openHealth = useCallback(() => {
    stage.focus(HEALTH);
    setSide('stage');
    setPanel(null);
  }, [stage.focus]);
  const deploy = useDeploy(studio, session, show);
  const chat = useChat(session, {
    onArtifact: (artifact) => {
      // What was said of the query before it is out of date; what still holds is told again in this turn.
      if (artifact.kind === 'sql-editor') suggestions.withdraw('generate_sql');
      show(artifact);
    },
    onEvent: (event) => {
      if (event.type === 'suggestions') suggestions.add(event.items);
      if (event.type === 'tool_start' && event.tool === 'analyze_performance') openHealth();
      // What the conversation applied or put away is no longer offered beside it.
      if (event.type === 'tool_start' && event.tool === 'use_suggestions') for (const { id } of suggestions.items) suggestions.remove(id);
    },
  });
  const say = chat.send;
  const onOther = useArtifactActions({ studio, session, show, close: stage.close, say, deploy: deploy.begin });
  const onAction = useStudioActions({ onArtifact: show, onOther });
  const hasBegun = useRef(false);
  hasBegun.current = chat.turns.length > 0;
  const showFirst = useCallback((artifact: Artifact) => !hasBegun.current && stage.show(artifact), [stage.show]);
  useFirstChart(session, current.isFresh && sourceNames?.includes('trades') === true, showFirst, (e) =>
    toast({ tone: 'negative', text: e.message }),
  );
  useSuggestionsAgain(session, suggestions.ask);
  const isDeleted = useOtherTabs(session, chat.status === 'running', () => {
    document.title = titleOf(session);
    setNamings((n) => n + 1);
  });
  useHotKey('k', () => setFindsOpen(true));

  const apply = (suggestion: Suggestion, action: SuggestionAction): void => {
    suggestions.remove(suggestion.id);
    if (action.kind === 'open') stage.focus(action.artifact);
    else say?.(pressedText(action, titleOfQuery(notebook.artifacts)));
  };
  const items = useMemo(
    () =>
      paletteItems({
        stage: stage.tabs,
        focus: stage.focus,
        open: setPanel,
        openHealth,
        say,
        sources: sourceNames ?? [],
        create: () => current.create('Untitled'),
      }),
    [stage.tabs, stage.focus, openHealth, say, sourceNames, current.create],
  );
  const templates = (): void => {
    setPanel(null);
    say?.('show me the templates');
  };
  return (
    <>
      <a className="studio-skip" href="#stage-panel">
        Skip to the artifacts
      </a>
      <TopBar
        session={session}
        theme={theme}
        hasSources={sourceNames?.length !== 0}
        onNotebooks={() => setPanel('notebooks')}
        onSources={() => setPanel('sources')}
        onPipelines={() => setPanel('pipelines')}
        onPalette={() => setFindsOpen(true)}
      />
      <main className="studio-main" data-side={side}>
        <Rail
          studio={studio}
          session={session}
          current={current}
          open={panel}
          onOpen={setPanel}
          onShow={show}
          onHealth={openHealth}
          onTemplates={templates}
        />
        {isDeleted ? (
          <DeletedElsewhere name={session.name} onNotebooks={() => setPanel('notebooks')} onNew={() => current.create('Untitled')} />
        ) : (
          <Splitter
            name={session.id}
            first={
              <Conversation
                chat={chat}
                shownId={stage.active?.id}
                onShow={(id) => {
                  stage.focus(id);
                  setSide('stage');
                }}
                sourceNames={sourceNames}
                banner={
                  <SuggestionBanner
                    suggestions={suggestions.items}
                    onApply={apply}
                    onApplyAll={(which, some) => {
                      for (const { id } of some) suggestions.remove(id);
                      say?.(which === 'all' ? 'apply all suggestions' : 'apply the performance suggestions');
                    }}
                    onDismiss={(s) => suggestions.dismiss(s.id)}
                    onHideRule={(s) => suggestions.hideRule(s.id)}
                  />
                }
              />
            }
            second={<Stage stage={stage} onAction={onAction} />}
          />
        )}
      </main>
      <nav className="studio-switch" aria-label="View">
        <button type="button" aria-pressed={side === 'conversation'} onClick={() => look('conversation')}>
          Conversation
        </button>
        <button type="button" aria-pressed={side === 'stage'} onClick={() => look('stage')}>
          Artifacts
        </button>
      </nav>
      <DeployDialog deploy={deploy} />
      <Palette isOpen={findsOpen} items={items} onClose={() => setFindsOpen(false)} />
    </>
  );
}

/** The query in hand, by the title it has on the stage. */
const titleOfQuery = (artifacts: readonly Artifact[]): string | undefined => artifacts.findLast(({ kind }) => kind === 'sql-editor')?.title;

/** The first chart of a first visit: a live window over a sample stream. */
function useFirstChart(session: Session, isFresh: boolean, show: (artifact: Artifact) => unknown, fail: (error: Error) => void): void {
  const started = useRef(false);
  useEffect(() => {
    if (!isFresh || started.current) return;
    started.current = true;
    runArtifact(session, STARTER, 'Average price by symbol, every minute').then(show, fail);
  }, [session, isFresh, show, fail]);
}

function useHotKey(key: string, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    // Before whatever has the focus: an editor of SQL takes these keys for the first half of its own.
    addEventListener('keydown', listen, true);
    return () => removeEventListener('keydown', listen, true);
  }, [key]);
}

/** Names that may be mentioned, `null` until they are known; read again when something may have been connected. */
function useSourceNames(session: Session, changes: number): readonly string[] | null {
  const studio = useStudio();
  const [names, setNames] = useState<readonly string[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message may have connected a source, and so may a form
  useEffect(() => {
    let isGone = false;
    studio.sources.list({ sessionId: session.id }).then(
      (sources) => !isGone && setNames(sources.map((s) => s.name)),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [studio, session, changes]);
  return names;
}

interface PaletteWays {
  readonly stage: readonly StageTab[];
  readonly focus: (id: string) => void;
  readonly open: (tab: RailTab) => void;
  readonly openHealth: () => void;
  readonly say: ((text: string) => void) | null;
  readonly sources: readonly string[];
  readonly create: () => void;
}

function paletteItems({ stage, focus, open, openHealth, say, sources, create }: PaletteWays): readonly PaletteItem[] {
  const ask = (key: string, label: string, text: string): PaletteItem => ({
    key,
    label,
    hint: 'ask',
    icon: 'right',
    run: () => say?.(text),
  });
  return [
    { key: 'new', label: 'New notebook', hint: 'notebook', icon: 'plus', run: create },
    { key: 'notebooks', label: 'Notebooks', hint: 'panel', icon: 'edit', run: () => open('notebooks') },
    { key: 'sources', label: 'Sources', hint: 'panel', icon: 'topics', run: () => open('sources') },
    { key: 'pipelines', label: 'Pipelines', hint: 'panel', icon: 'rocket', run: () => open('pipelines') },
    { key: 'health', label: 'Health of pipelines', hint: 'stage', icon: 'rocket', run: openHealth },
    { key: 'tests', label: 'Tests', hint: 'panel', icon: 'test', run: () => open('tests') },
    ask('templates', 'Templates', 'show me the templates'),
    ask('dashboard', 'Generate a dashboard', 'generate a dashboard'),
    ask('tutorial', 'Start the tutorial', 'start the tutorial'),
    ...stage.map(
      (a): PaletteItem => ({
        key: `artifact-${a.id}`,
        label: a.title,
        hint: 'open artifact',
        icon: a.icon,
        run: () => focus(a.id),
      }),
    ),
    ...sources.map((name) => ask(`source-${name}`, `What does ${name} look like?`, `what does ${name} look like`)),
  ];
}
