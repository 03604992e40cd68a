import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MiniFlow } from './MiniFlow.tsx';

/** The places of boxes from left to right, each once. */
const columnsOf = (edges: readonly { readonly from: string; readonly to: string }[]): number[] => {
  const places = [...renderToStaticMarkup(<MiniFlow edges={edges} />).matchAll(/<rect x="([\d.]+)"/g)].map(([, x]) => Number(x));
  return [...new Set(places)].sort((a, b) => a - b);
};

const chain = [
  { from: 'trades', to: 'windows' },
  { from: 'windows', to: 'alerts' },
];

test('each step stands one column after what feeds it', () => {
  expect(columnsOf(chain)).toEqual([8, 107, 206]);
});

test('a step that feeds itself or goes back moves nothing', () => {
  expect(columnsOf([...chain, { from: 'windows', to: 'windows' }])).toEqual(columnsOf(chain));
  expect(columnsOf([...chain, { from: 'alerts', to: 'windows' }])).toEqual(columnsOf(chain));
});

test('a circle that nothing feeds is drawn as well', () => {
  expect(
    columnsOf([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ]),
  ).toEqual([8, 206]);
});
