#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=8
/**
 * The command `local-cloud`. Node keeps the compiled code of all that is imported from here on, so that the next start takes it from there, and
 * need not load its compiler of TypeScript: hence no TypeScript here.
 */
import module from 'node:module';

// In words: a Node that is too old would tell of its own loader.
if (!process.features.typescript) {
  console.error(`
local-cloud needs a Node that reads TypeScript: 22.18 or newer, or 24 and newer. This is ${process.version}.
The package node@24 has one: npm install --save-dev node@24, then node_modules/.bin/node`);
  process.exit(1);
}
module.enableCompileCache();
await import('./command.ts');
