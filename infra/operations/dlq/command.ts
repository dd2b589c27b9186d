import { setTimeout as sleep } from 'node:timers/promises';
import { physicalName, type StageConfig, stageAndRegion } from '../../config.ts';
import { numberOf, refuseUnread } from '../option-values.ts';
import { UsageError } from '../run-command.ts';
import { type OperatorClients, stageClients } from '../stage-clients.ts';
import { stateMachineArnOf } from '../state-machine-arn.ts';
import { boxesOf } from './boxes.ts';
import { lettersOf, theLetter } from './look.ts';
import type { Wait } from './outcome.ts';
import { redrive } from './redrive.ts';
import { dataOf, detailsOf, listOf, resultsOf } from './report.ts';
import { awsStandings } from './standings.ts';

/** The command line as it was read. */
export interface DlqArguments {
  readonly values: {
    readonly all?: boolean | undefined;
    readonly json?: boolean | undefined;
    readonly wait?: string | undefined;
  };
  readonly positionals: readonly string[];
}

type Stage = Pick<StageConfig, 'stage' | 'region'>;

export interface DlqDoors {
  readonly stage: () => Stage;
  readonly clientsOf: (stage: Stage) => OperatorClients;
  readonly clock: Omit<Wait, 'seconds'>;
  readonly print: (line: string) => void;
}

const doorsOfProcess: DlqDoors = {
  stage: stageAndRegion,
  clientsOf: stageClients,
  clock: { sleep: (ms) => sleep(ms), now: Date.now },
  print: (line) => console.log(line),
};

const optionsOf: Readonly<Record<string, readonly string[]>> = { list: ['json'], show: [], redrive: ['all', 'wait'] };

/**
 * Shows dead letters, or delivers them again.
 * @returns whether each letter that was redriven is at its end
 */
export async function dlqCommand(
  { values, positionals }: DlqArguments,
  doors: DlqDoors = doorsOfProcess,
): Promise<boolean> {
  const [command = 'list', ...ids] = positionals;
  const read = Object.hasOwn(optionsOf, command) ? optionsOf[command] : undefined;
  if (read === undefined) throw new UsageError(`"${command}" is no command`);
  refuseUnread(values, command, read);
  const seconds = numberOf('wait', values.wait ?? '60');
  const stage = doors.stage();
  const clients = doors.clientsOf(stage);
  const boxes = boxesOf(stage);
  const standings = async () =>
    awsStandings(clients, await stateMachineArnOf(clients, stage), physicalName(stage, 'bookings'));

  if (command === 'list') {
    if (ids.length > 0) throw new UsageError(`list takes no id, but "${ids.join(' ')}" was given`);
    const letters = await lettersOf(clients, boxes);
    if (values.json) doors.print(JSON.stringify(dataOf(letters), null, 2));
    else for (const line of listOf(letters, new Date(doors.clock.now()))) doors.print(line);
    return true;
  }
  if (command === 'show') {
    const [id] = ids;
    if (!id || ids.length > 1) throw new UsageError('show takes the id of one letter');
    const letter = theLetter(await lettersOf(clients, boxes), id);
    for (const line of await detailsOf(letter, await standings())) doors.print(line);
    return true;
  }
  if (ids.length > 0 === (values.all ?? false) || ids.includes(''))
    throw new UsageError('redrive takes the ids of letters, or --all');
  const results = await redrive({
    clients,
    boxes,
    standings: await standings(),
    wait: { seconds, ...doors.clock },
    choose: (letters) => (values.all ? letters : [...new Set(ids.map((id) => theLetter(letters, id)))]),
  });
  for (const line of resultsOf(results)) doors.print(line);
  return results.every(({ outcome }) => outcome.isDone);
}
