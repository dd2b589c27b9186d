import { type ComputedContext, type ComputedTypes, generatedName, same, stableUuid } from './computed.ts';

const arn = (context: ComputedContext) =>
  `arn:aws:lambda:${context.region}:${context.accountId}:function:${context.get('function_name')}`;
const version = (context: ComputedContext) => (context.optional('publish') === 'true' ? '1' : '$LATEST');
const invokeArn = (functionArn: string, { region }: ComputedContext) =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

export const lambda: ComputedTypes = {
  aws_lambda_event_source_mapping: {
    id: ({ address }) => stableUuid(address),
    uuid: same('id'),
    arn: (context) => `arn:aws:lambda:${context.region}:${context.accountId}:event-source-mapping:${context.get('id')}`,
    function_arn: (context) => {
      const name = context.get('function_name');
      return name.startsWith('arn:') ? name : `arn:aws:lambda:${context.region}:${context.accountId}:function:${name}`;
    },
  },
  aws_lambda_function: {
    id: same('function_name'),
    arn,
    version,
    qualified_arn: (context) => `${arn(context)}:${version(context)}`,
    invoke_arn: (context) => invokeArn(arn(context), context),
    qualified_invoke_arn: (context) => invokeArn(`${arn(context)}:${version(context)}`, context),
  },
  aws_lambda_function_event_invoke_config: { id: same('function_name') },
  aws_lambda_permission: {
    statement_id: generatedName,
    id: same('statement_id'),
  },
};
