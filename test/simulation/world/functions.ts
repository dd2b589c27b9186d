import type { Context } from 'aws-lambda';
import { allLegs } from '#functions/legs.ts';
import { clientDefaults } from '#functions/shared/aws/aws-client.ts';
import { functionsOf } from '#infra/saga-functions.ts';
import { awsClient } from './aws-client.ts';
import { functionPrefix, variablesOfFunctions } from './stack.ts';
import { loadTextModules } from './text-modules.ts';

/** A function's code as Lambda would call it. */
export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** By the function's name without its prefix. */
export type Handlers = ReadonlyMap<string, Handler>;

/** Routes that no plan calls. */
const unused = new Set(['start-booking', 'health', 'flights', 'openapi', 'create-charge', 'get-loyalty']);

/** Loads the real code of all functions, once a process, on an SDK whose requests stay in the process. */
export async function loadHandlers(): Promise<Handlers> {
  Object.assign(process.env, variablesOfFunctions(), {
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  Object.assign(globalThis, { __FAULTS__: true });
  Object.assign(clientDefaults, awsClient);
  loadTextModules();
  const { legStep } = await import('#functions/shared/saga/leg-step.ts');
  const handlers = new Map<string, Handler>();
  for (const { name, room, legStep: step } of functionsOf({ demoRoutes: true })) {
    if (unused.has(name)) continue;
    const leg = allLegs.find((one) => one.name === step?.leg);
    if (leg !== undefined && step !== undefined) handlers.set(name, legStep(leg, step.verb));
    else handlers.set(name, (await import(`../../../functions/${room}/${name}.ts`)).handler as Handler);
  }
  return handlers;
}

/** `arn:…:function:booking-saga-local-reserve-hotel:7` → `reserve-hotel`. */
export function functionNameOf(arn: string): string {
  const [, , , , , , name = ''] = arn.split(':');
  return name.slice(functionPrefix.length);
}
