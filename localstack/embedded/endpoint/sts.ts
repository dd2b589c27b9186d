import { AwsError, type AwsService } from '../types.ts';

export interface StsOptions {
  readonly accountId?: string;
  /** Session part of an assumed role's ARN. */
  readonly sessionOf?: (roleArn: string) => string;
}

/** Security Token Service: who am I. Needs no permission, as in AWS. Callers from outside are the account's root. */
export function createSts({ accountId = '000000000000', sessionOf = () => 'embedded' }: StsOptions = {}): AwsService {
  return {
    async call(operation, _input, { roleArn }) {
      if (operation !== 'GetCallerIdentity') {
        throw new AwsError(
          'InvalidAction',
          `STS: ${operation} is not served by the embedded cloud, only GetCallerIdentity`,
        );
      }
      if (roleArn === undefined)
        return { UserId: accountId, Account: accountId, Arn: `arn:aws:iam::${accountId}:root` };
      const role = roleArn.split('/').at(-1);
      const session = sessionOf(roleArn);
      const Arn = `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`;
      return { UserId: `AROAEMBEDDED:${session}`, Account: accountId, Arn };
    },
  };
}
