import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';

const { exitCode } = process;
let printed: string[];
let complaints: string[];
beforeEach(() => {
  [printed, complaints] = [[], []];
  jest.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  jest.spyOn(console, 'error').mockImplementation((line) => void complaints.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = exitCode;
});

/** Exit code of a command that is run with these arguments. */
async function exitCodeOf(args: string[], main: () => void = () => undefined) {
  process.exitCode = 0;
  await runCommand('try', 'npm run try', { args, allowPositionals: true, options: { all: { type: 'boolean' } } }, main);
  return process.exitCode;
}

function failing(error: unknown) {
  return () => {
    throw error;
  };
}

describe('a command', () => {
  it('given --help, then its usage is printed, and nothing is done', async () => {
    const main = failing(new Error('it was run'));

    expect([await exitCodeOf(['--all', '--help'], main), printed, complaints]).toEqual([0, ['npm run try'], []]);
  });

  it('given its options, then they are read, and nothing is printed', async () => {
    const read: unknown[] = [];
    await runCommand('try', '', { args: ['--all'], options: { all: { type: 'boolean' } } }, ({ values }) => {
      read.push(values.all);
    });

    expect([read, printed, complaints]).toEqual([[true], [], []]);
  });

  it('given an option that it has not, then it ends with 2 and the usage, without a word on arguments that it never takes', async () => {
    expect(await exitCodeOf(['--al'])).toBe(2);
    expect(complaints).toEqual(["try: Unknown option '--al'.", '\nnpm run try']);
  });

  it('given arguments that make no sense, then it ends with 2 and the usage', async () => {
    expect(await exitCodeOf([], failing(new UsageError('name one plan')))).toBe(2);
    expect(complaints).toEqual(['try: name one plan', '\nnpm run try']);
  });

  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), { code: 'ECONNREFUSED' });
  const noUrl = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: 'x' });
  it.each([
    ['an error', new Error('there is no such file'), 'try: there is no such file'],
    ['what is no error', 'gone', 'try: gone'],
    [
      'no credentials',
      Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' }),
      'try: no credentials: set AWS_PROFILE, or log in (docs/deploy.md)',
    ],
    ['a call that failed', new Error('fetch failed', { cause: new Error('closed') }), 'try: fetch failed: closed'],
    ['a call that failed without a cause', new Error('fetch failed'), 'try: fetch failed'],
    [
      'a call to a port where nothing listens',
      refused,
      'try: Nothing answers at 127.0.0.1:4566: run "npm start" first',
    ],
    [
      'a file that is no TypeScript',
      Object.assign(new SyntaxError('Expression expected'), {
        code: 'ERR_INVALID_TYPESCRIPT_SYNTAX',
        stack:
          'file:///infra/steps.ts:32\nexport const = steps\n             ^\n\nSyntaxError: Expression expected\n    at parse (node:internal)',
      }),
      'try: file:///infra/steps.ts:32\nexport const = steps\n             ^\n\nSyntaxError: Expression expected',
    ],
    ['a call to no URL', new Error('fetch failed', { cause: noUrl }), 'try: "x" is no URL: look at PORT, AWS_PORT'],
  ])('given %s, then it ends with 1 and says what is wrong', async (_, error, sentence) => {
    expect(await exitCodeOf([], failing(error))).toBe(1);
    expect(complaints).toEqual([expect.stringContaining(sentence)]);
    expect(complaints[0]).not.toContain('    at ');
  });

  it('given an error with advice of its own, then that is told, and no other', async () => {
    const error = Object.assign(new Error('no stack', { cause: refused }), { advice: 'run "npm start"' });

    expect(await exitCodeOf([], failing(error))).toBe(1);
    expect(complaints).toEqual(['try: no stack', '\n→ run "npm start"']);
  });

  it('given a port without an address, then the message of the error tells where', async () => {
    const bare = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' });
    await exitCodeOf([], failing(bare));

    expect(complaints).toEqual([expect.stringMatching(/^try: Nothing answers at the address: /)]);
  });
});
