import type { LegVerb } from '#functions/trip/define-leg.ts';
import type { HttpRoutes } from '#schema/http/routes.ts';
import type { indexes, PartitionKind } from '#schema/table.ts';

export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/**
 * Actions on the table's items by the kind of partition that they are for. No Scan, which names no partition. The keys of
 * one request have to be of one kind.
 */
export type TableAccess = Partial<Record<PartitionKind, readonly TableAction[]>>;

/** What a function may do and has to know; each need grants least and sets its environment variable. */
export interface FunctionNeeds {
  /** Sets `TABLE_NAME`. */
  readonly table?: TableAccess;
  /** Actions on single indexes, by their key in `indexes`. */
  readonly indexes?: Partial<Record<keyof typeof indexes, readonly ('Query' | 'Scan')[]>>;
  /** Moves money: access to the built-in ledger, or, on stages that pay through Stripe, its secret key. */
  readonly ledger?: TableAccess;
  /** Publish on the booking topic; sets `BOOKING_TOPIC_ARN`. */
  readonly bookingTopic?: 'publish';
  /** Start executions, or also describe them, or also read what happened in them; sets `STATE_MACHINE_ARN`. */
  readonly stateMachine?: 'start' | 'start-and-describe' | 'start-and-history';
  /** Receive from the redrive queue and put back with a delay; sets `REDRIVE_QUEUE_URL` and `REDRIVE_DELAY_SECONDS`. */
  readonly redriveQueue?: 'consume-and-send';
  /** Receive from the loyalty queue. */
  readonly loyaltyQueue?: 'consume';
  /** Send dead letters; sets `DEAD_LETTER_QUEUE_URL`. */
  readonly deadLetterQueue?: 'send';
  /** Counts a customer's charges; sets `CHARGES_PER_MINUTE`. */
  readonly limitsCharges?: true;
}

export interface SagaFunctionDefinition extends Partial<HttpRoutes> {
  readonly name: string;
  /** Folder of its handler below `functions/`. */
  readonly room: string;
  /** The leg's step that it is: its handler is `legStep` of both. */
  readonly legStep?: { readonly leg: string; readonly verb: LegVerb };
  /** `step` functions are those that the state machine invokes; they have the tighter bundle budget. */
  readonly role: 'step' | 'api' | 'background';
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly needs: FunctionNeeds;
  /** Exists only on stages with `demoRoutes`. */
  readonly demoOnly?: true;
  /**
   * The state machine of the last release called this step, the present one does not. It stays for the sagas that are under way,
   * and is removed in the next release. `test/contract/release` tests both.
   */
  readonly retired?: true;
}

export const ordinary = { timeoutSeconds: 10, memoryMegabytes: 512 } as const;

/** Reads what the header still says, and takes the booking off the list of the unfinished ones once it is told. */
export const notify = { table: { trip: ['GetItem', 'UpdateItem'] }, bookingTopic: 'publish' } as const;
