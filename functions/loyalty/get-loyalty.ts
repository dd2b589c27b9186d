import { callerOf } from '#functions/api/caller.ts';
import { jsonResponse } from '#functions/api/http-handler.ts';
import { customerIsForAdmins } from '#functions/api/problem.ts';
import { readQuery } from '#functions/api/read-request.ts';
import { type RestRequest, restHandler } from '#functions/api/rest-handler.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { type LoyaltyAnswer, LoyaltyQuery } from '#schema/http/loyalty.ts';
import { dynamoDbLoyaltyReader } from './dynamodb-loyalty-reader.ts';
import { accountToRead } from './loyalty-policy.ts';

const loyalty = dynamoDbLoyaltyReader(bookingTable());

/** The caller's points; an Admin may ask for a customer's. */
async function getLoyalty({ event }: RestRequest) {
  const customer = accountToRead(callerOf(event), readQuery(event, LoyaltyQuery).customer);
  if (customer === undefined) throw customerIsForAdmins();
  const answer: LoyaltyAnswer = { customer, ...(await loyalty.get(customer)) };
  return jsonResponse(200, answer);
}

export const handler = restHandler({ 'GET /loyalty': { operation: 'getLoyalty', run: getLoyalty } });
