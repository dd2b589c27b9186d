import { dynamoDbReservationStore } from '#functions/shared/dynamodb-reservation-store.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { BookingRunInput } from '#schema/saga-input.ts';
import { ledgerGateway } from './ledger-gateway.ts';
import { takePayment } from './payment.ts';

const table = bookingTable();
const dependencies = { reservations: dynamoDbReservationStore(table), gateway: ledgerGateway(table) };

export const handler = sagaStep('TakePayment', BookingRunInput, (trip) => takePayment(trip, dependencies));
