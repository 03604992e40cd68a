import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useGrafanaEmbed = dataHookOf('grafana-embed', 'GrafanaEmbed');

/** Asks to deploy the dashboard. */
export const GrafanaEmbedDeploy: Part<'button', ActionState> = defineAction('GrafanaEmbed.Deploy', (part) =>
  actionOf(useGrafanaEmbed(part), 'deploy'),
);
