import { type ParseArgsConfig, parseArgs } from 'node:util';
import { parseFailure } from '../parse-failure.ts';
import { noUrlMessage, unansweredMessage } from './unanswered.ts';

/** Thrown for arguments that make no sense: the usage is shown with the message. */
export class UsageError extends Error {}

/**
 * Runs an npm script: `--help` prints its usage, and an error is told by its message alone.
 * Exit code 2 stands for wrong arguments, 1 for all else that fails.
 * @param name of the script in package.json
 * @param config its `args` stand for those of the process
 */
export async function runCommand<Config extends ParseArgsConfig>(
  name: string,
  usage: string,
  config: Config,
  main: (parsed: ReturnType<typeof parseArgs<Config>>) => Promise<void> | void,
): Promise<void> {
  const { args = process.argv.slice(2) } = config;
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  try {
    await main(parsed(config));
  } catch (error) {
    console.error(`${name}: ${messageOf(error)}`);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    // What the user can mend says how.
    else if (error instanceof Error && 'advice' in error) console.error(`\n→ ${error.advice}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

function messageOf(error: unknown): string {
  // What brings advice of its own knows better what was asked.
  const unanswered =
    error instanceof Error && 'advice' in error
      ? undefined
      : (unansweredMessage(error) ?? noUrlMessage(error) ?? parseFailure(error));
  if (unanswered !== undefined) return unanswered;
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'CredentialsProviderError') return `${error.message}: set AWS_PROFILE, or log in (docs/deploy.md)`;
  // `fetch failed` alone says nothing.
  return error.message === 'fetch failed' && error.cause instanceof Error
    ? `${error.message}: ${error.cause.message}`
    : error.message;
}

function parsed<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // What Node adds to an unknown option is about arguments that begin with a dash, which none of the scripts takes.
    throw new UsageError((error as Error).message.replace(/ To specify a positional argument starting with .*$/s, ''));
  }
}
