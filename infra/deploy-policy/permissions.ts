import { apiPermissions } from './api-permissions.ts';
import { computePermissions } from './compute-permissions.ts';
import type { Grant } from './grant.ts';
import { storagePermissions } from './storage-permissions.ts';
import { watchingPermissions } from './watching-permissions.ts';

/**
 * Which actions Terraform needs for each resource type. Three sources: the calls that provider 5.100 makes (recorded with
 * `TF_LOG_PROVIDER=DEBUG` while this stack was made, planned, changed in place, tagged anew and destroyed; the tests have
 * the list); for types that the stack has not yet, the source of hashicorp/terraform-provider-aws v5.100.0; and for what
 * AWS checks beyond the calls themselves the page named beside the grant. Names and resource forms are those of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const permissions: Readonly<Record<string, readonly Grant[]>> = {
  ...apiPermissions,
  ...computePermissions,
  ...storagePermissions,
  ...watchingPermissions,
};

/** Data sources that need no permission: AWS tells every caller who it is. */
export const freeDataSources: ReadonlySet<string> = new Set(['aws_caller_identity']);
