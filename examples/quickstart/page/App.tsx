import { useCallback, useEffect, useRef, useState } from 'react';
import type { SourceInfo } from '../engine/messages.ts';
import { PlanPanel } from './editor/PlanPanel.tsx';
import { Problems } from './editor/Problems.tsx';
import { replaceText } from './editor/replace-text.ts';
import { RUN_KEYS, SqlEditor } from './editor/SqlEditor.tsx';
import type { EngineClient } from './engine-client.ts';
import { EXAMPLES, type Example, FIRST_EXAMPLE } from './examples.ts';
import { ExampleList } from './rail/ExampleList.tsx';
import { SourceList } from './rail/SourceList.tsx';
import { Results } from './results/Results.tsx';
import { TopBar } from './TopBar.tsx';
import { useDiagnostics } from './use-diagnostics.ts';
import { useRunner } from './use-runner.ts';

/** Beside the results the plan stands open; where they follow below it would be in the way. */
const hasRoomForPlan = (): boolean => matchMedia('(min-width: 1240px) and (min-height: 760px)').matches;

/** The page: sources and examples, the query, what comes out of it. */
export function App({ engine }: { readonly engine: EngineClient }) {
  const [sql, setSql] = useState(FIRST_EXAMPLE.sql);
  const [sources, setSources] = useState<readonly SourceInfo[]>([]);
  const [isPlanOpen, setPlanOpen] = useState(hasRoomForPlan);
  const diagnostics = useDiagnostics(engine, sql);
  const { run, start } = useRunner(engine);
  const query = useRef<HTMLElement>(null);

  useEffect(() => {
    engine.ask.sources().then(setSources, () => {});
    start(FIRST_EXAMPLE.sql);
  }, [engine, start]);

  const area = (): HTMLTextAreaElement | null => query.current?.querySelector('textarea') ?? null;
  const setText = (text: string): void => {
    const textarea = area();
    if (textarea) replaceText(textarea, text);
    setSql(text);
  };
  const select = useCallback((place: { readonly start: number; readonly end: number }): void => {
    const textarea = query.current?.querySelector('textarea');
    textarea?.focus();
    textarea?.setSelectionRange(place.start, Math.max(place.end, place.start + 1));
  }, []);
  const pick = (example: Example): void => {
    setSql(example.sql);
    start(example.sql);
  };
  const title = EXAMPLES.find((example) => 'sql' in run && example.sql === run.sql)?.title ?? 'Your query';
  const hasErrors = diagnostics.some((d) => d.severity === 'error');

  return (
    <div className="page">
      <TopBar />
      <aside className="rail">
        <ExampleList current={EXAMPLES.find((example) => example.sql === sql)?.id} onPick={pick} />
        <SourceList sources={sources} />
      </aside>
      <main>
        <section className="query" aria-label="Query" ref={query}>
          <header className="query-header">
            <button type="button" className="primary" onClick={() => start(sql)}>
              Run <kbd>{RUN_KEYS}</kbd>
            </button>
            <span className="actions">
              <button
                type="button"
                className="quiet"
                disabled={hasErrors}
                onClick={() => void engine.ask.format(sql).then(setText, () => {})}
              >
                Format
              </button>
              <button
                type="button"
                className="quiet"
                aria-expanded={isPlanOpen}
                aria-controls="plan"
                onClick={() => setPlanOpen(!isPlanOpen)}
              >
                Explain
              </button>
            </span>
          </header>
          <SqlEditor value={sql} diagnostics={diagnostics} onChange={setSql} onRun={() => start(sql)} complete={engine.ask.complete} />
          <Problems diagnostics={diagnostics} onSelect={select} />
          {isPlanOpen && <PlanPanel sql={sql} hasErrors={hasErrors} explain={engine.ask.explain} />}
        </section>
        <Results run={run} title={title} onSelect={select} />
      </main>
    </div>
  );
}
