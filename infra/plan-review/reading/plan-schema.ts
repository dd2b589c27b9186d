import * as z from 'zod/mini';
import type { Json } from '../json.ts';

/**
 * `terraform show -json`, as far as it is read here; unknown properties are ignored, as its documentation asks.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
const json = z.custom<Json>(() => true);

const ResourceChange = z.object({
  address: z.string(),
  mode: z.optional(z.string()),
  type: z.string(),
  change: z.object({
    actions: z.array(z.string()),
    before: z.optional(json),
    after: z.optional(json),
    after_unknown: z.optional(json),
    before_sensitive: z.optional(json),
    after_sensitive: z.optional(json),
    replace_paths: z.optional(z.array(z.array(json))),
  }),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

const ConfiguredResource = z.object({
  address: z.string(),
  expressions: z.optional(z.record(z.string(), json)),
});

const StateResource = z.object({
  address: z.string(),
  values: z.optional(json),
  sensitive_values: z.optional(json),
});

const State = z.object({
  values: z.optional(
    z.object({ root_module: z.optional(z.object({ resources: z.optional(z.array(StateResource)) })) }),
  ),
});

/** All that is read of a file before its form is known. */
export const VersionedFile = z.object({ format_version: z.string() });

export const PlanFile = z.object({
  errored: z.optional(z.boolean()),
  resource_changes: z.optional(z.array(ResourceChange)),
  resource_drift: z.optional(z.array(ResourceChange)),
  prior_state: z.optional(State),
  configuration: z.optional(
    z.object({ root_module: z.optional(z.object({ resources: z.optional(z.array(ConfiguredResource)) })) }),
  ),
});
export type PlanFile = z.infer<typeof PlanFile>;
