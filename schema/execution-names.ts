import type { cancelCauses } from './saga-input.ts';

export type CancelCause = (typeof cancelCauses)[number];

/** The customer's cancellation of a booking run. */
export const cancelNameOf = (executionId: string): string => `${executionId}.cancel`;

/** By cause, so that the redrives of a run and those of its cancellation never meet under one name. */
const redriveMarks = { customer: 'rc', redrive: 'rr' } as const satisfies Record<CancelCause, string>;

/** The n-th redrive, from 1, of a booking run (`redrive`) or of its cancellation (`customer`). */
export const redriveNameOf = (executionId: string, cause: CancelCause, redrive: number): string =>
  `${executionId}.${redriveMarks[cause]}-${redrive}`;

/** The cause of the redrive of a run: a customer's cancellation stays one, or it could not undo a confirmed booking. */
export const redriveCauseOf = ({ cause }: { readonly cause?: string | undefined }): CancelCause =>
  cause === 'customer' ? 'customer' : 'redrive';

/** What an execution's name tells: which booking run it is about, and what it does to it. */
export type ExecutionName =
  | { readonly executionId: string; readonly kind: 'book' | 'cancel' }
  | {
      readonly executionId: string;
      readonly kind: 'redrive';
      /** Undefined in names of older releases, whose input alone tells it. */
      readonly cause: CancelCause | undefined;
      readonly redrive: number;
    };

const namePattern = /^([^.]+\.[^.]+)(?:\.(?:(cancel)|(rc|rr|redrive)-(\d+)))?$/;

/** Undefined where the name is none of the saga's. */
export function parseExecutionName(name: string): ExecutionName | undefined {
  const [, executionId, cancel, mark, redrive] = namePattern.exec(name) ?? [];
  if (executionId === undefined) return undefined;
  if (cancel !== undefined) return { executionId, kind: 'cancel' };
  if (mark === undefined) return { executionId, kind: 'book' };
  const cause = mark === 'rc' ? 'customer' : mark === 'rr' ? 'redrive' : undefined;
  return { executionId, kind: 'redrive', cause, redrive: Number(redrive) };
}

/** `arn:…:stateMachine:NAME` and an execution's name make `arn:…:execution:NAME:EXECUTION`. */
export function executionArnOf(stateMachineArn: string, executionName: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName}`;
}
