import './oracle/surroundings.ts';
import { parsePlan } from './plans/plan.ts';
import { runPlan, type Service } from './run-plan.ts';
import { loadHandlers } from './world/functions.ts';
import { machine, previousMachine } from './world/stack.ts';

/** Between them they call every function, which reads files when it is called for the first time. */
const warming = [
  'book,cancel',
  'post,post',
  'process,cancel,process',
  'book NotifyBookingConfirmed=fail',
  'book TakePayment=fail RefundPayment=fail event=lost',
];

/** Loads the functions' code, once a process, and runs all of it. */
export async function openService(): Promise<Service> {
  const service = { handlers: await loadHandlers(), machine: machine(), previousMachine: previousMachine() };
  for (const plan of warming) await runPlan(parsePlan(plan), service, { warming: true });
  return service;
}
