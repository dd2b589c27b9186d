/** For tests of what runs on the local cloud: its parts alone, and the shapes of its hooks. */
export { createDynamoDb, type DynamoDb } from './dynamodb/index.ts';
export { itemBytes } from './dynamodb/item-size.ts';
export type { EventBridgeEvent } from './events/index.ts';
export { createRoutes } from './http-api/routes.ts';
export { type AllowedRequest, createIam, type Decision } from './iam/index.ts';
export { type InProcessCloud, type KeptMessage, openInProcess } from './in-process.ts';
export { createIssuer } from './issuer/index.ts';
export type { HookReply } from './lambda/index.ts';
export type { Mail } from './messaging/mailbox.ts';
export { machinesOf } from './open-step-functions.ts';
export { createStepFunctions, type MachineDefinition, type TaskPort } from './stepfunctions/index.ts';
export type { Change, StoreFile } from './store/contract.ts';
export { createStore, type Store } from './store/index.ts';
export { createVirtualTime, type VirtualTime } from './virtual-time.ts';
