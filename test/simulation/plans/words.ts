import { nearestName } from '#functions/api/demo/nearest-name.ts';
import { runKinds } from '../faults/kinds.ts';
import { type Act, type Fault, type Plan, PlanError } from './plan.ts';

/** What a plan may name. */
export interface KnownWords {
  readonly acts: readonly string[];
  /** Of the machine. */
  readonly states: readonly string[];
  readonly functions: readonly string[];
  /** Of AWS. */
  readonly operations: readonly string[];
}

const places = ['run', 'event', 'write'];
/** A booking run, or what is about one, as `world/labels.ts` calls it. */
const runPattern = /^[a-z](\.(cancel|(rr|rc)-\d+|by-hand-(redrive|customer)))?$/;

/** AWS has some hundred operations. */
const mostListed = 100;

/**
 * A word that nothing is called by has no effect, and its plan would look as if it had passed.
 * @throws PlanError that names the word, and the one that may be meant
 */
export function checkWords(plan: Plan, known: KnownWords): void {
  if (plan.acts.length === 0)
    throw new PlanError('A plan begins with what clients or operators do: "book", for instance');
  const moments = ['end', 'healed', ...plan.acts.map((_, index) => `act${index + 1}`), ...known.states];
  for (const act of plan.acts) checkAct(act, known.acts, moments);
  for (const fault of plan.faults) checkFault(fault, known, moments);
}

function checkAct({ what, moment }: Act, acts: readonly string[], moments: readonly string[]): void {
  const name = what.split('#')[0] ?? '';
  checkName(name, acts, `There is no act "${name}"`);
  if (moment === undefined) return;
  if (!moment.includes('/') && !/^(act|healed$)/.test(moment))
    throw new PlanError(`Name the run before the moment of an act: a/${moment}`);
  checkMoment(moment, moments);
}

function checkFault({ run, target, operation, kind, moment }: Fault, known: KnownWords, moments: readonly string[]) {
  const { states, functions, operations } = known;
  if (run !== 'beside') checkRun(run);
  const targets = [...places, ...states, ...functions];
  checkName(target, targets, `"${target}" is no state, no function and none of ${places.join(', ')}`);
  if (operation !== undefined) checkName(operation, operations, `There is no operation "${operation}"`);
  if (target === 'run' && kind in runKinds) {
    if (moment === undefined) throw new PlanError(`Name the state that the run leaves: run=${kind}@STATE`);
    checkName(moment, states, `"${moment}" is no state that a run leaves`);
  } else if (moment !== undefined) checkMoment(moment, moments);
}

/** `[run/]name[#attempt]` */
function checkMoment(moment: string, moments: readonly string[]): void {
  const [last = '', run] = moment.split('/').reverse();
  if (run !== undefined) checkRun(run);
  const name = last.replace(/#\d+$/, '');
  checkName(name, moments, `There is no moment "${name}"`);
}

function checkRun(run: string): void {
  if (runPattern.test(run)) return;
  throw new PlanError(
    `"${run}" is no run: write a, b, … for booking runs, a.cancel, a.rr-1, a.rc-1, a.by-hand-redrive or a.by-hand-customer for what is about one, and beside for what is none`,
  );
}

/** @throws PlanError that names what may be meant, or what there is */
export function checkName(name: string, known: readonly string[], problem: string): void {
  if (known.includes(name)) return;
  const nearest = nearestName(name, known);
  if (nearest !== undefined) throw new PlanError(`${problem}: "${nearest}" may be meant`);
  throw new PlanError(known.length > mostListed ? problem : `${problem}: there are ${known.join(', ')}`);
}
