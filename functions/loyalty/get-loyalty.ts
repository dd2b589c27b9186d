import { callerOf } from '#functions/api/caller.ts';
import { httpHandler, jsonResponse } from '#functions/api/http-handler.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { describeIssue } from '#functions/shared/validation.ts';
import { type LoyaltyAnswer, LoyaltyQuery } from '#schema/http/loyalty.ts';
import { dynamoDbLoyaltyReader } from './dynamodb-loyalty-reader.ts';
import { accountToRead } from './loyalty-policy.ts';

const loyalty = dynamoDbLoyaltyReader(bookingTable());

/** `GET /loyalty`: the caller's points; an Admin may ask for a customer's. */
export const handler = httpHandler(
  async (event) => {
    const query = LoyaltyQuery.safeParse(event.queryStringParameters ?? {}, { reportInput: true });
    if (!query.success) {
      const { field, message } = describeIssue(query.error);
      return jsonResponse(400, { message: `Query parameter "${field}" ${message}` });
    }
    const customer = accountToRead(callerOf(event), query.data.customer);
    if (customer === undefined) return jsonResponse(403, { message: 'Only Admins may name another customer' });
    const answer: LoyaltyAnswer = { customer, ...(await loyalty.get(customer)) };
    return jsonResponse(200, answer);
  },
  { serverErrorMessage: 'There was an error' },
);
