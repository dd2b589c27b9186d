import { describe, expect, it } from '@jest/globals';
import { parseRedriveMessage } from '#functions/booking/redriving/redrive-message.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { arnOf } from '#test/support/memory-machine.ts';
import { endOf } from '#test/support/redrive-world.ts';
import { aTrip } from '#test/support/trips.ts';

const trip = aTrip();

describe('a message that is none of the redrive queue', () => {
  const input = cancelRunInput(trip, 'redrive', 1);
  const without = (field: string) => ({ ...input, [field]: undefined });

  it.each([
    ['no JSON', 'no JSON', /JSON/],
    ['an empty object', '{}', /"detail" is missing/],
    ['an array', '[]', /"\(message\)" must be an object/],
    ['null', 'null', /"\(message\)" must be an object/],
    ['a text', '"text"', /"\(message\)" must be an object/],
    ['an unknown kind', '{"kind":"mystery"}', /"kind" must be one of delayed-redrive, compensation/],
    ['an event of no execution', '{"detail":{}}', /"detail.executionArn" is missing/],
    [
      'an event of something else',
      '{"detail":{"executionArn":"arn:aws:sns:x"}}',
      /"detail.executionArn" must be the ARN of an execution/,
    ],
    [
      'an ARN with more before it',
      JSON.stringify({ detail: { executionArn: `x ${arnOf('t.a')}` } }),
      /"detail.executionArn" must be the ARN of an execution/,
    ],
    [
      'an ARN with more behind it',
      JSON.stringify({ detail: { executionArn: `${arnOf('t.a')}:1` } }),
      /"detail.executionArn" must be the ARN of an execution/,
    ],
    [
      'an event of an unknown status',
      JSON.stringify(endOf('trip.a', {}, { status: 'PAUSED' })),
      /"detail.status" must be/,
    ],
    ['a letter without input', '{"kind":"compensation"}', /"input" is missing/],
    ['a letter with an empty input', '{"kind":"compensation","input":{}}', /"input.trip_id" is missing/],
    ['a letter about another trip', JSON.stringify({ kind: 'redrive', input: { ...input, trip_id: 'x' } }), /dot/],
    [
      'a delayed redrive of no cause',
      JSON.stringify({ kind: 'delayed-redrive', input: without('cause') }),
      /"input.cause" must be one of customer, redrive$/,
    ],
    [
      'a delayed redrive of a booking run',
      JSON.stringify({ kind: 'delayed-redrive', input: trip }),
      /"input.action" must be cancel$/,
    ],
    [
      'a delayed redrive without a number',
      JSON.stringify({ kind: 'delayed-redrive', input: without('redrive_count') }),
      /"input.redrive_count" must be at least 1$/,
    ],
    ['a letter that tells of nothing', JSON.stringify({ kind: 'notification', input: trip }), /failedLayers/],
    [
      'a letter about no notification',
      JSON.stringify({ kind: 'notification', input: trip, failedLayers: { NotifyNobody: {} } }),
      /"failedLayers" does not say which notification failed$/,
    ],
  ])('is an error that names what is wrong: %s', (_, body, problem) => {
    expect(() => parseRedriveMessage(body)).toThrow(problem);
  });
});
