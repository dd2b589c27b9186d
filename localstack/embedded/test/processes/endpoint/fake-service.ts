import type { AwsService, Caller } from '#embedded/types.ts';

export interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly caller: Caller;
}

/** A service that notes its calls and answers what the test says; a function may throw. */
export function fakeService(
  answer: (call: Call) => Record<string, unknown> | Promise<Record<string, unknown>> = () => ({}),
): AwsService & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    async call(operation, input, caller) {
      const call = { operation, input, caller };
      calls.push(call);
      return answer(call);
    },
  };
}
