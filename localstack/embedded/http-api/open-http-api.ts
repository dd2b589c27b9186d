import type { Issuer } from '../issuer/index.ts';
import type { Stack, StackResource } from '../types.ts';
import { createHttpApi, type HttpApi, type HttpApiOptions, type HttpApiResources } from './index.ts';

interface Parts extends Pick<HttpApiOptions, 'port' | 'host' | 'invoke' | 'logs' | 'observe'> {
  /** Of the tokens that are verified without a request. */
  readonly issuer: Issuer | undefined;
}

/** The stack's HTTP API with its stage, routes, integrations and authorizers. @throws Error unless there is exactly one API and one stage */
export function openHttpApi(stack: Stack, { issuer, ...parts }: Parts): Promise<HttpApi> {
  const { region, accountId } = stack;
  return createHttpApi({
    ...parts,
    ...httpApiOf(stack),
    issuers: (url) => (url === issuer?.issuer ? issuer.keys : undefined),
    environment: { region, accountId },
  });
}

/** @throws Error unless there is exactly one API and one stage */
export function httpApiOf(stack: Stack): HttpApiResources {
  return {
    api: onlyOne(stack, 'aws_apigatewayv2_api'),
    stage: onlyOne(stack, 'aws_apigatewayv2_stage'),
    routes: stack.resources('aws_apigatewayv2_route'),
    integrations: stack.resources('aws_apigatewayv2_integration'),
    authorizers: stack.resources('aws_apigatewayv2_authorizer'),
  };
}

function onlyOne(stack: Stack, type: string): StackResource {
  const [resource, ...more] = stack.resources(type);
  if (resource === undefined || more.length > 0) {
    throw new Error(`The stack has ${more.length + (resource ? 1 : 0)} ${type}; the local cloud serves exactly one`);
  }
  return resource;
}
