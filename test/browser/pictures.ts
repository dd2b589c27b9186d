/** `npm run console:pictures`: the pictures of the console in the documents, of a local cloud of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '#infra/operations/run-command.ts';
import { chromiumPath, howToInstall, openBrowser, openPage } from '#test/support/browser/chromium.ts';
import { openConsoleCloud } from '#test/support/browser/console-cloud.ts';
import { animatedRun } from '../../localstack/console/model/animation.ts';
import type { Layout } from '../../localstack/console/model/layout.ts';
import type { RunEvent } from '../../localstack/console/model/wire.ts';

const usage = `npm run console:pictures -- [--out DIR]

Writes pictures of the console, light and dark, and a run that lights up (SVG).

  --out DIR   where to (default: docs/images)
  CHROMIUM    the browser, where it is none of the usual places
  --help      this text`;

const config = { options: { out: { type: 'string', default: 'docs/images' } } } as const;
const size = { width: 1280, height: 860 };

await runCommand('console:pictures', usage, config, async ({ values: { out } }) => {
  if (chromiumPath === undefined) throw new Error(`no Chromium is here: ${howToInstall}`);
  mkdirSync(out, { recursive: true });
  const [browser, cloud] = await Promise.all([openBrowser(), openConsoleCloud()]);
  try {
    for (const runType of ['success', 'failHotel', 'failRental', 'failNotification', 'success']) {
      await cloud.book(runType, `${runType.toLowerCase()}-${Math.round(performance.now())}`);
    }
    const name = await cloud.book('failBookingConfirmation', 'dublin-in-july');
    const json = async <T>(path: string): Promise<T> => (await fetch(`${cloud.consoleUrl}/api/${path}`)).json() as T;
    await untilEnded(async () => (await json<{ status: string }[]>(`runs?name=${name}`))[0]?.status !== 'RUNNING');
    const layout = await json<Layout>('graph');
    const events = await json<RunEvent[]>(`runs/${name}/events`);
    writeFileSync(
      join(out, 'console-undo.svg'),
      animatedRun(layout, events, 'A booking fails at its last step and is undone'),
    );
    const views = { run: `/runs/${name}?state=ConfirmBooking`, timeline: `/runs/${name}?view=timeline` };
    for (const [view, path] of Object.entries(views)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, context } = await openPage(browser, { viewport: size, colorScheme, reducedMotion: 'reduce' });
        await page.goto(cloud.consoleUrl + path);
        await page.locator('[data-state], .timeline-row').first().waitFor();
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: join(out, `console-${view}-${colorScheme}.png`) });
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await cloud.close();
  }
  console.log(`Written to ${out}`);
});

async function untilEnded(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 100));
}
