import * as z from 'zod/mini';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { untoldStatus } from '#schema/dead-letter.ts';
import { cancelCauses } from '#schema/saga-input.ts';
import { worded } from '#schema/worded.ts';

/**
 * Messages of the redrive queue, by kind. A message of another kind, or without the fields that its kind needs, is an error:
 * if it were taken and dropped, its booking would never be undone.
 */

const text = z.nullish(z.string());

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export const ExecutionStatus = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']);
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

/**
 * EventBridge's event that an execution has ended; it alone has no `kind`. AWS leaves `input` out where it is too long, and
 * its other fields are taken for optional, too: only the execution itself has to be named.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const ExecutionEnded = z.object({
  detail: z.object({
    executionArn: worded(/^arn:[^:]+:states:[^:]*:[^:]*:execution:[^:]+:[^:]+$/, 'must be the ARN of an execution'),
    status: z.nullish(ExecutionStatus),
    /** The run's input, as JSON text. */
    input: text,
    inputDetails: z.nullish(z.object({ included: z.nullish(z.boolean()) })),
    error: text,
    cause: text,
  }),
});
export type ExecutionEnded = z.infer<typeof ExecutionEnded>;

/** A redrive that was planned and waits until its delay is over: the input that it will be started with. */
const DelayedRedrive = z.object({
  kind: z.literal('delayed-redrive'),
  input: CompensationInput.check(
    z.refine((input) => input.action === 'cancel', { path: ['action'], message: 'must be cancel' }),
    z.refine(({ cause }) => cause !== undefined, {
      path: ['cause'],
      message: `must be one of ${cancelCauses.join(', ')}`,
    }),
    z.refine(({ redrive_count: count = 0 }) => count > 0, { path: ['redrive_count'], message: 'must be at least 1' }),
  ),
});

/** A dead letter that is moved back: the input of the execution that gave up. */
const LetterToUndo = z.object({ kind: z.enum(['compensation', 'redrive']), input: CompensationInput });

/** A dead letter about a message that did not go out. */
const LetterToTell = z
  .object({
    kind: z.literal('notification'),
    input: CompensationInput,
    failedLayers: z.record(z.string(), z.unknown()),
  })
  .check(
    z.refine((letter) => untoldStatus(letter) !== undefined, {
      path: ['failedLayers'],
      message: 'does not say which notification failed',
    }),
  );

export const KindOfRedriveMessage = z.discriminatedUnion('kind', [DelayedRedrive, LetterToUndo, LetterToTell]);
export type KindOfRedriveMessage = z.infer<typeof KindOfRedriveMessage>;

export type RedriveMessage = ExecutionEnded | KindOfRedriveMessage;
