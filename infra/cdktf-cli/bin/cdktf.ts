#!/usr/bin/env node
/**
 * `cdktf` of this project: the real CLI of this folder's version, on a Node for which it has its native part.
 *
 * npx puts the project's `node_modules/.bin` on the PATH, and with it Node 24; CDKTF CLI 0.21 loads
 * `@cdktf/node-pty-prebuilt-multiarch` at its start, whose newest prebuilt binaries are for Node 22, and on some platforms
 * for Node 20. npx takes a package that the project has itself before the registry's, so this one is found first, and
 * asks npx for the real one together with its Node. The app that the CLI starts is an npm script and gets Node 24 again.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };

/** Newest Node for which node-pty 0.10.2 ships a binary on Linux (x64, arm64), macOS (arm64) and Windows. */
const NODE = 'node@20';

const npm = process.env.npm_execpath;
if (npm === undefined) {
  console.error(`cdktf: npm is not known here. Run it with: npx --package cdktf-cli@${manifest.version} cdktf`);
  process.exit(1);
}

// A prefix without packages: with the project's, npx would find this package again.
const prefix = import.meta.dirname;
const packages = ['--package', NODE, '--package', `cdktf-cli@${manifest.version}`];
const cli = spawn(
  process.execPath,
  [join(dirname(npm), 'npx-cli.js'), '--yes', '--prefix', prefix, ...packages, '--', 'cdktf', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    // `terraform init` has locked the provider already. The CLI's further `providers lock` is for HCP Terraform, which is
    // not used here, and it asks the registry even where Terraform is told to use a mirror: there diff and deploy would fail.
    env: { CDKTF_SKIP_PROVIDER_LOCK: 'true', ...process.env },
  },
);

// The terminal sends Ctrl-C to the CLI as well, and it decides when to end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => cli.kill('SIGTERM'));
cli.on('error', (error) => {
  console.error(`cdktf: npx did not start: ${error.message}`);
  process.exit(1);
});
cli.on('exit', (code) => process.exit(code ?? 1));
