#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=8
/**
 * The command `local-cloud`. Node keeps the compiled code of all that is imported from here on, so that the next start takes it from there, and
 * need not load its compiler of TypeScript: hence no TypeScript here.
 */
import module from 'node:module';
import './refuse-old-node.mjs';
import './refuse-missing-packages.mjs';

module.enableCompileCache();
await import('./command.ts');
