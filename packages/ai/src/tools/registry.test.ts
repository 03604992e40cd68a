import type { Tracing } from '@velostream/core/observability/tracing';
import { afterEach, describe, expect, test } from 'vitest';
import { brokenAt } from '../guard/audit.ts';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { thread } from '../testing/thread.fixture.ts';
import { toAiSdkTools } from './export-ai-sdk.ts';
import { toAnthropicTools, toJson } from './export-anthropic.ts';
import { createToolRegistry } from './registry.ts';

const SEEDS =
  'analyze analyze_annotations analyze_performance analyze_schema_diff connect_source customize_template deploy_app deploy_pipeline execute_query generate_app generate_dashboard generate_data generate_sql get_template get_topology inspect_source list_sources list_templates peek_source test_app test_query tutorial update_app use_suggestions validate_sql'.split(
    ' ',
  );
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function registry(options: Parameters<typeof createToolRegistry>[1] = {}) {
  const made = await thread((studio) => createOfflineAssistant({ studio }));
  opened.push(made.studio);
  return { ...made, registry: createToolRegistry(made.studio, options) };
}

describe('the registry of tools', () => {
  test('holds every tool and alias of the seeds', async () => {
    const { registry: r } = await registry();
    expect(r.tools.map((t) => t.name)).toEqual(SEEDS);
    for (const alias of ['list_topics', 'inspect_topic', 'peek_messages', 'connect_kafka']) expect(r.find(alias)).toBeDefined();
  });

  test('every export names the same tools with object schemas', async () => {
    const { registry: r, session } = await registry();
    expect(toAnthropicTools(r).map((t) => t.name)).toEqual(SEEDS);
    expect(toJson(r).map((t) => t.name)).toEqual(SEEDS);
    expect(Object.keys(toAiSdkTools(r, { session })).toSorted()).toEqual(SEEDS);
    for (const t of toAnthropicTools(r)) expect(t.input_schema.type).toBe('object');
    expect(JSON.stringify(toAnthropicTools(r))).toBe(JSON.stringify(toAnthropicTools(r)));
  });

  test('outputs are as their schemas say', async () => {
    const { registry: r, session } = await registry();
    for (const [name, input] of [
      ['list_sources', {}],
      ['inspect_topic', { topic: 'trades' }],
      ['peek_messages', { topic: 'trades', limit: 3 }],
      ['generate_sql', { prompt: 'count trades every minute' }],
      ['validate_sql', { sql: 'SELECT symbol FROM trades' }],
      ['test_query', { records: 50 }],
      ['generate_data', { records: 10 }],
      ['list_templates', {}],
      ['get_topology', {}],
      ['analyze', {}],
      ['analyze_performance', {}],
    ] as const) {
      const result = await r.call(name, input, { session });
      expect(r.find(name)?.output.safeParse(result.output).success, name).toBe(true);
    }
  });

  test('bad input and unknown tools are refused with a reason', async () => {
    const { registry: r, session } = await registry();
    await expect(r.call('peek_source', { limit: 5 }, { session })).rejects.toMatchObject({ code: 'invalid' });
    await expect(r.call('rm', {}, { session })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a tool that runs is a span, below that of its request and without its input', async () => {
    const spans: { parent: unknown; attributes: unknown; error: unknown }[] = [];
    const context = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), sampled: true };
    const tracing: Tracing = {
      batchEvery: 0,
      start(_name, { parent, attributes } = {}) {
        const span = { parent, attributes, error: undefined as unknown };
        spans.push(span);
        return {
          context,
          set: () => {},
          end: (error) => {
            span.error = error;
          },
        };
      },
      flush: async () => {},
      close: async () => {},
    };
    const { registry: r, session } = await registry({ tracing });
    await r.call('validate_sql', { sql: 'SELECT symbol FROM trades' }, { session, trace: context });
    await r.call('peek_source', { source: 'nobody-has-this' }, { session }).catch(() => {});
    expect(spans[0]).toEqual({
      parent: context,
      attributes: { 'velo.tool': 'validate_sql', 'velo.tool.risk': 'compute', 'velo.session': session.id },
      error: undefined,
    });
    expect(JSON.stringify(spans[0])).not.toContain('SELECT');
    expect(spans[1]?.error).toBeInstanceOf(Error);
  });

  test('tools that are not allowed are not there', async () => {
    const { registry: r } = await registry({ allow: ['read'] });
    expect(r.find('deploy_app')).toBeUndefined();
    expect(r.disabled().map((d) => d.name)).toContain('deploy_app');
  });

  test('an approval serves once, in its thread, in time, for its plan', async () => {
    let now = 1;
    const { registry: r, session, studio } = await registry({ now: () => now, approvalTtlMs: 100 });
    await r.call('generate_sql', { prompt: 'count trades every minute' }, { session });
    const first = await r.call('deploy_pipeline', {}, { session });
    const other = await studio.sessions.create({ name: 'other' });
    await expect(r.decide(first.approval?.approvalId ?? '', true, { session: other })).rejects.toMatchObject({ code: 'refused' });
    const late = await r.call('deploy_pipeline', {}, { session });
    now = 500;
    await expect(r.decide(late.approval?.approvalId ?? '', true, { session })).rejects.toMatchObject({ code: 'refused' });
    const stale = await r.call('deploy_pipeline', {}, { session });
    await r.call('generate_sql', { prompt: 'max price per symbol every hour' }, { session });
    await expect(r.decide(stale.approval?.approvalId ?? '', true, { session })).rejects.toMatchObject({ code: 'refused' });
    const good = await r.call('deploy_pipeline', {}, { session });
    const id = good.approval?.approvalId ?? '';
    expect((await r.decide(id, true, { session })).artifact?.kind).toBe('deploy-summary');
    await expect(r.decide(id, true, { session })).rejects.toMatchObject({ code: 'refused' });
  });

  test('the audit chain shows a changed entry', async () => {
    const { registry: r, session } = await registry();
    await r.call('list_sources', {}, { session });
    await r.call('connect_source', { uri: 'http://169.254.169.254/' }, { session }).catch(() => {});
    const entries = r.audit.entries();
    expect(entries.map((e) => e.outcome)).toEqual(['ok', 'denied']);
    expect(await brokenAt(entries)).toBe(-1);
    expect(await brokenAt(entries.map((e, i) => (i === 0 ? { ...e, outcome: 'failed' as const } : e)))).toBe(0);
  });

  test('a host of the AI SDK that ignores needsApproval deploys nothing', async () => {
    const { registry: r, session, studio } = await registry();
    await r.call('generate_sql', { prompt: 'count trades every minute' }, { session });
    const tools = toAiSdkTools(r, { session });
    expect(tools['deploy_pipeline']?.needsApproval).toBe(true);
    const answer = (await tools['deploy_pipeline']?.execute({})) as { approval_required: boolean; approval_id: string; done: boolean };
    expect(answer).toMatchObject({ approval_required: true, done: false });
    expect(await studio.deployments.list()).toEqual([]);
    const refusing = toAiSdkTools(r, { session }, { isApproved: () => false });
    expect(await refusing['deploy_pipeline']?.execute({})).toEqual({ declined: true });
    expect(await studio.deployments.list()).toEqual([]);
    const shown: string[] = [];
    const asking = toAiSdkTools(r, { session }, { isApproved: (plan) => shown.push(plan.hash) > 0 });
    expect(await asking['deploy_pipeline']?.execute({})).toMatchObject({ status: expect.any(String) });
    expect(shown[0]).toMatch(/^[0-9a-f]{16,}/);
    expect(await studio.deployments.list()).toHaveLength(1);
  });

  test('an approval does not serve another action', async () => {
    const { registry: r, session, studio } = await registry();
    await r.call('generate_sql', { prompt: 'count trades every minute' }, { session });
    const { approval } = await r.call('deploy_pipeline', { name: 'small' }, { session });
    const approvalId = approval?.approvalId ?? '';
    await expect(r.call('deploy_pipeline', { name: 'other' }, { session, approvalId })).rejects.toMatchObject({ code: 'refused' });
    await expect(r.call('deploy_app', {}, { session, approvalId })).rejects.toMatchObject({ code: 'refused' });
    expect(await studio.deployments.list()).toEqual([]);
  });
});
