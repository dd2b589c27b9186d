import { jsonResponse } from '#functions/api/rest/http-handler.ts';
import { customerIsForAdmins } from '#functions/api/rest/problem.ts';
import { queried } from '#functions/api/rest/queried.ts';
import { type RestRequest, restHandler } from '#functions/api/rest/rest-handler.ts';
import { dynamoDbLoyaltyReader } from '#functions/loyalty/dynamodb-loyalty-reader.ts';
import { accountToRead } from '#functions/loyalty/loyalty-policy.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { callerOf } from '#functions/shared/http/caller.ts';
import { nothingElse } from '#functions/shared/http/nothing-else.ts';
import { type LoyaltyAnswer, LoyaltyQuery } from '#schema/http/loyalty.ts';

const loyalty = dynamoDbLoyaltyReader(bookingTable());

/** The caller's points; an Admin may ask for a customer's. */
async function getLoyalty({ event }: RestRequest, query: LoyaltyQuery) {
  const { customer: asked, ...rest } = query;
  nothingElse(rest);
  const customer = accountToRead(callerOf(event), asked);
  if (customer === undefined) throw customerIsForAdmins();
  const answer: LoyaltyAnswer = { customer, ...(await loyalty.get(customer)) };
  return jsonResponse(200, answer);
}

export const handler = restHandler({
  'GET /loyalty': queried({ operation: 'getLoyalty', query: LoyaltyQuery, run: getLoyalty }),
});
