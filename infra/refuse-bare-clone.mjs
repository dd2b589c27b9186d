/** Ends a script in one line where its packages are not installed: `node --import ./infra/refuse-bare-clone.mjs …`. */
import { existsSync } from 'node:fs';

// npm's own list of what it has installed.
if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  console.error('The packages are not installed yet: run npm ci first.');
  process.exit(1);
}
await import('./refuse-old-node.mjs');
