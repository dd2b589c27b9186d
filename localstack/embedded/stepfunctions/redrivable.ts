import type { StatusChange } from './contract.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-eligibility */
const redrivableMs = 14 * 24 * 3600 * 1000;

/**
 * Why an execution cannot be redriven, in AWS's words; undefined where it can.
 * @param now epoch milliseconds
 */
export function whyNotRedrivable({ status, stopDate }: StatusChange, now: number): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  return Number(stopDate) + redrivableMs <= now ? 'Execution redrivable period exceeded' : undefined;
}
