import { spawnSync } from 'node:child_process';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Block, commandsOf } from '#infra/docs/blocks.ts';
import { allPages } from '#infra/docs/pages.ts';
import { openOwnCloud, type Target } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { isFullLoad } from '#test/support/load.ts';
import { missingAnswers } from '#test/support/pages/expected.ts';
import { Shell } from '#test/support/pages/shell.ts';

/** Every command of every page runs here, on one local cloud, or its page says why it does not. */
let target: Target;
beforeAll(async () => {
  target = await openOwnCloud();
}, 120_000);
afterAll(() => target?.close());

const hasAws = spawnSync('aws', ['--version']).error === undefined;

/** Each call of the AWS CLI takes most of a second of processor time, so they run where everything runs. */
const needsAws = ({ text }: Block): boolean => /\baws [a-z]/.test(text);

const isRun = (block: Block): boolean =>
  (block.mark === undefined || (block.mark.kind === 'run with LOAD=full' && isFullLoad)) &&
  (!needsAws(block) || (hasAws && isFullLoad));

const pages = [...allPages()]
  .map(([page, text]) => ({ page, blocks: commandsOf(text).filter(isRun) }))
  .filter(({ blocks }) => blocks.length > 0);

const portOf = (url: string): string => new URL(url).port;

/** The next block may need what the one before has begun. */
const atRest = (): Promise<true> =>
  until(async () => {
    const { stateMachineArn } = target;
    const running = await target.stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }),
    );
    return running.executions?.length === 0 || undefined;
  });

describe('commands of pages', () => {
  it.each(pages)(
    '$page',
    async ({ blocks }) => {
      const shell = new Shell({
        STAGE: 'local',
        PORT: portOf(target.apiUrl),
        AWS_PORT: portOf(target.awsUrl),
        AWS_ENDPOINT_URL: target.awsUrl,
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_DEFAULT_REGION: 'us-east-1',
      });
      try {
        for (const { text, line } of blocks) {
          const here = text
            .replaceAll('localhost:4000', `localhost:${portOf(target.apiUrl)}`)
            .replaceAll('localhost:4566', `localhost:${portOf(target.awsUrl)}`);
          const printed = await shell.run(here).catch((error: Error) => {
            throw new Error(`The block at line ${line} ${error.message}`);
          });
          expect({ line, printed, missing: missingAnswers(text, printed) }).toMatchObject({ missing: [] });
          await atRest();
        }
      } finally {
        shell.close();
      }
    },
    300_000,
  );
});
