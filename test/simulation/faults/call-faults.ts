import type { Fault } from '../plans/plan.ts';
import type { CallPoint, Refusal } from '../world/points.ts';
import { never } from './kinds.ts';

/** One call of AWS that a fault is for. */
export interface FaultyCall<Reply> {
  readonly fault: Fault;
  readonly point: CallPoint;
  /** Calls before it that the fault was for, too. */
  readonly earlier: number;
  readonly perform: () => Promise<Reply>;
  readonly refuse: (refusal: Refusal) => Reply;
  readonly answer: (body: object) => Reply;
  readonly former: (writes: number) => Promise<Reply | undefined>;
  readonly later: (work: () => Promise<unknown>) => void;
  /** The fault has had its effect: of a kind that may have none. */
  readonly used: () => void;
}

/** @throws what the SDK's connection throws */
export async function faultyCall<Reply>(call: FaultyCall<Reply>): Promise<Reply> {
  const { fault, point, earlier, perform, refuse, answer, former, later, used } = call;
  const { kind, times = kind === 'fail' ? Number.POSITIVE_INFINITY : 1 } = fault;
  const isOver = earlier >= times;
  switch (kind) {
    case 'throttle':
      return isOver ? perform() : refuse({ code: 'ThrottlingException', status: 400 });
    case 'conflict':
      return isOver ? perform() : refuse(conflictOf(point));
    case 'fail':
      return isOver ? perform() : refuse({ code: 'InternalServerError', status: 500 });
    case 'lost':
      if (isOver) return perform();
      await perform();
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' });
    case 'late':
      if (earlier > 0) return refuse({ code: 'InternalServerError', status: 500 });
      later(perform);
      return never();
    case 'slow':
      if (earlier > 0) return perform();
      later(perform);
      return never();
    case 'stale':
      if (isOver || !point.isEventual) return perform();
      used();
      return answer(staleAnswer(point));
    case 'former': {
      const reply = isOver || !point.isEventual ? undefined : await former(fault.writes ?? 1);
      if (reply === undefined) return perform();
      used();
      return reply;
    }
    default:
      throw new Error(`${kind} is no fault of a call: it is one of the kinds in faults/kinds.ts`);
  }
}

const conflictOf = ({ operation, items }: CallPoint): Refusal =>
  operation === 'TransactWriteItems'
    ? {
        code: 'TransactionCanceledException',
        status: 400,
        reasons: Array.from({ length: items }, (_, index) => (index === 0 ? 'TransactionConflict' : 'None')),
      }
    : { code: 'TransactionConflictException', status: 400 };

/** What an eventually consistent read may answer: an index without its newest entries, a run that has not ended yet. */
function staleAnswer({ operation, execution }: CallPoint): object {
  if (operation === 'Query' || operation === 'Scan') return { Items: [], Count: 0, ScannedCount: 0 };
  if (operation === 'BatchGetItem') return { Responses: {} };
  if (operation === 'GetItem') return {};
  if (operation === 'DescribeExecution') {
    return { executionArn: execution, name: execution?.split(':').at(-1), status: 'RUNNING', startDate: 0 };
  }
  throw new Error(`No plan knows what a stale ${operation} answers`);
}
