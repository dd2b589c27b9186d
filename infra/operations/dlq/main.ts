/** `npm run dlq`: shows the dead letters of a stage, and delivers them to where they belong. */
import { runCommand } from '../run-command.ts';
import { dlqCommand } from './command.ts';

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

await runCommand('dlq', usage, config, async (parsed) => {
  if (!(await dlqCommand(parsed))) process.exitCode = 1;
});
