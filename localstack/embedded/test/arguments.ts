import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * What was given to one of the package's own commands. Ends the process with its usage for `--help`, and with 2 for options that are
 * unknown or make no sense.
 * @param problemOf says what makes no sense; undefined where all does
 */
export function argumentsOf<Options extends NonNullable<ParseArgsConfig['options']>>(
  name: string,
  usage: string,
  options: Options,
  problemOf: (values: ReturnType<typeof parseArgs<{ options: Options }>>['values']) => string | undefined = () =>
    undefined,
) {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    const { values } = parseArgs({ options });
    const problem = problemOf(values);
    if (problem !== undefined) throw new Error(problem);
    return values;
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
