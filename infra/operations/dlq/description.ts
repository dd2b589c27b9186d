import * as z from 'zod/mini';
import { nameOfArn } from '#schema/arn.ts';
import { BookingEvent } from '#schema/booking-event.ts';
import { deadLetterKinds, type LetterFailure, untoldStatus } from '#schema/dead-letter.ts';
import { redriveCauseOf, redriveNameOf } from '#schema/execution-names.ts';
import { messageOfCause } from '#schema/failure-cause.ts';
import { tripIdOf } from '#schema/saga-input.ts';

/** What a dead letter is about, for people. */
export interface Description {
  /** One line. */
  readonly about: string;
  readonly failures: readonly LetterFailure[];
  /** Undefined where the letter is about no booking run. */
  readonly run: LetterRun | undefined;
}

/** The booking run that a letter is about. */
export interface LetterRun {
  readonly tripId: string;
  readonly executionId: string;
  /** Name of the execution that the letter starts once it is redriven; undefined where it starts none, or a later one. */
  readonly starts: string | undefined;
}

const Failure = z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) });

const SagaLetter = z.object({
  kind: z.enum(deadLetterKinds),
  trip_id: z.string(),
  execution_id: z.string(),
  input: z.object({ cause: z.optional(z.string()), redrive_count: z.optional(z.number()) }),
  failedLayers: z.record(z.string(), z.unknown()),
});

const EndedExecution = z.object({ detail: z.object({ executionArn: z.string(), status: z.nullish(z.string()) }) });

const DelayedRedrive = z.object({
  kind: z.literal('delayed-redrive'),
  input: z.object({ trip_id: z.string(), execution_id: z.string() }),
});

const FailedInvocation = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  responsePayload: z.optional(z.object({ errorType: z.optional(z.string()), errorMessage: z.optional(z.string()) })),
});

const forms = [
  form(SagaLetter, (letter) => ({
    about: `${letter.trip_id}: ${whatFailed(letter)}`,
    failures: Object.entries(letter.failedLayers).map(([layer, failure]) => failureOf(layer, failure)),
    run: { tripId: letter.trip_id, executionId: letter.execution_id, starts: runThatItStarts(letter) },
  })),
  form(EndedExecution, ({ detail }) => {
    const name = nameOfArn(detail.executionArn);
    const executionId = name.split('.').slice(0, 2).join('.');
    return {
      about: `${tripIdOf(name)}: the event that ${name} has ended${detail.status ? ` (${detail.status})` : ''} was not handled`,
      failures: [],
      run: { tripId: tripIdOf(name), executionId, starts: undefined },
    };
  }),
  form(DelayedRedrive, ({ input }) => ({
    about: `${input.trip_id}: a redrive was planned and could not be started`,
    failures: [],
    run: { tripId: input.trip_id, executionId: input.execution_id, starts: undefined },
  })),
  form(BookingEvent, ({ bookingId, status }) => ({
    about: `${bookingId}: the message that it is ${status} did not change the customer's points`,
    failures: [],
    run: undefined,
  })),
  form(FailedInvocation, ({ requestContext: { functionArn }, responsePayload: { errorType, errorMessage } = {} }) => ({
    about: `a scheduled run of ${functionArn.split(':')[6] ?? functionArn} failed`,
    failures: errorType || errorMessage ? [{ layer: undefined, error: errorType, cause: errorMessage }] : [],
    run: undefined,
  })),
];

/** Never throws: a person has to see a letter of an unknown form, too. */
export function describeLetter(body: string): Description {
  const message = parsed(body);
  for (const describe of forms) {
    const description = describe(message);
    if (description !== undefined) return description;
  }
  return { about: 'a message of an unknown form', failures: [], run: undefined };
}

function whatFailed(letter: z.infer<typeof SagaLetter>): string {
  const layers = Object.keys(letter.failedLayers).length;
  switch (letter.kind) {
    case 'compensation':
      return `${layers} ${layers === 1 ? 'layer' : 'layers'} could not be undone`;
    case 'notification':
      return `the message that it is ${untoldStatus(letter) ?? 'final'} was not sent`;
    case 'redrive':
      return 'the last redrive failed';
  }
}

function runThatItStarts({ kind, execution_id, input }: z.infer<typeof SagaLetter>): string | undefined {
  if (kind === 'notification') return undefined;
  return redriveNameOf(execution_id, redriveCauseOf(input), (input.redrive_count ?? 0) + 1);
}

function failureOf(layer: string, failure: unknown): LetterFailure {
  const { success, data } = Failure.safeParse(failure);
  if (!success) return { layer, error: undefined, cause: JSON.stringify(failure) };
  return { layer, error: data.Error, cause: data.Cause === undefined ? undefined : messageOfCause(data.Cause) };
}

function form<Schema extends z.core.$ZodType>(schema: Schema, describe: (message: z.infer<Schema>) => Description) {
  return (message: unknown): Description | undefined => {
    const { success, data } = z.safeParse(schema, message);
    return success ? describe(data) : undefined;
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
