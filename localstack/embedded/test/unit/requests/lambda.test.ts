import { describe, expect, it } from '@jest/globals';
import { answered, noNumbers, payloads, taken } from './setup.ts';

const functions = '/2015-03-31/functions';

describe('a request to Lambda', () => {
  const invoke = `POST ${functions}/weigh/invocations`;
  const type = (word: string) => ({ 'x-amz-invocation-type': word });

  it.each<[path: string, body: string, headers: object, code: string, status?: number]>([
    [invoke, '{', {}, 'InvalidRequestContentException'],
    [invoke, 'x=y', {}, 'InvalidRequestContentException'],
    [invoke, '\u0000', {}, 'InvalidRequestContentException'],
    [invoke, '{', type('Event'), 'InvalidRequestContentException'],
    [invoke, '{', type('DryRun'), 'InvalidRequestContentException'],
    [invoke, '', type('event'), 'InvalidParameterValueException'],
    [invoke, '', type(''), 'InvalidParameterValueException'],
    [invoke, '', { 'x-amz-log-type': 'Head' }, 'InvalidParameterValueException'],
    [`${invoke}?Qualifier=a%20b`, '', {}, 'ValidationException'],
    [`${invoke}?Qualifier=`, '', {}, 'ValidationException'],
    [`POST ${functions}/we%20igh/invocations`, '', {}, 'ValidationException'],
    [`POST ${functions}/%zz/invocations`, '', {}, 'SerializationException'],
    [`POST ${functions}/%00/invocations`, '', {}, 'ValidationException'],
    [`POST ${functions}//invocations`, '', {}, 'UnknownOperationException', 404],
    [`DELETE ${functions}/weigh`, '', {}, 'UnknownOperationException', 404],
    [`GET ${functions}/%c3%28/configuration`, '', {}, 'SerializationException'],
    [`GET ${functions}/weigh?Qualifier=a.b`, '', {}, 'ValidationException'],
    [`GET ${functions}/weigh/policy?Qualifier=a:b`, '', {}, 'ValidationException'],
    [`GET ${functions}?FunctionVersion=all`, '', {}, 'InvalidParameterValueException'],
    ['GET /2015-03-31/event-source-mappings?FunctionName=a%20b', '', {}, 'ValidationException'],
    ['GET /2015-03-31/event-source-mappings/%zz', '', {}, 'SerializationException'],
    ['GET /2015-03-31/event-source-mappings/x', '', {}, 'ResourceNotFoundException', 404],
  ])('is refused: %s %j %j', async (path, body, headers, code, status = 400) => {
    expect(await answered('lambda', path, body, headers)).toEqual([status, code]);
  });

  it.each([functions, `${functions}/weigh/versions`, '/2015-03-31/event-source-mappings'])(
    'for a page of no number is refused: %s',
    async (path) => {
      for (const member of ['MaxItems', 'Marker']) {
        for (const number of noNumbers) {
          expect([number, await answered('lambda', `GET ${path}?${member}=${number}`)]).toEqual([
            number,
            [400, 'InvalidParameterValueException'],
          ]);
        }
      }
    },
  );

  it.each(['Payload=1', 'InvocationType=Event', 'LogType=Head', 'ClientContext=a', 'toString=x', '__proto__=x'])(
    'takes of the query what the operation has there alone: %s',
    async (query) => {
      payloads.length = 0;

      expect(await answered('lambda', `${invoke}?${query}`)).toEqual([200, 'taken']);
      expect(payloads).toEqual([{}]);
    },
  );

  it.each([
    ['null', null],
    ['1', 1],
    ['"a"', 'a'],
    ['[]', []],
    ['', {}],
  ])('takes any JSON: %j', async (body, payload) => {
    payloads.length = 0;

    expect(await answered('lambda', invoke, body)).toEqual([200, 'taken']);
    expect(payloads).toEqual([payload]);
  });

  const paged = { MaxItems: '1', Marker: '0' };

  it.each([
    ['Invoke', { FunctionName: 'weigh', Qualifier: '1', InvocationType: 'Event', LogType: 'Tail' }],
    ['Invoke', { FunctionName: 'weigh', ClientContext: 'a', DurableExecutionName: 'a', TenantId: 'a' }],
    ['GetFunction', { FunctionName: 'weigh', Qualifier: '1' }],
    ['GetFunctionConfiguration', { FunctionName: 'weigh', Qualifier: '1' }],
    ['ListFunctions', { FunctionVersion: 'ALL', MasterRegion: 'ALL', ...paged }],
    ['ListVersionsByFunction', { FunctionName: 'weigh', ...paged }],
    ['GetPolicy', { FunctionName: 'weigh', Qualifier: '1' }],
    ['ListEventSourceMappings', { FunctionName: 'weigh', EventSourceArn: 'a', ...paged }],
    ['GetEventSourceMapping', { UUID: 'm1' }],
  ])('from inside with a member of a wrong type is refused: %s %j', async (operation, input) => {
    expect(await taken('lambda', operation, input)).toEqual([]);
  });
});
