import { parentPort } from 'node:worker_threads';
import { assert } from '../../diagnostics/assert.ts';
import { threadFailed } from '../../diagnostics/codes/deploy.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { DeployTarget, TargetDeployment } from '../../protocol/studio/deployment.ts';
import type { ThreadAnswer, ThreadCall, ThreadFailure, ThreadState } from './thread-protocol.ts';

const STATE_EVERY_MS = 250;

/**
 * Serves one deployment from a worker thread: the last line of the module that `threads` is given.
 *
 * @example serveThread(embedded({ connectors: [kafka()], fs: fileSystem(), directory: '/var/lib/velo' }));
 */
export function serveThread(target: DeployTarget): void {
  const port = parentPort;
  assert(port !== null, 'the module of a deployment is run in a worker thread');
  let deployment: TargetDeployment | null = null;
  const send = (answer: ThreadAnswer): void => port.postMessage(answer);
  const state = (): ThreadState | null =>
    deployment === null
      ? null
      : { jobs: deployment.jobs(), alerts: deployment.alerts(), steps: deployment.steps ?? [], metricsText: deployment.metricsText() };
  const timer = setInterval(() => {
    const now = state();
    if (now !== null) send({ kind: 'state', state: now });
  }, STATE_EVERY_MS);
  timer.unref();
  port.on('message', async (call: ThreadCall) => {
    try {
      if (call.action === 'deploy') deployment = await target.deploy(call.request);
      else if (call.action === 'logs') {
        const options = {
          ...(call.job === undefined ? {} : { job: call.job }),
          ...(call.limit === undefined ? {} : { limit: call.limit }),
        };
        send({ kind: 'done', id: call.id, state: state(), logs: (await deployment?.logs(options)) ?? [] });
        return;
      } else if (call.action === 'close') await (deployment?.close === undefined ? deployment?.stop() : deployment.close());
      else if (call.action === 'remove') await deployment?.remove();
      else await deployment?.[call.action](call.job);
      send({ kind: 'done', id: call.id, state: state() });
    } catch (error) {
      send({ kind: 'failed', id: call.id, error: failureOf(error) });
    }
  });
  send({ kind: 'ready', capabilities: target.capabilities });
}

function failureOf(error: unknown): ThreadFailure {
  const { code, reason, message, hint } = VeloError.is(error)
    ? error
    : threadFailed(error instanceof Error ? error.message : String(error));
  return { code, reason, message, ...(hint === undefined ? {} : { hint }) };
}
