import { QUOTAS, type StudioQuotas } from '../studio/quotas.ts';
import type { CommandArguments, CommandOption } from './command.ts';
import { wholeNumber } from './read-arguments.node.ts';

const OPTIONS: readonly (readonly [keyof StudioQuotas, CommandOption])[] = [
  ['sessions', { name: 'sessions', value: '<n>', about: `Notebooks open at once; ${QUOTAS.sessions} by default.` }],
  [
    'sessionsPerCaller',
    { name: 'sessions-per-caller', value: '<n>', about: `The same of one caller; ${QUOTAS.sessionsPerCaller} by default.` },
  ],
  ['jobs', { name: 'jobs', value: '<n>', about: `Jobs of all deployments; ${QUOTAS.jobs} by default.` }],
  ['jobsPerCaller', { name: 'jobs-per-caller', value: '<n>', about: `The same of one caller; ${QUOTAS.jobsPerCaller} by default.` }],
];

/** Options of commands that serve a studio: how much may be held at once. */
export const QUOTA_OPTIONS: readonly CommandOption[] = OPTIONS.map(([, option]) => option);

/** The limits that were given; the studio has its own for the others. */
export function quotasOf(args: CommandArguments): Partial<StudioQuotas> {
  const given = OPTIONS.map(([quota, { name }]) => [quota, wholeNumber(args, name, 1)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
