import { build, type Metafile } from 'esbuild';
import { esbuildOptions, type Variant } from '../bundling/bundle.ts';
import { legSteps } from '../bundling/entries.ts';
import { projectRoot } from '../paths.ts';
import { sagaFunctions } from '../saga-functions.ts';
import type { Sources } from './affected.ts';

/** Reads only the project's own files: what packages import is none of its sources. */
const light = { packages: 'external', minify: false, metafile: true, logLevel: 'silent', write: false } as const;

/** What the functions and the stack are made of, by their imports. @throws esbuild's BuildFailure for a file that cannot be read */
export async function sourcesOf(variant: Variant): Promise<Sources> {
  const options = esbuildOptions(variant);
  const [functions, stack] = await Promise.all([
    build({ ...options, ...light, plugins: [legSteps] }),
    build({
      ...light,
      absWorkingDir: projectRoot,
      entryPoints: ['infra/main.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
    }),
  ]);
  const byFunction = sagaFunctions.map(({ name }) => [name, reachedFrom(functions.metafile, name)] as const);
  return { functions: new Map(byFunction), stack: new Set(Object.keys(stack.metafile.inputs)) };
}

/** The sources of one output, as far as they are files. */
export function reachedFrom({ inputs, outputs }: Metafile, name: string): ReadonlySet<string> {
  const [, output] = Object.entries(outputs).find(([file]) => file.endsWith(`/${name}.mjs`)) ?? [];
  const reached = new Set<string>();
  // Not the output's own inputs: those that tree shaking left nothing of can change what is left.
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { path, external } of inputs[file]?.imports ?? []) if (!external) visit(path);
  };
  if (output?.entryPoint !== undefined) visit(output.entryPoint);
  return reached;
}
