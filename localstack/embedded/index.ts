/** Runs any synthesized `cdk.tf.json` on this machine; README.md says what it serves and what it refuses. */
export { type Cloud, type CloudOptions, type LocalPages, startCloud } from './cloud.ts';
export { createSources } from './console/sources.ts';
export { type CloudDefinition, defineCloud, type WatchDoor } from './definition.ts';
export { LocalFile, type LocalRoutes } from './endpoint/local-routes.ts';
export { type Gateway, type GatewayOptions, startGateway } from './gateway.ts';
export type { InvokePort } from './http-api/index.ts';
export type { Issuer, TokenRequest } from './issuer/index.ts';
export { issuerOf } from './issuer/stack-issuer.ts';
export { printable } from './listen.ts';
export { createObserver, type Happening, type Observation, type Observer } from './observer.ts';
export type { Clock, Ports, Randomness, Scheduler } from './ports.ts';
export { type LoadOptions, loadStack } from './stack/index.ts';
export type { TaskHook } from './stepfunctions/index.ts';
export type { StackDifference, Swap, SwapRequest } from './swap.ts';
export {
  AwsError,
  type AwsService,
  type Caller,
  type Closable,
  type Environment,
  OUTSIDE,
  type Stack,
  type StackResource,
} from './types.ts';
