/** `npm run bench:console`: how soon the console shows what happens, and what it costs a browser. Prints figures; judges nothing. */
import type { CDPSession, Page } from 'playwright-core';
import { wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { cancelNameOf } from '#schema/execution-names.ts';
import { chromiumPath, howToInstall, openBrowser, openPage } from '#test/support/browser/chromium.ts';
import { type ConsoleCloud, openConsoleCloud } from '#test/support/browser/console-cloud.ts';

const usage = `npm run bench:console -- [options]    measures the console in Chromium, on the local cloud of this machine

  --bookings N   whose states are watched as they are coloured (20)
  --runs N       listed while the memory is watched (10000)
  --help         this text

Needs Chromium: ${howToInstall}.`;

const config = {
  options: { bookings: { type: 'string', default: '20' }, runs: { type: 'string', default: '10000' } },
} as const;

await runCommand('bench:console', usage, config, async ({ values }) => {
  const [bookings, runs] = [wholeNumberOf('bookings', values.bookings), wholeNumberOf('runs', values.runs)];
  if (chromiumPath === undefined) throw new Error(`No Chromium found: ${howToInstall}`);
  const [browser, cloud] = await Promise.all([openBrowser(), openConsoleCloud()]);
  try {
    // Only so that the bench itself may wait for an expression.
    const { page } = await openPage(browser, { bypassCSP: true });
    console.log(row('a state is coloured after its event', await colouring(page, cloud, bookings), 'ms'));
    console.log(row('the same, booked by a button of the page', await bookedByButton(page, cloud, bookings), 'ms'));
    await startRuns(cloud, 1_000);
    console.log(row('first paint with 1,000 runs', await firstPaints(page, cloud), 'ms'));
    await memory(page, cloud, runs);
  } finally {
    await browser.close();
    await cloud.close();
  }
});

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
}

function row(what: string, values: readonly number[], unit: string): string {
  const figures = [0.5, 0.95, 1].map((part) => `${quantile(values, part).toFixed(0)} ${unit}`);
  return `${what.padEnd(40)} p50 ${figures[0]}, p95 ${figures[1]}, most ${figures[2]}, of ${values.length}`;
}

/** Keeps when each state's box changes its look for the first time, on the clock that the events have too. */
function watchBoxes(): string {
  return `{
  window.coloured = {};
  const note = () => {
    for (const box of document.querySelectorAll('[data-state]:not(.state-ahead)')) window.coloured[box.dataset.state] ??= Date.now();
  };
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
}`;
}

interface Event {
  readonly at: number;
  readonly state?: string;
  readonly type: string;
}

/** The page is at the run before it begins: the name of a booking's cancellation is known. */
async function colouring(page: Page, cloud: ConsoleCloud, bookings: number): Promise<number[]> {
  const delays: number[] = [];
  for (let at = 0; at < bookings; at++) {
    const booking = await cloud.book('success', `watched-${at}`);
    const name = cancelNameOf(booking);
    await page.goto(`${cloud.consoleUrl}/runs/${booking}`);
    await page.locator('.run-title .status', { hasText: 'Succeeded' }).waitFor();
    await page.goto(`${cloud.consoleUrl}/runs/${name}`);
    await page.getByRole('alert').first().waitFor();
    await page.evaluate(watchBoxes());
    await fetch(`${cloud.consoleUrl}/api/runs/${booking}/cancel`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(cloud.consoleUrl).origin },
      body: '{}',
    });
    delays.push(...(await delaysOf(page, cloud, name, 'Succeeded')));
  }
  return delays;
}

/** From the page's own button to the run, its first states among them. */
async function bookedByButton(page: Page, cloud: ConsoleCloud, bookings: number): Promise<number[]> {
  const delays: number[] = [];
  for (let at = 0; at < bookings; at++) {
    await page.goto(cloud.consoleUrl);
    await page.getByRole('button', { name: 'TakePayment' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(watchBoxes());
    await page.getByRole('button', { name: 'TakePayment' }).click();
    await page.waitForURL(/\/runs\//);
    const name = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    delays.push(...(await delaysOf(page, cloud, name, 'Failed')));
  }
  return delays;
}

/** Of all states of the run, once the page shows its end. */
async function delaysOf(page: Page, cloud: ConsoleCloud, name: string, ending: string): Promise<number[]> {
  await page.locator('.run-title .status', { hasText: ending }).waitFor();
  const events = (await (await fetch(`${cloud.consoleUrl}/api/runs/${name}/events`)).json()) as readonly Event[];
  const entered = events.filter(({ type }) => type.endsWith('StateEntered'));
  await page.waitForFunction(`window.coloured[${JSON.stringify(entered.at(-1)?.state)}] !== undefined`);
  const coloured = (await page.evaluate('window.coloured')) as Readonly<Record<string, number>>;
  return entered.map(({ at, state = '' }) => (coloured[state] ?? Number.POSITIVE_INFINITY) - at);
}

/** From the navigation to the frame in which the last row of the list is there. */
async function firstPaints(page: Page, cloud: ConsoleCloud): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < 10; at++) {
    await page.goto(`${cloud.consoleUrl}/runs`, { waitUntil: 'commit' });
    await page.waitForFunction("document.querySelectorAll('tbody tr').length > 0");
    times.push(
      await page.evaluate<number>(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))',
      ),
    );
  }
  return times;
}

async function memory(page: Page, cloud: ConsoleCloud, runs: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.goto(`${cloud.consoleUrl}/runs`);
  const steps = 5;
  for (let step = 0; step <= steps; step++) {
    if (step > 0) await startRuns(cloud, runs / steps);
    await page.waitForTimeout(1_500);
    const started = (runs / steps) * step;
    console.log(`${`the page's heap after ${started} more runs`.padEnd(40)} ${(await heapOf(session)).toFixed(1)} MB`);
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1_048_576;
}

/** Of the shortest kind: an input that the machine refuses. */
async function startRuns(cloud: ConsoleCloud, count: number): Promise<void> {
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:booking-saga-local-process-booking';
  for (let at = 0; at < count; at += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, count - at) }, async (_, index) => {
        const response = await fetch(cloud.awsUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AWSStepFunctions.StartExecution' },
          body: JSON.stringify({ stateMachineArn, input: `{"bench":${at + index}}` }),
        });
        if (!response.ok) throw new Error(await response.text());
      }),
    );
  }
}
