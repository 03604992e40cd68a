import type { Meta, StoryObj } from '@storybook/react-vite';
import type { Suggestion } from '@velostream/core/protocol/assist';
import { expect, fn, userEvent, within } from 'storybook/test';
import { SAMPLE_TIME } from '../../testing/samples/envelope.ts';
import { queryResults } from '../../testing/samples/sample-results.ts';
import { SAMPLE_SQL } from '../../testing/samples/sample-sql.ts';
import { SuggestionBanner } from '../suggestions/SuggestionBanner.tsx';
import { SuggestionCard } from '../suggestions/SuggestionCard.tsx';
import { ApprovalCard } from './ApprovalCard.tsx';
import { OptionChips } from './OptionChips.tsx';
import { ToolCard } from './ToolCard.tsx';

const meta: Meta = { title: 'Conversation' };
export default meta;

export const Tools: StoryObj = {
  render: () => (
    <div className="velo-stack">
      <ToolCard part={{ title: 'Look at topics', status: 'running' }} />
      <ToolCard part={{ title: 'Run', status: 'done', artifact: queryResults }} isShown onShow={fn()} />
      <ToolCard part={{ title: 'Connect', status: 'failed', message: 'Kafka did not answer at broker1:9092 within 5 s' }} />
    </div>
  ),
};

const approval = {
  approvalId: 'a1',
  tool: 'deploy_pipeline',
  title: 'Deploy trading-analytics',
  input: { name: 'trading-analytics', jobs: 4 },
  summary: 'Starts 4 jobs on this machine and publishes 6 metrics.',
  hash: 'a1b2c3',
  expiresAt: Number.MAX_SAFE_INTEGER,
};
const onAnswer = fn();

export const Approval: StoryObj = {
  render: () => <ApprovalCard approval={approval} answer={null} onAnswer={onAnswer} />,
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Approve' }));
    await expect(onAnswer).toHaveBeenCalledWith(true);
  },
};
export const ApprovalAnswered: StoryObj = {
  render: () => <ApprovalCard approval={approval} answer="declined" answered="here" onAnswer={null} />,
};
export const ApprovalExpired: StoryObj = {
  render: () => <ApprovalCard approval={{ ...approval, expiresAt: SAMPLE_TIME - 1e12 }} answer={null} onAnswer={fn()} />,
};
export const Options: StoryObj = {
  render: () => (
    <OptionChips
      question="Which price do you mean?"
      options={[
        { label: 'trades.price', prompt: 'use trades.price' },
        { label: 'orders.limit_price', prompt: 'use orders.limit_price' },
      ]}
      onChoose={fn()}
    />
  ),
};

const suggestion = (id: string, more: Partial<Suggestion>): Suggestion => ({
  id,
  ruleId: 'missing-metrics',
  fingerprint: id,
  trigger: 'generate_sql',
  severity: 'medium',
  confidence: 0.9,
  title: 'This query publishes no metrics',
  message: '1 query runs without a metric, so nothing can be alerted on.',
  evidence: { queries: 1 },
  actions: [{ kind: 'apply_annotations', label: 'Add metrics', sql: SAMPLE_SQL, before: SAMPLE_SQL.split('\n').slice(4).join('\n') }],
  ...more,
});
const ALL = [
  suggestion('s1', {}),
  suggestion('s2', {
    ruleId: 'group-count',
    severity: 'low',
    title: 'HAVING would drop 92 % of the groups earlier',
    evidence: { groups: 800, kept: 64 },
    verified: true,
  }),
];
const onApply = fn();

export const Banner: StoryObj = {
  render: () => <SuggestionBanner suggestions={ALL} onApply={onApply} onDismiss={fn()} onHideRule={fn()} />,
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    await userEvent.click(page.getByRole('button', { name: 'Performance only' }));
    await expect(onApply).toHaveBeenCalledTimes(1);
    await userEvent.click(page.getByRole('button', { name: 'Apply all' }));
    await expect(onApply).toHaveBeenCalledTimes(3);
    await userEvent.click(page.getByRole('button', { name: 'Details' }));
    await expect(page.getByText('HAVING would drop 92 % of the groups earlier')).toBeVisible();
  },
};
export const BannerDark: StoryObj = { ...Banner, play: async () => {}, parameters: { velo: { theme: 'dark' } } };
export const Card: StoryObj = {
  render: () => <SuggestionCard suggestion={ALL[0] as Suggestion} isOpen onApply={fn()} onDismiss={fn()} onHideRule={fn()} />,
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    await userEvent.click(page.getByRole('button', { name: 'View diff' }));
    await expect(page.getByText('-- @metric: trade_volume')).toBeVisible();
  },
};
