// Films a walk through the studio as a newcomer would take it, and writes it as an animated picture.
//
//   npm run film            docs/images/walk.webp; needs Chromium and ffmpeg
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStudio } from '@velostream/core/node';
import { chromium, type Locator, type Page } from 'playwright-core';
import { chromiumPath } from '../../../.config/browser.ts';
import { buildPage } from '../server/build-page.ts';
import { createSampleStudio } from '../server/create-sample-studio.ts';

const OUT = fileURLToPath(new URL('../../../docs/images/walk.webp', import.meta.url));
const SIZE = { width: 1280, height: 800 };
const FRAMES_PER_SECOND = 8;
const BYTES_MAX = 1_500_000;

interface Frame {
  readonly file: string;
  readonly atMs: number;
}

/** Pictures of the page from now on, one for each change that is drawn. */
async function filmed(page: Page, folder: string, act: () => Promise<void>): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
    const file = join(folder, `${String(frames.length).padStart(5, '0')}.jpg`);
    writeFileSync(file, Buffer.from(data, 'base64'));
    frames.push({ file, atMs: (metadata.timestamp ?? 0) * 1_000 });
    void session.send('Page.screencastFrameAck', { sessionId });
  });
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 92, maxWidth: SIZE.width, maxHeight: SIZE.height });
  await act();
  await session.send('Page.stopScreencast');
  return frames;
}

const look = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function walk(page: Page): Promise<void> {
  const stage = page.getByRole('region', { name: 'Artifacts' });
  const press = async (button: Locator): Promise<void> => {
    await button.hover();
    await look(250);
    await button.click();
  };
  const ask = async (text: string): Promise<void> => {
    const answers = await page.locator('[data-role="assistant"]').count();
    await page.getByRole('textbox', { name: 'Message' }).pressSequentially(text, { delay: 28 });
    await look(250);
    await page.keyboard.press('Enter');
    await page.locator('[data-role="assistant"]').nth(answers).waitFor();
    await page.getByText('Working…').waitFor({ state: 'detached' });
  };
  await look(1_600);
  await ask('total quantity per symbol every minute');
  await look(1_400);
  await press(stage.getByRole('button', { name: 'Run', exact: true }));
  await stage.locator('.recharts-surface').first().waitFor();
  await look(2_600);
  await ask('build a trading analytics app on trades');
  await look(1_300);
  await press(stage.getByRole('tab', { name: 'Data flow' }));
  await look(1_800);
  await press(stage.getByRole('tab', { name: 'Dashboard' }));
  await stage.locator('.velo-panel .recharts-surface').nth(1).waitFor();
  await look(2_200);
  await press(stage.getByRole('button', { name: 'Test all' }));
  await stage.getByText(/All \d+ assertions passed/).waitFor();
  await look(1_700);
  await ask('deploy app');
  await look(900);
  await press(page.getByRole('button', { name: 'Approve' }));
  await stage
    .getByText(/· running/)
    .first()
    .waitFor();
  await look(2_600);
}

/** Each frame for as long as it stood, at a steady rate. */
function encode(frames: readonly Frame[], folder: string): void {
  const list = frames.map(({ file, atMs }, i) => {
    const next = frames[i + 1];
    const seconds = next ? Math.max(0.02, (next.atMs - atMs) / 1_000) : 2;
    return `file '${file}'\nduration ${seconds.toFixed(3)}`;
  });
  const last = frames.at(-1);
  writeFileSync(join(folder, 'list.txt'), `${list.join('\n')}\nfile '${last?.file}'\n`);
  const input = ['-y', '-loglevel', 'error', '-f', 'concat', '-safe', '0', '-i', join(folder, 'list.txt')];
  const filter = ['-vf', `fps=${FRAMES_PER_SECOND},scale=1100:-2:flags=lanczos`];
  const output = ['-c:v', 'libwebp_anim', '-lossless', '0', '-quality', '62', '-compression_level', '6', '-loop', '0', OUT];
  const { status, stderr, error } = spawnSync('ffmpeg', [...input, ...filter, ...output], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ffmpeg failed: ${error?.message ?? stderr}`);
}

const executablePath = chromiumPath();
if (executablePath === undefined) throw new Error('there is no Chromium; install it or set CHROMIUM to its path');
const folder = mkdtempSync(join(tmpdir(), 'velo-film-'));
const studio = await createSampleStudio({ roots: [], home: null, claudeApiKey: undefined });
const served = await serveStudio(studio, { port: 0, page: await buildPage() });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await (await browser.newContext({ viewport: SIZE, colorScheme: 'light', reducedMotion: 'reduce' })).newPage();
  await page.goto(`${served.url}/`);
  await page.locator('.recharts-surface').first().waitFor();
  encode(await filmed(page, folder, () => walk(page)), folder);
} finally {
  await browser.close();
  await served.close();
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
}
const { size } = statSync(OUT);
process.stdout.write(`${OUT}: ${Math.round(size / 1_000)} KB\n`);
if (size > BYTES_MAX) throw new Error(`the film has ${size} bytes, at most ${BYTES_MAX} are allowed`);
