import { restHandler } from '#functions/api/rest-handler.ts';
import { requiredWholeNumber } from '#functions/shared/config.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { chargeDesk } from '#payment-provider';
import { dynamoDbChargeLimit } from './charge-limit.ts';
import { chargeRoutes } from './charge-routes.ts';

const table = bookingTable();
const perMinute = requiredWholeNumber('CHARGES_PER_MINUTE', { min: 1, max: 1_000_000 });

export const handler = restHandler(chargeRoutes(chargeDesk(table), dynamoDbChargeLimit(table, perMinute)));
