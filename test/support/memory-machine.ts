import type { ExecutionReader, ExecutionState } from '#functions/booking/reading/execution-reader.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';

export interface MemoryMachine extends SagaStarter, ExecutionReader {
  /** By name. */
  readonly started: Map<string, Record<string, unknown>>;
  /** Names of the runs that were really started, in order: one that was forgotten may come twice. */
  readonly runs: string[];
  /** How often StartExecution was called. */
  calls: number;
  /** An execution that Step Functions knows. */
  add(execution: Partial<ExecutionState> & { readonly name: string }): ExecutionState;
  /** A run that was started has ended. */
  end(name: string, ending?: Partial<ExecutionState>): void;
  /** Step Functions does not know the name any more, as 90 days after its end: it is free again. */
  forget(name: string): void;
}

const arnPrefix = 'arn:aws:states:us-east-1:000000000000:execution:saga:';
export const arnOf = (name: string): string => `${arnPrefix}${name}`;

/**
 * Step Functions as far as accepting, cancelling and redriving need it: the same start of a run that is under way is
 * answered again, any other one under its name is refused for as long as the name is known.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function memoryMachine(): MemoryMachine {
  const started = new Map<string, Record<string, unknown>>();
  const known = new Map<string, ExecutionState>();
  const runs: string[] = [];
  const isUnderWay = (name: string): boolean => (known.get(arnOf(name))?.status ?? 'RUNNING') === 'RUNNING';
  const machine: MemoryMachine = {
    started,
    runs,
    calls: 0,
    async start(name, input) {
      machine.calls += 1;
      const earlier = started.get(name);
      if (earlier !== undefined) {
        // By its text, as Step Functions compares: the order of the fields counts.
        if (isUnderWay(name) && JSON.stringify(earlier) === JSON.stringify(input)) return arnOf(name);
        throw Object.assign(new Error(name), { name: 'ExecutionAlreadyExists' });
      }
      started.set(name, input);
      runs.push(name);
      return arnOf(name);
    },
    async describe(executionArn) {
      const name = executionArn.slice(arnPrefix.length);
      const input = started.get(name);
      const running = input && {
        executionArn,
        name,
        status: 'RUNNING',
        error: undefined,
        cause: undefined,
        input: JSON.stringify(input),
      };
      return known.get(executionArn) ?? running;
    },
    add(execution) {
      const executionArn = arnOf(execution.name);
      const state: ExecutionState = {
        executionArn,
        status: 'FAILED',
        error: 'States.Runtime',
        cause: 'on purpose',
        input: '{}',
        ...execution,
      };
      known.set(executionArn, state);
      return state;
    },
    end(name, ending = {}) {
      const input = JSON.stringify(started.get(name));
      machine.add({ name, status: 'SUCCEEDED', error: undefined, cause: undefined, input, ...ending });
    },
    forget(name) {
      started.delete(name);
      known.delete(arnOf(name));
    },
  };
  return machine;
}
