import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { desk, phone } from '#test/support/browser/chromium.ts';
import { isFullLoad } from '#test/support/load.ts';
import { everyView } from './every-view.ts';
import type { ConsoleTest } from './open-console.ts';

/** What depends on colours; everything else is the same in each. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

interface Look {
  readonly name: string;
  readonly media: NonNullable<Parameters<Page['emulateMedia']>[0]>;
  readonly size: typeof desk;
  readonly rules?: readonly string[];
}

const looks: readonly Look[] = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, size: desk },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, size: desk, rules: rulesOfColour },
  { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' }, size: desk, rules: rulesOfColour },
  { name: 'a phone', media: { colorScheme: 'light', forcedColors: 'none' }, size: phone },
];

export function consoleForEverybody(test: ConsoleTest, bookings: () => Promise<string>): void {
  /** With `LOAD=full`, as CI runs it, each view has each look; otherwise each has one, in turns. */
  const looksOf = (at: number): readonly Look[] =>
    looks.filter((_, index) => isFullLoad || index === at % looks.length);

  it.each(everyView.map((view, at) => [...view, at] as const))('has no violation at %s', async (path, there, at) => {
    const name = await bookings();
    const page = await test.visit(path.replace('RUN', name));
    await page.locator(there).first().waitFor();
    await page.locator('.armed-sign').waitFor();
    const found: string[] = [];
    for (const { name: look, media, size, rules } of looksOf(at)) {
      await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      // Without this mode axe opens a page of its own for each look, to put the results of frames together.
      expect(page.frames()).toHaveLength(1);
      const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
      const { violations } = await (rules === undefined ? builder : builder.withRules([...rules])).analyze();
      for (const { id, nodes } of violations) {
        found.push(`${look}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
      }
    }
    expect(found).toEqual([]);
  });

  const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');

  it('is used by keyboard alone: skip link, views, and the graph by arrow keys', async () => {
    const name = await test.cloud.book('failPayment', 'keys');
    const page = await test.visit(`/runs/${name}`);
    await page.locator('[data-state="ReserveBooking"]').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.locator('[data-state="RouteAction"]').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toContain('ReserveBooking');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
    await page.waitForURL(/state=ReserveBooking/);
  });

  it('leaves Tab where it was while it follows the newest state', async () => {
    const name = await test.cloud.book('failPayment', 'followed');
    const page = await test.visit(`/runs/${name}`);
    await page.locator('.run-title .status', { hasText: 'Failed' }).waitFor();
    await page.getByLabel('Speed').selectOption('4');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Replay' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
  });

  it('tells what happens to those who do not see it', async () => {
    const page = await test.visit('');
    await page.evaluate(`{
      window.told = [];
      const region = document.querySelector('[role=status].unseen');
      new MutationObserver(() => window.told.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    }`);
    await page.getByRole('button', { name: 'TakePayment' }).click();
    await page.locator('.run-title .status', { hasText: 'Failed' }).waitFor();
    // Not by waiting for an expression: the page's policy refuses to evaluate one.
    const isTold = (): Promise<boolean> => page.evaluate('window.told.some((text) => text.includes(":"))');
    while (!(await isTold())) await page.waitForTimeout(50);
  });

  it('moves nothing for those who asked for that', async () => {
    const page = await test.visit('', { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Everything works' }).click();
    await page.locator('[data-state]').first().waitFor();
    const moving = 'document.getAnimations().filter((one) => one instanceof CSSAnimation).length';
    expect(await page.evaluate(moving)).toBe(0);
    const lasting = `[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration.split(', ').some((each) => each !== '0s')).length`;
    expect(await page.evaluate(lasting)).toBe(0);
  });

  it('tells a status by a word and a sign, not by colour alone', async () => {
    await test.cloud.book('failPayment', 'signs');
    const page = await test.visit('/runs');
    await page.locator('tbody .status').first().waitFor();
    const bare = `[...document.querySelectorAll('.status')].filter((one) => one.querySelector('svg') === null || one.textContent.trim() === '').length`;
    expect(await page.evaluate(bare)).toBe(0);
  });
}
