import { type Browser, chromium } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { chromiumPath } from '../.config/browser.ts';
import { createApprovalDesk } from '../packages/ai/src/mcp/approval-desk.ts';
import { serveApprovalPage } from '../packages/ai/src/mcp/approval-page.node.ts';

let browser: Browser | undefined;
afterAll(() => browser?.close());

test('a person approves a plan with the button of the page', { timeout: 60_000 }, async (context) => {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    if (process.env['REQUIRE_SERVICES'] === 'all') throw new Error('there is no Chromium');
    return context.skip('there is no Chromium');
  }
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  const decided: boolean[] = [];
  const desk = createApprovalDesk();
  const plan = { approvalId: 'appr_1', tool: 'deploy_query', title: 'Deploy', input: {}, summary: 'one job', hash: 'h', expiresAt: 0 };
  desk.add(plan, async (approved) => {
    decided.push(approved);
    return 'It runs.';
  });
  const served = await serveApprovalPage(desk);
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('It runs.').waitFor({ timeout: 10_000 });
  expect(decided).toEqual([true]);
  await page.close();
  await served.close();
});
