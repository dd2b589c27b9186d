import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beginStamp, isStale } from '#infra/stale.ts';
import { productionSettings } from './support/production.ts';

let root: string;
let environment: NodeJS.ProcessEnv;
let stackFile: string;
let handler: string;

const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'booking-stale-'));
  environment = { STAGE: 'dev', CDKTF_OUTDIR: join(root, 'out') };
  stackFile = join(root, 'out', 'stacks', 'booking-saga-dev', 'cdk.tf.json');
  handler = join(root, 'functions', 'booking', 'reserve-booking.ts');
  write(stackFile, '{}');
  write(handler, 'one');
  write(join(root, 'package-lock.json'), '{}');
  beginStamp(environment, root)();
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('isStale', () => {
  it('is false right after a synth, and stays so when a checkout touches files', () => {
    expect(isStale(environment, root)).toBe(false);

    utimesSync(handler, new Date(2031, 0), new Date(2031, 0));
    expect(isStale(environment, root)).toBe(false);
  });

  it.each<[string, () => void]>([
    ['a source changes', () => write(handler, 'two')],
    ['a source is added', () => write(join(root, 'schema', 'table.ts'), '')],
    ['a source goes', () => rmSync(handler)],
    ['a dependency changes', () => write(join(root, 'package-lock.json'), '{ "version": 2 }')],
    ['a name that is imported leads elsewhere', () => write(join(root, 'package.json'), '{ "imports": {} }')],
    ['the state machine changes', () => write(join(root, 'statemachine', 'booking-saga.asl.json'), '{}')],
    ['the stack was edited', () => write(stackFile, '{ "edited": true }')],
    ['the stack is gone', () => rmSync(stackFile)],
    ['a synth was begun and not ended', () => beginStamp(environment, root)],
  ])('is true when %s', (_, change) => {
    change();

    expect(isStale(environment, root)).toBe(true);
  });

  it('is true on stage local where the source maps are gone', () => {
    const local = { ...environment, STAGE: 'local' };
    const maps = join(root, 'maps');
    write(join(root, 'out', 'stacks', 'booking-saga-local', 'cdk.tf.json'), '{}');
    beginStamp(local, root)();
    mkdirSync(maps);
    expect(isStale(local, root, maps)).toBe(false);

    rmSync(maps, { recursive: true });
    expect(isStale(local, root, maps)).toBe(true);
    expect(isStale(environment, root, maps)).toBe(false);
  });

  it('is true when a source changes while the synth runs', () => {
    const finish = beginStamp(environment, root);
    write(handler, 'edited meanwhile');
    finish();

    expect(isStale(environment, root)).toBe(true);
  });

  it('is true for another stage and for other settings', () => {
    expect(isStale({ ...environment, ...productionSettings }, root)).toBe(true);
    expect(isStale({ ...environment, TF_STATE_BUCKET: 'states' }, root)).toBe(true);
  });

  it('is false where what is the default is named', () => {
    const unnamed = { CDKTF_OUTDIR: environment.CDKTF_OUTDIR };
    write(join(root, 'out', 'stacks', 'booking-saga-local', 'cdk.tf.json'), '{}');
    beginStamp(unnamed, root)();

    expect(isStale({ ...unnamed, STAGE: 'local' }, root)).toBe(false);
    expect(isStale({ ...unnamed, AWS_REGION: 'us-east-1' }, root)).toBe(false);
    // The local stage has one region.
    expect(isStale({ ...unnamed, AWS_REGION: 'eu-central-1' }, root)).toBe(false);
  });

  it('ignores files that the synth does not read', () => {
    write(join(root, 'test', 'unit', 'x.test.ts'), '');

    expect(isStale({ ...environment, PORT: '4000' }, root)).toBe(false);
  });
});
