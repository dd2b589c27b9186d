import { type ComputedContext, type ComputedTypes, stableId } from './computed.ts';

const apiHost = (apiId: string, { region }: ComputedContext) => `${apiId}.execute-api.${region}.amazonaws.com`;
const executeArn = (apiId: string, { region, accountId }: ComputedContext) =>
  `arn:aws:execute-api:${region}:${accountId}:${apiId}`;
const id = ({ address }: ComputedContext) => stableId(address, 7);

export const apiGateway: ComputedTypes = {
  aws_apigatewayv2_api: {
    id: ({ address }) => stableId(address, 10),
    arn: (context) => `arn:aws:apigateway:${context.region}::/apis/${context.get('id')}`,
    api_endpoint: (context) => `https://${apiHost(context.get('id'), context)}`,
    execution_arn: (context) => executeArn(context.get('id'), context),
  },
  aws_apigatewayv2_authorizer: { id },
  aws_apigatewayv2_integration: { id },
  aws_apigatewayv2_route: { id },
  aws_apigatewayv2_stage: {
    id: (context) => context.get('name'),
    arn: (context) =>
      `arn:aws:apigateway:${context.region}::/apis/${context.get('api_id')}/stages/${context.get('name')}`,
    execution_arn: (context) => `${executeArn(context.get('api_id'), context)}/${context.get('name')}`,
    invoke_url: (context) => {
      const name = context.get('name');
      return `https://${apiHost(context.get('api_id'), context)}/${name === '$default' ? '' : name}`;
    },
  },
};
