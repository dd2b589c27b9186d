import { apiFunctions } from './functions/api.ts';
import { backgroundFunctions } from './functions/background.ts';
import type { SagaFunctionDefinition } from './functions/definition.ts';
import { stepFunctions } from './functions/steps.ts';

/** Every function of the service: bundles, roles, log groups, alarms, routes and ASL substitutions all come from here. */
export const sagaFunctions = [...stepFunctions, ...apiFunctions, ...backgroundFunctions] as const;

export type FunctionName = (typeof sagaFunctions)[number]['name'];

/** The functions that a stage has. */
export function functionsOf(stage: { readonly demoRoutes: boolean }): readonly (SagaFunctionDefinition & {
  readonly name: FunctionName;
})[] {
  return (sagaFunctions as readonly (SagaFunctionDefinition & { readonly name: FunctionName })[]).filter(
    (definition) => stage.demoRoutes || !definition.demoOnly,
  );
}
