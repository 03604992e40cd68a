import { prepareOurs, type Work } from './ours.ts';

// One query in a process of its own, so that its peak of memory is its own: warms up, runs, and prints one line of JSON.
const [work, rounds] = JSON.parse(process.argv[2] ?? '') as [Work, number];
const run = await prepareOurs(work);
await run();
for (let i = 0; i < rounds; i++) {
  const done = await run();
  process.stdout.write(`${JSON.stringify({ ...done, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`);
}
process.exit(0);
