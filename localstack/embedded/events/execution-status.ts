/**
 * Step Functions' one event, in the form that AWS documents.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
import { type Randomness, systemPorts } from '../ports.ts';
import type { StatusChange } from '../stepfunctions/contract.ts';
import { whyNotRedrivable } from '../stepfunctions/redrivable.ts';
import type { Environment } from '../types.ts';
import { type EventBridgeEvent, eventTime } from './event.ts';

/** Above this the input, then the output, stays out of the event, and `inputDetails.included` says so. */
const maximumBytes = 248 * 1024;

/**
 * @example
 * events.put(executionStatusEvent({ executionArn, stateMachineArn, name, status: 'FAILED', startDate, stopDate, input }, environment))
 */
export function executionStatusEvent(
  change: StatusChange,
  { region, accountId }: Environment,
  randomness: Randomness = systemPorts.randomness,
): EventBridgeEvent {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, input, output, error, cause } = change;
  const { redrive } = change;
  const at = stopDate ?? redrive?.date ?? startDate;
  const outputFits = escapedBytes(output) <= maximumBytes;
  const inputFits = escapedBytes(input) + escapedBytes(output) <= maximumBytes;
  const reason = whyNotRedrivable(change, at);
  return {
    version: '0',
    id: randomness.uuid(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: accountId,
    time: eventTime(at),
    region,
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn,
      name,
      status,
      startDate,
      stopDate,
      input: inputFits ? input : null,
      output: outputFits ? output : null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: redrive?.count ?? 0,
      redriveDate: redrive?.date ?? null,
      redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      redriveStatusReason: reason ?? null,
      inputDetails: { included: inputFits },
      outputDetails: output === null ? null : { included: outputFits },
      error,
      cause,
    },
  };
}

function escapedBytes(text: string | null): number {
  return text === null ? 0 : Buffer.byteLength(JSON.stringify(text)) - 2;
}
