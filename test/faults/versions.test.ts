import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { awsVersions } from '#infra/operations/aws-versions.ts';
import { projectRoot } from '#infra/paths.ts';
import { ended, startExecution } from '#test/support/e2e/saga.ts';
import { aTripOf, functionOf, openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);

const versions = () => awsVersions(target, target.stateMachineArn);

const script = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join('infra', 'operations', 'versions-main.ts'), ...args], {
    cwd: projectRoot,
    env: { ...process.env, NODE_OPTIONS: '', STAGE: 'local', AWS_ENDPOINT_URL: target.awsUrl },
  });

describe('versions of the steps', () => {
  it('are read from Lambda, and the definitions that name them from Step Functions', async () => {
    const name = functionOf('ReserveHotel');

    const found = await versions().versionsOf(name);
    expect(found).toMatchObject([
      { functionName: name, version: '$LATEST' },
      { functionName: name, version: '1' },
    ]);
    for (const { lastModified } of found) expect(Date.parse(lastModified)).not.toBeNaN();
    expect(await versions().versionsOf('no-such-function')).toEqual([]);
    expect(await versions().definition()).toContain(`:function:${name}:1`);
  });

  it('of running executions are read while they run, and no longer', async () => {
    const trip = await aTripOf(target);
    let definitions: readonly string[] = [];
    const stop = target.cloud.lambda.intercept(async ({ functionName, proceed }) => {
      if (functionName === functionOf('ReserveHotel')) definitions = await versions().definitionsOfRunning();
      return proceed();
    });
    await ended(target, await startExecution(target, trip.input.execution_id, trip.input));
    stop();

    expect(definitions).toEqual([await versions().definition()]);
    expect(await versions().definitionsOfRunning()).toEqual([]);
  });

  it('are listed by the command, and kept if the state machine names them', async () => {
    const { stdout } = await script('prune', '--margin-minutes', '0');

    const lines = stdout.trim().split('\n');
    expect(lines).toContain(`${functionOf('ReserveHotel')}: 1 the state machine names it`);
    expect(lines.at(-1)).toBe('0 versions may go; nothing was removed without --apply');
  });

  it.each([
    [['forget'], '"forget" is no command'],
    [['prune', '--margin-minutes', 'soon'], '--margin-minutes must be a number from 0 on, not "soon"'],
  ])('%j is refused', async (args, message) => {
    await expect(script(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
