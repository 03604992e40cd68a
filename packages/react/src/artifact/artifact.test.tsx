import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { settle } from '../query/live-query.fixture.ts';
import { sampleArtifacts, typicalArtifacts } from '../testing/samples/sample-artifacts.ts';
import { themedRenderers } from '../ui/themed-renderers.ts';
import { VeloTheme } from '../ui/VeloTheme.tsx';
import { Artifact } from './Artifact.tsx';
import { ArtifactRegistry } from './ArtifactRegistry.tsx';
import { headlessRenderers } from './headless-renderers.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const samples = Object.keys(sampleArtifacts).filter((name) => !name.endsWith('/huge'));
const artifactOf = (name: string) => sampleArtifacts[name] as NonNullable<(typeof sampleArtifacts)[string]>;

const fault = { isThere: false };
function Broken() {
  if (fault.isThere) throw new Error('bad data');
  return <p>fine</p>;
}

beforeEach(() => {
  for (const name of ['error', 'warn', 'log'] as const) vi.spyOn(console, name);
});
afterEach(() => {
  cleanup();
  for (const name of ['error', 'warn', 'log'] as const) expect(console[name]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

describe('Artifact', () => {
  test('every kind has a headless and a themed renderer', () => {
    expect(Object.keys(headlessRenderers).sort()).toEqual(Object.keys(typicalArtifacts).sort());
    expect(Object.keys(themedRenderers).sort()).toEqual(Object.keys(typicalArtifacts).sort());
  });

  test.each(samples)('%s is drawn without styles, in StrictMode, without a word on the console', (name) => {
    const { container } = render(
      <StrictMode>
        <Artifact artifact={artifactOf(name)} />
      </StrictMode>,
    );
    expect(container.querySelector('[data-artifact-failure]')).toBeNull();
    expect(container.firstElementChild?.tagName).toBe('SECTION');
  });

  test.each(samples)('%s is drawn in the theme, in StrictMode, without a word on the console', (name) => {
    const { container } = render(
      <StrictMode>
        <VeloTheme>
          <Artifact artifact={artifactOf(name)} onAction={() => {}} />
        </VeloTheme>
      </StrictMode>,
    );
    expect(container.querySelector('[data-artifact-failure]')).toBeNull();
    expect(container.querySelector('.velo-card')?.getAttribute('data-state')).toBe(artifactOf(name).state);
  });

  test.each(samples)('%s is drawn on a server, headless and themed', (name) => {
    const artifact = artifactOf(name);
    expect(renderToString(<Artifact artifact={artifact} />)).toContain('<section');
    const themed = renderToString(
      <VeloTheme>
        <Artifact artifact={artifact} />
      </VeloTheme>,
    );
    expect(themed).toContain('velo-card');
  });

  test('a failed artifact says what happened and what to do', () => {
    render(
      <VeloTheme>
        <Artifact artifact={artifactOf('topic-list/failed')} />
      </VeloTheme>,
    );
    const alert = screen.getByRole('alert');
    expect(alert.getAttribute('data-code')).toBe('VS4101');
    expect(alert.textContent).toContain('Is it reachable from this machine?');
  });

  test('a fault while drawing stays inside, and can be tried again', () => {
    vi.mocked(console.error).mockImplementation(() => {});
    fault.isThere = true;
    const onError = vi.fn();
    render(
      <ArtifactRegistry renderers={{ topology: Broken }}>
        <p>others</p>
        <Artifact artifact={typicalArtifacts.topology} onError={onError} />
      </ArtifactRegistry>,
    );
    expect(screen.getByText('others')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('bad data');
    expect(onError).toHaveBeenCalledOnce();
    fault.isThere = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByText('fine')).toBeTruthy();
    vi.mocked(console.error).mockClear();
  });

  test('a host adds kinds of its own', () => {
    const own = { ...typicalArtifacts.topology, kind: 'map' } as unknown as typeof typicalArtifacts.topology;
    render(
      <ArtifactRegistry renderers={{ map: () => <p>a map</p> }}>
        <Artifact artifact={own} />
      </ArtifactRegistry>,
    );
    expect(screen.getByText('a map')).toBeTruthy();
  });

  test('an action is pending until its promise settles; a rejection is shown and can be put away', async () => {
    let fail: (reason: Error) => void = () => {};
    const onAction = vi.fn(() => new Promise<void>((_, reject) => (fail = reject)));
    render(
      <VeloTheme>
        <Artifact artifact={typicalArtifacts['app-preview']} onAction={onAction} />
      </VeloTheme>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Test all' }));
    expect(onAction).toHaveBeenCalledWith(expect.objectContaining({ name: 'test-all' }));
    expect(screen.getByRole('button', { name: 'Deploy app' }).hasAttribute('disabled')).toBe(true);
    await act(async () => {
      fail(Object.assign(new Error('no rows could be made'), { hint: 'Declare a schema.' }));
      await settle();
    });
    expect(screen.getByRole('alert').textContent).toContain('Test all did not work: no rows could be made');
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('older versions can be shown; a newer one takes the place again', () => {
    const first = typicalArtifacts['topic-list'];
    const second = { ...first, version: 2, title: 'Topics, later' };
    const third = { ...first, version: 3, title: 'Topics, last' };
    const { rerender } = render(
      <VeloTheme>
        <Artifact artifact={second} versions={[first, second]} />
      </VeloTheme>,
    );
    fireEvent.change(screen.getByRole('combobox', { name: 'Version' }), { target: { value: '1' } });
    expect(screen.getByRole('heading').textContent).toBe(first.title);
    rerender(
      <VeloTheme>
        <Artifact artifact={third} versions={[first, second, third]} />
      </VeloTheme>,
    );
    expect(screen.getByRole('heading').textContent).toBe('Topics, last');
  });
});
