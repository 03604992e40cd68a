import type { Diagnostic } from '@velostream/core/protocol';
import type { SqlCompletion, SqlContext, SqlService } from '@velostream/core/protocol/studio';
import type { editor, IRange, languages } from 'monaco-editor';
import { fixOf } from '../sql-editor/sql-fix.ts';
import { LANGUAGE } from './language-tokens.ts';
import type { MonacoApi } from './load-monaco.ts';

/** What the providers know of one editor. */
export interface EditorBinding {
  readonly service: SqlService | null;
  readonly context: SqlContext | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly suggest: ((prefix: string, suffix: string, signal: AbortSignal) => Promise<string | null>) | undefined;
}

/** Providers are global to a language; they find the editor by its model. */
export const bindings = new WeakMap<editor.ITextModel, () => EditorBinding>();
const bindingOf = (model: editor.ITextModel): EditorBinding | undefined => bindings.get(model)?.();

export function rangeOf(model: editor.ITextModel, start: number, end: number): IRange {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return { startLineNumber: from.lineNumber, startColumn: from.column, endLineNumber: to.lineNumber, endColumn: to.column };
}

const GHOST_AFTER_MS = 250;

export function registerProviders(api: MonacoApi): void {
  const kinds = completionKinds(api);
  api.languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['.', ' ', '('],
    async provideCompletionItems(model, position) {
      const of = bindingOf(model);
      if (!of?.service) return { suggestions: [] };
      const items = await of.service.complete(model.getValue(), model.getOffsetAt(position), of.context).catch(() => []);
      return { suggestions: items.map((item) => completionItem(api, kinds, model, item)) };
    },
  });
  api.languages.registerHoverProvider(LANGUAGE, {
    async provideHover(model, position) {
      const of = bindingOf(model);
      const hover = await of?.service?.hover(model.getValue(), model.getOffsetAt(position), of.context).catch(() => null);
      // Untrusted text: Monaco draws it as Markdown without HTML and without command links.
      return hover ? { range: rangeOf(model, hover.span.start, hover.span.end), contents: [{ value: hover.contents }] } : null;
    },
  });
  api.languages.registerSignatureHelpProvider(LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ','],
    async provideSignatureHelp(model, position) {
      const of = bindingOf(model);
      const help = await of?.service?.signature(model.getValue(), model.getOffsetAt(position), of.context).catch(() => null);
      if (!help) return null;
      const { label, parameters, activeParameter, documentation } = help;
      const signature = {
        label,
        parameters: parameters.map((parameter) => ({
          label: parameter.label,
          ...(parameter.documentation !== undefined && { documentation: parameter.documentation }),
        })),
        ...(documentation !== undefined && { documentation }),
      };
      return { value: { signatures: [signature], activeSignature: 0, activeParameter }, dispose() {} };
    },
  });
  api.languages.registerCodeActionProvider(LANGUAGE, { provideCodeActions: (model, range) => codeActions(model, range) });
  api.languages.registerInlineCompletionsProvider(LANGUAGE, ghostText());
}

/** Writes the text as the formatter has it. Monaco's own way of formatting wants a worker, which no policy has to allow. */
export async function formatText(instance: editor.ICodeEditor): Promise<void> {
  const model = instance.getModel();
  const before = model?.getValue();
  if (!model || before === undefined) return;
  const text = await bindingOf(model)
    ?.service?.format(before)
    .catch(() => null);
  // What was typed in the meantime is not written over.
  if (!text || text === before || model.isDisposed() || model.getValue() !== before) return;
  instance.pushUndoStop();
  instance.executeEdits('velostream.format', [{ range: model.getFullModelRange(), text }]);
  instance.pushUndoStop();
}

function codeActions(model: editor.ITextModel, range: IRange): languages.CodeActionList {
  const sql = model.getValue();
  const actions = (bindingOf(model)?.diagnostics ?? []).flatMap((diagnostic): languages.CodeAction[] => {
    const at = rangeOf(model, diagnostic.start, diagnostic.end);
    const fix = fixOf(diagnostic, sql);
    if (!fix || at.startLineNumber > range.endLineNumber || at.endLineNumber < range.startLineNumber) return [];
    const textEdit = { range: at, text: fix.text };
    return [
      {
        title: fix.label,
        kind: 'quickfix',
        isPreferred: true,
        edit: { edits: [{ resource: model.uri, textEdit, versionId: model.getVersionId() }] },
      },
    ];
  });
  return { actions, dispose() {} };
}

function ghostText(): languages.InlineCompletionsProvider {
  return {
    async provideInlineCompletions(model, position, _context, token) {
      const suggest = bindingOf(model)?.suggest;
      if (!suggest) return { items: [] };
      // Nobody wants a proposal per key: it is asked for once the typing rests.
      await new Promise((go) => setTimeout(go, GHOST_AFTER_MS));
      if (token.isCancellationRequested || model.isDisposed()) return { items: [] };
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const offset = model.getOffsetAt(position);
      const sql = model.getValue();
      const text = await suggest(sql.slice(0, offset), sql.slice(offset), controller.signal);
      return { items: text ? [{ insertText: text }] : [] };
    },
    disposeInlineCompletions() {},
  };
}

type Kinds = Readonly<Record<string, languages.CompletionItemKind>>;

function completionKinds({ languages: { CompletionItemKind: kind } }: MonacoApi): Kinds {
  return {
    keyword: kind.Keyword,
    function: kind.Function,
    column: kind.Field,
    table: kind.Struct,
    stream: kind.Struct,
    relation: kind.Struct,
    type: kind.TypeParameter,
    snippet: kind.Snippet,
    value: kind.Value,
    annotation: kind.Property,
  };
}

function completionItem(api: MonacoApi, kinds: Kinds, model: editor.ITextModel, item: SqlCompletion): languages.CompletionItem {
  const { label, kind, insertText, detail, documentation, sortText, replace } = item;
  return {
    label,
    kind: kinds[kind] ?? api.languages.CompletionItemKind.Text,
    insertText,
    range: rangeOf(model, replace.start, replace.end),
    ...(insertText.includes('$') && { insertTextRules: api.languages.CompletionItemInsertTextRule.InsertAsSnippet }),
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation }),
    ...(sortText !== undefined && { sortText }),
  };
}
