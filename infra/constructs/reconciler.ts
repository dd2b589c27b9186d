import type { Construct } from '../cdktf.ts';
import type { StageConfig } from '../config.ts';
import type { BookingMachine } from './booking-machine.ts';
import type { SagaFunction } from './saga-function.ts';
import { type ScheduleDeadLetters, ScheduledFunction } from './scheduled-function.ts';

/** More than clocks differ and than an ended execution's event takes to be dealt with. */
const marginSeconds = 300;

/** The clock of the reconciler, which finds what no event told of. */
export class Reconciler extends ScheduledFunction {
  constructor(
    scope: Construct,
    id: string,
    props: ScheduleDeadLetters & {
      readonly config: StageConfig;
      readonly machine: BookingMachine;
      readonly reconcile: SagaFunction;
    },
  ) {
    const { config, machine, reconcile } = props;
    super(scope, id, {
      ...props,
      name: 'reconcile',
      description: 'Looks for bookings that nothing will finish',
      everyMinutes: config.reconcile.everyMinutes,
      scheduled: reconcile,
    });
    reconcile.setVariable('RECONCILE_AGE_SECONDS', reconcileAge(config, machine.timeoutSeconds));
  }
}

/** A booking younger than the machine's time limit may still be running, and must not be undone under its feet. */
function reconcileAge({ stage, reconcile }: StageConfig, machineTimeoutSeconds: number): number {
  const age = reconcile.ageSeconds ?? machineTimeoutSeconds + marginSeconds;
  if (age <= machineTimeoutSeconds) {
    throw new Error(
      `Stage "${stage}": reconcile.ageSeconds (${age}) must exceed the machine's TimeoutSeconds (${machineTimeoutSeconds}), or running bookings would be redriven`,
    );
  }
  return age;
}
