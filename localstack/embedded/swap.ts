/** A changed stack file, taken while the cloud runs as far as that is possible in place. */

import { statSync } from 'node:fs';
import type { HttpApi } from './http-api/index.ts';
import { httpApiOf } from './http-api/open-http-api.ts';
import type { Iam } from './iam/index.ts';
import type { FunctionsSwap, LambdaService, LoadFailure } from './lambda/contract.ts';
import { machinesOf } from './open-step-functions.ts';
import type { StepFunctions } from './stepfunctions/index.ts';
import type { Stack, StackResource } from './types.ts';

export interface SwapRequest {
  /** Where the stack is now; the file that the cloud was started with by default. */
  readonly stackFile?: string;
  /** Zips that stand in for those of the stack file, by function name. */
  readonly zips?: Readonly<Record<string, string>>;
}

/** Addresses as Terraform writes them, `aws_sqs_queue.Orders`. */
export interface StackDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export interface Swap extends StackDifference {
  /** Names of the functions that run in new code or with new settings. */
  readonly functions: readonly string[];
  /** Functions whose new code cannot be loaded; they keep the old one. */
  readonly failures: readonly LoadFailure[];
  /** What only a restart takes. With any of it nothing is swapped, since the rest may rely on it. */
  readonly restart: readonly string[];
}

interface Parts {
  readonly stack: Stack;
  readonly stackFile: string;
  load(file: string | undefined): Stack;
  readonly iam: Pick<Iam, 'swap'>;
  readonly lambda: Pick<LambdaService, 'swap'>;
  readonly stepFunctions: Pick<StepFunctions, 'swap'>;
  readonly httpApi: Pick<HttpApi, 'swap'> | undefined;
  /** Told of the stack that runs from now on. */
  took(stack: Stack): void;
}

const unchanged = { added: [], changed: [], removed: [], restart: [] };

/** What can change under a running cloud; anything else holds state or has begun something. */
const inPlace =
  /^aws_(lambda_(function|permission)|sfn_state_machine|iam_role|iam_role_policy|sqs_queue_policy|sns_topic_policy|apigatewayv2_\w+|cloudwatch_(log_group|metric_alarm|dashboard))\./;

/** One swap after the other. @returns what swaps, and the stack that runs now */
export function createSwap({
  stack: first,
  stackFile: firstFile,
  load,
  iam,
  lambda,
  stepFunctions,
  httpApi,
  took,
}: Parts) {
  const stampOf = (file = firstFile): string => {
    const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return `${file} ${mtimeMs} ${size}`;
  };
  let stack = first;
  let taken = stampOf(undefined);
  let last: Promise<unknown> = Promise.resolve();

  async function swap({ stackFile, zips = {} }: SwapRequest): Promise<Swap> {
    const stamp = stampOf(stackFile);
    if (stamp === taken && Object.keys(zips).length > 0) return { ...unchanged, ...(await swapZips(zips)) };
    const next = load(stackFile);
    const difference = differenceOf(stack, next);
    const restart = [...difference.added, ...difference.changed, ...difference.removed].filter(
      (address) => !inPlace.test(address) || (httpApi === undefined && address.startsWith('aws_apigatewayv2_')),
    );
    if (restart.length > 0) return { ...difference, functions: [], failures: [], restart };
    // What a function is called by and what it may do come before the function itself.
    iam.swap(next);
    const functions = next.resources('aws_lambda_function').map((each) => withZip(each, zips));
    const swapped = await lambda.swap(functions, next.folder);
    stepFunctions.swap(machinesOf(next));
    httpApi?.swap(httpApiOf(next));
    stack = next;
    took(next);
    taken = stamp;
    return { ...difference, ...swapped, restart };
  }

  /** The quick way of a function that was saved: nothing else is looked at. */
  async function swapZips(zips: Readonly<Record<string, string>>): Promise<FunctionsSwap> {
    const named = stack.resources('aws_lambda_function').filter(({ attributes }) => attributes.function_name in zips);
    return lambda.swap(
      named.map((each) => withZip(each, zips)),
      stack.folder,
      { others: 'stay' },
    );
  }

  return (request: SwapRequest = {}): Promise<Swap> => {
    const turn = last.then(() => swap(request));
    last = turn.catch(() => {});
    return turn;
  };
}

function withZip(resource: StackResource, zips: Readonly<Record<string, string>>): StackResource {
  const zip = zips[resource.attributes.function_name];
  return zip === undefined ? resource : { ...resource, attributes: { ...resource.attributes, filename: zip } };
}

/** The code of functions is left to Lambda, which compares it by its hash. */
export function differenceOf(before: Stack, after: Stack): StackDifference {
  const old = textsOf(before);
  const now = textsOf(after);
  return {
    added: [...now.keys()].filter((address) => !old.has(address)),
    changed: [...now]
      .filter(([address, text]) => old.has(address) && old.get(address) !== text)
      .map(([address]) => address),
    removed: [...old.keys()].filter((address) => !now.has(address)),
  };
}

function textsOf(stack: Stack): Map<string, string> {
  const texts = new Map<string, string>();
  for (const type of stack.types) {
    for (const { name, attributes } of stack.resources(type)) {
      const { filename: _filename, source_code_hash: _hash, ...rest } = attributes;
      texts.set(`${type}.${name}`, JSON.stringify(rest));
    }
  }
  return texts;
}
