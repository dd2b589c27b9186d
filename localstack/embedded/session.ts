/** One run of the command `local-cloud`: the cloud, what the terminal tells of it, and the watch of the project's sources. */

import { type Cloud, startCloud } from './cloud.ts';
import { describeSwap } from './console/describe-swap.ts';
import { type Console, createConsole } from './console/index.ts';
import { type LogFilter, unknownFunctions } from './console/log-filter.ts';
import { levels } from './console/log-record.ts';
import { shortNames } from './console/short-names.ts';
import { createSources } from './console/sources.ts';
import type { CloudDefinition, WatchDoor } from './definition.ts';
import { keepHeapsSmall } from './heap-growth.ts';
import { bundleFolder } from './lambda/bundles.ts';
import { settingsOf } from './lambda/function-settings.ts';
import { pruneBundles } from './lambda/prune-bundles.ts';
import { type StartOptions, UsageError } from './options.ts';
import type { SwapRequest } from './swap.ts';
import type { Closable, Stack } from './types.ts';

export interface Session extends Closable {
  /** As it was opened. */
  readonly cloud: Cloud;
  /** Watches, and loads functions. */
  begin(): void;
}

/** @throws Error that says what is wrong and what to do */
export async function openSession(options: StartOptions, definition: CloudDefinition): Promise<Session> {
  const placeOf = createSources(definition.sourceMaps);
  let closing = false;
  let cloud = await open(options);
  await refuseUnknown(cloud, options.logs);
  let screen = watchCloud();
  let added = definition.opened?.(cloud);

  function open(start: StartOptions): Promise<Cloud> {
    const { keyFile, page, pages, tempFolder } = definition;
    // The project's command need not write the file of --stack.
    const synthesizeCommand = start.isProjectStack ? definition.synthesizeCommand : undefined;
    return startCloud({ ...start, keyFile, page, pages, synthesizeCommand, tempFolder });
  }

  function watchCloud(): Console {
    const { quiet, logs } = options;
    const told = createConsole({
      functions: groupsOf(cloud.stack),
      quiet,
      logs,
      placeOf,
      print,
      afterwards: setImmediate,
    });
    cloud.observe(told.take, 0);
    return told;
  }

  /** After the greeting: the first request meets warm functions, and no start waits for functions that it does not use. */
  async function warm(): Promise<void> {
    for (const { functionName, zip, reason, stack } of await cloud.lambda.warm()) {
      if (!closing)
        screen.fail(`${functionName} cannot be loaded; everything else runs: ${reason}  ${placeOf(stack) ?? zip}`);
    }
    keepHeapsSmall();
    if (!closing) await pruneBundles(await bundleFolder(definition.tempFolder));
  }

  async function restart(): Promise<void> {
    const { apiUrl, awsUrl } = cloud;
    await added?.close();
    await cloud.close();
    cloud = await open({ ...options, port: portOf(apiUrl), awsPort: portOf(awsUrl) });
    screen = watchCloud();
    added = definition.opened?.(cloud);
    screen.say('The local cloud runs again.');
    void warm();
  }

  async function swap(request: SwapRequest, savedAt = Date.now()): Promise<void> {
    if (closing) return;
    try {
      const result = await cloud.swap(request);
      const keeps = options.dataFolder !== undefined;
      const took = ` (${Date.now() - savedAt} ms)`;
      const told = describeSwap(result, placeOf, keeps);
      // Silence would leave open whether anything was taken.
      if (told.length === 0) screen.say('What was saved runs already.');
      for (const { text, failed } of told) {
        if (failed) screen.fail(text);
        else screen.say(text + took);
      }
      if (result.restart.length > 0 && keeps) await restart();
    } catch (error) {
      screen.fail(`The change was not taken: ${(error as Error).message}`);
    }
  }

  const door: WatchDoor = {
    swap,
    say: (text) => screen.say(text),
    complain: (text) => screen.fail(text),
    functions: () => namesOf(cloud),
  };
  let watching: Closable | undefined;
  return {
    cloud,
    begin() {
      if (options.watch) watching = definition.watch?.(door);
      void warm();
    },
    async close() {
      closing = true;
      await watching?.close();
      await added?.close();
      await cloud.close();
    },
  };
}

const namesOf = ({ stack }: Cloud): string[] =>
  stack.resources('aws_lambda_function').map(({ attributes }) => String(attributes.function_name));

const portOf = (url: string): number => (url === '' ? 0 : Number(new URL(url).port || 80));

const print = (line: string, to: NodeJS.WriteStream): void => void to.write(`${line}\n`);

/** @throws UsageError for a word of `--logs` that is no function */
async function refuseUnknown(cloud: Cloud, logs: LogFilter | undefined): Promise<void> {
  const names = namesOf(cloud);
  const unknown = logs === undefined ? [] : unknownFunctions(logs, names);
  if (unknown.length === 0) return;
  await cloud.close();
  const short = shortNames(names);
  throw new UsageError(
    `--logs: ${unknown.join(', ')} is neither a level (${levels.join(', ')}) nor a function (${names.map(short).join(', ')})`,
  );
}

/** The stack's functions by the log group that each writes to. */
function groupsOf(stack: Stack): ReadonlyMap<string, string> {
  const settings = settingsOf(stack.resources('aws_lambda_function'), stack.folder);
  return new Map(settings.map(({ logGroup, name }) => [logGroup, name]));
}
