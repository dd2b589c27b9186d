import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { callWith, issuer } from './authentication-setup.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

describe('npm run token', () => {
  async function run(...args: string[]) {
    const child = spawn(process.execPath, ['localstack/token/main.ts', ...args], {
      cwd: projectRoot,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const printed = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, ...printed };
  }

  itNeeds('local issuer')('prints a token that is let in, and nothing else', async () => {
    const { code, stdout, stderr } = await run('--sub', 'alice', '--group', 'Admin', '--group', 'Guides');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { payload } = await jwtVerify(stdout.trim(), issuer.keys);
    expect(payload).toMatchObject({
      sub: 'alice',
      'cognito:groups': ['Admin', 'Guides'],
      token_use: 'id',
      email: 'alice@example.com',
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
    expect((await callWith(stdout.trim())).status).toBe(200);
  });

  itNeeds('local issuer')('given --expires-in, when it is over, then the token is refused', async () => {
    expect((await callWith((await run('--sub', 'alice', '--expires-in', '60')).stdout.trim())).status).toBe(200);
    expect((await callWith((await run('--sub', 'alice', '--expires-in=-60')).stdout.trim())).status).toBe(401);
  });

  it.each([
    [[], /--sub is missing/],
    [['--sub', ''], /--sub is missing/],
    [['--sub', 'alice', '--group', ''], /--group must have a name/],
    [['--sub', 'alice', '--expires-in', '1h'], /whole number of seconds, not "1h"/],
    [['--sub', 'alice', '--admin'], /--admin/],
    [['alice'], /alice/],
  ])('given %j, when called, then it says what is wrong, prints no token and exits with 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('npm run -s token -- --sub NAME');
  });

  it('tells its options when asked', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--expires-in'), stderr: '' });
  });
});
