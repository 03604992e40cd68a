import { actionOf, dataHookOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';

const useGrafanaEmbed = dataHookOf('grafana-embed', 'GrafanaEmbed');

/** Asks for the SQL behind the panels. */
export const GrafanaEmbedViewSql: Part<'button', ActionState> = defineAction('GrafanaEmbed.ViewSql', (part) =>
  actionOf(useGrafanaEmbed(part), 'view-sql'),
);
