import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumCommands } from '#infra/doctor/chromium.ts';
import { isFullLoad } from '../load.ts';

/** CHROMIUM names another one. */
const places = [process.env.CHROMIUM, ...chromiumCommands.map((command) => `/usr/bin/${command}`)];

export const howToInstall = 'apt-get install chromium-headless-shell or chromium, or name one in CHROMIUM';

/** Undefined where this machine has none. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place));

/** It asks no other host, and needs no rights of its own: tests may run as root, in a container. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath ?? '', args });

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export type Look = NonNullable<Parameters<Browser['newContext']>[0]>;

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, refusals by the content security policy, dialogs, and requests of other hosts: there have to be none. */
  readonly faults: string[];
  /** No route, no fault, and the size and the media of a desk. It stays where it is: `about:blank` would be another process. */
  reset(): Promise<void>;
}

/** A page that is watched from its first script on. */
export async function openPage(browser: Browser, look: Look = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: desk, ...look });
  // Only ends what hangs.
  context.setDefaultTimeout(isFullLoad ? 120_000 : 30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Of a server that was stopped, and of requests that it refused, the browser tells by itself.
    if (message.type() === 'error' && !/net::ERR_|^Failed to load resource/.test(message.text())) {
      faults.push(message.text());
    }
  });
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== 'localhost') faults.push(`a request of ${request.url()}`);
  });
  async function reset(): Promise<void> {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null, forcedColors: null });
    await page.setViewportSize(desk);
    faults.length = 0;
  }
  return { page, context, faults, reset };
}
