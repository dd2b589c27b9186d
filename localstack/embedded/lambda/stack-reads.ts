/** What Lambda tells of the stack's permissions and event source mappings. */
import type { Operation } from '../service.ts';
import { type Authorize, AwsError, type Caller, type Stack, type StackResource } from '../types.ts';
import { paged } from './paged.ts';

export interface StackReadsOptions {
  readonly stack: Pick<Stack, 'resources'>;
  readonly authorize: Authorize;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type Input = Readonly<Record<string, unknown>>;

/** @param find the function's ARN without a qualifier; throws where there is none */
export function createStackReads(
  options: StackReadsOptions,
  find: (input: Input, caller: Caller, action: string) => { readonly name: string; readonly arn: string },
): Record<string, Operation> {
  const { stack, authorize, createdAt } = options;

  const described = ({ attributes }: StackResource) => ({
    ...(attributes.scaling_config?.maximum_concurrency && {
      ScalingConfig: { MaximumConcurrency: attributes.scaling_config.maximum_concurrency },
    }),
    ...(attributes.filter_criteria?.filter && {
      FilterCriteria: {
        Filters: attributes.filter_criteria.filter.map(({ pattern }: { pattern: unknown }) => ({ Pattern: pattern })),
      },
    }),
    UUID: attributes.uuid ?? attributes.id,
    EventSourceMappingArn: attributes.arn,
    EventSourceArn: attributes.event_source_arn,
    FunctionArn: attributes.function_arn,
    BatchSize: attributes.batch_size ?? 10,
    MaximumBatchingWindowInSeconds: attributes.maximum_batching_window_in_seconds ?? 0,
    FunctionResponseTypes: attributes.function_response_types ?? [],
    State: attributes.enabled === false ? 'Disabled' : 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: createdAt / 1000,
  });

  const mappings = () => stack.resources('aws_lambda_event_source_mapping').map(described);

  return {
    GetPolicy(input, caller) {
      const { name, arn } = find(input, caller, 'lambda:GetPolicy');
      // Each version has a policy of its own.
      const own = stack
        .resources('aws_lambda_permission')
        .filter(
          ({ attributes }) =>
            [name, arn].includes(String(attributes.function_name)) && attributes.qualifier === input.Qualifier,
        );
      if (own.length === 0)
        throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.');
      const Statement = own.map(({ attributes }) => statementOf(attributes, arn));
      return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement }), RevisionId: 'local' };
    },
    ListEventSourceMappings(input, caller) {
      authorize(caller, 'lambda:ListEventSourceMappings', '*');
      const { EventSourceArn: source, FunctionName } = input;
      const arn = FunctionName === undefined ? undefined : find(input, caller, 'lambda:ListEventSourceMappings').arn;
      const fitting = mappings().filter((one) => {
        return (
          (source === undefined || one.EventSourceArn === source) && (arn === undefined || one.FunctionArn === arn)
        );
      });
      return paged('EventSourceMappings', fitting, input, (one) => one, 100);
    },
    GetEventSourceMapping({ UUID }, caller) {
      authorize(caller, 'lambda:GetEventSourceMapping', '*');
      const found = mappings().find((one) => one.UUID === UUID);
      if (found === undefined)
        throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.');
      return found;
    },
  };
}

function statementOf(attributes: StackResource['attributes'], arn: string) {
  const { statement_id: Sid, action: Action, principal, source_arn: sourceArn, qualifier } = attributes;
  return {
    Sid,
    Effect: 'Allow',
    Principal: { Service: principal },
    Action,
    Resource: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    ...(sourceArn && { Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } } }),
  };
}
