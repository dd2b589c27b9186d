import { it as jestIt } from '@jest/globals';
import { type TargetKind, targetKind } from './target-kind.ts';

/**
 * What a target cannot do, with the reason: the only way for a test to be skipped. Facts were seen on the versions that
 * the README names.
 */
export const limitations = {
  all: {},
  'HTTP API': {
    embedded: 'it serves the file itself and has no management API for it',
    localstack: 'the open edition answers 501 to apigatewayv2; the embedded gateway stands in front',
  },
  'IAM API': { embedded: 'it enforces the policies of the file and has no IAM API' },
  'CloudWatch API': { embedded: 'it collects metrics and evaluates no alarms' },
  'event source mapping API': { embedded: 'it polls by the file and has no management API for it' },
  'event invoke config API': { embedded: 'it buries by the file and has no management API for it' },
  'function configuration': {},
  'function versions': {},
  'own error names': {
    ministack: 'a thrown custom error becomes Runtime.HandlerError',
  },
  'local process': {
    localstack: 'the test starts and stops the embedded cloud itself',
    ministack: 'the test starts and stops the embedded cloud itself',
    other: 'the test starts and stops the embedded cloud itself',
  },
  'events of functions in the history': {
    ministack: 'it tells of a task that is a function as TaskScheduled, TaskSucceeded, TaskFailed',
  },
  'repeated start of a running execution': {
    // So a second DELETE within a moment starts a redrive beside the cancel run: one more run to the same end.
    ministack: 'a name that is taken is refused with ExecutionAlreadyExists, even for the same input',
  },
  'local issuer': {
    ministack: 'Cognito gives its tokens, and signs no others',
    other: 'Cognito gives its tokens, and signs no others',
  },
  'Cognito API': {
    embedded: 'a local issuer signs its tokens',
    localstack: 'the open edition answers 501 to cognito-idp; a local issuer signs the tokens',
  },
  'mock configuration': {
    embedded: 'it makes any state fail by itself: see test/simulation',
    other: 'only a target that this suite starts gets one',
  },
  'mocks of TestState': {
    embedded: 'it calls the Task, whose errors test/machine/test-state.test.ts makes',
  },
  'mocks of every resource in TestState': {
    localstack: "it calls a function although a mock is given, and every mocked error of DynamoDB's gets one name",
  },
  'retries in TestState': {
    ministack: 'it looks at the Catch first, so an error that one names is never RETRIABLE',
  },
  'issuer documents': {
    localstack: 'the gateway in front of it has no AWS endpoint to serve them below',
  },
  'local pages': {
    localstack: 'pages below /_local/ are of the embedded cloud',
    ministack: 'pages below /_local/ are of the embedded cloud',
    other: 'pages below /_local/ are of the embedded cloud',
  },
  'paths as they are sent': {
    ministack: 'it takes slashes at the start for one, so that the route itself answers',
  },
  'message move tasks': {
    ministack: 'StartMessageMoveTask is not there (InvalidAction)',
  },
} as const satisfies Record<string, Partial<Record<TargetKind, string>>>;

export type Capability = keyof typeof limitations;

export function limitation(capability: Capability): string | undefined {
  return (limitations[capability] as Partial<Record<TargetKind, string>>)[targetKind];
}

/** `it`, or a visibly skipped one whose name says which target cannot and why. */
export function itNeeds(capability: Capability) {
  const reason = limitation(capability);
  return (name: string, test: () => Promise<void>, timeout?: number): void => {
    if (reason === undefined) jestIt(name, test, timeout);
    else jestIt.skip(`${name} [skipped on ${targetKind}: ${reason}]`, test, timeout);
  };
}

/** How an error of our own arrives in the state machine. */
export function ownErrorName(name: string): string {
  return limitation('own error names') === undefined ? name : 'Runtime.HandlerError';
}
