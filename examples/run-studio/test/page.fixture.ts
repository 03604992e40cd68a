import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStudio } from '@velostream/core/node';
import type { Studio } from '@velostream/core/protocol/studio';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, onTestFinished, type TestContext } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { buildPage } from '../server/build-page.ts';
import { createSampleStudio, type SampleStudioOptions } from '../server/create-sample-studio.ts';

export interface OpenStudio {
  readonly url: string;
  readonly browser: Browser;
  readonly studio: Studio;
  close(): Promise<void>;
}

/** A machine may be slow and do other things as well: nothing fails for that. What is promised in seconds is measured in a test of its own. */
const PATIENCE_MS = 120_000;
/** For a first build of the page, a browser and perhaps a broker. */
export const OPENING_MS = 600_000;

const SHOTS = fileURLToPath(new URL('../../../.cache/screenshots', import.meta.url));

/** The studio as `npm start` serves it, with notebooks in memory unless told otherwise, and a browser. */
export async function openStudio(more: Partial<SampleStudioOptions> = {}): Promise<OpenStudio> {
  const executablePath = chromiumPath() ?? '/usr/bin/chromium';
  const page = await buildPage();
  const studio = await createSampleStudio({ roots: [], home: null, claudeApiKey: undefined, ...more });
  const served = await serveStudio(studio, {
    port: 0,
    page,
    rateLimits: { all: Number.POSITIVE_INFINITY, expensive: Number.POSITIVE_INFINITY },
  });
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const browser = await chromium.launch({ executablePath, args, timeout: PATIENCE_MS });
  return {
    url: `${served.url}/`,
    browser,
    studio,
    async close() {
      await browser.close();
      await served.close();
      await studio.close();
    },
  };
}

/** Skips with a reason where there is no browser; with REQUIRE_SERVICES=all that is a failure. */
export function needsBrowser(context: TestContext): void {
  if (chromiumPath() !== undefined) return;
  if (process.env['REQUIRE_SERVICES'] === 'all') throw new Error('there is no Chromium');
  context.skip('there is no Chromium: the page itself is not opened');
}

/** One studio for all tests of a file, with the sample streams; each test visits it anew, or is skipped where there is no browser. */
export function sampleStudio(): (o?: VisitOptions) => Promise<Visit> {
  let open: OpenStudio;
  beforeAll(async () => {
    if (chromiumPath() !== undefined) open = await openStudio();
  }, OPENING_MS);
  afterAll(async () => open?.close(), PATIENCE_MS);
  beforeEach((context) => needsBrowser(context));
  return (o) => visit(open, o);
}

export interface Visit {
  readonly page: Page;
  readonly stage: Locator;
  readonly conversation: Locator;
  /** What the page said that it should not have. */
  readonly complaints: string[];
  ask(text: string): Promise<void>;
  /** Agrees to what was asked last. */
  approve(): Promise<void>;
  /** Waits until a text stands on the stage. */
  sees(text: string | RegExp): Promise<void>;
  /** Waits until a text stands in the conversation. */
  hears(text: string | RegExp): Promise<void>;
  /** Presses a button of the artifact on the stage. */
  press(name: string | RegExp): Promise<void>;
  /** One picture, as the page is now. */
  shot(name: string): Promise<void>;
  /** The same moment wide and narrow, light and dark; narrow both sides of the page. */
  shots(name: string): Promise<void>;
}

interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/** A new visitor: a fresh browser profile and a notebook of its own. */
export async function visit(open: OpenStudio, o: VisitOptions = {}): Promise<Visit> {
  const { width = WIDE.width, height = WIDE.height, dark = false } = o;
  const context = await open.browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = listen(page, open.url);
  await page.goto(open.url);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.getByRole('button', { name: /^Notebooks$/ }).click();
  await page.getByRole('button', { name: 'New notebook' }).click();
  await page.getByRole('complementary', { name: 'Notebooks' }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'What do you want to see?' }).waitFor({ state: 'attached' });
  const stage = page.getByRole('region', { name: 'Artifacts' });
  const conversation = page.getByRole('region', { name: 'Conversation' });
  const picture = async (name: string): Promise<void> => {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: `${SHOTS}/${name}.png` });
  };
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(`failed-${task.name.replace(/\W+/g, '-')}`);
    await context.close();
  });
  const settled = (): Promise<void> => page.getByText('Working…').waitFor({ state: 'detached' });
  return {
    page,
    stage,
    conversation,
    complaints,
    async ask(text) {
      if (width < 900) await page.getByRole('button', { name: 'Conversation' }).click();
      const answers = await page.locator('[data-role="assistant"]').count();
      await page.getByRole('textbox', { name: 'Message' }).fill(text);
      await page.keyboard.press('Enter');
      await page.locator('[data-role="assistant"]').nth(answers).waitFor();
      await settled();
    },
    async approve() {
      await page.getByRole('button', { name: 'Approve' }).last().click();
      await settled();
    },
    sees: (text) => stage.getByText(text).first().waitFor(),
    hears: (text) => conversation.getByText(text).first().waitFor(),
    press: (name) =>
      stage
        .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
        .first()
        .click(),
    shot: (name) => picture(`${name}-${width}${dark ? '-dark' : ''}`),
    async shots(name) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const suffix = colorScheme === 'dark' ? '-dark' : '';
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(WIDE);
        await picture(`${name}-1440${suffix}`);
        await page.setViewportSize(NARROW);
        // What lies over the page is the same on both of its sides.
        const isCovered = (await page.locator('dialog[open]').count()) > 0;
        if (isCovered) await picture(`${name}-390${suffix}`);
        for (const side of isCovered ? [] : ['Conversation', 'Artifacts']) {
          await page.getByRole('button', { name: side, exact: true }).click();
          await picture(`${name}-390-${side.toLowerCase()}${suffix}`);
        }
        await page.setViewportSize({ width, height });
      }
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    },
  };
}

/** Errors, warnings, and requests that leave the studio. */
function listen(page: Page, home: string): string[] {
  const complaints: string[] = [];
  page.on('console', (m) => (m.type() === 'error' || m.type() === 'warning') && complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(e.message));
  page.on('request', (r) => !r.url().startsWith(home) && !/^(data|blob|ws):/.test(r.url()) && complaints.push(`a request to ${r.url()}`));
  return complaints;
}
