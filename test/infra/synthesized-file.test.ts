import { homedir, tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { demoFlightItems } from '#schema/demo-flights.ts';
import { type Synthesized, synthesize } from './support/synthesized.ts';

let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ STAGE: 'local' });
});

describe('the synthesized file', () => {
  it('is the same to the byte, whenever and wherever it is made', () => {
    expect(synthesize({ STAGE: 'local' }).text).toBe(stack.text);
  });

  it.each(['local', 'dev', 'prod'])('of stage %s knows no path and no time of the machine that made it', (STAGE) => {
    const { text } = synthesize({ STAGE });

    for (const path of [projectRoot, tmpdir(), homedir(), process.cwd()].map((each) => each.replace(/\/$/, ''))) {
      expect(text.includes(`${path}/`)).toBe(false);
    }
    expect(text.match(/"\/(?:home|Users|root|work|tmp|var)\/[^"]*"/)).toBeNull();
    const timesOfDemoFlights = JSON.stringify(demoFlightItems);
    const times = text.match(/20\d\d-\d\d-\d\dT\d\d:\d\d/g) ?? [];
    expect(times.filter((time) => !timesOfDemoFlights.includes(time))).toEqual([]);
  });

  it('keeps the code below its own folder and hashes it as Lambda does', () => {
    for (const { filename, source_code_hash } of Object.values(stack.resources('aws_lambda_function'))) {
      expect(filename).toMatch(/^assets\/\w+\/[0-9a-f]{32}\/[a-z-]+\.zip$/);
      expect(source_code_hash).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    }
  });

  it('refers only to resources that it has', () => {
    const references = new Set(stack.text.match(/(?:data\.)?aws_\w+\.\w+(?=\.(?:arn|name|id|url|\w+)\b)/g));
    const known = new Set([
      ...Object.entries(stack.json.resource).flatMap(([type, all]) =>
        Object.keys(all as object).map((name) => `${type}.${name}`),
      ),
      ...Object.entries(stack.json.data).flatMap(([type, all]) =>
        Object.keys(all as object).map((name) => `data.${type}.${name}`),
      ),
    ]);

    expect(references.size).toBeGreaterThan(20);
    expect([...references].filter((reference) => !known.has(reference))).toEqual([]);
  });

  it('admits later providers of the same major version', () => {
    expect(stack.json.terraform.required_providers.aws.version).toBe('~> 5.100');
    expect(stack.json.provider.aws).toEqual([
      {
        region: 'us-east-1',
        default_tags: [{ tags: { Project: 'holiday-booking-saga', Stage: 'local', ManagedBy: 'terraform' } }],
      },
    ]);
  });

  it('keeps its state beside itself, or in a bucket with a lock', () => {
    const { backend } = synthesize({ STAGE: 'dev', TF_STATE_BUCKET: 'states', AWS_REGION: 'eu-west-1' }).json.terraform;

    expect(stack.json.terraform.backend).toEqual({ local: { path: 'booking-saga-local.tfstate' } });
    expect(backend).toEqual({
      s3: {
        bucket: 'states',
        key: 'booking-saga/dev/terraform.tfstate',
        region: 'eu-west-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });
});
