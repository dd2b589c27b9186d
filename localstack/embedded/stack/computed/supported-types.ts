import { apiGateway } from './api-gateway.ts';
import { cloudwatch } from './cloudwatch.ts';
import { cognito } from './cognito.ts';
import type { ComputedTypes } from './computed.ts';
import { dynamodb } from './dynamodb.ts';
import { iam } from './iam.ts';
import { lambda } from './lambda.ts';
import { messaging } from './messaging.ts';
import { parameterStore } from './parameter-store.ts';
import { stepFunctions } from './step-functions.ts';

/** Every resource type that the local cloud knows. A type that is not here is an error, never ignored in silence. */
export const supportedTypes: ComputedTypes = {
  ...apiGateway,
  ...cloudwatch,
  ...cognito,
  ...dynamodb,
  ...iam,
  ...lambda,
  ...messaging,
  ...parameterStore,
  ...stepFunctions,
};
