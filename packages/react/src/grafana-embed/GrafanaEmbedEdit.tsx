import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useGrafanaEmbed = dataHookOf('grafana-embed', 'GrafanaEmbed');

/** Asks to edit the dashboard. */
export const GrafanaEmbedEdit: Part<'button', ActionState> = defineAction('GrafanaEmbed.Edit', (part) =>
  actionOf(useGrafanaEmbed(part), 'edit'),
);
