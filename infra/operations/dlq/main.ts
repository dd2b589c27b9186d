/** `npm run dlq`: shows the dead letters of a stage, and delivers them to where they belong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { physicalName, stageAndRegion } from '../../config.ts';
import { numberOf, refuseUnread } from '../option-values.ts';
import { runCommand, UsageError } from '../run-command.ts';
import { stageClients } from '../stage-clients.ts';
import { stateMachineArnOf } from '../state-machine-arn.ts';
import { boxesOf } from './boxes.ts';
import { lettersOf, theLetter } from './look.ts';
import { redrive } from './redrive.ts';
import { dataOf, detailsOf, listOf, resultsOf } from './report.ts';
import { awsStandings } from './standings.ts';

const usage = `npm run dlq -- [list] [--json]     every dead letter: its queue, age, and what it is about
npm run dlq -- show ID             one letter whole, and how its booking stands
npm run dlq -- redrive ID…         delivers letters to where they belong, and says what became of each
npm run dlq -- redrive --all

  ID                    of \`list\`, or as much of its beginning as no other letter's id has
  --json                \`list\` for programs, as a JSON array
  --wait SECONDS        how long to follow a redriven letter (default: 60)
  STAGE                 local (default), dev or prod
  AWS_REGION            the stage's region
  AWS_ENDPOINT_URL      the emulator of stage local; AWS_PORT is enough on this machine
  --help                this text

A letter may be redriven twice: the second time finds what the first one started. Mend the cause first, or it comes back.
Ends with 1 where a letter stays, comes back, or is not at its end in time.`;

const config = {
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    wait: { type: 'string' },
  },
} as const;

await runCommand('dlq', usage, config, async ({ values, positionals }) => {
  const [command = 'list', ...ids] = positionals;
  const read = { list: ['json'], show: [], redrive: ['all', 'wait'] }[command];
  if (read === undefined) throw new UsageError(`"${command}" is no command`);
  refuseUnread(values, command, read);
  const seconds = numberOf('wait', values.wait ?? '60');
  const stage = stageAndRegion();
  const clients = stageClients(stage);
  const boxes = boxesOf(stage);
  const standings = async () =>
    awsStandings(clients, await stateMachineArnOf(clients, stage), physicalName(stage, 'bookings'));

  switch (command) {
    case 'list': {
      if (ids.length > 0) throw new UsageError(`list takes no id, but "${ids.join(' ')}" was given`);
      const letters = await lettersOf(clients, boxes);
      if (values.json) console.log(JSON.stringify(dataOf(letters), null, 2));
      else for (const line of listOf(letters, new Date())) console.log(line);
      return;
    }
    case 'show': {
      const [id] = ids;
      if (!id || ids.length > 1) throw new UsageError('show takes the id of one letter');
      const letter = theLetter(await lettersOf(clients, boxes), id);
      for (const line of await detailsOf(letter, await standings())) console.log(line);
      return;
    }
    case 'redrive': {
      if (ids.length > 0 === values.all || ids.includes(''))
        throw new UsageError('redrive takes the ids of letters, or --all');
      const results = await redrive({
        clients,
        boxes,
        standings: await standings(),
        wait: { seconds, sleep: (ms) => sleep(ms), now: Date.now },
        choose: (letters) => (values.all ? letters : [...new Set(ids.map((id) => theLetter(letters, id)))]),
      });
      for (const line of resultsOf(results)) console.log(line);
      if (results.some(({ outcome }) => !outcome.isDone)) process.exitCode = 1;
      return;
    }
  }
});
