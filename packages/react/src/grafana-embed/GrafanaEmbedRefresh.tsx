import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useGrafanaEmbed = dataHookOf('grafana-embed', 'GrafanaEmbed');

/** Asks for fresh data. */
export const GrafanaEmbedRefresh: Part<'button', ActionState> = defineAction('GrafanaEmbed.Refresh', (part) =>
  actionOf(useGrafanaEmbed(part), 'refresh'),
);
