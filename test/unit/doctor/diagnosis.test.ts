import { describe, expect, it } from '@jest/globals';
import { diagnose, type Machine } from '#infra/doctor/diagnosis.ts';
import { report, verdict } from '#infra/doctor/report.ts';

const machine: Machine = {
  platform: 'linux',
  npmNode: 'v24.1.0',
  scriptNode: 'v24.1.0',
  wantedNode: '^22.18.0 || ^24.0.0',
  hasPackages: true,
  ports: [
    { number: 4000, variable: 'PORT', serves: 'the HTTP API', isFree: true },
    { number: 4566, variable: 'AWS_PORT', serves: 'the AWS endpoint', isFree: true },
  ],
  terraform: '1.11.4',
  python: '3.12.1',
  awsCli: '2.30.0',
  credentials: 'environment',
  chromium: '150.0.1',
};

const found = (own: Partial<Machine>, name: string) =>
  diagnose({ ...machine, ...own }).find((finding) => finding.name === name);

it('given a machine with everything, then nothing is to be done', () => {
  const findings = diagnose(machine);

  expect(findings.filter(({ state, advice }) => state !== 'there' || advice !== undefined)).toEqual([]);
  expect(findings.every((finding) => finding.for !== '')).toBe(true);
  expect(verdict(findings)).toMatch(/^npm start and npm test can run here/);
});

describe('given a machine without', () => {
  it.each<[string, Partial<Machine>, 'absent' | 'missing', RegExp]>([
    ['System', { platform: 'win32' }, 'missing', /WSL/],
    ['Node of npm', { npmNode: 'v20.20.2' }, 'absent', /22\.18, 24\.0/],
    ['Node of scripts', { scriptNode: 'v20.20.2' }, 'missing', /npm ci/],
    ['Packages', { hasPackages: false }, 'missing', /^npm ci$/],
    ['Terraform', { terraform: undefined }, 'absent', /install Terraform 1\.10 or newer/],
    ['Terraform', { terraform: '1.9.8' }, 'absent', /install Terraform 1\.10 or newer/],
    ['Python', { python: '3.8.10' }, 'absent', /install Python 3\.9 or newer/],
    ['AWS CLI', { awsCli: undefined }, 'absent', /install AWS CLI/],
    ['AWS credentials', { credentials: undefined }, 'absent', /AWS_PROFILE/],
    ['Chromium', { chromium: undefined }, 'absent', /install Chromium/],
  ])('%s (%j), then it is %s, and says what to do', (name, own, state, advice) => {
    expect(found(own, name)).toMatchObject({ state, advice: expect.stringMatching(advice) });
  });

  it('a free port, then it names the variable that sets another one', () => {
    const [api, aws] = machine.ports;
    if (api === undefined || aws === undefined) throw new Error('two ports');
    expect(found({ ports: [api, { ...aws, isFree: false }] }, 'Port 4566')).toMatchObject({
      state: 'absent',
      advice: expect.stringContaining('AWS_PORT=4567 npm start'),
    });
  });
});

it('given npm run by something that does not say its Node, then that is no fault', () => {
  expect(found({ npmNode: undefined }, 'Node of npm')).toMatchObject({ state: 'there', found: 'unknown' });
});

describe('the report', () => {
  it('has a line for each finding, in columns, and the advice below it', () => {
    expect(
      report([
        { name: 'Node', state: 'there', found: '24', for: 'all' },
        { name: 'Terraform', state: 'absent', found: 'not there', for: 'AWS', advice: 'install it' },
      ]),
    ).toBe('✔ Node       24         all\n– Terraform  not there  AWS\n    → install it');
  });

  it('names what stops everything', () => {
    expect(verdict(diagnose({ ...machine, hasPackages: false, platform: 'win32' }))).toBe(
      'Cannot run here yet: System, Packages.',
    );
  });
});
