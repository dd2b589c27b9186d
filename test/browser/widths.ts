import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { everyView } from './every-view.ts';
import type { ConsoleTest } from './open-console.ts';

/** Of a phone, a tablet, windows beside another one, and a small laptop. */
const widths = [390, 768, 900, 1024, 1280];

async function atEach(page: Page, look: (width: number) => Promise<void>): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 860 });
    await look(width);
  }
}

export function atEveryWidth(test: ConsoleTest, bookings: () => Promise<string>): void {
  it.each(everyView)('is no wider than its window at %s', async (path, there) => {
    const name = await bookings();
    const page = await test.visit(path.replace('RUN', name));
    await page.locator(there).first().waitFor();
    const found: string[] = [];
    await atEach(page, async (width) => {
      // What scrolls sideways by itself, as a wide table does, does not widen the page.
      const needed = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (needed > width) found.push(`${needed} px at ${width} px`);
    });
    expect(found).toEqual([]);
  });

  it('names the trip of each run, one that was started to undo included, and cuts no badge', async () => {
    await bookings();
    await test.cloud.book('success', 'a-week-in-dublin');
    const page = await test.visit('/data/trips/a-week-in-dublin');
    await page.locator('.item', { hasText: 'Booking' }).locator('.status', { hasText: 'Confirmed' }).first().waitFor();
    await page.goto(`${test.cloud.consoleUrl}/runs`);
    await page.getByRole('link', { name: 'a-week-in-dublin' }).first().click();
    await page.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByRole('button', { name: 'Cancel the booking' }).click();
    await page.getByText('The API accepted it').first().waitFor();
    await page.goto(`${test.cloud.consoleUrl}/runs`);
    await page.locator('tbody .tag', { hasText: 'cancel' }).first().waitFor();
    const found: string[] = [];
    await atEach(page, async (width) => {
      const cut = await page.evaluate(`[...document.querySelectorAll('tbody .row-name')].flatMap((name) => {
        const [link, tag] = name.children;
        const isTold = link.clientWidth >= Math.min(100, link.scrollWidth);
        const isWhole = tag === undefined || tag.getBoundingClientRect().right <= name.parentElement.getBoundingClientRect().right;
        return isTold && isWhole ? [] : [name.textContent];
      })`);
      for (const each of cut as string[]) found.push(`${each} at ${width} px`);
    });
    expect(found).toEqual([]);
  });
}
