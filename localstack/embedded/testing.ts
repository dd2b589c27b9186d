/** For tests of what runs on the local cloud: its parts alone, and the shapes of its hooks. */
export { createDynamoDb, type DynamoDb } from './dynamodb/index.ts';
export type { EventBridgeEvent } from './events/index.ts';
export { createRoutes } from './http-api/routes.ts';
export { type AllowedRequest, createIam, type Decision } from './iam/index.ts';
export { createIssuer } from './issuer/index.ts';
export type { HookReply } from './lambda/index.ts';
export type { Mail } from './messaging/mailbox.ts';
export { createStepFunctions, type TaskPort } from './stepfunctions/index.ts';
export { createVirtualTime, type VirtualTime } from './virtual-time.ts';
