import { describe, expect, it } from '@jest/globals';
import { openerOf } from '#embedded/open-in-browser.ts';
import { readOptions, UsageError, usageOf } from '#embedded/options.ts';

const definition = {
  command: 'shop start --',
  stackFile: ({ STAGE }: NodeJS.ProcessEnv) => `out/${STAGE ?? 'local'}.json`,
};

describe('the command line', () => {
  it('has ports, host and scale of its own, and the stack file of the project', () => {
    expect(readOptions([], {}, definition)).toEqual({
      stackFile: 'out/local.json',
      isProjectStack: true,
      host: undefined,
      port: 4000,
      awsPort: 4566,
      dataFolder: undefined,
      retryScale: 0.1,
      quiet: false,
      logs: undefined,
      watch: false,
      open: false,
    });
  });

  it('takes a host, so that containers, phones and other machines reach it', () => {
    expect(readOptions(['--host', '0.0.0.0'], { STAGE: 'dev' }, definition)).toMatchObject({
      host: '0.0.0.0',
      stackFile: 'out/dev.json',
    });
  });

  it.each([
    [['--logs'], { functions: [], level: 'trace' }],
    [['--logs', '--quiet'], { functions: [], level: 'trace' }],
    [['--logs', 'pay'], { functions: ['pay'], level: 'trace' }],
    [['--logs', 'pay', '--logs=warn'], { functions: ['pay'], level: 'warn' }],
  ])('prints logs as %j says', (args, logs) => {
    expect(readOptions(args, {}, definition)).toMatchObject({ logs });
  });

  it('watches where the project says how, unless it is told not to', () => {
    const watched = { ...definition, watch: () => ({ close: async () => {} }) };

    expect(readOptions([], {}, watched)).toMatchObject({ watch: true });
    expect(readOptions(['--no-watch', '--quiet'], {}, watched)).toMatchObject({ watch: false, quiet: true });
    expect(usageOf(watched)).toContain('--no-watch');
    expect(usageOf(definition)).not.toContain('--no-watch');
  });

  it('opens the project’s page where there is one', () => {
    const paged = { ...definition, page: () => 'http://localhost:4000/page' };

    expect(readOptions(['--open'], {}, paged)).toMatchObject({ open: true });
    expect(readOptions(['--open'], {}, definition)).toMatchObject({ open: false });
    expect(usageOf(paged)).toContain('--open');
    expect(usageOf(definition)).not.toContain('--open');
    expect((['darwin', 'win32', 'linux'] as const).map((platform) => openerOf(platform)[0])).toEqual([
      'open',
      'cmd',
      'xdg-open',
    ]);
  });

  it('asks for a stack where the project names none', () => {
    expect(() => readOptions([], {})).toThrow('--stack is missing');
    expect(readOptions(['--stack', 'cdk.tf.json'], {})).toMatchObject({
      stackFile: 'cdk.tf.json',
      isProjectStack: false,
    });
  });

  it.each([
    [['--retry-scale', '2'], {}],
    [['--colour'], {}],
    [['--data', ''], {}],
    [[], { PORT: 'http' }],
    [['--help'], {}],
  ])('ends with its usage for %j, %j', (args, environment) => {
    expect(() => readOptions(args, environment, definition)).toThrow(UsageError);
  });

  it('says that what changes in the file of --stack takes a restart', () => {
    const own = usageOf({ ...definition, watch: () => ({ close: async () => {} }) });

    expect(usageOf({})).toMatch(/--stack FILE +synthesized stack; a change of this file takes a restart\n/);
    expect(own).toMatch(
      /--stack FILE +synthesized stack \(default: out\/local\.json\); a change of another file takes a restart\n/,
    );
  });

  it('names the project’s command in its usage', () => {
    expect(usageOf(definition)).toMatch(/^shop start -- \[options\]/);
    expect(usageOf({})).toMatch(/^local-cloud \[options\]/);
  });
});
