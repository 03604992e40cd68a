import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { EditorProps } from '../renderers/renderers.ts';
import { PlainEditor } from './PlainEditor.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(cleanup);

/** An editor whose formatter answers when it is told to. */
function shown() {
  const told: string[] = [];
  const formatted = Promise.withResolvers<string>();
  const service = { format: () => formatted.promise } as unknown as NonNullable<EditorProps['service']>;
  const editor = (value: string) => <PlainEditor value={value} label="Query" service={service} onChange={(text) => told.push(text)} />;
  const { rerender } = render(editor('select 1'));
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Query' }), { key: 'F', shiftKey: true, altKey: true });
  return { told, type: (text: string) => rerender(editor(text)), answer: () => act(async () => formatted.resolve('SELECT 1;\n')) };
}

test('writes the text as the formatter has it', async () => {
  const { told, answer } = shown();
  await answer();
  expect(told).toEqual(['SELECT 1;\n']);
});

test('what was typed while the formatter worked is not written over', async () => {
  const { told, type, answer } = shown();
  type('select 1, 2');
  await answer();
  expect(told).toEqual([]);
});
