import { createEngine } from '@velostream/core/engine';
import { Revenue } from './revenue.tsx';

const YESTERDAY = [
  { region: 'north', amount: 812.5 },
  { region: 'south', amount: 640.25 },
  { region: 'north', amount: 99.75 },
];

/** Rendered on the server: the rows are in the page before a script runs. */
export default async function Page() {
  const engine = createEngine({ sources: { yesterday: YESTERDAY } });
  const rows = await engine.run('SELECT region, SUM(amount) AS revenue FROM yesterday GROUP BY region').table();
  await engine.close();
  return (
    <main data-velo="">
      <h1>Orders</h1>
      <h2>Yesterday</h2>
      <ul id="yesterday">
        {rows.map(({ region, revenue }) => (
          <li key={String(region)}>
            {String(region)}: {String(revenue)}
          </li>
        ))}
      </ul>
      <h2>Now</h2>
      <Revenue />
    </main>
  );
}
