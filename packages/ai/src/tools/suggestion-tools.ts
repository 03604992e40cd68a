import type { Suggestion } from '@velostream/core/protocol/assist';
import { analyze } from '../analyse/analyze.ts';
import { gather } from '../analyse/gather.ts';
import { looksLikeEdit } from '../offline/edit.ts';
import { translate } from '../offline/translate.ts';
import * as f from './fields.ts';
import { currentSql, schemasOf, showSql } from './sql-tools.ts';
import { defineTool, type Tool, type ToolContext } from './tool.ts';

/** Rules whose edits make a query cheaper to run. */
const PERFORMANCE = new Set([
  'high-cardinality-group',
  'having-saves',
  'unbounded-state',
  'window-rate-fit',
  'select-star',
  'order-unbounded',
]);
const RECORDS = 500;

const chosen = (all: readonly Suggestion[], which: string): Suggestion[] => {
  const wanted = which.trim().toLowerCase();
  if (wanted === 'all' || wanted === '') return [...all];
  if (wanted === 'performance') return all.filter((s) => PERFORMANCE.has(s.ruleId));
  const place = /^\d+$/.test(wanted) ? all[Number(wanted) - 1] : undefined;
  if (place) return [place];
  return all.filter((s) => s.id.toLowerCase() === wanted || s.ruleId === wanted || s.title.toLowerCase() === wanted);
};

/** The query as a suggestion would have it now; a suggestion of an earlier query is looked for again in this one. */
async function editOf(item: Suggestion, sql: string, isFirst: boolean, context: ToolContext): Promise<string | undefined> {
  const fresh = isFirst
    ? item
    : analyze(item.trigger, await gather(context.studio, { session: context.session, trigger: item.trigger, subject: { sql } }, context), {
        all: true,
      }).find((s) => s.ruleId === item.ruleId && s.fingerprint === item.fingerprint);
  for (const action of fresh?.actions ?? []) {
    if (action.kind === 'edit_sql' || action.kind === 'apply_annotations') return action.sql;
    if (action.kind !== 'prompt') continue;
    const request = { prompt: action.text, schemas: await schemasOf(context), previousSql: sql };
    const made = translate(request);
    // A sentence that is no change of this query would put another in its place.
    if (made.kind === 'sql' && made.ignored.length === 0 && looksLikeEdit(action.text, request)) return made.sql;
  }
  return undefined;
}

/** Whether a change may be shown as done: it validates, and its test is no worse than that of the query before. */
async function passes(before: string, after: string, context: ToolContext): Promise<boolean> {
  if (!(await context.session.validate(after)).valid) return false;
  const run = (sql: string) => context.session.test(sql, { records: RECORDS, analyse: false }).catch(() => undefined);
  const [old, fresh] = [await run(before), await run(after)];
  return fresh !== undefined && fresh.status !== 'error' && (fresh.passed || old?.passed !== true);
}

const useSuggestions = defineTool({
  name: 'use_suggestions',
  title: 'Use or dismiss suggestions',
  description:
    'Applies suggestions that were shown last to the current query (each only if the changed query passes its test), dismisses them, or never shows their kind again.',
  aliases: ['apply_suggestions', 'dismiss_suggestions'],
  risk: 'compute',
  artifact: 'sql-editor',
  timeoutMs: 60_000,
  input: f.object({
    which: f.maybe(f.shortText('all, performance, the place in the list (1 is the first), or an id')),
    action: f.maybe(f.oneOf(['apply', 'dismiss', 'never'], 'apply by default')),
  }),
  output: f.facts({ applied: f.z.array(f.z.string()), skipped: f.z.array(f.z.string()), dismissed: f.z.array(f.z.string()) }),
  fromAlias: (alias, input) => ({
    ...input,
    ...(alias === 'dismiss_suggestions' && input['action'] === undefined ? { action: 'dismiss' } : {}),
  }),
  async execute({ which = 'all', action = 'apply' }, context) {
    const { ledger, session } = context;
    const items = chosen(ledger?.last(session.id) ?? [], which);
    const none = { applied: [] as string[], skipped: [] as string[], dismissed: [] as string[] };
    if (!ledger || items.length === 0) return { output: none, text: 'There is no such suggestion here.' };
    if (action !== 'apply') {
      await ledger.dismissed(items, session.id, action === 'never' ? 'rule' : 'one');
      const titles = items.map((s) => s.title);
      return {
        output: { ...none, dismissed: titles },
        text: action === 'never' ? `I will not suggest that again: ${titles.join(', ')}.` : `Dismissed: ${titles.join(', ')}.`,
      };
    }
    return apply(items, context);
  },
});

async function apply(items: readonly Suggestion[], context: ToolContext) {
  const start = currentSql(context.session);
  const applied: string[] = [];
  const skipped: string[] = [];
  let sql = start;
  for (const item of items) {
    const changed = sql === undefined ? undefined : await editOf(item, sql, sql === start, context);
    if (changed === undefined && item.actions.some((a) => a.kind === 'run_tool' && a.tool === 'test_query')) {
      skipped.push(`${item.title}: that is a test, and changes no query`);
      continue;
    }
    if (sql === undefined || changed === undefined || changed === sql) {
      skipped.push(`${item.title}: nothing of it changes the query`);
      continue;
    }
    const isFine = await passes(sql, changed, context);
    await context.ledger?.accepted(item, context.session.id, isFine);
    if (!isFine) {
      skipped.push(`${item.title}: the changed query did not pass its test`);
      continue;
    }
    sql = changed;
    applied.push(item.title);
  }
  const said = [
    ...(applied.length > 0 ? [`Applied after a test that passed: ${applied.join(', ')}.`] : []),
    ...(skipped.length > 0 ? [`Left out: ${skipped.join('; ')}.`] : []),
  ].join(' ');
  const output = { applied, skipped, dismissed: [] as string[] };
  if (sql === undefined || sql === start) return { output, text: said };
  return { output, artifact: await showSql(context, { sql, by: 'use_suggestions', replaces: true }), text: said };
}

export const suggestionTools: readonly Tool[] = [useSuggestions];
