import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFullLoad } from '#test/support/load.ts';
import { type WatchedCopy, watchedCopy } from './watched-copy.ts';

const definitions = 'infra/functions/steps.ts';
const queues = 'infra/constructs/function-queue.ts';

let watched: WatchedCopy;

beforeAll(async () => {
  watched = await watchedCopy();
}, 120_000);

afterAll(() => watched?.end());

describe('npm start, while the stack’s sources are edited', () => {
  // Each synthesizes the stack, which takes seconds.
  it.each(isFullLoad ? ['before the watch has loaded them', 'later'] : ['later'])(
    'names file and line of a syntax error %s, and no check that ran into it',
    async () => {
      const { cloud, save } = watched;
      save(definitions, (text) => text.replace('export const stepFunctions =', 'export const stepFunctions = ='));
      const [told] = await cloud.prints(/✘ [\s\S]*The old code keeps running\./);

      expect(told).toMatch(/infra\/functions\/steps\.ts:\d+/);
      expect(told).not.toContain('lint:asl');

      save(definitions, (text) => text);
      await cloud.prints(/Synthesizing[\s\S]*(swapped in|What was saved runs already)/);
      save('functions/api/health.ts', (text) => text);
      await cloud.prints(/swapped in|What was saved runs already/);
    },
    180_000,
  );

  const itWithFullLoad = isFullLoad ? it : it.skip;
  itWithFullLoad(
    'says once what changed and takes a restart, and that the reverted change runs',
    async () => {
      const { cloud, save } = watched;
      save(queues, (text) =>
        text.replace('messageRetentionSeconds: fourDaysInSeconds', 'messageRetentionSeconds: 3600'),
      );
      const [told] = await cloud.prints(/changed [\s\S]*start again/);
      const names = told.match(/aws_sqs_queue\.\w+/g) ?? [];
      expect(names).toEqual([...new Set(names)]);

      save(queues, (text) => text);
      await cloud.prints(/Synthesizing[\s\S]*What was saved runs already/);
    },
    180_000,
  );
});
