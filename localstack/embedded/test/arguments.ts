import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What was given to one of the package's own commands. Ends the process with its usage for `--help`, and with 2 for unknown options. */
export function argumentsOf<Options extends NonNullable<ParseArgsConfig['options']>>(
  name: string,
  usage: string,
  options: Options,
) {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
