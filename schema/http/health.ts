import * as z from 'zod/mini';

/** Answer of `GET /health`. */
export const HealthAnswer = z.object({ status: z.literal('ok') });
