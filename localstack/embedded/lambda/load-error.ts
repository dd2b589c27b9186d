import type { LoadFailure } from './contract.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { ErrorPayload } from './protocol.ts';

/** AWS's runtimes bring the SDK, whose version changes there without a word. */
const adviceOn = (message: string): string =>
  /Cannot find (?:package|module) '@(?:aws-sdk|smithy)\//.test(message)
    ? ' (the local cloud brings no SDK: put it into the zip)'
    : '';

/** A function cannot be loaded: its own code says no, or there is none. */
export class LoadError extends Error {
  readonly failure: LoadFailure;

  constructor({ name, zip }: FunctionSettings, { errorType, errorMessage, trace = [] }: ErrorPayload) {
    const reason = `${errorType}: ${errorMessage}${adviceOn(errorMessage)}`;
    super(`${name} (${zip}) cannot be loaded: ${reason}`);
    this.failure = { functionName: name, zip, reason, stack: trace };
  }
}
