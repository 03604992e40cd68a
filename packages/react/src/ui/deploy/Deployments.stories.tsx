import type { Meta, StoryObj } from '@storybook/react-vite';
import type { DeployPlan } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { fresh } from '../../artifacts.fixture.tsx';
import { sampleApp, sampleDashboard, sampleDeployment } from '../../testing/samples/sample-apps.ts';
import { DeployDialog } from './DeployDialog.tsx';
import { DeployPreview } from './DeployPreview.tsx';
import { HealthPanel } from './HealthPanel.tsx';
import { PipelineStatus } from './PipelineStatus.tsx';

const meta: Meta = { title: 'Deployments' };
export default meta;

const deployment = fresh(sampleDeployment);
const stopped = deployment.jobs.map((job) => ({ ...job, status: 'stopped' as const, health: 'unknown' as const, healthReasons: [] }));

const PLAN: DeployPlan = {
  name: 'trading-analytics',
  target: 'embedded',
  hash: 'a1b2c3',
  jobs: sampleApp.queries.map(({ id, name: title }, i) => ({
    name: `trading-analytics_${id}`,
    title,
    queryId: id,
    action: i === 0 ? 'replace' : 'create',
    state: i === 0 ? 'kept' : 'none',
    guarantee: 'at-least-once',
    outputPerSecondEstimate: 40 * (i + 1),
    ...(i === 0 && { stateBytesEstimate: 480_000 }),
  })),
  metrics: sampleApp.metrics.map((metric) => ({ ...metric, seriesEstimate: 12 })),
  alerts: sampleApp.alerts,
  dashboard: sampleDashboard,
  warnings: ['"Top Movers" keeps at most 10 rows per window'],
  blockers: [],
};

/** The preview stands in a dialog. */
function Previewed({ plan }: { readonly plan: DeployPlan }): ReactNode {
  return (
    <section className="velo-card">
      <div className="velo-card-body">
        <DeployPreview plan={plan} />
      </div>
    </section>
  );
}

export const Preview: StoryObj = { render: () => <Previewed plan={PLAN} /> };
export const PreviewBlocked: StoryObj = {
  render: () => <Previewed plan={{ ...PLAN, warnings: [], blockers: ['"VWAP Calculator" has no sink: name one with INTO'] }} />,
};
export const Pipeline: StoryObj = { render: () => <PipelineStatus deployment={deployment} onCommand={fn()} onEditNotebook={fn()} /> };
export const PipelineStopped: StoryObj = {
  render: () => <PipelineStatus deployment={{ ...deployment, status: 'stopped', jobs: stopped, activeAlerts: [] }} onCommand={fn()} />,
};
export const PipelineDark: StoryObj = { ...Pipeline, parameters: { velo: { theme: 'dark' } } };
export const Health: StoryObj = { render: () => <HealthPanel deployments={[deployment]} /> };
export const HealthWithoutDeployments: StoryObj = { render: () => <HealthPanel deployments={[]} /> };

const onDeploy = fn(async () => {});
const plan = async (): Promise<DeployPlan> => PLAN;

export const Dialog: StoryObj = {
  render: () => <DeployDialog isOpen name="trading-analytics" plan={plan} onDeploy={onDeploy} onClose={fn()} />,
  play: async () => {
    const dialog = within(await within(document.body).findByRole('dialog'));
    const deploy = dialog.getByRole('button', { name: 'Deploy' });
    await waitFor(() => expect(deploy).toBeEnabled(), { timeout: 5_000 });
    await userEvent.click(deploy);
    await waitFor(() => expect(onDeploy).toHaveBeenCalledWith(expect.objectContaining({ name: 'trading-analytics' }), 'a1b2c3'));
  },
};

export const DeletionSaysWhatItDestroys: StoryObj = {
  ...Pipeline,
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'More about trading-analytics' }));
    await userEvent.click(await within(document.body).findByRole('menuitem', { name: 'Delete…' }));
    const button = await within(document.body).findByRole('button', { name: 'Delete 4 jobs and their state' });
    // The dialog fades in.
    await waitFor(() => expect(button).toBeVisible());
  },
};
