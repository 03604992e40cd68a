import { createStudio } from '@velostream/core';
import { datagen } from '@velostream/core/connect';
import { createStudioHandler } from '@velostream/core/http';

const REGIONS = ['north', 'south', 'east', 'west'];

/** One studio for the process, on orders that come in while somebody looks. */
export const studio = createStudio({
  connectors: [datagen()],
  sources: {
    orders: {
      input: {
        uri: 'datagen:',
        options: {
          columns: [
            { name: 'region', kind: 'choice', values: REGIONS, weights: [40, 25, 20, 15] },
            { name: 'amount', kind: 'walk', start: [80, 45, 60, 120], step: 6, min: 2, max: 900, digits: 2, by: 'region' },
            { name: 'placed_at', kind: 'timestamp', start: '2026-01-05T09:30:00Z', stepMs: 500 },
          ],
          rows_per_second: 40,
          history: 400,
          seed: 7,
        },
        eventTime: 'placed_at',
      },
      description: 'orders as they come in',
    },
  },
});

/** Everybody may look, since the orders are made up. A real application checks its own session here. */
export const handler = createStudioHandler(studio, { authorize: () => ({ id: 'visitor', role: 'developer' }) });
