import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { examine, type Sight } from '#infra/doctor/probes.ts';
import { projectRoot } from '#infra/paths.ts';

const installedFile = join(projectRoot, 'node_modules', '.package-lock.json');
const wantedFile = join(projectRoot, 'package-lock.json');

interface Ground {
  readonly commands?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

function sightOf({ commands = {}, files = {} }: Ground = {}): Sight {
  return {
    printed: (command) => commands[command],
    isThere: (file) => file in files,
    textOf: (file) => {
      const text = files[file];
      if (text === undefined) throw new Error(`${file} is not there`);
      return text;
    },
    isFree: async () => true,
  };
}

const versionsOn = (commands: Readonly<Record<string, string>>) => examine({}, sightOf({ commands }));

describe('the probes of a machine', () => {
  it('given a bare machine, when it is examined, then nothing is there but the Node that runs', async () => {
    expect(await examine({}, sightOf())).toMatchObject({
      platform: process.platform,
      npmNode: undefined,
      scriptNode: process.version,
      hasPackages: false,
      ports: [{ number: 4000 }, { number: 4566 }],
      terraform: undefined,
      python: undefined,
      awsCli: undefined,
      credentials: undefined,
      chromium: undefined,
    });
  });

  it.each([
    ['npm/11.19.1 node/v22.18.0 linux x64 workspaces/false', 'v22.18.0'],
    ['npm/11.19.1', undefined],
  ])('given the npm "%s", when it is examined, then its Node is %s', async (agent, node) => {
    expect(await examine({ npm_config_user_agent: agent }, sightOf())).toMatchObject({ npmNode: node });
  });

  it('given commands that print their versions, when it is examined, then each is the first number', async () => {
    const machine = await versionsOn({
      terraform: 'Terraform v1.13.4\non linux_amd64\n+ provider v6.0.0\n',
      python3: 'Python 3.12.1\n',
      aws: 'aws-cli/2.31.0 Python/3.13.7 Linux/6.8',
    });

    expect(machine).toMatchObject({ terraform: '1.13.4', python: '3.12.1', awsCli: '2.31.0' });
  });

  it('given a command that prints no version, when it is examined, then it is as good as not there', async () => {
    expect(await versionsOn({ terraform: 'command not installed' })).toMatchObject({ terraform: undefined });
  });

  it.each([
    [{ chromium: 'Chromium 140.0.1', 'google-chrome': 'Google Chrome 139.0.2' }, '140.0.1'],
    [{ chromium: 'a stub', 'google-chrome': 'Google Chrome 139.0.2' }, '139.0.2'],
  ])(
    'given the browsers %j, when it is examined, then the first with a version counts: %s',
    async (commands, version) => {
      expect(await versionsOn(commands)).toMatchObject({ chromium: version });
    },
  );
});

describe('the packages of a machine', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'infra/cdktf-cli': { version: '1.0.0' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/local-cloud': { link: true },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  };

  it.each([
    ['all of them', { 'node_modules/zod': { version: '4.6.7' } }, true],
    ['one of another version', { 'node_modules/zod': { version: '4.6.6' } }, false],
    ['none of them', {}, false],
  ])('given %s in the lock file of npm, when it is examined, then hasPackages is right', async (_, packages, has) => {
    const files = { [installedFile]: JSON.stringify({ packages }), [wantedFile]: JSON.stringify({ packages: wanted }) };

    expect((await examine({}, sightOf({ files }))).hasPackages).toBe(has);
  });
});

describe('the AWS credentials of a machine', () => {
  const usual = join(homedir(), '.aws', 'credentials');

  it.each([
    ['a key and a profile', { AWS_ACCESS_KEY_ID: 'AKID', AWS_PROFILE: 'work' }, [usual], 'environment'],
    ['a profile', { AWS_PROFILE: 'work' }, [usual], 'profile work'],
    ['the usual file', {}, [usual], 'profile default'],
    ['a file of another name', { AWS_SHARED_CREDENTIALS_FILE: '/keys' }, ['/keys'], 'profile default'],
    ['a file of another name that is not there', { AWS_SHARED_CREDENTIALS_FILE: '/keys' }, [usual], undefined],
    ['nothing', {}, [], undefined],
  ])('given %s, when it is examined, then that is where they come from', async (_, environment, there, from) => {
    const files = Object.fromEntries(there.map((file) => [file, '']));

    expect((await examine(environment, sightOf({ files }))).credentials).toBe(from);
  });
});
