import * as z from 'zod/mini';

/** RFC 9457, `application/problem+json`: the body of every error. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().check(z.gte(400), z.lte(599)),
  detail: z.optional(z.string()),
  /** The offending field of the body, parameter or header. */
  field: z.optional(z.string()),
  /** With a server error: what the log has the whole error under. */
  requestId: z.optional(z.string()),
});
export type Problem = z.infer<typeof Problem>;

/** What the HTTP API itself answers before a request reaches a function: no token, too many requests. */
export const GatewayMessage = z.object({ message: z.string() });
