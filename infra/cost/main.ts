/** `npm run cost`: what a booking, a month and a release cost, and which quota ends the growth. */
import { runCommand } from '../operations/run-command.ts';
import { costCommand } from './command.ts';
import { defaultMix } from './mix.ts';

const usage = `npm run cost -- [options]    what bookings cost on AWS, and which quota binds first

  --rate N               bookings a second of the month (default: 1)
  --mix MIX              runs by type, in parts (default: ${defaultMix}); customer is a booking over the API,
                         cancel one that is cancelled later
  --region-class CLASS   large (us-east-1, us-west-2, eu-west-1; the default) or other: quotas differ
  --seats-taken N        seats of the flight that are taken already (default: 90)
  --stack FILE           a synthesized stack instead of stage prod
  --json                 all figures as JSON
  --check-dates          nothing but whether a price or quota was checked more than a year ago
  --help                 this text

Prices are those of us-east-1 without free tiers: infra/cost/facts.ts has each with its source and date.`;

const config = {
  options: {
    rate: { type: 'string' },
    mix: { type: 'string' },
    'region-class': { type: 'string' },
    'seats-taken': { type: 'string' },
    stack: { type: 'string' },
    json: { type: 'boolean', default: false },
    'check-dates': { type: 'boolean', default: false },
  },
} as const;

await runCommand('cost', usage, config, ({ values }) => costCommand(values));
