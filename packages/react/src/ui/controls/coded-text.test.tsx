import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { CodedText } from './CodedText.tsx';

test('names between back ticks are set as code', () => {
  expect(renderToStaticMarkup(<CodedText text="Reads `public.orders` into `copy`." />)).toBe(
    'Reads <code>public.orders</code> into <code>copy</code>.',
  );
});

test('a back tick without a partner stays text', () => {
  expect(renderToStaticMarkup(<CodedText text="a ` b" />)).toBe('a ` b');
});
