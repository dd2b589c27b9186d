import { chargeRoutes } from '#functions/api/rest/charge-routes.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { dynamoDbChargeLimit } from '#functions/payment/charge-limit.ts';
import { requiredWholeNumber } from '#functions/shared/aws/config.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { chargeAuthorizer } from '#payment-provider';

const table = bookingTable();
const perMinute = requiredWholeNumber('CHARGES_PER_MINUTE', { min: 1, max: 1_000_000 });

export const handler = restHandler(chargeRoutes(chargeAuthorizer(table), dynamoDbChargeLimit(table, perMinute)));
