import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  chromiumPath,
  howToInstall,
  type Look,
  openBrowser,
  openPage,
  type WatchedPage,
} from '#test/support/browser/chromium.ts';
import { type ConsoleCloud, openConsoleCloud } from '#test/support/browser/console-cloud.ts';

export interface ConsoleTest {
  readonly cloud: ConsoleCloud;
  /**
   * A page at an address below the console's; whatever is wrong with it fails the test that opened it. The first of a test is
   * the same for all tests that give no look: the console keeps nothing in the browser, and a page of its own costs 0.3 s of CPU.
   */
  visit(path: string, look?: Look): Promise<Page>;
}

/** Of all that a test file describes: a browser takes two seconds of CPU to start. */
let theBrowser: Promise<Browser> | undefined;
afterAll(async () => (await theBrowser)?.close());

/** Tests in a real browser on one local cloud; without Chromium each is skipped, and one says so. */
export function describeConsole(title: string, declare: (test: ConsoleTest) => void): void {
  if (chromiumPath === undefined) {
    describe(title, () => {
      it.skip(`needs Chromium: ${howToInstall}`, () => undefined);
    });
    console.warn(`SKIPPED: ${title}: no Chromium found: ${howToInstall}`);
    return;
  }
  describe(title, () => {
    let browser: Browser;
    let cloud: ConsoleCloud;
    let opened: WatchedPage[] = [];
    let shared: WatchedPage | undefined;
    beforeAll(async () => {
      theBrowser ??= openBrowser();
      [browser, cloud] = await Promise.all([theBrowser, openConsoleCloud()]);
    }, 120_000);
    afterAll(async () => {
      await shared?.context.close();
      await cloud?.close();
    });
    afterEach(async () => {
      const faults = opened.flatMap((page) => page.faults);
      for (const watched of opened) await (watched === shared ? watched.reset() : watched.context.close());
      opened = [];
      expect(faults).toEqual([]);
    });
    declare({
      get cloud() {
        return cloud;
      },
      async visit(path, look) {
        const isShared = look === undefined && opened.length === 0;
        if (isShared) shared ??= await openPage(browser);
        const watched = (isShared && shared) || (await openPage(browser, look));
        opened.push(watched);
        await watched.page.goto(cloud.consoleUrl + path);
        return watched.page;
      },
    });
  });
}
