export { createIam, type Decision, type Iam } from './create-iam.ts';
export type { Credentials } from './identity.ts';
export type { Permission } from './permissions.ts';
export type { ServiceRequest } from './resource-policies.ts';
export type { AllowedRequest, UsedPermission } from './role-authorizer.ts';
