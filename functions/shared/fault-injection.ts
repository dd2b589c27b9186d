import type { MiddlewareObj } from '@middy/core';
import { failingStateByRunType, isRunType } from '#schema/run-types.ts';
import { optionalProbability } from './config.ts';
import { InjectedFaultError } from './errors.ts';

/** The layers that the seed example lets fail at random. */
const cancelStates: ReadonlySet<string> = new Set([
  'RefundPayment',
  'CancelRentalReservation',
  'CancelFlightReservation',
  'CancelHotelReservation',
]);

interface FaultFields {
  readonly run_type?: string;
  readonly cancel_failure_rate?: number;
  readonly cause?: string;
}

/** Why the state has to fail, or undefined. A redrive stands for the try after the fault was mended, so it is spared. */
export function injectedFault(
  state: string,
  input: FaultFields,
  options: { readonly defaultCancelFailureRate: number; readonly random: () => number },
): string | undefined {
  const { run_type: runType } = input;
  if (runType === undefined || !isRunType(runType)) return undefined;
  if (failingStateByRunType[runType] === state) return `${state} fails on purpose: run type ${runType}`;
  const rate = input.cancel_failure_rate ?? options.defaultCancelFailureRate;
  if (cancelStates.has(state) && runType !== 'success' && input.cause !== 'redrive' && options.random() < rate) {
    return `${state} fails on purpose: cancels fail with probability ${rate}`;
  }
  return undefined;
}

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
