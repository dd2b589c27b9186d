import { callKinds, eventKinds, runKinds, taskKinds } from '../faults/kinds.ts';
import type { PlanClass } from '../plans/classes/plan-class.ts';
import type { ClassFigures, Figures } from './figures.ts';

interface PageParts {
  readonly classes: readonly PlanClass[];
  readonly figures: Figures;
  /** Of the machine. */
  readonly edges: readonly string[];
  readonly acts: Readonly<Record<string, string>>;
}

/** docs/faults.md: what was tried and what came of it. */
export function faultsPage({ classes, figures, edges, acts }: PageParts): string {
  const rows = classes.map(({ name, about }) => row([`\`${name}\``, about, ...cellsOf(figures.classes[name])]));
  const all = sumOf(Object.values(figures.classes));
  const missing = edges.filter((edge) => !figures.edges.includes(edge));
  return `# Faults that were tried

Every failure path of the service is run on its real code, and this page counts what was tried. \`npm run simulate -- --all\` runs the state machine, the functions' code
and everything around them in one process, with each of the plans below, and looks at what is left once all is quiet. It also says whether the figures of this
page are still true; \`npm run simulate -- --write\` writes them. How plans are written, and how it works: [the simulator](../test/simulation/README.md).

${row(['Class', 'What goes wrong', 'Plans', 'that reach their faults', 'with dead letters', 'Violations'])}
|---|---|--:|--:|--:|--:|
${rows.join('\n')}
${row(['**all**', '', ...cellsOf(all).map((cell) => `**${cell}**`)])}

**Orders.** Runs beside each other were followed through ${count(all.states)} states at which one of several runs had to be chosen. Every choice at each was tried, but for
${count(all.left)} in the largest searches; ${count(all.merges)} orders were followed no further, since they came to a state that another order had been in.

**Edges.** ${edges.length - missing.length} of the ${edges.length} edges of the state machine were taken, those of every Choice and Catch included.${missing.length > 0 ? ` Not taken: ${missing.join(', ')}.` : ''}

## What has to hold

After each plan, once nothing is under way and reconciler and audit have had time, then once more after the cause is mended and the dead letters are moved back:

- seats are neither made nor lost by any write, no more are sold than there are, and each hold is of a confirmed booking;
- no leg, payment or kept money without a confirmed booking; a confirmed one has each leg that it asked for, its seat, and exactly one capture of the quoted amount;
- a cancelled booking has nothing left, and its money is back; its header stays as it is until the trip is booked again;
- a charge pays for its own customer, in its own currency, no more than is authorized, and as long as it is kept its booking says so;
- a fault that a retry mends costs nothing: the trip is booked, and there is no dead letter; what ends by itself is not redriven; one key of a request starts one run;
- no booking stays UNCONFIRMED, unless all five of its redrives were stopped before the fence. Then it has a dead letter of kind \`redrive\`, for which an alarm rings, and ends CANCELLED once
  that letter is moved back ([rule 7](saga.md#7-every-failed-execution-is-undone));
- a booking stays CANCELLING only if each run that gave it up has left a dead letter, which names all that is left;
- no letter is sent for a booking of which nothing is left, except by a run that an operator has continued by RedriveExecution;
- once its letters are moved back, a booking ends CANCELLED, and nothing is left in any queue;
- the last message of each booking tells its final status, and a customer's points are those of the confirmed bookings;
- a booking that its run knows to be confirmed is undone only for its customer, and an accepted cancellation is done;
- an eventually consistent read that shows a former state costs nothing: no dead letter, no redrive; a list shows a booking as it once was, and none twice;
- a booking that is read by its id is shown as it stands; one that stays confirmed is neither refused a check-in nor its cancellation;
- a booking that \`processBooking\` tells to be under way comes to an end;
- every run ends.

## What is real, and what is simulated

Real are the state machine of the synthesized stack on the local cloud's Step Functions, \`RedriveExecution\` included; the functions' code with their middlewares and the AWS SDK; the table with its
transactions and indexes, the queues with their visibility, the topic and the event rules. Simulated are:

- time, chance, and who goes on next;
- Lambda: a call of the handler. No environment starts, freezes or is used up, and a time-out is a fault of a plan;
- what stands before a function: events of the HTTP API are made by the plan's acts, and messages come one at a time;
- what AWS may do and the local cloud does not by itself: throttling, lost and late replies, reads, indexes and \`DescribeExecution\` that are behind, events that come twice, late or never;
- a release: the state machine of the release before (\`test/contract/release\`) runs with the functions of now, as if there were no versions, which is the harder case. The older functions' own code is not run;
- \`RedriveExecution\` after the process died: it goes on in the definition of now;
- IAM, logs, metrics, the payment provider Stripe and the schedules, which are rung by plans.

A read that is behind shows all that it reads as it was at one moment; on AWS two items of one answer may be of two moments.

A message that is held up between its look at the header and its publishing may be overtaken: a known limit, so the two are one step here.

**The same everywhere.** A plan gives the same trace, byte for byte, in whatever process, time zone, language, folder and order. \`npm run simulate -- --traces\` compares digests of some traces
with those that are committed, and \`npm test\` does it on every machine.

## What can go wrong

${list('a state', 'STATE=…', taskKinds)}

${list('a call of AWS inside it', 'STATE.Operation=…', callKinds)}

${list('a run', 'run=…@STATE', runKinds)}

${list('the event that a run has ended', 'event=…', eventKinds)}

And \`write#N=kill\`: the process dies after its Nth write, and the next one begins on what was written.

## What clients and operators do

${Object.entries(acts)
  .map(([name, about]) => `- \`${name}\`: ${about}`)
  .join('\n')}
`;
}

const count = (number: number): string => number.toLocaleString('en-US');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cellsOf(figures: ClassFigures | undefined): string[] {
  if (figures === undefined) throw new Error('A class has no figures: npm run simulate -- --write records them');
  const { plans, unreached, letters, violations } = figures;
  return [plans, plans - unreached, letters, violations].map(count);
}

const sumOf = (all: readonly ClassFigures[]): ClassFigures =>
  all.reduce((sum, one) => ({
    plans: sum.plans + one.plans,
    unreached: sum.unreached + one.unreached,
    letters: sum.letters + one.letters,
    violations: sum.violations + one.violations,
    states: sum.states + one.states,
    merges: sum.merges + one.merges,
    left: sum.left + one.left,
  }));

const list = (of: string, form: string, kinds: Readonly<Record<string, string>>): string =>
  [`Of ${of} (\`${form}\`):`, '', ...Object.entries(kinds).map(([name, about]) => `- \`${name}\`: it ${about}`)].join(
    '\n',
  );
