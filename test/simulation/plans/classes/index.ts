import { calls } from './calls.ts';
import { charges } from './charges.ts';
import { ends } from './ends.ts';
import { events } from './events.ts';
import { former } from './former.ts';
import { inputs } from './inputs.ts';
import { kills } from './kills.ts';
import { late } from './late.ts';
import { messages } from './messages.ts';
import { operators } from './operators.ts';
import { orders } from './orders.ts';
import { overtaken } from './overtaken.ts';
import { pairs } from './pairs.ts';
import type { PlanClass } from './plan-class.ts';
import { random } from './random.ts';
import { rebookings } from './rebookings.ts';
import { redrives } from './redrives.ts';
import { releases } from './releases.ts';
import { seats } from './seats.ts';
import { singles } from './singles.ts';
import { triples } from './triples.ts';
import { walks } from './walks.ts';

/** All that `--all` explores, in order. */
export const classes: readonly PlanClass[] = [
  singles,
  inputs,
  pairs,
  triples,
  messages,
  late,
  calls,
  former,
  ends,
  events,
  kills,
  operators,
  rebookings,
  redrives,
  releases,
  seats,
  charges,
  overtaken,
  orders,
  random,
  walks,
];
