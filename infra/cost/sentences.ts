/** The sentences and rows of other pages that have figures of the model. */
import { allLegs } from '#functions/legs.ts';
import type { Section } from '../docs/section.ts';
import { boundsOf } from './binding.ts';
import { prices, quotas } from './facts.ts';
import { defaultMix, readMix } from './mix.ts';
import type { Model } from './model.ts';
import { dollars, number, whole } from './money.ts';
import { idleMonth, usageIn } from './month.ts';
import { billOf, totalOf } from './pricing.ts';

export interface Sentences extends Pick<Section, 'file' | 'marker'> {
  readonly content: (model: Model) => string;
}

export const costSentences: readonly Sentences[] = [
  { file: 'docs/deploy.md', marker: 'cost', content: costOfStage },
  { file: 'docs/operations.md', marker: 'quotas', content: quotasToAskFor },
  { file: 'docs/scale.md', marker: 'ask-first', content: askFirst },
  { file: 'docs/scale.md', marker: 'account-ends', content: accountEnds },
];

const secondsADay = 24 * 60 * 60;
/** A second, of the last scale of docs/scale.md. */
const millionBookings = 0.1;

const transitionsOf = ({ usages }: Model): number => usageIn(usages, 'success').transitions;

function costOfStage(model: Model): string {
  const { usages, stack, recorded } = model;
  const idle = idleMonth(stack, recorded).reduce((sum, { cost }) => sum + cost, 0);
  const thousand = totalOf(billOf(usageIn(usages, 'customer'), stack, { runs: 1000 }));
  // The demo's throttle is one request a second.
  const dayOfDemo = secondsADay * transitionsOf(model) * prices.transition.value;
  return `An idle stage, \`dev\` or \`prod\`, costs some $${idle.toFixed(0)} a month, nearly all of it for alarms and metrics. A thousand bookings cost some ${dollars(thousand).slice(0, 5)}, most of it for state transitions: [What it costs](cost.md) has the bill.
Set a budget with an alarm before you publish the address: on \`dev\` the demo route needs no token, and its throttle of one request a
second admits some $${dayOfDemo.toFixed(0)} of state transitions a day.`;
}

function quotasToAskFor(model: Model): string {
  const transitions = transitionsOf(model);
  const bounds = boundsOf(readMix(defaultMix), model.usages, 'other');
  const concurrency = bounds.find(({ quota }) => quota === 'concurrency')?.used ?? 0;
  return `| Quota | For N bookings a second | Ask when |
|---|---|---|
| Lambda: concurrent executions | 3 × N, and 100 that Lambda keeps unreserved; [the model](cost.md#quotas), in which no call is slow, takes ${number(concurrency)} × N | the account has 10, as new ones often do; or before \`RESERVED_CONCURRENCY\` is set, which needs 200 |
| Step Functions: StateTransition, refill a second | ${transitions} × N, more where bookings fail | first, unless the Region is us-east-1, us-west-2 or eu-west-1, where StartExecution is used up first ([figures](cost.md#quotas)) |
| Step Functions: StartExecution, refill a second | N, and as many more as are cancelled or redriven: 2 × N at most | 2 × N is over ${quotas.starts.values.other}, the least default |
| Step Functions: GetExecutionHistory | one or two a request of \`/history\` | customers read histories often |
| API Gateway: requests a second of the Region | 5 × N, as customers poll their bookings | N is over 400 |
| SES: mails a second and a day | one a sign-up | before production: the sandbox sends to verified addresses only |`;
}

function askFirst(model: Model): string {
  const transitions = transitionsOf(model);
  const { other } = quotas.transitions.values;
  return `- **In most Regions ask for state transitions.** Above ${whole(other / transitions)} successful bookings a second runs are not refused; they take longer and longer.
- **Warm the table**, or let the load grow slowly: a new one takes ${whole(quotas.newTableWrites.values.other)} write units a second. The indexes have as much each.
- **A popular flight** is no problem yet: five seats a second of one flight are half of what its partition takes when 2,000 seats are sold.
- State transitions cost more than all else together. One function that confirms all ${allLegs.length} legs would save ${allLegs.length - 1} of ${transitions}. It would also lose the state in which a leg fails, so it is not done.`;
}

function accountEnds(model: Model): string {
  const transitions = transitionsOf(model);
  const { large } = quotas.transitions.values;
  return `One account ends here: ${(millionBookings * transitions).toFixed(1)} million transitions a second are ${whole((millionBookings * 1e6 * transitions) / large)} times the default of the large three Regions, and a month of them costs tens of millions at list price.`;
}
