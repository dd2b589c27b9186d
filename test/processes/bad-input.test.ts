import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { sized } from '#test/support/load.ts';

/** The short form of `npm run test:fuzz:inputs`. */
describe('inputs with mistakes, for every route, step, queue message, dead letter and event', () => {
  it('given a few of each, then none crashes a function, is answered by surprise, or writes although it is refused', async () => {
    const command = ['test/fuzz/inputs/main.ts', '--runs', `${sized(60)}`];
    const { stdout } = (await promisify(execFile)(process.execPath, command).catch((error: unknown) => error)) as {
      stdout: string;
    };

    expect(stdout).toMatch(/\d+ bases, \d+ inputs, 0 failures\n$/);
  });
});
