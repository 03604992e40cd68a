// What the way from a query to production costs, in one run: tests, generated rows, dashboard and rules, a plan, a list of notebooks.
//   npm run bench:production
// One after the other: as static imports they would run at the same time and disturb each other.
await import('./testing.ts');
await import('./deploy.ts');

export {};
