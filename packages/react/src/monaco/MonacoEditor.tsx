import { Editor, loader, type OnMount } from '@monaco-editor/react';
import type { editor } from 'monaco-editor';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { PlainEditor } from '../plain-editor/PlainEditor.tsx';
import type { EditorProps } from '../renderers/renderers.ts';
import { applyTheme, watchTheme } from './editor-theme.ts';
import { LANGUAGE } from './language-tokens.ts';
import { colourFunctions, loadMonaco, type MonacoApi } from './load-monaco.ts';
import { bindings, type EditorBinding, formatText } from './providers.ts';

const LINE = 20;
const LINES_MIN = 4;
const LINES_MAX = 24;

/**
 * The full editor for the dialect: colours, bracket matching, markers with fixes, completion, hover, signature help, formatting, ghost text.
 * Everything comes from the host's own bundle. Ctrl or Cmd with Enter runs; Escape, then Tab, leaves the editor. Where Monaco cannot be had (its package
 * is missing, or the policy of the page leaves it no way to style itself) a text field with the same language services stands in.
 */
export function MonacoEditor(props: EditorProps): ReactNode {
  const { api, failure } = useMonaco();
  if (failure !== null) return <PlainEditor {...props} reason={failure.message} />;
  return <FullEditor {...props} api={api} />;
}

function FullEditor({ api, ...props }: EditorProps & { readonly api: MonacoApi | null }): ReactNode {
  const { value, label, onChange, isReadOnly = false, linesMax = LINES_MAX, service } = props;
  const [measured, setHeight] = useState<number | null>(null);
  // Until the editor says how high its text is, the text that stands in its place does: lines that are too long for one wrap in both.
  const place = measured === null ? { minBlockSize: LINE * LINES_MIN + 18, maxBlockSize: LINE * linesMax + 18 } : { blockSize: measured };
  const holder = useRef<HTMLDivElement>(null);
  const mounted = useRef<editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(props);
  latest.current = props;

  const echo = useEcho(mounted, value);
  useMarkers(api, mounted, props);
  useEffect(() => {
    if (!api || !service) return;
    // Without the list, functions are drawn as plain names.
    service.functions().then(
      (all) =>
        colourFunctions(
          api,
          all.flatMap(({ name, aliases }) => [name, ...aliases]),
        ),
      () => {},
    );
  }, [api, service]);
  useEffect(() => {
    const element = holder.current;
    if (!api || !element) return;
    const apply = (): void => applyTheme(api, element);
    apply();
    return watchTheme(element, apply);
  }, [api]);

  const onMount: OnMount = (instance) => {
    mounted.current = instance;
    const model = instance.getModel();
    if (model) {
      model.setEOL(0);
      bindings.set(model, () => bindingOf(latest.current));
    }
    const resize = (): void => {
      // The frame around the editor counts: without it, the last pixels would want a scroll bar.
      const frame = holder.current ? holder.current.offsetHeight - holder.current.clientHeight : 0;
      setHeight(frame + Math.min(linesMax * LINE + 16, Math.max(LINES_MIN * LINE, instance.getContentHeight())));
    };
    instance.onDidContentSizeChange(resize);
    resize();
    instance.addAction({
      id: 'velostream.run',
      label: 'Run',
      // Ctrl or Cmd with Enter: 2048 is Monaco's CtrlCmd, 3 its Enter.
      keybindings: [2048 | 3],
      run: () => latest.current.onRun?.(),
    });
    instance.addAction({
      id: 'velostream.format',
      label: 'Format',
      // Shift+Alt+F, and Ctrl or Cmd with Shift and I.
      keybindings: [1024 | 512 | 36, 2048 | 1024 | 39],
      contextMenuGroupId: '1_modification',
      precondition: '!editorReadonly',
      run: () => formatText(instance),
    });
    leaveByTab(instance);
    markersOf(api, instance, latest.current);
  };

  return (
    <div ref={holder} className="velo-monaco" style={place}>
      {api ? (
        <Editor
          language={LANGUAGE}
          theme="velostream"
          defaultValue={value}
          onChange={(text = '') => echo.told(text) && onChange?.(text)}
          onMount={onMount}
          loading={<pre className="velo-sql">{value}</pre>}
          options={{ ...OPTIONS, ariaLabel: `${label}. Escape, then Tab, leaves the editor`, readOnly: isReadOnly }}
        />
      ) : (
        <pre className="velo-sql">{value}</pre>
      )}
    </div>
  );
}

/** What Tab takes or Escape puts away before anything else. */
const OPEN = '.suggest-widget.visible, .parameter-hints-widget.visible, .find-widget.visible, .ghost-text, .ghost-text-decoration';

/** Tab indents. After Escape it goes on to what comes next, unless something is offered. */
function leaveByTab(instance: editor.IStandaloneCodeEditor): void {
  let isLeaving = false;
  const leave = (is: boolean): void => {
    isLeaving = is;
    if (!is) instance.updateOptions({ tabFocusMode: false });
  };
  instance.onKeyDown(({ browserEvent: { key } }) => {
    if (key === 'Escape') leave(true);
    else if (key === 'Tab') instance.updateOptions({ tabFocusMode: isLeaving && instance.getDomNode()?.querySelector(OPEN) == null });
    else if (key !== 'Shift') leave(false);
  });
  instance.onDidBlurEditorText(() => leave(false));
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  fontSize: 13,
  lineHeight: LINE,
  minimap: { enabled: false },
  renderFinalNewline: 'on',
  scrollBeyondLastLine: false,
  wordWrap: 'on',
  scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  padding: { top: 8, bottom: 8 },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 8,
  glyphMargin: false,
  folding: false,
  renderLineHighlight: 'line',
  overviewRulerLanes: 0,
  fixedOverflowWidgets: true,
  automaticLayout: true,
  tabSize: 2,
  matchBrackets: 'always',
  // These would want a worker, which every host would have to set up.
  wordBasedSuggestions: 'off',
  links: false,
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  colorDecorators: false,
  inlineSuggest: { enabled: true },
  quickSuggestions: { other: true, comments: false, strings: false },
  suggest: { showWords: false },
  'semanticHighlighting.enabled': false,
};

function useMonaco(): { readonly api: MonacoApi | null; readonly failure: Error | null } {
  const [api, setApi] = useState<MonacoApi | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    let isCurrent = true;
    loadMonaco().then(
      (loaded) => {
        // Without this, the React wrapper would load an editor from a public address.
        loader.config({ monaco: loaded });
        if (isCurrent) setApi(loaded);
      },
      (reason: unknown) => {
        if (isCurrent) setFailure(reason instanceof Error ? reason : new Error(String(reason)));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return { api, failure };
}

const bindingOf = ({ service = null, context, diagnostics = [], suggest }: EditorProps): EditorBinding => ({
  service,
  context,
  diagnostics,
  suggest,
});

const ECHOES_MAX = 100;

/**
 * The text of the host and the text of the editor. What the editor told comes back as `value` a drawing later, when more may have been typed: that
 * echo is not written over what is there. Any other `value` is a change of the host's own.
 */
function useEcho(mounted: { readonly current: editor.IStandaloneCodeEditor | null }, value: string): { told(text: string): boolean } {
  const told = useRef<string[]>([]);
  const isWriting = useRef(false);
  useEffect(() => {
    const model = mounted.current?.getModel();
    if (!model) return;
    const at = told.current.indexOf(value);
    told.current.splice(0, at + 1);
    if (at >= 0 || model.getValue() === value) return;
    told.current = [];
    isWriting.current = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
    isWriting.current = false;
  }, [mounted, value]);
  return {
    told(text) {
      if (isWriting.current) return false;
      told.current = [...told.current, text].slice(-ECHOES_MAX);
      return true;
    },
  };
}

function useMarkers(api: MonacoApi | null, mounted: { readonly current: editor.IStandaloneCodeEditor | null }, props: EditorProps): void {
  const { diagnostics } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: markers follow the diagnostics; the rest of the props does not move them
  useEffect(() => {
    if (mounted.current) markersOf(api, mounted.current, props);
  }, [api, diagnostics]);
}

function markersOf(api: MonacoApi | null, instance: editor.IStandaloneCodeEditor, { diagnostics = [] }: EditorProps): void {
  const model = instance.getModel();
  if (!api || !model) return;
  const severities = { error: api.MarkerSeverity.Error, warning: api.MarkerSeverity.Warning, info: api.MarkerSeverity.Info };
  api.editor.setModelMarkers(
    model,
    'velostream',
    diagnostics.map(({ start, end, severity, message, hint, code }) => {
      const from = model.getPositionAt(start);
      const to = model.getPositionAt(Math.max(end, start + 1));
      return {
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
        severity: severities[severity],
        message: hint === undefined ? message : `${message}\n${hint}`,
        code,
        source: 'velostream',
      };
    }),
  );
}
