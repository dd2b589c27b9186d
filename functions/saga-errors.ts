import * as headerErrors from '#functions/booking/steps/header-errors.ts';
import * as paymentErrors from '#functions/payment/payment-errors.ts';
import * as reservationErrors from '#functions/shared/saga/reservation-errors.ts';
import { SagaError } from '#functions/shared/saga/saga-error.ts';
import * as stepErrors from '#functions/shared/saga/step-errors.ts';

export type SagaErrorClass = new (message: string) => SagaError;

/** Every error of a saga step, for documents and tests. The classes live with what throws them. */
export const sagaErrors: readonly SagaErrorClass[] = [
  stepErrors,
  headerErrors,
  reservationErrors,
  paymentErrors,
].flatMap((errors) => Object.values<unknown>(errors).filter(isSagaErrorClass));

function isSagaErrorClass(exported: unknown): exported is SagaErrorClass {
  return typeof exported === 'function' && exported.prototype instanceof SagaError;
}
