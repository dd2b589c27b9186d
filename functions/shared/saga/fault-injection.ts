import type { MiddlewareObj } from '@middy/core';
import { optionalProbability } from '#functions/shared/aws/config.ts';
import { failingStateByRunType, isRunType, statesFailingAtRandom } from '#functions/trip/run-types.ts';
import { InjectedFaultError } from './step-errors.ts';

interface FaultFields {
  readonly run_type?: string;
  readonly cancel_failure_rate?: number;
  readonly cause?: string;
  readonly redrive_count?: number;
}

/** Why the state has to fail, or undefined. A redrive stands for the try after the fault was mended, so it is spared. */
export function injectedFault(
  state: string,
  input: FaultFields,
  options: { readonly defaultCancelFailureRate: number; readonly random: () => number },
): string | undefined {
  const { run_type: runType } = input;
  if (isRedrive(input)) return undefined;
  const failing = isRunType(runType) ? failingStateByRunType[runType] : undefined;
  if (failing === state) return `${state} fails on purpose: run type ${runType}`;
  // The stage's rate applies to runs with a failing run type; a rate in the input applies always.
  const rate = input.cancel_failure_rate ?? (failing === undefined ? 0 : options.defaultCancelFailureRate);
  if (statesFailingAtRandom.has(state) && options.random() < rate) {
    return `${state} fails on purpose: cancels fail with probability ${rate}`;
  }
  return undefined;
}

/** Of any cause: the redrives of a customer's cancellation keep theirs, and count. */
const isRedrive = ({ cause, redrive_count: count = 0 }: FaultFields): boolean => cause === 'redrive' || count > 0;

/** The one place that makes steps fail on purpose; bundles of stages without faults do not contain it. */
export function faultInjection(state: string): MiddlewareObj {
  const defaultCancelFailureRate = optionalProbability('CANCEL_FAILURE_RATE');
  return {
    before: function injectFault({ event }) {
      const fault = injectedFault(state, (event ?? {}) as FaultFields, {
        defaultCancelFailureRate,
        random: Math.random,
      });
      if (fault !== undefined) throw new InjectedFaultError(fault);
    },
  };
}
