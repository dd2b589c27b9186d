/** `npm run plan:review`: what a person has to look at in a plan before it is applied. */
import { runCommand } from '../operations/run-command.ts';
import { planReview } from './command.ts';

const usage = `npm run plan:review -- PLAN.json            of \`terraform show -json PLAN\`; - reads it from the input
npm run plan:review -- --from REV           what the working tree changes since a git revision, without Terraform
npm run plan:review -- --stack BEFORE AFTER two synthesized files, without Terraform

  --format FORMAT   text (default), markdown or sarif
  --svg FILE        draws what changes in the state machine, besides
  --accept ID       a danger that is accepted: its id as the report prints it, or the name of its rule; may be repeated
  STAGE             the stage that --from synthesizes: local (default), dev or prod
  --help            this text

Ends with 0 where nothing is dangerous, with 2 where something is that was not accepted, and with 3 where nothing was reviewed: the plan
cannot be read, or the options make no sense.`;

const config = {
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    stack: { type: 'string' },
    format: { type: 'string', default: 'text' },
    svg: { type: 'string' },
    accept: { type: 'string', multiple: true, default: [] as string[] },
  },
} as const;

const dangerous = 2;
const notReviewed = 3;
let isReviewed = false;

await runCommand('plan:review', usage, config, async (parsed) => {
  const { dangers } = await planReview(parsed);
  isReviewed = true;
  if (dangers.length > 0) process.exitCode = dangerous;
});
// A workflow that goes on after dangers must not go on after a misspelt option. At once: a second Ctrl-C that meets Node while
// it takes itself down would end it by the signal.
if (!isReviewed && process.exitCode) process.exit(notReviewed);
