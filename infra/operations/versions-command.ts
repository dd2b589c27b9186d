import { physicalName, type StageConfig, stageAndRegion } from '../config.ts';
import { sagaFunctions } from '../saga-functions.ts';
import { awsVersions } from './aws-versions.ts';
import { numberOf, refuseUnread } from './option-values.ts';
import { UsageError } from './run-command.ts';
import { stageClients } from './stage-clients.ts';
import { stateMachineArnOf } from './state-machine-arn.ts';
import { inspect, prune, report, type Versions } from './versions.ts';

export const defaultMarginMinutes = 60;

/** The command line as it was read. */
export interface VersionsArguments {
  readonly values: { readonly apply?: boolean | undefined; readonly 'margin-minutes'?: string | undefined };
  readonly positionals: readonly string[];
}

type Stage = Pick<StageConfig, 'stage' | 'region'>;

export interface VersionsDoors {
  readonly stage: () => Stage;
  readonly versionsOf: (stage: Stage) => Promise<Versions>;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

const doorsOfProcess: VersionsDoors = {
  stage: stageAndRegion,
  versionsOf: async (stage) => {
    const clients = stageClients(stage);
    return awsVersions(clients, await stateMachineArnOf(clients, stage));
  },
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
};

/**
 * Tells the versions of the steps, and removes those that may go where that is asked for.
 * @returns whether all that was to be removed is
 */
export async function versionsCommand(
  { values, positionals }: VersionsArguments,
  doors: VersionsDoors = doorsOfProcess,
): Promise<boolean> {
  const [command = 'list', ...more] = positionals;
  if (!['list', 'prune'].includes(command) || more.length > 0)
    throw new UsageError(`"${positionals.join(' ')}" is no command`);
  if (command === 'list') refuseUnread(values, 'list', ['margin-minutes']);
  const marginMinutes = numberOf('margin-minutes', values['margin-minutes'] ?? `${defaultMarginMinutes}`);

  const stage = doors.stage();
  const versions = await doors.versionsOf(stage);
  const judged = await inspect(versions, {
    functionNames: sagaFunctions.filter(({ role }) => role === 'step').map((each) => physicalName(stage, each.name)),
    marginSeconds: marginMinutes * 60,
  });
  for (const line of report(judged)) doors.print(line);

  if (command === 'list') return true;
  if (!values.apply) {
    const ready = judged.filter(({ keep }) => keep === undefined).length;
    doors.print(`${ready} versions may go; nothing was removed without --apply`);
    return true;
  }
  const { removed, left } = await prune(versions, judged);
  doors.print(`${removed} versions removed`);
  for (const reason of left) doors.complain(reason);
  return left.length === 0;
}
