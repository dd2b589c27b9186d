import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pythonEnvironment } from '#infra/operations/python-environment.ts';
import { parseHttpFile } from '#test/support/http-file.ts';
import { here, installNpmTools, run, runTool, workFolder } from './tools.ts';

/** A running service, and the token of a customer. */
export interface Service {
  readonly apiUrl: string;
  readonly awsUrl: string;
  readonly token: string;
  /** File of the OpenAPI document as the service serves it. */
  readonly document: string;
}

/** Made by a generator from the served document, or led by a file: each books and cancels. */
export interface Client {
  readonly about: string;
  /** @throws Error that says what went wrong */
  use(service: Service): Promise<void>;
}

const environmentOf = ({ apiUrl, token }: Service) => ({ API_URL: apiUrl, TOKEN: token });

/** An empty folder with the program that uses the client. */
function folderFor(program: string): string {
  const folder = join(workFolder, program.replace(/\.\w+$/, ''));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(here, 'programs', program), join(folder, program));
  return folder;
}

/** The types have to fit the program, too: they are what a generator is used for. */
async function checkAndRun(folder: string, program: string, service: Service): Promise<void> {
  const file = join(folder, program);
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowImportingTsExtensions'];
  const targets = ['--target', 'es2024', '--module', 'esnext', '--moduleResolution', 'bundler'];
  const types = ['--types', 'node', '--typeRoots', join(here, '..', '..', 'node_modules', '@types')];
  runTool('typescript/bin/tsc', [...options, ...targets, ...types, file]);
  const bundle = join(folder, 'bundle.mjs');
  await build({ entryPoints: [file], outfile: bundle, bundle: true, platform: 'node', format: 'esm' });
  run(process.execPath, [bundle], { environment: environmentOf(service) });
}

export const clients = {
  'openapi-fetch': {
    about: 'types of openapi-typescript',
    async use(service) {
      installNpmTools();
      const folder = folderFor('openapi-fetch.ts');
      runTool('openapi-typescript/bin/cli.js', [service.document, '-o', join(folder, 'api.d.ts')]);
      await checkAndRun(folder, 'openapi-fetch.ts', service);
    },
  },

  'hey-api': {
    about: 'client of @hey-api/openapi-ts',
    async use(service) {
      installNpmTools();
      const folder = folderFor('hey-api.ts');
      const output = ['-o', join(folder, 'client'), '-p', '@hey-api/client-fetch', '--no-log-file'];
      runTool('@hey-api/openapi-ts/bin/run.js', ['-i', service.document, ...output]);
      await checkAndRun(folder, 'hey-api.ts', service);
    },
  },

  'openapi-generator': {
    about: 'Python client of openapi-generator; needs Python and Java',
    async use(service) {
      const bin = pythonEnvironment('openapi-generator', join(here, 'requirements.txt'));
      const folder = folderFor('openapi_generator.py');
      const options = ['-g', 'python', '--package-name', 'holiday', '-o', folder];
      run(join(bin, 'openapi-generator-cli'), ['generate', '-i', service.document, ...options]);
      run(join(bin, 'python'), [join(folder, 'openapi_generator.py')], { environment: environmentOf(service) });
    },
  },

  httpyac: {
    about: 'test/booking-api.http in httpYac',
    async use({ apiUrl, awsUrl }) {
      installNpmTools();
      const text = readFileSync(join(here, '..', 'booking-api.http'), 'utf8');
      // Not below `.local`: it looks into no hidden folder.
      const folder = mkdtempSync(join(tmpdir(), 'httpyac-'));
      copyFileSync(join(here, '..', 'httpyac.config.cjs'), join(folder, 'httpyac.config.cjs'));
      const file = join(folder, 'booking-api.http');
      writeFileSync(file, text.replace(/^@api = .*/m, `@api = ${apiUrl}`).replace(/^@aws = .*/m, `@aws = ${awsUrl}`));
      const options = ['--all', '--output', 'none', '--output-failed', 'short', '--no-color'];
      const printed = runTool('httpyac/bin/httpyac.js', ['send', 'booking-api.http', ...options], { cwd: folder });
      const { length: count } = parseHttpFile(text).requests;
      if (!printed.includes(`${count} requests processed (${count} succeeded)`)) throw new Error(printed);
      rmSync(folder, { recursive: true });
    },
  },
} as const satisfies Record<string, Client>;

export type ClientName = keyof typeof clients;
