import { createService } from '../service.ts';
import type { AwsService } from '../types.ts';

export interface StsOptions {
  readonly accountId: string;
  /** Session part of an assumed role's ARN. */
  readonly sessionOf: (roleArn: string) => string;
}

/** Security Token Service: who am I. Needs no permission, as in AWS. Callers from outside are the account's root. */
export function createSts({ accountId, sessionOf }: StsOptions): AwsService {
  return createService('STS', {
    GetCallerIdentity(_input, { roleArn }) {
      if (roleArn === undefined) {
        return { UserId: accountId, Account: accountId, Arn: `arn:aws:iam::${accountId}:root` };
      }
      const session = sessionOf(roleArn);
      const Arn = `arn:aws:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1)}/${session}`;
      return { UserId: `AROAEMBEDDED:${session}`, Account: accountId, Arn };
    },
  });
}
