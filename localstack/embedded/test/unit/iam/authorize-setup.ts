import { expect } from '@jest/globals';
import type { Iam } from '#embedded/iam/index.ts';
import type { Context } from '#embedded/types.ts';
import { ROLE, TABLE } from './an-iam.ts';

export const caller = { roleArn: ROLE };

export function allows(iam: Iam, action: string, resource = TABLE, context?: Context): boolean {
  try {
    iam.authorize(caller, action, resource, context);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'AccessDeniedException', statusCode: 400 });
    return false;
  }
}
