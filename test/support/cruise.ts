import { text, time } from '#functions/trip/define-leg.ts';
import { perStartedDay } from '#functions/trip/prices.ts';

/** A leg that the service does not have. */
export const cruise = {
  name: 'cruise',
  called: 'a cruise',
  itemType: 'Cruise',
  runTypeStem: 'Cruise',
  states: { reserve: 'ReserveCruise', confirm: 'ConfirmCruise', cancel: 'CancelCruise' },
  fields: { ship: text(), sails_at: time(), lands_at: time() },
  identity: ['ship', 'sails_at'],
  source: { from: 'request', price: perStartedDay(10, { from: 'sails_at', to: 'lands_at', unit: 'a day at sea' }) },
  demo: { ship: 'Argo', sails_at: '2021-07-10T00:00:00.000Z', lands_at: '2021-07-12T00:00:00.000Z' },
} as const;
