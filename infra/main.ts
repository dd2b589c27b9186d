import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BookingStack } from './booking-stack.ts';
import { App } from './cdktf.ts';
import { physicalName, type StageConfig } from './config.ts';
import { aslFile, outputFolder, providerLockFile, stackFile } from './paths.ts';

export interface AppOptions {
  /** Text of `booking-saga.asl.json`; the project's own by default. */
  readonly aslTemplate?: string | undefined;
  /** Folder of the built bundles. */
  readonly bundles?: string | undefined;
  readonly output?: string | undefined;
}

/** The CDKTF app: synthesizes one stage from bundles that are built already, and returns the file that it wrote. */
export function synthesizeApp(config: StageConfig, options: AppOptions = {}): string {
  const output = options.output ?? outputFolder();
  mkdirSync(output, { recursive: true });
  const app = new App({ outdir: output, stackTraces: false });
  new BookingStack(app, {
    config,
    aslTemplate: options.aslTemplate ?? readFileSync(aslFile, 'utf8'),
    bundles: options.bundles,
  });
  app.synth();
  const file = stackFile(physicalName(config), output);
  copyFileSync(providerLockFile, join(dirname(file), '.terraform.lock.hcl'));
  return file;
}
