import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needsBrowser, openStudio, sampleStudio, visit as visitStudio } from './page.fixture.ts';

const visit = sampleStudio();

test('what one tab asks to approve is approved in another; jobs are called by their queries', { timeout: 300_000 }, async () => {
  const v = await visit();
  await v.ask('volume by symbol every minute');
  await v.ask('deploy it');
  await v.page.getByRole('button', { name: 'Approve' }).waitFor();
  // The same profile opens the notebook that was open last.
  const other = await v.page.context().newPage();
  await other.goto(v.page.url());
  await other.getByRole('button', { name: 'Approve' }).waitFor();
  await other.getByRole('button', { name: 'Approve' }).click();
  const jobs = other.getByRole('region', { name: 'Artifacts' }).getByRole('table', { name: 'Jobs' });
  const job = jobs.getByRole('rowheader').first();
  await expect.poll(() => job.innerText(), { timeout: 60_000 }).toMatch(/^\S.* \S[^_]*\s+[\w-]+_q1$/);
  await v.page.bringToFront();
  await expect.poll(() => v.page.getByText('Approved elsewhere').count(), { timeout: 60_000 }).toBe(1);
  await other.close();
  await v.page
    .locator('[data-role="assistant"]')
    .last()
    .getByRole('button', { name: /Volume|volume/ })
    .last()
    .click();
  await v.stage.getByRole('table', { name: 'Jobs' }).waitFor();
  await v.sees(/Dashboard of/);
  await v.shots('job-titles');
  await v.page.getByRole('button', { name: /running/ }).click();
  await v.page.getByRole('button', { name: 'Health', exact: true }).click();
  await v.stage.getByText(/_q1$/).first().waitFor();
  await v.shots('job-titles-health');
  expect(v.complaints).toEqual([]);
});

test('the form finds what divides the columns, and the top bar calls files by their names', { timeout: 300_000 }, async (context) => {
  needsBrowser(context);
  const folder = await mkdtemp(join(tmpdir(), 'velo-form-'));
  const open = await openStudio({ roots: [folder] });
  onTestFinished(async () => {
    await open.close();
    await rm(folder, { recursive: true });
  });
  const v = await visitStudio(open);
  await v.page.getByRole('button', { name: 'Sources', exact: true }).click();
  const drawer = v.page.getByRole('complementary', { name: 'Sources' });
  for (const [name, mark] of [
    ['orders.csv', ';'],
    ['returns.tsv', '\t'],
  ] as const) {
    await writeFile(join(folder, name), `id${mark}region${mark}total\n1${mark}north${mark}5\n`);
    await drawer.getByRole('button', { name: 'Connect a source' }).click();
    await drawer.getByLabel('URI').fill(`file://${join(folder, name)}`);
    await drawer.getByRole('button', { name: 'Connect', exact: true }).click();
    await drawer.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
  }
  await expect.poll(() => v.page.locator('.studio-connection').allInnerTexts(), { timeout: 60_000 }).toEqual(['orders.csv', 'returns.tsv']);
  await drawer.getByRole('button', { name: /^orders\.csv/ }).click();
  await v.sees('region');
  await v.sees('total');
  await v.shot('top-bar-files');
  expect(v.complaints).toEqual([]);
});
