import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { placeholderBundles } from '#infra/bundling/placeholders.ts';
import { type StageConfig, stageConfig } from '#infra/config.ts';
import { synthesizeApp } from '#infra/main.ts';
import { settingsOf } from './production.ts';

// biome-ignore lint/suspicious/noExplicitAny: the synthesized file has Terraform's shapes, and each test reads a few of them.
export type Json = any;

export interface Synthesized {
  readonly text: string;
  /** Where the file is. */
  readonly folder: string;
  readonly json: Json;
  /** Attributes by logical name. */
  resources(type: string): Readonly<Record<string, Json>>;
  /** The only resource of its type, or the one with these attributes. */
  resource(type: string, attributes?: Readonly<Record<string, unknown>>): Json;
  /** As other resources refer to it: `aws_sqs_queue.RedriveQueue_1234`. */
  reference(type: string, attributes?: Readonly<Record<string, unknown>>): string;
}

const folder = mkdtempSync(join(tmpdir(), 'booking-infra-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let synths = 0;

/** Synthesizes into a folder of its own; for `beforeAll`. Production has all settings that it asks for, unless told otherwise. */
export function synthesize(
  environment: NodeJS.ProcessEnv,
  change: (config: StageConfig) => StageConfig = (config) => config,
  aslTemplate?: string,
): Synthesized {
  synths += 1;
  const settings = { ...settingsOf(environment.STAGE ?? 'local'), ...environment };
  const file = synthesizeApp(change(stageConfig(settings)), {
    bundles: placeholderBundles(folder),
    aslTemplate,
    output: join(folder, `synth-${synths}`),
  });
  return read(file);
}

function read(file: string): Synthesized {
  const text = readFileSync(file, 'utf8');
  const json: Json = JSON.parse(text);
  const resources = (type: string): Record<string, Json> => json.resource[type] ?? {};
  const find = (type: string, attributes: Readonly<Record<string, unknown>> = {}): [string, Json] => {
    const found = Object.entries(resources(type)).filter(([, resource]) =>
      Object.entries(attributes).every(([name, value]) => resource[name] === value),
    );
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${found.length} resources of type ${type} with ${JSON.stringify(attributes)}, one expected`);
    }
    return only;
  };
  return {
    text,
    folder: dirname(file),
    json,
    resources,
    resource: (type, attributes) => find(type, attributes)[1],
    reference: (type, attributes) => `${type}.${find(type, attributes)[0]}`,
  };
}
