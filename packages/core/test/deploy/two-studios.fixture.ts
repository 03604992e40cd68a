import { datagen } from '../../src/connect/datagen/datagen.ts';
import { memoryFs } from '../../src/deploy/embedded/memory-fs.ts';
import { embedded } from '../../src/deploy/index.ts';
import { sqliteStore } from '../../src/node/sqlite-store.node.ts';
import { createStudio } from '../../src/studio/create-studio.ts';

/** One of several studios on one file; says each change of what runs here, and does what it reads from its input. */
const [path = '', leaseMs = '300'] = process.argv.slice(2);
const connectors = [datagen()];
const studio = createStudio({
  connectors,
  store: sqliteStore({ path }),
  targets: [embedded({ connectors, fs: memoryFs() })],
  allowUnapprovedDeploys: true,
  leaseMs: Number(leaseMs),
});

let said = '';
const say = (what: object): void => {
  const text = JSON.stringify(what);
  if (text !== said) process.stdout.write(`${text}\n`);
  said = text;
};
setInterval(async () => {
  const all = await studio.deployments.list();
  say({
    runs: all.filter((d) => d.jobs.some((j) => j.status === 'running')).map((d) => d.id),
    knows: all.map((d) => `${d.id} ${d.version}`),
  });
}, 20);

process.stdin.on('data', async (data) => {
  for (const word of String(data).trim().split('\n')) {
    try {
      if (word === 'close') {
        await studio.close();
        process.exit(0);
      }
      if (word === 'stop') await studio.deployments.stop('live');
      if (word === 'deploy') {
        const session = await studio.sessions.create();
        await session.connect('datagen:trades?seed=1&rows_per_second=100', { as: 'live' });
        const query = { name: 'All', sql: 'SELECT symbol FROM live', sink: 'all_trades' };
        await session.deploy({ name: 'live', approve: 'auto', app: { name: 'live', queries: [query] } });
      }
      process.stdout.write(`${JSON.stringify({ done: word })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ failed: (error as { reason?: string }).reason ?? String(error) })}\n`);
    }
  }
});
