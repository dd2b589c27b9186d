import { expect, it } from '@jest/globals';
import { createStackReads } from '#embedded/lambda/stack-reads.ts';
import { createService } from '#embedded/service.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aStackOf } from '../iam/an-iam.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:weigh';
const permission = (attributes: object) => ({ type: 'aws_lambda_permission', name: 'P', attributes });
const mapping = {
  ...{ id: 'm1', uuid: 'm1', function_arn: arn, event_source_arn: 'arn:q', batch_size: 5 },
  scaling_config: { maximum_concurrency: 7 },
  filter_criteria: { filter: [{ pattern: '{"body":{"n":[1]}}' }] },
};
const service = createService(
  'Lambda',
  createStackReads(
    {
      stack: aStackOf([
        permission({ statement_id: 's', function_name: 'weigh', action: 'a:B', principal: 'p', source_arn: 'arn:r' }),
        permission({ statement_id: 'v', function_name: arn, action: 'a:B', principal: 'p', qualifier: '1' }),
        { type: 'aws_lambda_event_source_mapping', name: 'M', attributes: mapping },
      ]),
      authorize: () => {},
      createdAt: 0,
    },
    ({ FunctionName }) => ({ name: String(FunctionName), arn: arn.replace('weigh', String(FunctionName)) }),
  ),
);
const call = (operation: string, input: object = {}) => service.call(operation, { ...input }, OUTSIDE);
const statementsOf = async (input: object) =>
  JSON.parse(String((await call('GetPolicy', { FunctionName: 'weigh', ...input })).Policy)).Statement;

it("GetPolicy gives the statements of a function, and those of a version with the version's name", async () => {
  expect(await statementsOf({})).toEqual([
    {
      Sid: 's',
      Effect: 'Allow',
      Principal: { Service: 'p' },
      Action: 'a:B',
      Resource: arn,
      Condition: { ArnLike: { 'AWS:SourceArn': 'arn:r' } },
    },
  ]);
  expect(await statementsOf({ Qualifier: '1' })).toMatchObject([{ Sid: 'v', Resource: `${arn}:1` }]);
});

it('event source mappings are listed by function and by source', async () => {
  const listed = async (input: object) => (await call('ListEventSourceMappings', input)).EventSourceMappings;

  expect(await listed({})).toMatchObject([{ UUID: 'm1', BatchSize: 5, State: 'Enabled', FunctionArn: arn }]);
  expect(await listed({ FunctionName: 'weigh', EventSourceArn: 'arn:q' })).toHaveLength(1);
  expect(await listed({ FunctionName: 'other' })).toEqual([]);
  expect(await listed({ EventSourceArn: 'arn:other' })).toEqual([]);
  expect(await call('GetEventSourceMapping', { UUID: 'm1' })).toMatchObject({
    EventSourceArn: 'arn:q',
    ScalingConfig: { MaximumConcurrency: 7 },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[1]}}' }] },
  });
});

it.each([
  ['GetPolicy', { FunctionName: 'other' }],
  ['GetEventSourceMapping', { UUID: 'm2' }],
])('%s tells what is not there', async (operation, input) => {
  await expect(call(operation, input)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});
