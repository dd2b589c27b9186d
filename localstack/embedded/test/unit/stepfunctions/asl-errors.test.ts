import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aslErrors } from '../../../stepfunctions/asl-errors.ts';

const valid = { StartAt: 'End', States: { End: { Type: 'Succeed' } } };
const invalid = { StartAt: 'Elsewhere', States: { End: { Type: 'Succeed' } } };

const { version } = createRequire(import.meta.url)('asl-validator/package.json') as { readonly version: string };

const hashOf = (definition: object): string =>
  createHash('sha256')
    .update(`${version} ${JSON.stringify(definition)}`)
    .digest('hex');

describe('what is wrong with a definition', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'valid-asl-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const marks = (): string[] => readdirSync(folder);

  it('is nothing where it is valid, which is kept for the next process', () => {
    expect(aslErrors(valid, folder)).toBeUndefined();
    expect(marks()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(aslErrors(valid, folder)).toBeUndefined();
  });

  it('is told each time where it is invalid', () => {
    aslErrors(valid, folder);
    expect(aslErrors(invalid, folder)).toContain('Elsewhere');
    expect(aslErrors(invalid, folder)).toContain('Elsewhere');
    expect(marks()).toHaveLength(1);
  });

  it('is not asked again where a definition is marked, unless others may write into the folder', () => {
    aslErrors(valid, folder);
    const [mark = ''] = marks();
    expect(mark).toBe(hashOf(valid));
    writeFileSync(join(folder, hashOf(invalid)), '');
    expect(aslErrors(invalid, folder)).toBeUndefined();

    chmodSync(folder, 0o777);
    expect(aslErrors(invalid, folder)).toContain('Elsewhere');
  });

  it('is found out without a folder', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(aslErrors(invalid, join(file, 'below'))).toContain('Elsewhere');
    expect(aslErrors(valid, join(file, 'below'))).toBeUndefined();
  });
});
