// Every kind of artifact with the keyboard alone, in real Chromium: Tab reaches all that can be done, in the order in which it stands, and what has
// the focus can be seen.
import type { ArtifactKind } from '@velostream/core/protocol';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProblem, openBrowser } from './browser.ts';
import type { KeyboardSeen } from './keyboard-page.tsx';
import { type ServedPage, servePage } from './serve-page.ts';

const problem = browserProblem();
const limits = { timeout: 60_000 };
let page: ServedPage | undefined;
let browser: Browser | undefined;
beforeAll(async () => {
  if (problem !== undefined) return;
  page = await servePage('test/keyboard-page.tsx', { policy: "default-src 'self' data: 'unsafe-inline'" });
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await page?.close();
});

type Global = { readonly seen: KeyboardSeen };
const press = async (tab: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await tab.keyboard.press(key);
};
const heard = (tab: Page): Promise<readonly string[]> => tab.evaluate(() => (globalThis as unknown as Global).seen.heard);
/** The focus goes to a control as by Tab: the ring shows. */
const focus = (tab: Page, role: 'button' | 'tab' | 'radio', name: string | RegExp): Promise<void> =>
  tab
    .getByRole(role, { name, exact: typeof name === 'string' })
    .first()
    .focus();

/** An arrow key moves the focus within a group with the next task of the page, not at once. */
const arrive = async (tab: Page, name: string): Promise<void> => {
  await expect.poll(() => tab.evaluate(() => document.activeElement?.textContent ?? '')).toBe(name);
};

/** What of a kind is loaded after the page. */
const LATE: Readonly<Partial<Record<ArtifactKind, string>>> = {
  'sql-editor': '.monaco-editor textarea, .monaco-editor .native-edit-context',
  'query-results': '.recharts-surface',
  topology: '[data-column]',
};

/** What a kind is for, done without a pointer. */
const DONE: Readonly<Record<ArtifactKind, (tab: Page) => Promise<void>>> = {
  'sql-editor': async (tab) => {
    await focus(tab, 'button', 'Run');
    await press(tab, 'Enter');
    expect(await heard(tab)).toEqual(['run']);
  },
  'query-results': async (tab) => {
    await focus(tab, 'radio', 'Chart');
    await press(tab, 'ArrowRight');
    await arrive(tab, 'Table');
    await press(tab, 'Enter');
    await tab.getByRole('grid').waitFor();
    await tab.locator('[data-place="0:0"]').focus();
    await press(tab, 'ArrowDown', 'ArrowRight');
    // The grid may draw its rows anew between two keys.
    await expect.poll(() => tab.evaluate(() => (document.activeElement as HTMLElement).dataset['place'])).toBe('1:1');
  },
  'schema-viewer': async (tab) => {
    const region = tab.locator('.velo-scroll').first();
    await region.focus();
    expect(await region.evaluate((element) => element === document.activeElement)).toBe(true);
  },
  'test-results': async (tab) => {
    await focus(tab, 'button', 'Regenerate data');
    await press(tab, 'Space');
    expect(await heard(tab)).toEqual(['regenerate-data']);
  },
  'deploy-summary': async (tab) => {
    const steps = tab.locator('details', { hasText: 'steps done' });
    await steps.locator('summary').focus();
    await press(tab, 'Enter');
    expect(await steps.evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true);
  },
  topology: async (tab) => {
    await tab.locator('[data-column][tabindex="0"]').focus();
    const first = await tab.evaluate(() => (document.activeElement as HTMLElement).dataset['column']);
    await press(tab, 'ArrowRight');
    const next = await tab.evaluate(() => (document.activeElement as HTMLElement).dataset['column']);
    expect(next).not.toBe(first);
    expect(await tab.locator('[data-column][tabindex="0"]').count()).toBe(1);
    expect(await tab.locator('[data-traced]').count()).toBeGreaterThan(0);
  },
  'grafana-embed': async (tab) => {
    await focus(tab, 'button', 'Refresh');
    await press(tab, 'Enter');
    expect(await heard(tab)).toEqual(['refresh']);
  },
  'topic-list': async (tab) => {
    await focus(tab, 'button', 'Schema of trades');
    await press(tab, 'Enter');
    expect(await heard(tab)).toEqual(['inspect']);
  },
  'data-preview': async (tab) => {
    await focus(tab, 'radio', 'Table');
    await press(tab, 'ArrowRight');
    await arrive(tab, 'JSON');
    await press(tab, 'Enter');
    await tab.locator('.velo-sql').waitFor();
  },
  'app-preview': async (tab) => {
    await focus(tab, 'tab', 'Queries');
    await press(tab, 'ArrowRight');
    await tab.locator('[data-column]').first().waitFor();
    await focus(tab, 'button', 'Test all');
    await press(tab, 'Enter');
    expect(await heard(tab)).toEqual(['test-all']);
  },
  'template-browser': async (tab) => {
    await focus(tab, 'button', /^Use template/);
    await press(tab, 'Enter');
    expect(await heard(tab)).toEqual(['use-template']);
  },
};

async function open(kind: string): Promise<Page> {
  const tab = await (browser as Browser).newPage({ viewport: { width: 1100, height: 900 }, reducedMotion: 'reduce' });
  await tab.goto(`${page?.url}?kind=${kind}`);
  await tab.locator('.velo-card').waitFor();
  const late = LATE[kind as ArtifactKind];
  if (late !== undefined) await tab.locator(late).first().waitFor({ state: 'attached', timeout: 30_000 });
  return tab;
}

interface Walk {
  /** Controls by number in the order of the document; those that Tab came by. */
  readonly all: readonly string[];
  readonly visited: readonly number[];
  readonly unseen: readonly string[];
}

/** Goes from the button before to the button after. */
async function walk(tab: Page): Promise<Walk> {
  const all = await tab.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('.velo-card :is(a[href], button, input, select, textarea, summary, [tabindex])'),
    ]
      .filter(
        (element) =>
          element.tabIndex >= 0 && !(element as HTMLButtonElement).disabled && element.checkVisibility({ visibilityProperty: true }),
      )
      .filter((element) => element.closest('.monaco-editor') === null);
    for (const [i, element] of controls.entries()) element.setAttribute('data-walk', String(i));
    return controls.map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`.slice(0, 60));
  });
  await tab.locator('#before').focus();
  const visited: number[] = [];
  const unseen: string[] = [];
  for (let i = 0; i < all.length + 20; i++) {
    const inEditor = await tab.evaluate(() => document.activeElement?.closest('.monaco-editor') != null);
    await press(tab, ...(inEditor ? ['Escape', 'Tab'] : ['Tab']));
    const at = await tab.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const framed = element.closest('.recharts-wrapper') ?? element;
      const around = getComputedStyle(framed);
      const isSeen =
        (outlineStyle !== 'none' && outlineWidth !== '0px') || (around.outlineStyle !== 'none' && around.outlineWidth !== '0px');
      return {
        id: element.id,
        walk: element.closest<HTMLElement>('[data-walk]')?.dataset['walk'],
        isSeen,
        isEditor: element.closest('.monaco-editor') !== null,
      };
    });
    if (at.id === 'after') return { all, visited, unseen };
    if (at.walk !== undefined) visited.push(Number(at.walk));
    if (!at.isSeen && !at.isEditor) unseen.push(all[Number(at.walk)] ?? at.id);
  }
  throw new Error(`Tab does not lead out: ${visited.map((at) => all[at]).join(', ')}`);
}

describe.each(Object.keys(DONE) as ArtifactKind[])('%s by keyboard', (kind) => {
  test('Tab reaches every control in order, shows where it is, and leads out', limits, async (context) => {
    if (problem !== undefined) return context.skip(problem);
    const tab = await open(kind);
    const { all, visited, unseen } = await walk(tab);
    expect(visited.map((at) => all[at])).toEqual(all);
    expect(unseen).toEqual([]);
    await tab.close();
  });

  test('what it is for is done without a pointer', limits, async (context) => {
    if (problem !== undefined) return context.skip(problem);
    const tab = await open(kind);
    await DONE[kind](tab);
    await tab.close();
  });
});
