import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { createIssuer } from '#embedded/issuer/index.ts';
import { ISSUER } from './issuer-url.ts';

describe('the issuer key file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'issuer-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lets another process sign for the same issuer, and is readable by its owner only', async () => {
    const keyFile = join(folder, 'key.json');
    const options = { issuer: ISSUER, audience: 'shop', keyFile };
    const [first, second] = await Promise.all([createIssuer(options), createIssuer(options)]);
    const third = await createIssuer(options);
    for (const signer of [first, second, third]) {
      await expect(jwtVerify(await signer.sign({ sub: 'a' }), first.keys)).resolves.toMatchObject({
        payload: { sub: 'a' },
      });
    }
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const { d } = JSON.parse(readFileSync(keyFile, 'utf8'));
    expect(JSON.stringify(third.jwks)).not.toContain(d);
  });

  it('is made once by processes that start at the same time, in a folder that is not there yet', async () => {
    const keyFile = join(folder, 'new', 'key.json');
    const program = `
      import { signingKey } from ${JSON.stringify(new URL('../../../issuer/key.ts', import.meta.url).href)};
      console.log((await signingKey(${JSON.stringify(keyFile)})).publicJwk.kid);`;
    const args = ['--no-warnings', '--input-type=module', '--eval', program];
    const env = { ...process.env, NODE_OPTIONS: '' };
    const kids = await Promise.all([1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, args, { env })));

    expect(new Set(kids.map(({ stdout }) => stdout)).size).toBe(1);
    expect(kids[0]?.stdout).toMatch(/^[\w-]{43}\n$/);
    expect(readdirSync(join(folder, 'new'))).toEqual(['key.json']);
  });

  it('is refused with its name where it holds something else', async () => {
    const keyFile = join(folder, 'broken.json');
    writeFileSync(keyFile, '{}');
    await expect(createIssuer({ issuer: ISSUER, audience: 'shop', keyFile })).rejects.toThrow(keyFile);
  });
});
