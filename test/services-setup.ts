import { down, readState, refresh, up } from '../.config/services/run.mjs';
import { isRequired } from './services.ts';

/**
 * Runs once before the tests that need servers. With REQUIRE_SERVICES every required service is started and what was started is stopped again;
 * without it, running ones are reused and the others make their tests skip with a reason.
 */
export async function setup(): Promise<() => Promise<void>> {
  await refresh();
  if (!process.env['REQUIRE_SERVICES']) return async () => {};
  const before = new Set(Object.keys(readState()));
  const names = process.env['REQUIRE_SERVICES'] === 'all' ? [] : process.env['REQUIRE_SERVICES'].split(',').filter(isRequired);
  const answers = await up(names, (line) => process.stderr.write(`[services] ${line}\n`));
  for (const { name, reason } of answers) {
    if (reason) process.stderr.write(`[services] ${name} is not available: ${reason}\n`);
  }
  const ours = answers.filter((answer) => answer.started && !before.has(answer.name)).map((answer) => answer.name);
  return async () => {
    if (ours.length > 0) await down(ours);
  };
}
