import type { PlanClass } from './plan-class.ts';

const lines = [
  'process,process',
  'process,cancel,process',
  'process,cancel,process,process',
  'process,cancel,process-behind,process',
  'post,cancel,process,cancel,process',
] as const;

const states = ['ReserveBooking', 'ReserveSeat', 'TakePayment', 'ConfirmBooking'] as const;

export const rebookings: PlanClass = {
  name: 'rebookings',
  about:
    'processBooking by GraphQL with an id alone, again and again, after a cancellation, from a host whose clock is behind',
  *plans() {
    for (const line of lines) {
      yield line;
      for (const run of ['', 'b/']) {
        for (const state of states) {
          for (const kind of ['fail', 'lost']) yield `${line} ${run}${state}=${kind}`;
          yield `${line} ${run}${state}=fail ${run}CancelBooking=fail`;
          yield `${line} ${run}run=stop@${state}`;
        }
      }
      for (const operation of ['GetItem', 'PutItem', 'TransactWriteItems', 'StartExecution']) {
        for (const nth of [1, 3]) {
          for (const kind of ['lost*3', 'throttle*12']) yield `${line} beside/graphql.${operation}#${nth}=${kind}`;
        }
      }
    }
  },
};
