import { spawnSync } from 'node:child_process';
import { chromiumPath } from '#test/support/browser/chromium.ts';

/**
 * Installs Debian's Chromium for the tests of the console, where there is none and where this process may. Without it those
 * tests are skipped, and say so.
 */
export function installChromium(): void {
  if (chromiumPath !== undefined || process.getuid?.() !== 0) return;
  if (spawnSync('apt-get', ['--version']).error !== undefined) return;
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  spawnSync('apt-get', ['install', '-qq', '--yes', '--no-install-recommends', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
