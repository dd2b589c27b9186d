import { notify, ordinary, type SagaFunctionDefinition } from './definition.ts';

const background = { ...ordinary, role: 'background' } as const;

/** What queues, events and schedules call. */
export const backgroundFunctions = [
  {
    ...background,
    room: 'booking/redriving',
    name: 'redrive-booking',
    needs: {
      stateMachine: 'start-and-describe',
      redriveQueue: 'consume-and-send',
      deadLetterQueue: 'send',
      // The messages of dead letters that are moved back.
      ...notify,
    },
  },
  {
    ...background,
    room: 'booking/reconciling',
    name: 'reconcile-bookings',
    // It goes through all that is unfinished, so it gets more time than a step.
    timeoutSeconds: 60,
    needs: {
      // A header, and the parts of a booking whose header does not keep its run's input.
      table: { trip: ['GetItem', 'Query'] },
      indexes: { byUnfinished: ['Query'] },
      stateMachine: 'start',
    },
  },
  {
    ...background,
    room: 'booking/auditing',
    name: 'audit-seat-holds',
    // It goes through all flights that are sold, as far as it comes.
    timeoutSeconds: 300,
    needs: {
      table: { audit: ['GetItem', 'PutItem'], flight: ['GetItem', 'UpdateItem'], trip: ['BatchGetItem'] },
      // The catalog once, for the flights of an older release.
      indexes: { bySeatAudit: ['Query'], byDepartureSchedule: ['Scan'] },
    },
  },
  {
    ...background,
    room: 'loyalty',
    name: 'credit-loyalty',
    needs: { table: { loyalty: ['PutItem', 'UpdateItem'] }, loyaltyQueue: 'consume' },
  },
] as const satisfies readonly SagaFunctionDefinition[];
