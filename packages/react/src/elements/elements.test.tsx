import { act, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scriptedQuery, settle } from '../query/live-query.fixture.ts';
import { typicalArtifacts } from '../testing/samples/sample-artifacts.ts';
import { defineElements, ELEMENT_KINDS } from './define-elements.ts';
import type { VeloElement } from './velo-element.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

beforeEach(() => {
  defineElements();
  vi.spyOn(console, 'error');
});
afterEach(async () => {
  await act(async () => {
    document.body.replaceChildren();
    await settle();
  });
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

// A custom element is what `customElements` made of its name.
const make = (name: string): VeloElement => document.createElement(name) as VeloElement;
const show = (element: VeloElement): Promise<void> => act(async () => document.body.append(element));

describe('custom elements', () => {
  test('there is one for each kind, and defining them again does nothing', () => {
    expect([...ELEMENT_KINDS].sort()).toEqual(Object.keys(typicalArtifacts).sort());
    expect(() => defineElements()).not.toThrow();
  });

  test.each(Object.values(typicalArtifacts))('<velo-$kind> draws its artifact', async (artifact) => {
    const element = make(`velo-${artifact.kind}`);
    element.artifact = artifact;
    await show(element);
    expect(element.querySelector('.velo-card')?.getAttribute('aria-label')).toBe(artifact.title);
  });

  test('an artifact may come as JSON in an attribute', async () => {
    const element = make('velo-artifact');
    element.setAttribute('artifact', JSON.stringify(typicalArtifacts['topic-list']));
    element.setAttribute('theme', 'dark');
    await show(element);
    expect(element.querySelector('[data-velo]')?.getAttribute('data-theme')).toBe('dark');
    expect(element.textContent).toContain('Topics of broker1:9092');
  });

  test('text that is no artifact draws nothing', async () => {
    const element = make('velo-artifact');
    element.setAttribute('artifact', '{"kind":"topic-list"}');
    await show(element);
    expect(element.querySelector('.velo-card')).toBeNull();
  });

  test('an action is an event that bubbles', async () => {
    const element = make('velo-topic-list');
    element.artifact = typicalArtifacts['topic-list'];
    const heard = vi.fn();
    document.body.addEventListener('velo-action', heard, { once: true });
    await show(element);
    await act(async () => element.querySelector<HTMLButtonElement>('[aria-label="Schema of trades"]')?.click());
    const event = heard.mock.calls[0]?.[0] as CustomEvent;
    expect(event.detail).toMatchObject({ name: 'inspect', subject: { id: 'broker1/trades' } });
  });

  test('a query is shown live', async () => {
    const element = make('velo-query-results');
    const query = scriptedQuery();
    element.query = query;
    element.setAttribute('label', 'Symbols');
    await show(element);
    await act(async () => {
      query.push({ symbol: 'AAPL' });
      await settle();
    });
    await waitFor(() => expect(element.querySelector('table')).not.toBeNull(), { timeout: 5_000 });
    expect(element.querySelector('table')?.textContent).toContain('AAPL');
  });

  test('an artifact of another kind is refused in words', async () => {
    const element = make('velo-topology');
    element.artifact = typicalArtifacts['topic-list'];
    await show(element);
    expect(element.textContent).toContain('cannot show an artifact of kind "topic-list"');
  });
});
