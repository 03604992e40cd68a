import type { Artifact, ArtifactOf, ChartKind } from '@velostream/core/protocol';
import type { Session } from '@velostream/core/protocol/studio';
import { currentAppId, showApp } from '../tools/app-tools.ts';
import { BESIDE_BEFORE, besideBefore } from '../tools/beside-before.ts';
import { schemasOf, showSql } from '../tools/sql-tools.ts';
import { latestArtifact, putArtifact, type ToolContext } from '../tools/tool.ts';
import type { QueryAct } from './said-of-query.ts';

/** What became of the query in hand, and what is shown of it. */
export interface Changed {
  readonly text: string;
  readonly artifacts: readonly Artifact[];
}

type Editor = ArtifactOf<'sql-editor'>;

const only = (text: string): Changed => ({ text, artifacts: [] });
const NO_QUERY = 'There is no query yet. Ask a question or paste SQL first.';

/** Draws, takes back, renames or widens the query in hand. */
export async function changeQuery(context: ToolContext, act: QueryAct, inHand: 'query' | 'app' | undefined): Promise<Changed> {
  if (act.kind === 'undo' && inHand === 'app') return undoApp(context);
  if (act.kind === 'rename' && inHand === 'app') return renameApp(context, act.title);
  const editor = latestArtifact(context.session, 'sql-editor');
  if (!editor) return only(NO_QUERY);
  switch (act.kind) {
    case 'chart':
      return drawAs(context, editor, act.chart);
    case 'undo':
      return undo(context, editor);
    case 'rename':
      return rename(context, editor, act.title);
    default:
      return compareWithBefore(context, editor, act.unit);
  }
}

const CALLED: Partial<Record<ChartKind, string>> = {
  bar: 'bars',
  heatmap: 'a heat map',
  scatter: 'points',
  area: 'an area chart',
  table: 'a table',
  gauge: 'a gauge',
};
const called = (kind: ChartKind): string => CALLED[kind] ?? `a ${kind} chart`;

/** The chart stands in the SQL as `@viz`, so that it is kept wherever the query goes. */
async function drawAs(context: ToolContext, editor: Editor, chart: ChartKind): Promise<Changed> {
  const { session } = context;
  const sql = `-- @viz: ${chart}\n${editor.data.sql.replace(/^[ \t]*--[ \t]*@viz:[^\n]*\n?/gm, '')}`;
  const report = await session.validate(sql);
  if (!report.valid) return only('The query has to be right before it is drawn: it has errors now.');
  if (report.chart?.kind !== chart) return only(`Its result cannot be drawn as ${called(chart)}: it has no number to draw.`);
  const shown = await showSql(context, { sql, by: 'change_chart', replaces: true }, report);
  const results = latestArtifact(session, 'query-results');
  const isOfIt = results?.data.sql.trim() === editor.data.sql.trim();
  const drawn = isOfIt && results ? [await redrawn(context, results, { sql, chart: report.chart })] : [];
  return { text: `Drawn as ${called(chart)}: ${axesOf(report.chart)}.`, artifacts: [shown, ...drawn] };
}

const axesOf = ({ kind, x, y, series }: NonNullable<Editor['data']['chart']>): string =>
  kind === 'table'
    ? 'every row as it is'
    : `${y.join(' and ')}${x === undefined ? '' : ` by ${x}`}${series === undefined ? '' : `, one for each ${series}`}`;

const redrawn = (
  context: ToolContext,
  { id, title, data, provenance, state }: ArtifactOf<'query-results'>,
  now: Pick<ArtifactOf<'query-results'>['data'], 'sql'> & { readonly chart: NonNullable<Editor['data']['chart']> },
): Promise<Artifact> =>
  putArtifact(context, 'query-results', { id, title, data: { ...data, ...now }, by: 'change_chart', sources: provenance.sources, state });

async function rename(context: ToolContext, editor: Editor, title: string): Promise<Changed> {
  const { notebook } = context.session;
  const cell = notebook.cells.find((c) => c.id === editor.data.cellId);
  if (cell) await notebook.updateCell(cell.id, { name: title });
  const shown = await showSql(context, { ...editor.data, sql: editor.data.sql, title, by: 'rename', replaces: true });
  return { text: `"${editor.title}" is called "${title}" now.`, artifacts: [shown] };
}

/** The versions of an editor that still count: one that was taken back does not, and neither does the taking back. */
function versionsOf(session: Session, id: string): Editor[] {
  const left: Editor[] = [];
  for (const each of session.notebook.artifacts) {
    if (each.kind !== 'sql-editor' || each.id !== id) continue;
    if (each.provenance.by !== UNDO) left.push(each);
    else while (left.length > 1 && !isSame(left.at(-1), each)) left.pop();
  }
  return left;
}

const UNDO = 'undo';
const isSame = (a: Editor | undefined, b: Editor): boolean => a?.data.sql === b.data.sql && a.title === b.title;

/** One step back: to the version before of the same query, else from a new query to the one in hand before it. */
async function undo(context: ToolContext, editor: Editor): Promise<Changed> {
  const { session } = context;
  const before = versionsOf(session, editor.id).at(-2);
  if (before) return { text: `Took back the last change of "${editor.title}".`, artifacts: [await shownAgain(context, before)] };
  const { notebook } = session;
  const isThere = (a: Artifact): a is Editor =>
    a.kind === 'sql-editor' && a.id !== editor.id && notebook.cells.some((c) => c.id === a.data.cellId);
  const other = notebook.artifacts.findLast(isThere);
  if (!other) return only(`"${editor.title}" is as it was asked for: there is nothing to take back.`);
  if (editor.data.cellId !== undefined && notebook.cells.some((c) => c.id === editor.data.cellId))
    await notebook.removeCell(editor.data.cellId);
  const shown = await shownAgain(context, other);
  return { text: `Took back "${editor.title}": the query is "${other.title}" again.`, artifacts: [shown] };
}

async function shownAgain(context: ToolContext, { id, title, data }: Editor): Promise<Artifact> {
  const { notebook } = context.session;
  const cell = notebook.cells.find((c) => c.id === data.cellId);
  if (cell) await notebook.updateCell(cell.id, { sql: data.sql, ...(cell.name === undefined ? {} : { name: title }) });
  const { sources } = (await context.session.validate(data.sql)).outline ?? {};
  return putArtifact(context, 'sql-editor', { id, title, data, by: UNDO, sources: sources ?? [] });
}

/** An application as it was before its last change. */
async function undoApp(context: ToolContext): Promise<Changed> {
  const id = currentAppId(context);
  const { artifacts } = context.session.notebook;
  const left: ArtifactOf<'app-preview'>[] = [];
  for (const each of artifacts) {
    if (each.kind !== 'app-preview' || each.data.app.id !== id) continue;
    if (each.provenance.by === UNDO) left.pop();
    else left.push(each);
  }
  const [before, last] = left.slice(-2);
  if (id === undefined || !before || !last) return only('The application is as it was made: there is nothing to take back.');
  const { app } = await context.studio.apps.update(id, { action: 'replace', app: before.data.app });
  const shown = await showApp(context, app, UNDO, last.id);
  return { text: `Took back the last change of ${app.name}: it has ${app.queries.length} queries again.`, artifacts: [shown] };
}

async function renameApp(context: ToolContext, name: string): Promise<Changed> {
  const id = currentAppId(context);
  if (id === undefined) return only('There is no application yet. Tell me what it is for.');
  const before = await context.studio.apps.get(id);
  const { app } = await context.studio.apps.update(id, { action: 'replace', app: { ...before, name } });
  const shown = context.session.notebook.artifacts.findLast((a) => a.kind === 'app-preview' && a.data.app.id === id);
  return { text: `"${before.name}" is called "${name}" now.`, artifacts: [await showApp(context, app, 'rename', shown?.id)] };
}

async function compareWithBefore(context: ToolContext, editor: Editor, unit: string | undefined): Promise<Changed> {
  const sql = besideBefore(editor.data.sql, { schemas: await schemasOf(context), ...(unit === undefined ? {} : { unit }) });
  if (sql === undefined)
    return only(
      'That needs a query with a figure in windows of time, such as "count trades every minute". Ask for it first, then compare it.',
    );
  const shown = await showSql(context, { sql, explanation: BESIDE_BEFORE, by: 'generate_sql', replaces: true });
  return { text: BESIDE_BEFORE, artifacts: [shown] };
}
