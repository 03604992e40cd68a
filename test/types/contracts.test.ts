// Shapes that packages agree on without importing each other; the compiler is the judge.

import type { ChartSchema } from '@velostream/ai';
import type { Query } from '@velostream/core/engine';
import type { TableSchema } from '@velostream/core/sql';
import type { LiveQuery } from '@velostream/react';
import { expectTypeOf, test } from 'vitest';

test('what the engine runs can be shown by the React parts', () => {
  expectTypeOf<Query>().toExtend<LiveQuery>();
});

test('the schema of a query is what a chart is chosen from', () => {
  expectTypeOf<TableSchema>().toExtend<ChartSchema>();
});
