import { answers } from '../../protocol/schemas/answers.ts';
import type { Route } from '../route.ts';
import type { Tickets } from '../tickets.ts';
import { appRoutes } from './app-routes.ts';
import { assistantRoutes } from './assistant-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { executionRoutes } from './execution-routes.ts';
import { notebookRoutes } from './notebook-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { sqlRoutes } from './sql-routes.ts';
import { streamRoutes } from './stream-routes.ts';

const metricsRoute: Route = {
  method: 'GET',
  path: '//metrics',
  produces: 'text/plain',
  summary: 'Prometheus text of the deployments that the caller sees',
  tag: 'jobs',
  risk: 'read',
  handle: ({ studio }) => studio.deployments.metricsText(),
};

/** Every route there is; `describe` makes the description of them all. */
export const allRoutes = (tickets: Tickets, describe: () => unknown): readonly Route[] => [
  ...sqlRoutes,
  ...executionRoutes,
  ...streamRoutes(tickets),
  ...sourceRoutes,
  ...notebookRoutes,
  ...appRoutes,
  ...deploymentRoutes(),
  ...assistantRoutes,
  metricsRoute,
  {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    tag: 'meta',
    risk: 'read',
    response: answers.openapi,
    handle: async () => describe(),
  },
];
