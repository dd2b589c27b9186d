import { parseArgs } from 'node:util';
import { type LogFilter, logFilterOf } from './console/log-filter.ts';
import type { CloudDefinition } from './definition.ts';

export interface StartOptions {
  readonly stackFile: string;
  /** Whether it is the project's own, not that of `--stack`. */
  readonly isProjectStack: boolean;
  readonly host: string | undefined;
  readonly port: number;
  readonly awsPort: number;
  readonly dataFolder: string | undefined;
  readonly retryScale: number;
  /** No line a request. */
  readonly quiet: boolean;
  /** Which of the functions' log lines are printed. */
  readonly logs: LogFilter | undefined;
  /** Whether the project's sources are watched. */
  readonly watch: boolean;
  /** Whether the project's page is opened in a browser. */
  readonly open: boolean;
}

export function usageOf({ command = 'local-cloud', stackFile, watch, page }: CloudDefinition): string {
  return `${command} [options]

  --data DIR          keep table, messages and executions in this folder (default: in memory)
  --retry-scale N     multiply the delays of a state machine's Retry, not of Wait: 0 to 1 (default: 0.1)
  --logs [WHICH]      print the functions' logs: of one function, from one level on (debug, info, warn, error), or all
  --quiet             print no line a request, only errors
${watch === undefined ? '' : '  --no-watch          do not build and swap in what is saved\n'}  --stack FILE        synthesized stack${stackFile === undefined ? '' : ` (default: ${stackFile(process.env)})`}; a change of ${watch === undefined ? 'this' : 'another'} file takes a restart
  --host HOST         interface to listen on (default: localhost, 127.0.0.1 and ::1; :: or 0.0.0.0 for all)
  --config FILE       what the project says of its local cloud (default: local-cloud.config.ts)
${page === undefined ? '' : '  --open              open the page in a browser\n'}  --help              this text

  PORT       port of the HTTP API (default: 4000)
  AWS_PORT   port of the AWS endpoint (default: 4566)`;
}

/** Retries of a laptop need not wait for AWS to recover; a tenth keeps them visible. */
const defaultRetryScale = '0.1';

/** Thrown for words on the command line or variables that make no sense; `--help` has an empty message. */
export class UsageError extends Error {}

export function readOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  definition: CloudDefinition = {},
): StartOptions {
  const values = parsedArguments(args);
  if (values.help) throw new UsageError('');
  const retryScale = Number(values['retry-scale']);
  if (values['retry-scale'] === '' || !(retryScale >= 0 && retryScale <= 1)) {
    throw new UsageError(`--retry-scale must be a number from 0 to 1, not "${values['retry-scale']}"`);
  }
  if (values.data === '') throw new UsageError('--data is empty: which folder is to keep the data?');
  const stackFile = values.stack ?? definition.stackFile?.(environment);
  if (stackFile === undefined) throw new UsageError('--stack is missing: which cdk.tf.json is to run?');
  const isProjectStack = values.stack === undefined;
  return {
    stackFile,
    isProjectStack,
    host: values.host,
    port: portOf('PORT', environment.PORT ?? '4000'),
    awsPort: portOf('AWS_PORT', environment.AWS_PORT ?? '4566'),
    dataFolder: values.data,
    retryScale,
    quiet: values.quiet,
    logs: logFilterOf(values.logs),
    // The project's sources say nothing of another stack.
    watch: values.watch && isProjectStack && definition.watch !== undefined,
    open: values.open && definition.page !== undefined,
  };
}

function parsedArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.map(withWhich),
      allowNegative: true,
      options: {
        data: { type: 'string' },
        'retry-scale': { type: 'string', default: defaultRetryScale },
        logs: { type: 'string', multiple: true },
        quiet: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: true },
        stack: { type: 'string' },
        config: { type: 'string' },
        host: { type: 'string' },
        open: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** `--logs` alone means all of them. */
function withWhich(word: string, at: number, args: readonly string[]): string {
  const next = args[at + 1];
  return word === '--logs' && (next === undefined || next.startsWith('-')) ? '--logs=all' : word;
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new UsageError(`${name} must be a port number from 0 (any free one) to 65535, not "${text}"`);
  }
  return port;
}
