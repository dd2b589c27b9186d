import { describe, expect, it } from '@jest/globals';
import { diagnose, type Machine, type Port } from '#infra/doctor/diagnosis.ts';
import { report, verdict } from '#infra/doctor/report.ts';

const machine: Machine = {
  platform: 'linux',
  npmNode: 'v24.1.0',
  scriptNode: 'v24.1.0',
  wantedNode: '^22.18.0 || ^24.0.0',
  hasPackages: true,
  ports: [
    { number: 4000, variable: 'PORT', serves: 'the HTTP API', isFree: true, free: 4000 },
    { number: 4566, variable: 'AWS_PORT', serves: 'the AWS endpoint', isFree: true, free: 4566 },
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

  it('a free port, then it says how to start on two that are free', () => {
    const [api, aws] = machine.ports as [Port, Port];
    expect(found({ ports: [api, { ...aws, isFree: false, free: 4569 }] }, 'Port 4566')).toMatchObject({
      state: 'absent',
      advice: expect.stringContaining('Else PORT=4000 AWS_PORT=4569 npm start'),
    });
    const both = [
      { ...api, isFree: false, free: 4001 },
      { ...aws, isFree: false, free: 4569 },
    ];
    expect(found({ ports: both }, 'Port 4000')?.advice).toContain('Else PORT=4001 AWS_PORT=4569 npm start');
  });

  it('a free port above one in use, then it proposes none', () => {
    const [api, aws] = machine.ports as [Port, Port];
    const last = { ...api, number: 65_535, isFree: false, free: undefined };
    expect(found({ ports: [last, aws] }, 'Port 65535')?.advice).toBe(
      'is it another npm start? Else set PORT to a port that is free',
    );
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

  it('says that npm start runs on other ports, where its own are in use', () => {
    const [first, second] = machine.ports;
    const ports = [{ ...first, isFree: false, free: 4001 } as Port, second as Port];

    expect(verdict(diagnose({ ...machine, ports }))).toBe(
      'npm start and npm test can run here, npm start on other ports (→ below Port 4000); what else is marked – is for other things.',
    );
  });

  it('names what stops everything', () => {
    expect(verdict(diagnose({ ...machine, hasPackages: false, platform: 'win32' }))).toBe(
      'Cannot run here yet: System, Packages.',
    );
  });
});
