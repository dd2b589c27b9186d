import { restHandler } from '#functions/api/rest-handler.ts';
import { chargeDesk } from '#payment-provider';
import { chargeRoutes } from './charge-routes.ts';

export const handler = restHandler(chargeRoutes(chargeDesk()));
