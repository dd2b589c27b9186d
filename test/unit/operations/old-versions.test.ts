import { describe, expect, it } from '@jest/globals';
import { type FunctionVersion, judgeVersions, namedIn } from '#infra/operations/old-versions.ts';

const now = Date.parse('2026-11-26T12:00:00.000Z');
const graceMs = 110 * 60_000;
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString().replace('Z', '+0000');
const version = (number: string, minutes: number, functionName = 'reserve-hotel'): FunctionVersion => ({
  functionName,
  version: number,
  lastModified: minutesAgo(minutes),
});
const history = [version('$LATEST', 1), version('1', 900), version('2', 600), version('3', 300)];

const judge = (
  versions: readonly FunctionVersion[],
  { current = ['reserve-hotel:3'], running = [] as string[] } = {},
): Record<string, string | undefined> =>
  Object.fromEntries(
    judgeVersions(versions, { current: new Set(current), running: new Set(running), now, graceMs }).map(
      ({ functionName, version: number, keep }) => [`${functionName}:${number}`, keep],
    ),
  );

describe('versions that no saga can name', () => {
  it('are those that were replaced long ago', () => {
    expect(judge(history)).toEqual({
      'reserve-hotel:$LATEST': 'is no version',
      'reserve-hotel:1': undefined,
      'reserve-hotel:2': undefined,
      'reserve-hotel:3': 'the state machine names it',
    });
  });

  it('are not those that a running execution names, however old', () => {
    expect(judge(history, { running: ['reserve-hotel:1'] })).toMatchObject({
      'reserve-hotel:1': 'a running execution names it',
      'reserve-hotel:2': undefined,
    });
  });

  it('are not those that were replaced a short time ago, since an execution may be about to be seen', () => {
    const versions = [version('1', 900), version('2', 600), version('3', 109)];

    expect(judge(versions)).toMatchObject({
      'reserve-hotel:1': undefined,
      'reserve-hotel:2': expect.stringMatching(/^was replaced 109 minutes ago/),
    });
    expect(judge([...versions.slice(0, 2), version('3', 110)])).toMatchObject({ 'reserve-hotel:2': undefined });
  });

  it('are never the newest of a function: a release under way is about to name it', () => {
    expect(judge([...history, version('4', 200)])).toMatchObject({
      'reserve-hotel:3': 'the state machine names it',
      'reserve-hotel:4': 'is the newest',
    });
  });

  it('are distinguished by function, and compared by number, not by text', () => {
    const versions = ['9', '10', '11'].map((number, index) => version(number, 900 - 200 * index, 'take-payment'));

    expect(judge([...versions, ...history], { current: ['take-payment:11', 'reserve-hotel:3'] })).toMatchObject({
      'take-payment:9': undefined,
      'take-payment:10': undefined,
      'take-payment:11': 'the state machine names it',
      'reserve-hotel:1': undefined,
    });
  });

  it('cannot be found if a version has no valid time', () => {
    expect(() => judge([version('1', 900), { ...version('2', 600), lastModified: 'long ago' }])).toThrow(
      'Lambda says that version 2 of reserve-hotel is of "long ago", which is no time',
    );
  });
});

describe('a definition names', () => {
  it('versions, by function', () => {
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:booking-saga-dev';
    const definition = JSON.stringify({
      States: {
        A: { Resource: `${arn}-reserve-hotel:12` },
        B: { Resource: `${arn}-take-payment` },
        C: { Parameters: { FunctionName: `${arn}-close-booking:3` } },
        D: { Resource: 'arn:aws:states:::dynamodb:updateItem' },
        E: { Resource: `${arn}-reserve-hotel:12` },
      },
    });

    expect([...namedIn(definition)].sort()).toEqual([
      'booking-saga-dev-close-booking:3',
      'booking-saga-dev-reserve-hotel:12',
    ]);
  });
});
