import { describe, expect, it } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { meantBy } from './edit-meant.ts';
import { lexiconOf } from './lexicon.ts';
import { joinParts, partsOf } from './sql-parts.ts';

const lexicon = lexiconOf(
  schemasFrom(
    'crossings: ferry STRING, route STRING north|south|islands, sea_state STRING calm|rough, cars INTEGER, delay_min INTEGER, cancelled BOOLEAN, sailed_at TIMESTAMP',
  ),
);

const changed = (said: string, before: string, isLenient = false): string | undefined => {
  const parts = partsOf(`SELECT ${before}`);
  const step = parts && (meantBy(said, { parts, lexicon }) ?? (isLenient ? meantBy(said, { parts, lexicon }, true) : undefined))?.step;
  return step === undefined || typeof step === 'string'
    ? step
    : joinParts(step)
        .replace(/\s+/g, ' ')
        .replace(/^SELECT /, '');
};

const COUNT = 'ferry, COUNT(*) AS n FROM crossings';
const REST = 'GROUP BY ferry WINDOW TUMBLING(1h)';

describe('a change in words', () => {
  it.each([
    ['put rough back in', `${COUNT} WHERE sea_state != 'rough' ${REST}`, `${COUNT} ${REST}`],
    ["don't exclude rough", `${COUNT} WHERE sea_state != 'rough' ${REST}`, `${COUNT} ${REST}`],
    ['the other way round: without calm', `${COUNT} WHERE sea_state = 'calm' ${REST}`, `${COUNT} WHERE sea_state != 'calm' ${REST}`],
    ['calm or rough', `${COUNT} WHERE sea_state = 'calm' ${REST}`, `${COUNT} WHERE sea_state IN ('calm', 'rough') ${REST}`],
    ['not calm but rough', `${COUNT} WHERE sea_state = 'calm' ${REST}`, `${COUNT} WHERE sea_state = 'rough' ${REST}`],
    ['lift the restriction to calm', `${COUNT} WHERE sea_state = 'calm' ${REST}`, `${COUNT} ${REST}`],
    ['islands is of no interest', `${COUNT} ${REST}`, `${COUNT} WHERE route != 'islands' ${REST}`],
    ['nothing but islands', `${COUNT} ${REST}`, `${COUNT} WHERE route = 'islands' ${REST}`],
  ])('keeps, takes or gives back rows: %s', (said, before, after) => {
    expect(changed(said, before)).toBe(after);
  });

  it.each([
    ['skip crossings with a delay under 20 minutes', `${COUNT} ${REST}`, `${COUNT} WHERE delay_min >= 20 ${REST}`],
    ['hide ferries with fewer than 3 crossings', `${COUNT} ${REST}`, `${COUNT} ${REST} HAVING COUNT(*) >= 3`],
    ['use 8 as the bound', `${COUNT} ${REST} HAVING COUNT(*) > 15`, `${COUNT} ${REST} HAVING COUNT(*) > 8`],
  ])('turns a bound round where rows are taken away: %s', (said, before, after) => {
    expect(changed(said, before)).toBe(after);
  });

  it.each([
    ['forget the ferries, give me routes', `${COUNT} ${REST}`, `route, COUNT(*) AS n FROM crossings GROUP BY route WINDOW TUMBLING(1h)`],
    ['subdivide by route', `${COUNT} ${REST}`, `ferry, route, COUNT(*) AS n FROM crossings GROUP BY ferry, route WINDOW TUMBLING(1h)`],
    [
      'the total cars, not the count',
      `${COUNT} ${REST}`,
      'ferry, SUM(cars) AS total_cars FROM crossings GROUP BY ferry WINDOW TUMBLING(1h)',
    ],
    ['not per ferry', `${COUNT} ${REST}`, 'COUNT(*) AS n FROM crossings WINDOW TUMBLING(1h)'],
  ])('changes the groups and the figures: %s', (said, before, after) => {
    expect(changed(said, before)).toBe(after);
  });

  it.each([
    ['5 is enough', `${COUNT} ${REST} ORDER BY n DESC LIMIT 10`, `${COUNT} ${REST} ORDER BY n DESC LIMIT 5`],
    ['all of them', `${COUNT} ${REST} ORDER BY n DESC LIMIT 10`, `${COUNT} ${REST} ORDER BY n DESC`],
    ['flip the order', `${COUNT} ${REST} ORDER BY n DESC`, `${COUNT} ${REST} ORDER BY n ASC`],
    ['over all time', `${COUNT} ${REST}`, `${COUNT} GROUP BY ferry`],
    ["don't wait for the window to close", `${COUNT} ${REST} EMIT FINAL`, `${COUNT} ${REST} EMIT CHANGES`],
  ])('changes what is shown, and when: %s', (said, before, after) => {
    expect(changed(said, before)).toBe(after);
  });

  it.each(['crossings without rough', 'by captain instead', 'only rough on sundays', 'alert me when n is over 5'])(
    'leaves alone what it does not understand whole: %s',
    (said) => {
      expect(changed(said, `${COUNT} ${REST}`)).toBeUndefined();
    },
  );

  it.each([
    ['only the three ferries with the fewest crossings', `${COUNT} ${REST}`, `${COUNT} ${REST} ORDER BY n ASC LIMIT 3`],
    ['busiest ferry on top', `${COUNT} ${REST}`, `${COUNT} ${REST} ORDER BY n DESC`],
    ['just the leader', `${COUNT} ${REST}`, `${COUNT} ${REST} ORDER BY n DESC LIMIT 1`],
    ['rank them, quietest first, and stop after 4', `${COUNT} ${REST}`, `${COUNT} ${REST} ORDER BY n ASC LIMIT 4`],
    ['from few to many', `${COUNT} ${REST}`, `${COUNT} ${REST} ORDER BY n ASC`],
  ])('puts groups in order: %s', (said, before, after) => {
    expect(changed(said, before)).toBe(after);
  });

  it.each([
    ['a ferry is too fine, show it by route', `${COUNT} ${REST}`, 'route, COUNT(*) AS n FROM crossings GROUP BY route WINDOW TUMBLING(1h)'],
    [
      'separate calm from rough',
      `${COUNT} ${REST}`,
      'ferry, sea_state, COUNT(*) AS n FROM crossings GROUP BY ferry, sea_state WINDOW TUMBLING(1h)',
    ],
    ['route by route please', `${COUNT} ${REST}`, 'route, COUNT(*) AS n FROM crossings GROUP BY route WINDOW TUMBLING(1h)'],
    ['drop everything from the islands', `${COUNT} ${REST}`, `${COUNT} WHERE route != 'islands' ${REST}`],
    ['zoom in on ferry MV-Alma', `${COUNT} ${REST}`, `${COUNT} WHERE ferry = 'MV-Alma' ${REST}`],
    ['hide anything below 5', `${COUNT} ${REST}`, `${COUNT} ${REST} HAVING COUNT(*) >= 5`],
    ['put the longest delay beside it', `${COUNT} ${REST}`, `ferry, COUNT(*) AS n, MAX(delay_min) AS max_delay_min FROM crossings ${REST}`],
  ])('groups, rows and figures by their parts: %s', (said, before, after) => {
    expect(changed(said, before)).toBe(after);
  });

  it.each([
    ['roll that up to days', 'make it 86400 seconds windows'],
    ['an hour is too long, 15 min please', 'make it 900 seconds windows'],
    ['three-hourly would be nicer', 'make it 10800 seconds windows'],
    ['twice as long', 'make it 7200 seconds windows'],
    ['each route just once', 'count distinct route instead'],
    ['also how many different routes', 'also count distinct route'],
    ['and how often did they dock', 'also the row count'],
    ['zoom in on Alma', 'only Alma'],
  ])('is said more plainly: %s', (said, plain) => {
    const parts = partsOf(`SELECT ${COUNT.replace('COUNT(*)', 'SUM(cars)')} ${REST}`);
    const known = parts && { parts, lexicon };
    expect(known && (meantBy(said, known) ?? meantBy(said, known, true))?.step).toBe(plain);
  });

  it.each([
    ['cancelled ones confuse people, leave them out', `${COUNT} ${REST}`, `${COUNT} WHERE cancelled = FALSE ${REST}`],
    ['islands are not a real route, drop it', `${COUNT} ${REST}`, `${COUNT} WHERE route != 'islands' ${REST}`],
    ['disregard everything that is not calm', `${COUNT} ${REST}`, `${COUNT} WHERE sea_state = 'calm' ${REST}`],
    ['sea state must be rough', `${COUNT} ${REST}`, `${COUNT} WHERE sea_state = 'rough' ${REST}`],
    ['uncancelled crossings only', `${COUNT} ${REST}`, `${COUNT} WHERE cancelled = FALSE ${REST}`],
    ['a ferry needs 8 crossings, hide the others', `${COUNT} ${REST}`, `${COUNT} ${REST} HAVING COUNT(*) >= 8`],
    ['at least 8, otherwise skip it', `${COUNT} ${REST}`, `${COUNT} ${REST} HAVING COUNT(*) >= 8`],
    ['calm and rough out', `${COUNT} ${REST}`, `${COUNT} WHERE sea_state NOT IN ('calm', 'rough') ${REST}`],
    ['I need it on route level', `${COUNT} ${REST}`, 'route, COUNT(*) AS n FROM crossings GROUP BY route WINDOW TUMBLING(1h)'],
  ])('hears what is denied, and what the reason for it is: %s', (said, before, after) => {
    expect(changed(said, before, true)).toBe(after);
  });

  it('does not pass over a day or a time of day, even where a word or two may be strange', () => {
    expect(changed('only rough on sundays', `${COUNT} ${REST}`, true)).toBeUndefined();
    expect(changed('leave calm out at night', `${COUNT} ${REST}`, true)).toBeUndefined();
  });
});
