import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { aTripId, ended, headerOf, startDemo } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

/** `npm run dlq` with these words, against the target of the tests. */
async function dlq(...words: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['infra/operations/dlq/main.ts', ...words], {
      cwd: projectRoot,
      env: { ...process.env, STAGE: 'local', AWS_ENDPOINT_URL: target.awsUrl, NODE_OPTIONS: '' },
    });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

/** A demo run that leaves a letter. */
async function aTripWithALetter(query: Record<string, string>): Promise<{ tripId: string; id: string; list: string }> {
  const tripId = aTripId();
  await ended(target, (await startDemo(target, { ...query, tripID: tripId })).executionArn);
  return until(async () => {
    const { output } = await dlq('list');
    const id = new RegExp(`^(\\S+) .*${tripId}`, 'm').exec(output)?.[1];
    return id === undefined ? undefined : { tripId, id, list: output };
  });
}

describe('npm run dlq', () => {
  it('given a message that was not sent, then it is listed and shown, and redriving sends it', async () => {
    const { tripId, id, list } = await aTripWithALetter({ runType: 'failNotification' });
    expect(list).toContain(`${tripId}: the message that it is CONFIRMED was not sent\n    NotifyBookingConfirmed: `);
    expect(list).not.toContain('errorMessage');
    expect(JSON.parse((await dlq('list', '--json')).output)).toContainEqual(
      expect.objectContaining({ id: expect.stringContaining(id), run: expect.objectContaining({ tripId }) }),
    );
    const shown = await dlq('show', id);
    expect(shown).toEqual({
      code: 0,
      output: expect.stringMatching(/the booking is CONFIRMED\n[\s\S]*"kind": "notification"/),
    });

    expect(await dlq('redrive', id)).toEqual({
      code: 0,
      output: expect.stringContaining('done: the booking is CONFIRMED and its message is out'),
    });
    expect((await dlq('list')).output).not.toContain(tripId);
  });

  it('given layers that could not be undone, then redriving undoes them and prints the booking’s status', async () => {
    const { tripId, id } = await aTripWithALetter({ runType: 'failPayment', cancelFailureRate: '1' });

    expect(await dlq('redrive', id)).toEqual({
      code: 0,
      output: expect.stringMatching(/done: \S+\.rr-1 undid everything: the booking is CANCELLED/),
    });
    expect((await headerOf(target, tripId))?.status).toBe('CANCELLED');
  });

  it('given words that make no sense, then it says which, and touches no letter', async () => {
    expect(await dlq('redrive')).toEqual({ code: 2, output: expect.stringContaining('the ids of letters, or --all') });
    expect(await dlq('show', 'nothing')).toEqual({ code: 1, output: expect.stringContaining('"nothing"') });
  });
});
