import { bookingTopicParameter, stateMachineParameter } from '../../config.ts';
import { stripeKeyParameter } from '../../constructs/stripe-secret.ts';
import { metricMeanings } from '../metrics.ts';
import { scriptGroups } from '../scripts.ts';
import { commandVariables, requiredInProduction, settings as settingsOfSynth } from '../settings.ts';
import { table } from '../table.ts';

const code = (text: string): string => `\`${text}\``;

export function settings(): string {
  const required = requiredInProduction();
  return table(
    ['Variable', 'Sets'],
    Object.entries(settingsOfSynth).map(([name, sets]) => [`${code(name)}${required.has(name) ? ' ●' : ''}`, sets]),
  );
}

export const variables = (): string =>
  table(
    ['Variable', 'Sets'],
    Object.entries(commandVariables).map(([name, sets]) => [code(name), sets]),
  );

export const scripts = (): string =>
  Object.entries(scriptGroups)
    .map(([group, those]) =>
      table(
        [group, 'Does'],
        Object.entries(those).map(([name, does]) => [code(commandOf(name)), does]),
      ),
    )
    .join('\n\n');

const commandOf = (script: string): string =>
  ['start', 'test'].includes(script) ? `npm ${script}` : `npm run ${script}`;

export const metrics = (): string =>
  table(
    ['Metric', 'Counts'],
    Object.entries(metricMeanings).map(([name, counts]) => [code(name), counts]),
  );

export function parameters(): string {
  const stage = { stage: '<stage>' };
  return table(
    ['Parameter', 'Holds'],
    [
      [code(stateMachineParameter(stage)), 'the ARN of the state machine'],
      [code(bookingTopicParameter(stage)), 'the ARN of the booking topic'],
      [code(stripeKeyParameter(stage)), "Stripe's secret key, a SecureString; you put it there by hand"],
    ],
  );
}
