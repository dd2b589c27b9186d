import type { Plugin } from 'esbuild';
import type { SagaFunctionDefinition } from '../functions/definition.ts';
import { projectRoot } from '../paths.ts';

const generated = 'leg-step:';
const stepModule = '#functions/shared/saga/leg-step.ts';

/** `functions/<room>/<name>.ts` below the project; of a leg's step, the name of a module that the bundling makes. */
export function entryOf({ room, name, legStep }: SagaFunctionDefinition): string {
  return legStep === undefined ? `functions/${room}/${name}.ts` : `${generated}${legStep.leg}/${legStep.verb}`;
}

/** Handlers of the legs' steps differ only in leg and verb, so they are generated. */
export const legSteps: Plugin = {
  name: 'leg-steps',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${generated}`) }, ({ path }) => ({
      path: path.slice(generated.length),
      namespace: 'leg-steps',
    }));
    build.onLoad({ filter: /.*/, namespace: 'leg-steps' }, ({ path }) => {
      const [leg = '', verb = ''] = path.split('/');
      return { contents: handlerOf(leg, verb), loader: 'ts', resolveDir: projectRoot };
    });
  },
};

const handlerOf = (leg: string, verb: string): string => `
import { ${leg} } from '#functions/${leg}/leg.ts';
import { legStep } from '${stepModule}';
export const handler = legStep(${leg}, '${verb}');
`;
