import type { ExecutionReader, ExecutionState } from '#functions/booking/execution-reader.ts';
import type { SagaStarter } from '#functions/shared/saga-starter.ts';

export interface MemoryMachine extends SagaStarter, ExecutionReader {
  /** By name. */
  readonly started: Map<string, Record<string, unknown>>;
  /** An execution that Step Functions knows. */
  add(execution: Partial<ExecutionState> & { readonly name: string }): ExecutionState;
}

const arnPrefix = 'arn:aws:states:us-east-1:000000000000:execution:saga:';
export const arnOf = (name: string): string => `${arnPrefix}${name}`;

/** Step Functions as far as redrives need it: a name is taken for good. */
export function memoryMachine(): MemoryMachine {
  const started = new Map<string, Record<string, unknown>>();
  const known = new Map<string, ExecutionState>();
  return {
    started,
    async start(name, input) {
      if (started.has(name)) throw Object.assign(new Error(name), { name: 'ExecutionAlreadyExists' });
      started.set(name, input);
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
  };
}
