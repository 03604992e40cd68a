import { notFound } from '../../diagnostics/codes/studio.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import { jobQuery, jobRequest, promoteRequest, shadowRequest } from '../../protocol/schemas/work.ts';
import type { AppInput } from '../../protocol/studio/app.ts';
import type { Deployment, DeployOptions } from '../../protocol/studio/deployment.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';
import { type Route, route } from '../route.ts';
import { defined } from './defined.ts';

const idOf = (params: Readonly<Record<string, string>>): string => params['id'] ?? '';

/** Deployments as a whole, and their jobs one by one. */
export const deploymentRoutes = (): readonly Route[] => [...pipelineRoutes(), ...shadowRoutes(), ...jobRoutes()];

/** Another version beside the one that runs. */
function shadowRoutes(): readonly Route[] {
  const path = '/deployments/{id}/shadow';
  return [
    route({
      method: 'POST',
      path,
      summary: 'Runs another version beside the one that runs; it writes nothing',
      tag: 'deployments',
      risk: 'deploy',
      response: answers.shadow,
      body: shadowRequest,
      handle: async ({ studio, params, body }) => ({
        shadow: toWire(await studio.deployments.startShadow(idOf(params), fromWire(body.app) as AppInput, defined({ share: body.share }))),
      }),
    }),
    route({
      method: 'GET',
      path,
      summary: 'How the outputs of both versions compare',
      tag: 'deployments',
      risk: 'read',
      response: answers.shadow,
      handle: async ({ studio, params }) => ({ shadow: toWire(await studio.deployments.shadow(idOf(params))) }),
    }),
    route({
      method: 'DELETE',
      path,
      summary: 'Gives the other version up',
      tag: 'deployments',
      risk: 'deploy',
      response: answers.deleted,
      handle: async ({ studio, params }) => ({ id: idOf(params), deleted: await studio.deployments.endShadow(idOf(params)) }),
    }),
    route({
      method: 'POST',
      path: '/deployments/{id}/promote',
      summary: 'The other version takes over; needs the hash of its plan',
      tag: 'deployments',
      risk: 'deploy',
      response: answers.deployment,
      body: promoteRequest,
      handle: async ({ studio, params, body }) => ({ deployment: toWire(await studio.deployments.promote(idOf(params), body.plan_hash)) }),
    }),
  ];
}

function pipelineRoutes(): readonly Route[] {
  const actions = ['start', 'stop', 'pause', 'resume', 'restart', 'rollback'] as const;
  return [
    route({
      method: 'GET',
      path: '/targets',
      summary: 'Where can be deployed to, and what each target can do',
      tag: 'deployments',
      risk: 'read',
      response: answers.targets,
      handle: async ({ studio }) => ({ targets: toWire(await studio.deployments.targets()) }),
    }),
    route({
      method: 'GET',
      path: '/deployments',
      summary: 'Deployments with their jobs',
      tag: 'deployments',
      risk: 'read',
      response: answers.deployments,
      async handle({ studio }) {
        const deployments = await studio.deployments.list();
        return { deployments: toWire(deployments), total: deployments.length };
      },
    }),
    route({
      method: 'GET',
      path: '/deployments/{id}',
      summary: 'One deployment',
      tag: 'deployments',
      risk: 'read',
      response: answers.deployment,
      handle: async ({ studio, params }) => ({ deployment: toWire(await studio.deployments.get(idOf(params))) }),
    }),
    route({
      method: 'DELETE',
      path: '/deployments/{id}',
      summary: 'Stops and deletes a deployment',
      tag: 'deployments',
      risk: 'deploy',
      response: answers.deleted,
      handle: async ({ studio, params }) => ({ id: idOf(params), deleted: await studio.deployments.delete(idOf(params)) }),
    }),
    ...actions.map((action) =>
      route({
        method: 'POST',
        path: `/deployments/{id}/${action}`,
        summary: `${action[0]?.toUpperCase()}${action.slice(1)}: all jobs of a deployment, or one`,
        tag: 'deployments',
        risk: 'deploy',
        response: answers.deployment,
        query: jobQuery,
        handle: async ({ studio, params, query }) => ({ deployment: toWire(await studio.deployments[action](idOf(params), query.job)) }),
      }),
    ),
    ...(['metrics', 'alerts', 'logs'] as const).map((what) =>
      route({
        method: 'GET',
        path: `/deployments/{id}/${what}`,
        summary: `Its ${what}`,
        tag: 'deployments',
        risk: 'read',
        response: { metrics: answers.deploymentMetrics, alerts: answers.deploymentAlerts, logs: answers.deploymentLogs }[what],
        query: jobQuery,
        async handle({ studio, params, query }) {
          if (what === 'logs') return { logs: toWire(await studio.deployments.logs(idOf(params), defined(query))) };
          return { [what]: toWire(await studio.deployments[what](idOf(params))) };
        },
      }),
    ),
  ];
}

const jobRoutes = (): readonly Route[] => [
  route({
    method: 'GET',
    path: '/jobs',
    summary: 'Jobs of all deployments',
    tag: 'jobs',
    risk: 'read',
    response: answers.jobs,
    async handle({ studio }) {
      const jobs = (await studio.deployments.list()).flatMap((d) =>
        d.jobs.map((job) => ({ ...(toWire(job) as object), deployment_id: d.id, pipeline: d.name })),
      );
      return { jobs, total: jobs.length };
    },
  }),
  route({
    method: 'POST',
    path: '/jobs',
    summary: 'Deploys one query; needs the hash of its plan, which POST /plan makes of an application with that query',
    tag: 'jobs',
    risk: 'deploy',
    body: jobRequest,
    response: answers.job,
    async handle({ body, session }) {
      const { sql, sink, session_id: sessionId, notebook_id: notebookId, ...rest } = body;
      const s = await session(sessionId ?? notebookId);
      const query = { name: body.name, sql, ...(sink === undefined ? {} : { sink }) };
      const options = fromWire(rest) as DeployOptions;
      const { jobs, id, name } = await s.deploy({ ...options, app: { name: body.name, queries: [query] } });
      return { job: { ...(toWire(jobs[0]) as object), deployment_id: id, pipeline: name } };
    },
  }),
  route({
    method: 'GET',
    path: '/jobs/{id}',
    summary: 'One job with its metrics',
    tag: 'jobs',
    risk: 'read',
    response: answers.job,
    async handle({ studio, params }) {
      const { deployment, job } = jobOf(await studio.deployments.list(), idOf(params));
      return { job: { ...(toWire(job) as object), deployment_id: deployment.id, pipeline: deployment.name } };
    },
  }),
  ...(['start', 'stop', 'restart', 'pause', 'resume'] as const).map((action) =>
    route({
      method: 'POST',
      path: `/jobs/{id}/${action}`,
      summary: `${action[0]?.toUpperCase()}${action.slice(1)}s one job`,
      tag: 'jobs',
      risk: 'deploy',
      response: answers.job,
      async handle({ studio, params }) {
        const { deployment, job } = jobOf(await studio.deployments.list(), idOf(params));
        const after = await studio.deployments[action](deployment.id, job.name);
        return { job: toWire(after.jobs.find((j) => j.id === job.id) ?? job) };
      },
    }),
  ),
  route({
    method: 'DELETE',
    path: '/jobs/{id}',
    summary: 'Stops a job',
    tag: 'jobs',
    risk: 'deploy',
    response: answers.deleted,
    async handle({ studio, params }) {
      const { deployment, job } = jobOf(await studio.deployments.list(), idOf(params));
      await studio.deployments.stop(deployment.id, job.name);
      return { id: job.id, deleted: true };
    },
  }),
];

function jobOf(deployments: readonly Deployment[], id: string) {
  for (const deployment of deployments) {
    const job = deployment.jobs.find((j) => j.id === id || j.name === id);
    if (job) return { deployment, job };
  }
  throw notFound('job', id);
}
