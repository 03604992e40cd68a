import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { relationWords } from './relation-words.ts';

const schemas = schemasFrom(
  'fares: cab STRING, driver STRING, pickup_zone STRING harbour|centre|airport, fare_chf FLOAT, km FLOAT, wait_min FLOAT, by_card BOOLEAN, dropped_at TIMESTAMP',
);
const said = (prompt: string): string | undefined => relationWords(prompt, schemas);

test('a row beside the one before it is a change, or both values', () => {
  expect(said('by how much does each cab’s km go up or down from fare to fare')).toBe('change of km from the previous row per cab');
  expect(said('subtract the preceding km from the current one, cab by cab')).toBe('change of km from the previous row per cab');
  expect(said('km next to the km one fare earlier, per cab')).toBe('km and previous km per cab');
  expect(said('difference between km and the km two fares ago per cab')).toBe('change of km from the previous row 2 back per cab');
});

test('a condition stays, wherever it was said', () => {
  const sum = 'moving sum of km over the last 8 rows per cab, only airport rows';
  expect(said('rolling sum of km over 8 airport fares per cab')).toBe(sum);
  expect(said('considering only fares from the airport, rolling sum of km over 8 fares per cab')).toBe(
    'moving sum of km over the last 8 rows per cab, only rows from the airport',
  );
  expect(said('change of km from one fare to the next per cab where waiting time is over 5')).toBe(
    'change of km from the previous row per cab, only rows where waiting time is over 5',
  );
});

test('rows that belong together are sessions, whatever they are called', () => {
  const shifts = 'number of rows per cab, in session windows with a gap of 30 minutes';
  expect(said('a new shift of a cab starts after 30 minutes of silence. fares in each shift')).toBe(shifts);
  expect(said('shifts per cab: fares less than 30 minutes apart belong together. count them')).toBe(shifts);
  expect(said('with 30 minutes gaps between shifts, how much km in total per shift and cab')).toBe(
    'total km per cab, in session windows with a gap of 30 minutes',
  );
});

test('sessions have every key that is said, whatever the name of the session holds', () => {
  const rides = 'number of rows per driver and cab, in session windows with a gap of 15 minutes';
  expect(said('rides: fares of one cab with the same driver, a new ride after 15 minutes of nothing. fares per ride')).toBe(rides);
  expect(said("a turn is over once a driver hasn't had a fare for 40 minutes, how many fares per turn")).toBe(
    'number of rows per driver, in session windows with a gap of 40 minutes',
  );
  expect(said('a pickup of a cab ends when there were no fares for 2 minutes; total km of each pickup')).toBe(
    'total km per cab, in session windows with a gap of 2 minutes',
  );
});

test('a row beside the next one, by the moment it came, as a ratio, or as a text', () => {
  expect(said('km and next km of a cab side by side')).toBe('km and next km per cab');
  expect(said('km change of a cab compared to the previous drop')).toBe('change of km from the previous row per cab');
  expect(said('ratio of km to the one of the previous fare, by cab')).toBe('ratio of km to the previous row per cab');
  expect(said('previous driver of each fare per cab')).toBe('driver and previous driver per cab');
});

test('two lengths of time, one of them a rhythm, are a window that moves on', () => {
  expect(said('every 5 minutes tell me how many fares each cab had in the 2 hours before')).toBe(
    'number of rows per cab, over the last 2 hours, updated every 5 minutes',
  );
  expect(said('2 hours moving average of km by cab, refreshed each 10 minutes')).toBe(
    'average km per cab, over the last 2 hours, updated every 10 minutes',
  );
});

test('one value of each is the last or the first, also where it is a name', () => {
  expect(said('which driver did each cab have most recently?')).toBe('latest driver per cab');
  expect(said('km at the very first fare of each cab')).toBe('first km per cab');
});

test('a question of another kind stays as it is', () => {
  expect(said('top 3 cabs by km')).toBeUndefined();
  expect(said('average km per cab every 10 minutes')).toBeUndefined();
  expect(said('cabs with more than 3 fares in the last hour')).toBeUndefined();
  expect(said('alert me when km of a fare is 5 above the previous fare of the cab')).toBeUndefined();
});
