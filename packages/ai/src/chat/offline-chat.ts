import type { Artifact } from '@velostream/core/protocol';
import type { Approval, CallOptions, ChatEvent, ChatRequest, SuggestionTrigger } from '@velostream/core/protocol/assist';
import type { Studio } from '@velostream/core/protocol/studio';
import { explainSql } from '../offline/explain-sql.ts';
import { AiError } from '../tools/ai-error.ts';
import { currentAppId, inHandOf } from '../tools/app-tools.ts';
import { peekAt } from '../tools/explore-tools.ts';
import type { CallResult, ToolRegistry } from '../tools/registry.ts';
import { currentSql, showSql } from '../tools/sql-tools.ts';
import { latestArtifact, putArtifact, type ToolContext } from '../tools/tool.ts';
import { withHint } from '../tools/with-hint.ts';
import { findInsights, variedInsights } from '../understand/insights.ts';
import { askableOf, freshnessOf } from './answer-data.ts';
import { changeQuery } from './change-query.ts';
import type { Intent, Step, ThreadFacts } from './intent.ts';
import { intentOf } from './intents.ts';
import { validRepair } from './repair-sql.ts';
import { momentOf, suggestAt, suggestFrom } from './suggest.ts';
import { lessonOf } from './tutorial.ts';
import { tellOfRuns } from './what-runs.ts';

export interface ChatSetup {
  readonly studio: Studio;
  readonly registry: ToolRegistry;
  readonly now: () => number;
  readonly engine: string;
}

interface Turn {
  readonly setup: ChatSetup;
  readonly request: ChatRequest;
  readonly signal: AbortSignal | undefined;
  readonly context: ToolContext;
  readonly artifacts: Artifact[];
  readonly said: string[];
  readonly state: {
    calls: number;
    stop: 'end' | 'approval' | 'error' | 'aborted';
    last?: CallResult;
    trigger?: SuggestionTrigger;
    approval?: Approval;
  };
}

/** One turn of a conversation without a model: words → tool calls → artifacts and one-line answers. */
export async function* offlineChat(setup: ChatSetup, request: ChatRequest, options: CallOptions = {}): AsyncGenerator<ChatEvent> {
  const { session, text } = request;
  const turn: Turn = {
    setup,
    request,
    signal: options.signal,
    context: { studio: setup.studio, session, now: setup.now, ...(options.signal ? { signal: options.signal } : {}) },
    artifacts: [],
    said: [],
    state: { calls: 0, stop: 'end' },
  };
  if (text.trim() !== '') await session.notebook.addMessage({ role: 'user', text, artifacts: [] });
  try {
    if (request.approvals && request.approvals.length > 0) yield* decide(turn);
    else yield* act(turn, intentOf(text, await factsOf(turn)));
    yield* suggest(turn);
  } catch (cause) {
    const error =
      cause instanceof AiError
        ? cause.toJSON()
        : {
            code: options.signal?.aborted ? ('aborted' as const) : ('invalid' as const),
            message: cause instanceof Error ? cause.message : String(cause),
          };
    turn.state.stop = error.code === 'aborted' ? 'aborted' : 'error';
    turn.said.push(error.message);
    yield { type: 'error', error };
  }
  if (turn.said.length > 0 || turn.artifacts.length > 0)
    await session.notebook.addMessage({
      role: 'assistant',
      text: turn.said.join(' '),
      artifacts: turn.artifacts.map((a) => a.id),
      engine: setup.engine,
      ...(turn.state.approval && { approval: turn.state.approval }),
      ...(request.approvals?.length && { decisions: request.approvals }),
    });
  yield { type: 'done', stop: turn.state.stop };
}

async function factsOf({ context }: Turn): Promise<ThreadFacts> {
  const { session, studio } = context;
  const sources = await studio.sources.list({ sessionId: session.id }).catch(() => []);
  const sql = currentSql(session);
  const preview = latestArtifact(session, 'app-preview');
  const template = session.notebook.artifacts.findLast((a) => a.kind === 'app-preview' && a.data.template !== undefined);
  const offers = preview?.data.mappings?.flatMap((m) => m.unused.flatMap((u) => (u.query ? [u.query.name] : []))) ?? [];
  return {
    sources: [...new Set([...sources.map((s) => s.name), ...Object.keys(session.context.schemas)])],
    hasSql: sql !== undefined,
    ...(sql === undefined ? {} : { sql }),
    hasApp: currentAppId(context) !== undefined,
    ...inHandOf(context.session),
    isUnmeasured: latestArtifact(session, 'sql-editor')?.data.metrics.length === 0,
    inTutorial: lessonOf(session) !== undefined,
    offers,
    ...(template?.kind === 'app-preview' && template.data.template ? { lastTemplate: template.data.template.id } : {}),
  };
}

function* say(turn: Turn, text: string): Generator<ChatEvent> {
  if (text === '') return;
  const before = turn.said.length > 0 ? ' ' : '';
  turn.said.push(text);
  yield { type: 'text', delta: before + text };
}

async function* act(turn: Turn, intent: Intent): AsyncGenerator<ChatEvent> {
  switch (intent.kind) {
    case 'steps':
      for (const step of intent.steps) if (!(yield* callTool(turn, step))) return;
      return;
    case 'question':
      yield* callTool(turn, { tool: 'generate_sql', input: { prompt: turn.request.text } });
      return;
    case 'tutorial':
      yield* tutorial(turn, intent.command);
      return;
    case 'insights':
      yield* insights(turn, intent.source);
      return;
    case 'compare':
      yield* compare(turn, intent.sources);
      return;
    case 'suggestions':
      yield* suggestions(turn, intent);
      return;
    case 'failure':
      yield* failure(turn);
      return;
    case 'runs':
      yield* say(turn, await tellOfRuns(turn.context, intent));
      return;
    case 'job':
      yield* job(turn, intent);
      return;
    case 'data':
      yield* tellOfData(turn, intent);
      return;
    case 'change':
      yield* change(turn, intent);
      return;
    case 'told':
      yield* say(turn, intent.text);
      return;
    case 'thanks':
      yield* say(turn, 'You are welcome.');
      return;
    case 'explain':
      yield* say(turn, await explanationOf(turn));
      return;
    default:
      yield* say(
        turn,
        'Ask a question about your streams in plain words, paste SQL, or say "connect to …", "list templates", "build me an app …", "start the tutorial".',
      );
      yield* offer(turn);
  }
}

/** An application query by query; else the query in hand. */
async function explanationOf({ context }: Turn): Promise<string> {
  const { session } = context;
  const id = inHandOf(session).inHand === 'app' ? currentAppId(context) : undefined;
  if (id === undefined) return explainSql(currentSql(session) ?? '');
  const app = await context.studio.apps.get(id);
  return app.queries.map(({ name, sql }) => `${name}: ${explainSql(sql)}`).join(' ');
}

/** Questions that the data here answers, to choose from. */
async function* offer(turn: Turn, source?: string): AsyncGenerator<ChatEvent, boolean> {
  const found = await askableOf(turn.context, source).catch(() => undefined);
  if (!found) return false;
  yield { type: 'options', ...found };
  turn.said.push(found.question);
  return true;
}

async function* tellOfData(turn: Turn, { about, source }: Extract<Intent, { kind: 'data' }>): AsyncGenerator<ChatEvent> {
  if (about === 'held') yield* callTool(turn, { tool: 'list_sources', input: {} });
  else if (about === 'freshness') yield* say(turn, await freshnessOf(turn.context, source));
  else if (!(yield* offer(turn, source)))
    yield* say(turn, 'Nothing is connected yet: write "connect to …" first, or say what you would like to track.');
}

/** A change of the query in hand that is no question of the data. */
async function* change(turn: Turn, { act }: Extract<Intent, { kind: 'change' }>): AsyncGenerator<ChatEvent> {
  if (act.kind === 'chart' && act.asks !== undefined && !(yield* callTool(turn, { tool: 'generate_sql', input: { prompt: act.asks } })))
    return;
  const changed = await changeQuery(turn.context, act, inHandOf(turn.request.session).inHand);
  for (const artifact of changed.artifacts) {
    turn.artifacts.push(artifact);
    const callId = `call_${++turn.state.calls}`;
    yield { type: 'tool_start', callId, tool: artifact.provenance.by, title: artifact.title };
    yield { type: 'tool_result', callId, ok: true, artifact };
  }
  yield* say(turn, changed.text);
}

/** Runs one tool and tells its story; false when the turn ends with it. */
async function* callTool(turn: Turn, step: Step): AsyncGenerator<ChatEvent, boolean> {
  const { registry } = turn.setup;
  const callId = `call_${++turn.state.calls}`;
  const tool = registry.find(step.tool);
  yield { type: 'tool_start', callId, tool: step.tool, title: tool?.title ?? step.tool };
  yield { type: 'tool_input', callId, partial: step.input };
  try {
    const result = await registry.call(step.tool, step.input, {
      session: turn.request.session,
      userText: turn.request.text,
      ...(turn.signal ? { signal: turn.signal } : {}),
      ...(turn.request.trace ? { trace: turn.request.trace } : {}),
    });
    return yield* finish(turn, callId, result);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const hint = (cause as { hint?: string }).hint;
    yield { type: 'tool_result', callId, ok: false, message };
    if (turn.signal?.aborted) throw new AiError('aborted', 'stopped');
    yield* say(
      turn,
      withHint(message, hint).replace(/^./, (c) => c.toUpperCase()),
    );
    turn.state.stop = 'error';
    return false;
  }
}

async function* finish(turn: Turn, callId: string, result: CallResult): AsyncGenerator<ChatEvent, boolean> {
  turn.state.last = result;
  if (result.approval) {
    yield { type: 'tool_result', callId, ok: true, message: 'waits for your approval' };
    yield { type: 'approval_required', approval: result.approval };
    yield* say(turn, `${result.text} Shall I?`);
    turn.state.stop = 'approval';
    turn.state.approval = result.approval;
    return false;
  }
  if (result.artifact) turn.artifacts.push(result.artifact);
  yield { type: 'tool_result', callId, ok: true, ...(result.artifact ? { artifact: result.artifact } : {}) };
  if (result.output['kind'] === 'clarify') {
    yield {
      type: 'options',
      question: result.text,
      options: (result.output['options'] ?? []) as readonly { label: string; prompt: string }[],
    };
    turn.said.push(result.text);
    return false;
  }
  yield* say(turn, result.text);
  const trigger = momentOf(result);
  if (trigger) turn.state.trigger = trigger;
  yield* suggestFrom(turn.setup.registry, turn.request.session, result);
  if (result.tool === 'validate_sql') yield* repair(turn, result);
  if (result.tool === 'test_query') yield* advance(turn, 'tested');
  if (result.tool === 'deploy_pipeline' && !result.output['declined']) yield* advance(turn, 'deployed');
  return true;
}

async function* decide(turn: Turn): AsyncGenerator<ChatEvent> {
  for (const { approvalId, approved } of turn.request.approvals ?? []) {
    const callId = `call_${++turn.state.calls}`;
    yield { type: 'tool_start', callId, tool: 'approval', title: approved ? 'Approved' : 'Declined' };
    const result = await turn.setup.registry.decide(approvalId, approved, {
      session: turn.request.session,
      ...(turn.signal ? { signal: turn.signal } : {}),
      ...(turn.request.trace ? { trace: turn.request.trace } : {}),
    });
    yield* finish(turn, callId, result);
  }
}

/** Pasted SQL with words, signs or names that are a slip of the hand off: the corrected query is shown beside it. */
async function* repair(turn: Turn, result: CallResult): AsyncGenerator<ChatEvent> {
  const { context } = turn;
  const editor = latestArtifact(context.session, 'sql-editor');
  if (!editor || result.output['valid'] === true) return;
  const repaired = await validRepair(context.session, editor.data.sql);
  if (!repaired) return;
  const artifact = await showSql(context, { sql: repaired.sql, by: 'repair', replaces: true });
  turn.artifacts.push(artifact);
  const callId = `call_${++turn.state.calls}`;
  yield { type: 'tool_start', callId, tool: 'validate_sql', title: 'Corrected query' };
  yield { type: 'tool_result', callId, ok: true, artifact };
  yield* say(turn, `Corrected: ${repaired.changes.join(', ')}.`);
}

/** After a test or a deployment the lesson in hand is judged; the next one opens by itself. */
async function* advance(turn: Turn, event: 'tested' | 'deployed'): AsyncGenerator<ChatEvent> {
  const lesson = lessonOf(turn.request.session);
  if (lesson && (lesson.byDeployment ?? false) === (event === 'deployed')) yield* tutorial(turn, 'next');
}

async function* tutorial(turn: Turn, command: 'start' | 'next' | 'hint' | 'stop'): AsyncGenerator<ChatEvent> {
  const asked = turn.request.session.notebook.messages.filter((m) => m.role === 'user' && /\b(hint|help|stuck)\b/i.test(m.text)).length - 1;
  yield* callTool(turn, {
    tool: 'tutorial',
    input: { command, ...(command === 'hint' ? { hints_given: Math.max(0, Math.min(10, asked)) } : {}) },
  });
}

async function* insights(turn: Turn, named: string | undefined): AsyncGenerator<ChatEvent> {
  const { context, request } = turn;
  const sources = await context.studio.sources.list({ sessionId: request.session.id }).catch(() => []);
  const source =
    named ??
    latestArtifact(request.session, 'data-preview')?.data.peeks[0]?.name ??
    latestArtifact(request.session, 'schema-viewer')?.data.schemas[0]?.name ??
    sources[0]?.name;
  if (source === undefined) {
    yield* say(turn, 'Nothing is connected yet, so there is nothing to look for patterns in.');
    return;
  }
  const callId = `call_${++turn.state.calls}`;
  yield { type: 'tool_start', callId, tool: 'peek_source', title: `Sample ${source}` };
  const peek = await peekAt(context, source, { limit: 1000 });
  const schema = request.session.context.schemas[source] ?? { columns: peek.columns };
  const found = variedInsights(findInsights(schema, peek.rows), 6);
  yield { type: 'tool_result', callId, ok: true, message: `${peek.rows.length} rows` };
  const text =
    found.length === 0 ? `Nothing stands out in ${peek.rows.length} sampled rows of ${source}.` : found.map((i) => i.text).join(' ');
  if (found.length > 0)
    await request.session.notebook.addCell({
      type: 'insight',
      name: `Patterns in ${source}`,
      text: found.map((i) => `${i.text}\n${JSON.stringify(i.evidence)}`).join('\n\n'),
    });
  yield* say(turn, text);
}

async function* compare(turn: Turn, names: readonly string[]): AsyncGenerator<ChatEvent> {
  const before = latestArtifact(turn.request.session, 'data-preview')?.data.peeks[0]?.name;
  const [source, ...beside] = [...new Set([...(names.length < 2 && before !== undefined ? [before] : []), ...names])];
  if (source !== undefined) yield* callTool(turn, { tool: 'peek_source', input: { source, beside: beside.slice(0, 2), limit: 10 } });
}

/** Edits go through the tool that tests them; an offered tool call goes through the gate like any other. */
async function* suggestions(turn: Turn, { which, action }: Extract<Intent, { kind: 'suggestions' }>): AsyncGenerator<ChatEvent> {
  const { registry } = turn.setup;
  const shown = registry.ledgerOf(turn.request.session).last(turn.request.session.id);
  const failed = latestArtifact(turn.request.session, 'test-results')?.data;
  if (action === 'apply' && failed && 'report' in failed && !failed.report.passed && /\b(fix|it)\b/i.test(turn.request.text)) {
    yield* failure(turn);
    return;
  }
  const only =
    which === 'all' ? (shown.length === 1 ? shown[0] : undefined) : (shown[Number(which) - 1] ?? shown.find((s) => s.ruleId === which));
  const offered = only?.actions.find((a) => a.kind === 'run_tool');
  if (action === 'apply' && only && offered?.kind === 'run_tool' && !only.actions.some((a) => a.kind === 'edit_sql')) {
    await registry.ledgerOf(turn.request.session).accepted(only, turn.request.session.id, false);
    yield* callTool(turn, { tool: offered.tool, input: offered.input });
    return;
  }
  if (which === 'assertion-gaps' && !only) {
    yield* say(turn, 'No check is open: run the test first, and what it leaves unchecked is offered.');
    return;
  }
  const isDone = yield* callTool(turn, { tool: 'use_suggestions', input: { which, action } });
  // "Apply all" runs offered tests too: of the query as it is now.
  const checks = shown.flatMap((s) => s.actions).find((a) => a.kind === 'run_tool' && a.tool === 'test_query');
  if (isDone && action === 'apply' && which === 'all' && checks?.kind === 'run_tool') {
    const { sql: _before, ...input } = checks.input;
    yield* callTool(turn, { tool: 'test_query', input });
  }
}

async function* failure(turn: Turn): AsyncGenerator<ChatEvent> {
  const data = latestArtifact(turn.request.session, 'test-results')?.data;
  const report = data && 'report' in data ? data.report : data?.suite.queries.find((q) => !q.passed);
  if (!report) {
    yield* say(turn, 'There is no failed test here.');
    return;
  }
  if (report.passed) {
    yield* say(turn, 'The last test passed.');
    return;
  }
  const { analysis } = report;
  yield* say(
    turn,
    analysis
      ? `${analysis.summary}${analysis.rootCause === undefined ? '' : ` ${analysis.rootCause}`}`
      : (report.error?.message ?? 'The test failed and nothing explains it yet.'),
  );
  const fix = analysis?.fixes.find((x) => x.verified && x.sql !== undefined);
  if (!fix?.sql || !/\b(fix|apply)\b/i.test(turn.request.text)) return;
  const artifact = await showSql(turn.context, { sql: fix.sql, by: 'fix', replaces: true });
  turn.artifacts.push(artifact);
  const callId = `call_${++turn.state.calls}`;
  yield { type: 'tool_start', callId, tool: 'validate_sql', title: fix.title };
  yield { type: 'tool_result', callId, ok: true, artifact };
  yield* say(
    turn,
    `${fix.title}. Tried on the same rows, ${fix.passed === fix.total ? 'every check holds' : `${fix.passed} of ${fix.total} checks hold`}.`,
  );
}

async function* job(turn: Turn, { action, name }: Extract<Intent, { kind: 'job' }>): AsyncGenerator<ChatEvent> {
  const { studio } = turn.setup;
  const all = await studio.deployments.list();
  const found = name === undefined ? all.at(-1) : all.find((d) => d.name === name || d.id === name || d.jobs.some((j) => j.name === name));
  if (!found) {
    yield* say(
      turn,
      all.length === 0 ? 'Nothing is deployed yet.' : `There is no deployment "${name}". There are: ${all.map((d) => d.name).join(', ')}.`,
    );
    return;
  }
  const one = found.jobs.find((j) => j.name === name)?.name;
  const callId = `call_${++turn.state.calls}`;
  yield { type: 'tool_start', callId, tool: `${action}_job`, title: `${action} ${found.name}` };
  const deployment = action === 'rollback' ? await studio.deployments.rollback(found.id) : await studio.deployments[action](found.id, one);
  const artifact = await putArtifact(turn.context, 'deploy-summary', {
    title: deployment.name,
    data: { deployment },
    by: `${action}_job`,
    state: deployment.status === 'running' ? 'live' : 'done',
  });
  turn.artifacts.push(artifact);
  yield { type: 'tool_result', callId, ok: true, artifact };
  yield* say(turn, `${deployment.name} is ${deployment.status}.`);
}

async function* suggest(turn: Turn): AsyncGenerator<ChatEvent> {
  const { trigger, stop } = turn.state;
  if (!trigger || stop === 'approval') return;
  yield* suggestAt(turn.setup.registry, turn.request.session, trigger, { now: turn.setup.now() });
}
