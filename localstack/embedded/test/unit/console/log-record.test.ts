import { describe, expect, it } from '@jest/globals';
import { recordOf } from '#embedded/console/log-record.ts';

const time = '2026-11-26T08:00:00.000Z';

describe('a line of a function’s log', () => {
  it('of console.log is a message of its request', () => {
    expect(recordOf(`${time}\tr1\tWARN\tseats are\nfew`)).toEqual({
      level: 'warn',
      text: 'seats are\nfew',
      error: undefined,
      requestId: 'r1',
    });
  });

  it('of Lambda’s JSON format is the same', () => {
    const line = JSON.stringify({ timestamp: time, level: 'INFO', requestId: 'r1', message: 'sold' });

    expect(recordOf(line)).toMatchObject({ level: 'info', text: 'sold', requestId: 'r1' });
  });

  it('of a JSON logger has level, message and error', () => {
    const error = {
      name: 'ReferenceError',
      location: 'x',
      message: 'x is not defined',
      stack: 'ReferenceError: x\n    at a (/b.mjs:1:2)',
    };
    const line = JSON.stringify({ level: 'ERROR', message: 'Request failed', function_request_id: 'r1', error });

    expect(recordOf(line)).toEqual({
      level: 'error',
      text: 'Request failed',
      error: {
        name: 'ReferenceError',
        message: 'x is not defined',
        stack: ['ReferenceError: x', '    at a (/b.mjs:1:2)'],
      },
      requestId: 'r1',
    });
    expect(recordOf(`${time}\tr2\tINFO\t${line}`)).toMatchObject({
      level: 'error',
      text: 'Request failed',
      requestId: 'r2',
    });
    expect(recordOf('{"level":"CRITICAL","msg":"gone"}')).toMatchObject({ level: 'fatal', text: 'gone' });
  });

  it.each(['Invoke Error ', 'Uncaught Exception ', 'Unhandled Promise Rejection '])('tells of an %s', (title) => {
    const payload = JSON.stringify({
      errorType: 'RangeError',
      errorMessage: 'too far',
      stack: ['RangeError: too far', '    at f'],
    });
    const error = { name: 'RangeError', message: 'too far', stack: ['RangeError: too far', '    at f'] };

    expect(recordOf(`${time}\tr1\tERROR\t${title}\t${payload}`)).toMatchObject({
      level: 'error',
      error,
      requestId: 'r1',
    });
    expect(recordOf(`${time}\tundefined\tERROR\t${title}\t${payload}`)).toMatchObject({ error, requestId: undefined });
    const json = JSON.stringify({ timestamp: time, level: 'ERROR', requestId: 'r1', message: `${title}\t${payload}` });
    expect(recordOf(json)).toMatchObject({ level: 'error', error, requestId: 'r1' });
  });

  it.each([
    [`${time} r1 Task timed out after 3.00 seconds`, 'Task timed out after 3.00 seconds'],
    ['RequestId: r1 Error: Runtime exited with error: exit status 3', 'Runtime exited with error: exit status 3'],
  ])('of Lambda itself, %s, is an error', (line, message) => {
    expect(recordOf(line)).toMatchObject({ level: 'error', error: { message, stack: [] }, requestId: 'r1' });
  });

  it.each([
    'START RequestId: r1 Version: $LATEST',
    'END RequestId: r1',
    'REPORT RequestId: r1\tDuration: 1 ms',
    '{"time":"x","type":"platform.report","record":{}}',
    '{"_aws":{"CloudWatchMetrics":[]},"Sold":1}',
  ])('is no message: %s', (line) => {
    expect(recordOf(line)).toBeUndefined();
  });

  it.each(['sold', '{not json', '{"colour":"red"}'])('of no known form is information: %s', (line) => {
    expect(recordOf(line)).toEqual({ level: 'info', text: line, error: undefined, requestId: undefined });
  });
});
