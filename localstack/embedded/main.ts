#!/usr/bin/env -S node --max-semi-space-size=8
/** The command `local-cloud`. Node keeps the compiled code of all that is imported from here on, so that the next start takes it from there. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./command.ts');
